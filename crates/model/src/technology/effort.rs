//! R&D of a batch of enterprises: money spent on their projects, whose stages end, what is left.
//!
//! Nobody can foretell which enterprise has which project and whose money, so there is no branch here: what does not apply is computed and
//! not chosen. Fields of a batch stand beside each other, those of its projects in their [block](super::projects) and the others on a sheet, so
//! that the processor's vectors take eight enterprises at a time.

use crate::parameters::{Parameters, Technology};
use crate::vectors::{self, Places};
use crate::world::Calendar;

use super::Progress;
use super::money::{divide, rd_money};
use super::project::{FITTING_SOURCE, STAGES, expected_edge, hopeless, main_source, odds_left, pace, stage_cost};
use super::projects::{Block, PLACES};
use super::search::search_hazard;

/// A project's stage ends as it is paid for and old enough.
pub(super) const DUE: u64 = 1;
/// A project got no further for too long.
pub(super) const LATE: u64 = 2;
/// A project that has passed its stage finds the next one free, or may do so when that is done with.
pub(super) const MOVES: u64 = 4;

/// In place of a main payer where there is no project.
pub(super) const NO_PAYER: u64 = 3;

/// What a batch does on its projects in one stage.
#[derive(Clone)]
pub(super) struct StageEffort {
    /// 1 where a project is under way.
    running: [u64; PLACES],
    /// 1 where a project that has passed the stage waits.
    passed: [u64; PLACES],
    /// Weight of the project's kind in its cost.
    weight: [f64; PLACES],
    /// Ticks since it entered the stage.
    ticks: [f64; PLACES],
    /// Money of this tick by source.
    pub(super) paid: [[f64; PLACES]; 3],
    /// Cost of the stage where a project is under way.
    pub(super) cost: [f64; PLACES],
    /// Main payer before this tick's money and after it.
    pub(super) payers: [[u64; PLACES]; 2],
    /// [`DUE`], [`LATE`], [`MOVES`] or nothing.
    pub(super) ends: [u64; PLACES],
    /// 1 where one of these holds; in the review, where a project under way is not worth what it still costs.
    concerned: [u64; PLACES],
}

/// R&D of a batch of enterprises, field by field.
#[derive(Clone)]
pub(super) struct Effort {
    /// Ids of the enterprises.
    pub(super) ids: [u64; PLACES],
    rd_intensity: [f64; PLACES],
    least_sales: [f64; PLACES],
    annual_sales: [f64; PLACES],
    annual_value_added: [f64; PLACES],
    cash: [f64; PLACES],
    earmarked: [[f64; PLACES]; 2],
    attention: [f64; PLACES],
    /// Part of a project's edge that is left after the tick.
    pub(super) kept: [f64; PLACES],
    /// Projects by stage.
    pub(super) stages: [StageEffort; STAGES],
    /// Money for R&D by source.
    pub(super) money: [[f64; PLACES]; 3],
    /// Of which for search.
    search: [[f64; PLACES]; 3],
    /// Normal R&D a year.
    pub(super) normal_rd: [f64; PLACES],
    /// Pace of projects.
    pub(super) pace: [f64; PLACES],
    /// Hazard of an invention.
    pub(super) hazard: [f64; PLACES],
    /// 1 where a project has another main payer now.
    turned: [u64; PLACES],
    /// Main payers at the end of the tick; [`NO_PAYER`] where there is no project.
    pub(super) paying: [[u64; PLACES]; STAGES],
    /// Expected edge at the end of the tick.
    pub(super) expected_edge: [f64; PLACES],
}

/// Whom the passes after the money concern.
pub(super) struct Concerned {
    /// Those with a project that has another main payer now.
    pub(super) turned: Places,
    /// Those whose stage ends or whose project moves on, by stage.
    pub(super) ending: [Places; STAGES],
}

/// What an enterprise brings into [`Effort`].
pub(super) struct Means {
    pub(super) id: u64,
    /// Normal R&D over sales in its sector, and the least sales a year that normal R&D goes by.
    pub(super) rd_intensity: f64,
    pub(super) least_sales: f64,
    pub(super) annual_sales: f64,
    pub(super) annual_value_added: f64,
    pub(super) cash: f64,
    /// Earmarked for R&D by policy and capital.
    pub(super) earmarked: [f64; 2],
    /// Attention to the industrial path.
    pub(super) attention: f64,
    /// Part of an edge that is left after the tick.
    pub(super) kept: f64,
}

impl Effort {
    /// Empty.
    pub(super) fn new() -> Self {
        let (none, nothing) = ([0.0; PLACES], [0; PLACES]);
        let stage = StageEffort {
            running: nothing,
            passed: nothing,
            weight: none,
            ticks: none,
            paid: [none; 3],
            cost: none,
            payers: [nothing; 2],
            ends: nothing,
            concerned: nothing,
        };
        Self {
            ids: nothing,
            rd_intensity: none,
            least_sales: none,
            annual_sales: none,
            annual_value_added: none,
            cash: none,
            earmarked: [none; 2],
            attention: none,
            kept: none,
            stages: [stage.clone(), stage.clone(), stage],
            money: [none; 3],
            search: [none; 3],
            normal_rd: none,
            pace: none,
            hazard: none,
            turned: nothing,
            paying: [nothing; STAGES],
            expected_edge: none,
        }
    }

    /// Takes in an enterprise.
    #[inline(always)]
    pub(super) fn take(&mut self, at: usize, means: Means) {
        self.ids[at] = means.id;
        self.rd_intensity[at] = means.rd_intensity;
        self.least_sales[at] = means.least_sales;
        self.annual_sales[at] = means.annual_sales;
        self.annual_value_added[at] = means.annual_value_added;
        self.cash[at] = means.cash;
        self.earmarked[0][at] = means.earmarked[0];
        self.earmarked[1][at] = means.earmarked[1];
        self.attention[at] = means.attention;
        self.kept[at] = means.kept;
    }

    /// Works out the money of all, spends it on their projects, and finds whom the next passes concern.
    pub(super) fn spend(&mut self, parameters: &Parameters, calendar: &Calendar, projects: &mut Block) -> Concerned {
        vectors::widest(
            #[inline(always)]
            || {
                self.look_at(projects);
                self.look_back(calendar.tick, projects);
                self.budget(parameters, calendar);
                self.develop(parameters, projects);
                self.find_ends(parameters, calendar, projects);
                Concerned { turned: Places::marked(&self.turned), ending: self.concerned() }
            },
        )
    }

    /// Looks which projects are under way, and how much their kinds weigh. What stands in bytes becomes as wide as the money that it decides
    /// about, in loops of its own: mixed widths would keep the processor's vectors out of the others.
    #[inline(always)]
    fn look_at(&mut self, projects: &Block) {
        for stage in 0..STAGES {
            let (sheet, progress, projects) = (&mut self.stages[stage], &projects.progress[stage], &projects.stages[stage]);
            for at in 0..PLACES {
                sheet.running[at] = u64::from(progress[at] == Progress::Running);
            }
            for at in 0..PLACES {
                sheet.weight[at] = projects.kind[at].cost_weight();
            }
        }
    }

    /// Looks which projects wait, and for how long all have been in their stages.
    #[inline(always)]
    fn look_back(&mut self, tick: u32, projects: &Block) {
        for stage in 0..STAGES {
            let (sheet, progress, projects) = (&mut self.stages[stage], &projects.progress[stage], &projects.stages[stage]);
            for at in 0..PLACES {
                sheet.passed[at] = u64::from(progress[at] == Progress::Passed);
            }
            for at in 0..PLACES {
                sheet.ticks[at] = f64::from(tick.wrapping_sub(projects.invented[at]).wrapping_sub(u32::from(projects.entered_after[at])));
            }
        }
    }

    /// Money, normal R&D, and costs of stages.
    #[inline(always)]
    fn budget(&mut self, parameters: &Parameters, calendar: &Calendar) {
        let years = calendar.years_per_tick();
        let technology = &parameters.technology;
        for at in 0..PLACES {
            let annual_sales = self.annual_sales[at];
            let earmarked = [self.earmarked[0][at], self.earmarked[1][at]];
            let money = rd_money(parameters, self.rd_intensity[at], annual_sales, self.cash[at], earmarked, years);
            for source in 0..3 {
                self.money[source][at] = money[source];
            }
            let normal_rd = self.rd_intensity[at] * annual_sales.max(self.least_sales[at]);
            let pace = pace(technology, self.attention[at]);
            self.normal_rd[at] = normal_rd;
            self.pace[at] = pace;
            for stage in 0..STAGES {
                let sheet = &mut self.stages[stage];
                sheet.cost[at] = stage_cost(technology, normal_rd, stage, sheet.weight[at]) / pace;
            }
        }
    }

    /// Spends development money on the stages under way; what they cannot take, and the rest, searches.
    #[inline(always)]
    fn develop(&mut self, parameters: &Parameters, projects: &mut Block) {
        let (search_share, valley_own_share) = (parameters.technology.search_share, parameters.technology.valley_own_share);
        for at in 0..PLACES {
            let money = [self.money[0][at], self.money[1][at], self.money[2][at]];
            let mut open = [0.0; STAGES];
            for stage in 0..STAGES {
                let project = &projects.stages[stage];
                let lacks = (self.stages[stage].cost[at] - project.stage_spent[at]).max(0.0);
                open[stage] = if self.stages[stage].running[at] != 0 { lacks } else { 0.0 };
            }
            let paid = divide(money.map(|amount| amount * (1.0 - search_share)), open, valley_own_share);
            let mut turned = 0;
            for stage in 0..STAGES {
                let (sheet, project) = (&mut self.stages[stage], &mut projects.stages[stage]);
                let before = [project.spent[0][at], project.spent[1][at], project.spent[2][at]];
                let mut spent = before;
                let mut stage_spent = project.stage_spent[at];
                for source in 0..3 {
                    let amount = paid[source][stage];
                    stage_spent += amount;
                    spent[source] += amount;
                    sheet.paid[source][at] = amount;
                    project.spent[source][at] = spent[source];
                }
                project.stage_spent[at] = stage_spent;
                if let Some(source) = FITTING_SOURCE[stage] {
                    projects.stage_outside[stage][at] += paid[source][stage];
                }
                let (before, now) = (main_source(before), main_source(spent));
                sheet.payers[0][at] = before;
                sheet.payers[1][at] = now;
                turned |= before ^ now;
            }
            self.turned[at] = u64::from(turned != 0);
            for source in 0..3 {
                let used = paid[source][0] + paid[source][1] + paid[source][2];
                self.search[source][at] = money[source] - used;
            }
        }
    }

    /// Finds whose stages end, and the hazards of inventions.
    #[inline(always)]
    fn find_ends(&mut self, parameters: &Parameters, calendar: &Calendar, projects: &Block) {
        let technology = &parameters.technology;
        let (years, per_year) = (calendar.years_per_tick(), calendar.ticks_per_year());
        let (minimum, waiting) = (technology.stage_minimum_years, technology.waiting_years);
        let (search_rate, search_share) = (technology.search_rate, technology.search_share);
        for at in 0..PLACES {
            let least = minimum / self.pace[at];
            // Whether the next stage has room, or may have in this tick.
            let mut room = true;
            for stage in (0..STAGES).rev() {
                let (sheet, project) = (&mut self.stages[stage], &projects.stages[stage]);
                let elapsed = sheet.ticks[at] / per_year;
                let due = (project.stage_spent[at] >= sheet.cost[at] * 0.999) & (elapsed >= least);
                let ends = if due {
                    DUE
                } else if elapsed > waiting {
                    LATE
                } else {
                    0
                };
                let (running, waits) = (sheet.running[at] != 0, sheet.passed[at] != 0);
                let moves = if waits & room { MOVES } else { 0 };
                sheet.ends[at] = if running { ends } else { moves };
                sheet.concerned[at] = u64::from(sheet.ends[at] != 0);
                room = !(running | waits) | (sheet.ends[at] != 0);
            }
            let search = self.search[0][at] + self.search[1][at] + self.search[2][at];
            self.hazard[at] = search_hazard(search_rate, years, search, self.normal_rd[at] * search_share * years);
        }
    }

    /// Places marked in each stage.
    #[inline(always)]
    fn concerned(&self) -> [Places; STAGES] {
        let [pilot, demonstration, line] = &self.stages;
        [Places::marked(&pilot.concerned), Places::marked(&demonstration.concerned), Places::marked(&line.concerned)]
    }

    /// Finds the projects under way that are not worth what they still cost.
    pub(super) fn find_hopeless(&mut self, technology: &Technology, projects: &Block) -> [Places; STAGES] {
        let odds_left = odds_left(technology);
        vectors::widest(
            #[inline(always)]
            || {
                self.look_at(projects);
                for at in 0..PLACES {
                    for stage in 0..STAGES {
                        let weight = self.stages[stage].weight[at];
                        let mut later = 0.0;
                        for stage in stage..STAGES {
                            later += stage_cost(technology, self.normal_rd[at], stage, weight) / self.pace[at];
                        }
                        let project = &projects.stages[stage];
                        // Its size is what will be left of it at the end of the tick.
                        let left = project.size[at] * self.kept[at];
                        let cost_left = later - project.stage_spent[at];
                        let hopeless = hopeless(technology, left, odds_left[stage], self.annual_value_added[at], cost_left);
                        self.stages[stage].concerned[at] = u64::from(hopeless & (self.stages[stage].running[at] != 0));
                    }
                }
                self.concerned()
            },
        )
    }

    /// Lets what is not yet on the line grow stale, and finds who pays for what is under way and what can be expected of it.
    pub(super) fn close(&mut self, projects: &mut Block) {
        vectors::widest(
            #[inline(always)]
            || {
                for stage in 0..STAGES {
                    for at in 0..PLACES {
                        self.paying[stage][at] = u64::from(projects.progress[stage][at] == Progress::None);
                    }
                }
                for at in 0..PLACES {
                    let mut sizes = [0.0; STAGES];
                    for stage in 0..STAGES {
                        let project = &mut projects.stages[stage];
                        sizes[stage] = project.size[at] * self.kept[at];
                        project.size[at] = sizes[stage];
                        let payer = main_source([project.spent[0][at], project.spent[1][at], project.spent[2][at]]);
                        self.paying[stage][at] = if self.paying[stage][at] != 0 { NO_PAYER } else { payer };
                    }
                    self.expected_edge[at] = expected_edge(sizes);
                }
            },
        );
    }

    /// What an enterprise spent on search, by source.
    #[inline]
    pub(super) fn searched(&self, at: usize) -> [f64; 3] {
        [self.search[0][at], self.search[1][at], self.search[2][at]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::technology::{Kind, OWN, Project};

    #[test]
    fn stages_end_as_they_are_paid_for_and_old_enough() {
        let mut parameters = Parameters::default();
        parameters.technology.stage_minimum_years = 0.5;
        parameters.technology.waiting_years = 5.0;
        parameters.technology.attention_pace = 0.0;
        let calendar = Calendar { tick: 40, ..Calendar::new(&parameters, 1) };
        let means = |id| Means {
            id,
            rd_intensity: 0.05,
            least_sales: 0.0,
            annual_sales: 100.0,
            annual_value_added: 50.0,
            cash: 1.0,
            earmarked: [0.0; 2],
            attention: 0.5,
            kept: 1.0,
        };
        let project = |progress, invented, stage_spent| Project { progress, invented, stage_spent, ..Project::default() };
        let (none, paid, unpaid) = (Project::default(), 1e9, -1e9);
        let mut effort = Effort::new();
        let enterprises = [
            [project(Progress::Running, 38, paid), none, none],
            [project(Progress::Running, 39, paid), none, none],
            [none, project(Progress::Running, 19, unpaid), none],
            [project(Progress::Passed, 0, paid), project(Progress::Running, 30, unpaid), none],
            [project(Progress::Passed, 0, paid), project(Progress::Running, 30, paid), project(Progress::Passed, 9, paid)],
        ];
        let mut block = Block::default();
        for (row, projects) in enterprises.iter().enumerate() {
            effort.take(row, means(row as u64 + 1));
            for (stage, project) in projects.iter().enumerate() {
                block.put(stage, row, *project);
            }
        }
        effort.spend(&parameters, &calendar, &mut block);
        assert_eq!(
            [0, 1, 2].map(|stage| effort.stages[stage].ends[..5].to_vec()),
            [[DUE, 0, 0, 0, MOVES], [0, 0, LATE, 0, DUE], [0, 0, 0, 0, MOVES]]
        );
        // All development money of the first and the second enterprise is left for search.
        let own = rd_money(&parameters, 0.05, 100.0, 1.0, [0.0; 2], 0.25)[OWN];
        assert_eq!((effort.searched(0), effort.money[OWN][1]), ([own, 0.0, 0.0], own));
        let develop = own * (1.0 - parameters.technology.search_share);
        assert_eq!(block.of(1, 2).spent[OWN], develop * parameters.technology.valley_own_share);
        assert_eq!(Kind::Breakthrough.cost_weight(), 2.0);
    }
}

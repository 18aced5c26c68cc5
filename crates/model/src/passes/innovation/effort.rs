//! R&D of a batch of enterprises: money spent on their projects, whose stages end, what is left.
//!
//! Nobody can foretell which enterprise has which project and whose money, so there is no branch here: what does not apply is computed and
//! not chosen. Fields of a batch stand beside each other, those of its projects in their [block](crate::state::technology::projects) and the others on a sheet, so
//! that the processor's vectors take eight enterprises at a time.

use crate::parameters;
use crate::parameters::Parameters;
use crate::rules::attention::attended;
use crate::rules::money::{divide, rd_money};
use crate::rules::projects::{expected_edge, hopeless, odds_left, pace, stage_cost};
use crate::rules::search::{Gaps, adoption_hazards, innovation_hazards, research_norm};
use crate::rules::sector_view::SectorView;
use crate::sources::{CAPITAL, OWN, POLICY};
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Attention, Identity, Operation, Pipeline, Technology, Treasury};
use crate::state::sector::Sectors;
use crate::state::technology::{Block, FITTING_SOURCE, PLACES, STAGES, main_source};
use tripath_engine::vectors::Places;
use tripath_engine::{batch, math, vectors};

use super::backlog::Backlog;

/// A project's stage ends as it is paid for and old enough.
pub(super) const DUE: u64 = 1;
/// A project got no further for too long.
pub(super) const LATE: u64 = 2;

/// In place of a main payer where there is no project.
pub(super) const NO_PAYER: u64 = 3;

batch! {
    /// R&D of a batch of enterprises, field by field, and what it does on their projects, by stage.
    ///
    /// Those not at work have no sales, no earmarked money and no projects: nothing comes of it.
    pub(super) struct Effort[PLACES] {
        pub(super) ids: u64 = who.id,
        /// Its own R&D over sales, and the least sales a year that the research norm goes by.
        pub(super) rd_share: f64 = sector.rd_intensity * pipeline.effort,
        least_sales: f64 = sector.least_sales,
        annual_sales: f64 = operation.sales * setting.per_year,
        pub(super) annual_value_added: f64 = operation.value_added * setting.per_year,
        cash: f64 = treasury.cash,
        /// Earmarked for R&D by policy and capital.
        earmarked: [f64; 2] = [treasury.policy_money, treasury.capital_money],
        /// What is attended to on each path, over that at one third of attention.
        pub(super) attended: [f64; 3] = attention.shares.map(|share| attended(setting.half_attention, share)),
        /// Part of search that looks for what nobody has.
        own_part: f64 = sector.own_part,
        /// Gap to those who know better, log points of productivity and quality.
        gap: f64 = Gaps::of(technology, &setting.states[usize::from(who.sector)]).expected(),
        /// Part of a project's edge that is left after the tick.
        pub(super) kept: f64 = if who.active() { sector.kept } else { 1.0 },
        /// 1 where a project is under way.
        running: [u64; STAGES],
        /// Ticks since it entered the stage.
        ticks: [f64; STAGES],
        /// Money of this tick by stage and source.
        pub(super) paid: [[f64; 3]; STAGES],
        /// Cost of the stage where a project is under way.
        pub(super) cost: [f64; STAGES],
        /// Main payer before this tick's money and after it.
        pub(super) payers: [[u64; 2]; STAGES],
        /// [`DUE`], [`LATE`] or nothing.
        pub(super) ends: [u64; STAGES],
        /// 1 where one of these holds; in the review, where a project under way is not worth what it still costs.
        concerned: [u64; STAGES],
        /// Money for R&D by source.
        pub(super) money: [f64; 3] => pipeline.spent,
        /// Of which for search.
        search: [f64; 3],
        /// Research norm a year.
        pub(super) norm: f64,
        /// Pace of projects.
        pub(super) pace: f64,
        /// Hazard of an invention.
        pub(super) hazard: f64,
        /// Hazard of a technique to take over.
        pub(super) adoption: f64,
        /// 1 where a project has another main payer now.
        turned: u64,
        /// Main payers at the end of the tick; [`NO_PAYER`] where there is no project.
        pub(super) paying: [u64; STAGES],
        /// Expected edge at the end of the tick.
        pub(super) expected_edge: f64 => pipeline.expected_edge,
    }
    gather(
        who: Identity, operation: Operation, attention: Attention, technology: Technology, treasury: Treasury, pipeline: Pipeline;
        setting: &Setting<'_>
    ) {
        let sector = &setting.sectors[usize::from(who.sector)];
    }
    write(pipeline: Pipeline)
}

/// What R&D of all enterprises goes by.
pub(super) struct Setting<'a> {
    pub(super) sectors: &'a [SectorView],
    pub(super) states: &'a Sectors,
    pub(super) half_attention: f64,
    pub(super) per_year: f64,
}

/// Whom the passes after the money concern.
pub(super) struct Concerned {
    /// Those with a project that has another main payer now.
    pub(super) turned: Places,
    /// Those whose stage ends or whose project moves on, by stage.
    pub(super) ending: [Places; STAGES],
}

impl Effort {
    /// Works out the money of all, spends it on their projects, and finds whom the next passes concern.
    pub(super) fn spend(&mut self, parameters: &Parameters, calendar: &Calendar, projects: &mut Block) -> Concerned {
        let concerned = vectors::widest(
            #[inline(always)]
            || {
                self.look_at(projects);
                self.look_back(calendar.tick, projects);
                self.budget(parameters, calendar, projects);
                self.develop(parameters, projects);
                self.find_ends(parameters, calendar, projects);
                self.find_efforts(parameters, calendar);
                Concerned { turned: Places::marked(&self.turned), ending: self.concerned() }
            },
        );
        innovation_hazards(&parameters.technology, calendar.years_per_tick(), &self.own_part, &mut self.hazard);
        adoption_hazards(&parameters.technology, calendar.years_per_tick(), &self.gap, &mut self.adoption);
        concerned
    }

    /// Looks which projects are under way.
    #[inline(always)]
    fn look_at(&mut self, projects: &Block) {
        for stage in 0..STAGES {
            let (running, projects) = (&mut self.running[stage], &projects.stages[stage]);
            for at in 0..PLACES {
                running[at] = u64::from(projects.load[at] > 0.0);
            }
        }
    }

    /// Looks for how long all have been in their stages. Ticks stand in fewer bits than money: a loop of its own, for mixed widths would keep the
    /// processor's vectors out of the others.
    #[inline(always)]
    fn look_back(&mut self, tick: u32, projects: &Block) {
        for stage in 0..STAGES {
            let (ticks, projects) = (&mut self.ticks[stage], &projects.stages[stage]);
            for at in 0..PLACES {
                ticks[at] = f64::from(tick.wrapping_sub(projects.entered[at]));
            }
        }
    }

    /// Money, the research norm, and costs of stages.
    #[inline(always)]
    fn budget(&mut self, parameters: &Parameters, calendar: &Calendar, projects: &Block) {
        let years = calendar.years_per_tick();
        let technology = &parameters.technology;
        for at in 0..PLACES {
            let annual_sales = self.annual_sales[at];
            let earmarked = [self.earmarked[0][at], self.earmarked[1][at]];
            let money = rd_money(parameters, self.rd_share[at], annual_sales, self.cash[at], earmarked, years);
            for source in 0..3 {
                self.money[source][at] = money[source];
            }
            let norm = research_norm(technology, annual_sales, self.least_sales[at]);
            let pace = pace(technology, self.attended[OWN][at]);
            self.norm[at] = norm;
            self.pace[at] = pace;
            for stage in 0..STAGES {
                self.cost[stage][at] = stage_cost(technology, norm, stage, projects.stages[stage].load[at]) / pace;
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
                let lacks = (self.cost[stage][at] - project.stage_spent[at]).max(0.0);
                open[stage] = if self.running[stage][at] != 0 { lacks } else { 0.0 };
            }
            let worth = [1.0, self.attended[POLICY][at], self.attended[CAPITAL][at]];
            let paid = divide(money.map(|amount| amount * (1.0 - search_share)), worth, open, valley_own_share);
            let mut turned = 0;
            for stage in 0..STAGES {
                let project = &mut projects.stages[stage];
                let before = [project.spent[0][at], project.spent[1][at], project.spent[2][at]];
                let mut spent = before;
                let mut stage_spent = project.stage_spent[at];
                for source in 0..3 {
                    let amount = paid[source][stage];
                    stage_spent += amount * worth[source];
                    spent[source] += amount;
                    self.paid[stage][source][at] = amount;
                    project.spent[source][at] = spent[source];
                }
                project.stage_spent[at] = stage_spent;
                if let Some(source) = FITTING_SOURCE[stage] {
                    projects.stage_outside[stage][at] += paid[source][stage] * worth[source];
                }
                let (before, now) = (main_source(before), main_source(spent));
                self.payers[stage][0][at] = before;
                self.payers[stage][1][at] = now;
                turned |= before ^ now;
            }
            self.turned[at] = u64::from(turned != 0);
            for source in 0..3 {
                let used = paid[source][0] + paid[source][1] + paid[source][2];
                self.search[source][at] = money[source] - used;
            }
        }
    }

    /// Finds whose stages end.
    #[inline(always)]
    fn find_ends(&mut self, parameters: &Parameters, calendar: &Calendar, projects: &Block) {
        let technology = &parameters.technology;
        let per_year = calendar.ticks_per_year();
        let (minimum, waiting) = (technology.stage_minimum_years, technology.waiting_years);
        for at in 0..PLACES {
            let least = minimum / self.pace[at];
            for stage in 0..STAGES {
                let project = &projects.stages[stage];
                let elapsed = self.ticks[stage][at] / per_year;
                let due = (project.stage_spent[at] >= self.cost[stage][at] * 0.999) & (elapsed >= least);
                let ends = if due {
                    DUE
                } else if elapsed > waiting {
                    LATE
                } else {
                    0
                };
                self.ends[stage][at] = if self.running[stage][at] != 0 { ends } else { 0 };
                self.concerned[stage][at] = u64::from(self.ends[stage][at] != 0);
            }
        }
    }

    /// Search for the new, and all R&D, over their norms.
    #[inline(always)]
    fn find_efforts(&mut self, parameters: &Parameters, calendar: &Calendar) {
        let (technology, years) = (&parameters.technology, calendar.years_per_tick());
        for at in 0..PLACES {
            let norm = self.norm[at] * years;
            let (policy, capital) = (self.attended[POLICY][at], self.attended[CAPITAL][at]);
            let search = self.search[OWN][at] + policy * self.search[POLICY][at] + capital * self.search[CAPITAL][at];
            let money = self.money[OWN][at] + policy * self.money[POLICY][at] + capital * self.money[CAPITAL][at];
            self.hazard[at] = math::ratio(search, norm * technology.search_norm, 0.0);
            self.adoption[at] = math::ratio(money, norm, 0.0);
        }
    }

    /// Edge that can be expected of what is under way and its cost still to come, and years of development money that this takes.
    ///
    /// Cost by the expected cost of stages to come, a stage that fails costs nothing more.
    pub(super) fn backlog(
        &self,
        technology: &parameters::Technology,
        costs: &[f64; STAGES],
        years: f64,
        projects: &Block,
        at: usize,
    ) -> Backlog {
        let odds = odds_left(technology);
        let mut backlog = Backlog::default();
        for stage in 0..STAGES {
            let projects = &projects.stages[stage];
            let cost = self.expected_cost(costs, stage, projects.load[at], at) - projects.stage_spent[at];
            backlog.cost += if projects.load[at] > 0.0 { cost.max(0.0) } else { 0.0 };
            backlog.edge += projects.size[at] * odds[stage];
        }
        let develop = (1.0 - technology.search_share) * (self.money[0][at] + self.money[1][at] + self.money[2][at]) / years;
        backlog.years = math::ratio(backlog.cost, develop, 0.0);
        backlog
    }

    /// Expected cost of a project of a load from the beginning of a stage.
    pub(super) fn expected_cost(&self, costs: &[f64; STAGES], stage: usize, load: f64, at: usize) -> f64 {
        costs[stage] * self.norm[at] * load / self.pace[at]
    }

    /// Places marked in each stage.
    #[inline(always)]
    fn concerned(&self) -> [Places; STAGES] {
        self.concerned.each_ref().map(Places::marked)
    }

    /// Finds the projects under way that are not worth what they still cost.
    pub(super) fn find_hopeless(&mut self, technology: &parameters::Technology, projects: &Block) -> [Places; STAGES] {
        let odds_left = odds_left(technology);
        vectors::widest(
            #[inline(always)]
            || {
                self.look_at(projects);
                for at in 0..PLACES {
                    for stage in 0..STAGES {
                        let project = &projects.stages[stage];
                        let mut later = 0.0;
                        for later_stage in stage..STAGES {
                            later += stage_cost(technology, self.norm[at], later_stage, project.load[at]) / self.pace[at];
                        }
                        // Its size is what will be left of it at the end of the tick.
                        let left = project.size[at] * self.kept[at];
                        let cost_left = later - project.stage_spent[at];
                        let hopeless = hopeless(technology, left, odds_left[stage], self.annual_value_added[at], cost_left);
                        self.concerned[stage][at] = u64::from(hopeless & (self.running[stage][at] != 0));
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
                        self.paying[stage][at] = u64::from(projects.stages[stage].load[at] <= 0.0);
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
    use crate::state::technology::{Kind, Project};

    /// A batch whose enterprises all sell and have as much, pay attention evenly and do no R&D.
    fn at_work(annual_sales: f64, cash: f64) -> Effort {
        let (one, ids) = ([1.0; PLACES], std::array::from_fn(|at| at as u64 + 1));
        let (annual_sales, annual_value_added, cash) = ([annual_sales; PLACES], [50.0; PLACES], [cash; PLACES]);
        Effort { ids, annual_sales, annual_value_added, cash, attended: [one; 3], own_part: one, kept: one, ..Effort::new() }
    }

    #[test]
    fn stages_end_as_they_are_paid_for_and_old_enough() {
        let mut parameters = Parameters::default();
        parameters.technology.stage_minimum_years = 0.5;
        parameters.technology.waiting_years = 5.0;
        parameters.technology.attention_pace = 0.0;
        let calendar = Calendar { tick: 40, ..Calendar::new(&parameters, 1) };
        let project = |entered, stage_spent| Project { stage_spent, ..Project::of(Kind::Process, 0.1, 1.0, entered) };
        let (none, paid, unpaid) = (Project::default(), 1e9, -1e9);
        let mut effort = Effort { gap: [0.5; PLACES], rd_share: [0.05; PLACES], ..at_work(100.0, 1.0) };
        let enterprises = [
            [project(38, paid), none, none],
            [project(39, paid), none, none],
            [none, project(19, unpaid), none],
            [project(30, paid), project(30, unpaid), project(30, paid)],
        ];
        let mut block = Block::default();
        for (row, projects) in enterprises.iter().enumerate() {
            for (stage, project) in projects.iter().enumerate() {
                block.put(stage, row, *project);
            }
        }
        effort.spend(&parameters, &calendar, &mut block);
        assert_eq!(effort.ends.map(|ends| ends[..4].to_vec()), [[DUE, 0, 0, DUE], [0, 0, LATE, 0], [0, 0, 0, DUE]]);
        // All development money of the first and the second enterprise is left for search.
        let own = rd_money(&parameters, 0.05, 100.0, 1.0, [0.0; 2], 0.25)[OWN];
        assert_eq!((effort.searched(0), effort.money[OWN][1]), ([own, 0.0, 0.0], own));
        let develop = own * (1.0 - parameters.technology.search_share);
        assert_eq!(block.of(1, 2).spent[OWN], develop * parameters.technology.valley_own_share);
    }

    #[test]
    fn public_money_takes_attention_to_be_of_use() {
        let parameters = Parameters::default();
        let calendar = Calendar { tick: 40, ..Calendar::new(&parameters, 1) };
        let mut effort = at_work(1e6, 100.0);
        effort.earmarked[0] = [8.0; PLACES];
        let mut block = Block::default();
        for (row, policy) in [1.0, 0.5].into_iter().enumerate() {
            effort.attended[POLICY][row] = policy;
            block.put(0, row, Project::of(Kind::Process, 0.1, 1.0, 39));
        }
        effort.spend(&parameters, &calendar, &mut block);
        let [full, half] = [0, 1].map(|row| block.of(0, row));
        // A quarter of the 8 in a quarter, less what searches, is paid by both; it does half of the work for the second.
        let paid = 2.0 * (1.0 - parameters.technology.search_share);
        assert!((full.spent[POLICY] - paid).abs() < 1e-12 && (half.spent[POLICY] - paid).abs() < 1e-12);
        assert!((full.stage_spent - paid).abs() < 1e-12 && (half.stage_spent - 0.5 * paid).abs() < 1e-12);
        assert!((half.stage_outside - 0.5 * paid).abs() < 1e-12 && effort.hazard[1] < effort.hazard[0]);
    }
}

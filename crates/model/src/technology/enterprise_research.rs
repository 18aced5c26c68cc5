//! One enterprise's R&D of a tick: money to stages and search, stages that end, conversions, inventions.

use crate::enterprise::{Identity, Pipeline, Technology, Treasury};
use crate::markets::SectorState;
use crate::math;
use crate::parameters::{Parameters, Sector};
use crate::random::{Mechanism, Stream};
use crate::world::Calendar;

use super::funnel::{FunnelCell, payers};
use super::project::{
    FITTING_SOURCE, Grounds, Kind, Progress, Project, STAGES, base_log_odds, expected_edge, hopeless, knowledge, stage_cost,
    success_probability,
};
use super::research::{Conversion, Outcome, rd_money};
use super::search::{SearchField, invent, lead_over_others, opportunity, scale_lead, search_hazard};
use super::self_sufficiency::{competitive_gain, edge_kept};
use super::{CAPITAL, OWN, POLICY, convert, raise_productivity};

/// How each source divides its money among the stages: public money comes early, venture money in the
/// middle, own money late (readiness levels of funding, model description).
const STAGE_WEIGHTS: [[f64; STAGES]; 3] = [[1.0, 1.0, 1.5], [3.0, 1.5, 0.5], [1.0, 3.0, 1.0]];

/// Draws of R&D in this tick, and the odds that all stages start from.
pub(super) struct Streams {
    search: Stream,
    adoption: Stream,
    stages: [Stream; STAGES],
    base_log_odds: [f64; STAGES],
}

impl Streams {
    pub(super) fn of(parameters: &Parameters, calendar: &Calendar) -> Self {
        let (seed, tick) = (calendar.seed, calendar.tick);
        let stage = |stage: u32| seed.stream(Mechanism::ProjectStage, tick * STAGES as u32 + stage);
        Self {
            search: seed.stream(Mechanism::Search, tick),
            adoption: seed.stream(Mechanism::Adoption, tick),
            stages: [stage(0), stage(1), stage(2)],
            base_log_odds: base_log_odds(&parameters.technology),
        }
    }
}

/// One enterprise's R&D of a tick.
pub(super) struct Work<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) sector: &'a Sector,
    pub(super) state: &'a SectorState,
    /// Shares of labour and of capital in the sector's unit cost.
    pub(super) cost_shares: [f64; 2],
    pub(super) calendar: &'a Calendar,
    pub(super) streams: &'a Streams,
    /// Whether its yearly turn to learn and to review has come.
    pub(super) turn: bool,
    pub(super) identity: &'a Identity,
    pub(super) attention: f64,
    pub(super) pace: f64,
    pub(super) annual_value_added: f64,
    pub(super) share: f64,
    pub(super) advice: f64,
    pub(super) outcome: &'a mut Outcome,
}

impl Work<'_> {
    pub(super) fn tick(
        &mut self,
        tick_sales: f64,
        technology: &mut Technology,
        treasury: &mut Treasury,
        pipeline: &mut Pipeline,
        projects: &mut [Project; STAGES],
    ) {
        let p = &self.parameters.technology;
        let years = self.calendar.years_per_tick();
        let annual_sales = tick_sales * self.calendar.ticks_per_year();
        let money = rd_money(self.parameters, self.state.rd_intensity, annual_sales, treasury, years);
        let normal_rd = self.state.rd_intensity * annual_sales.max(p.small_enterprise_floor * self.state.mean_sales);

        let costs = [0, 1, 2].map(|stage| if projects[stage].exists() { self.cost(normal_rd, stage, projects[stage].kind) } else { 0.0 });
        let develop = money.map(|amount| amount * (1.0 - p.search_share));
        let used = self.fund_stages(develop, &costs, projects);
        let search = [0, 1, 2].map(|source| money[source] - used[source]);
        self.finish_stages(normal_rd, &costs, technology, projects);
        self.search(search, normal_rd * p.search_share * years, technology, projects);

        pipeline.spent = money;
        treasury.policy_money -= money[POLICY];
        treasury.capital_money -= money[CAPITAL];
        for (sum, amount) in self.outcome.spent[self.identity.sector as usize].iter_mut().zip(money) {
            *sum += amount;
        }
        let kept = edge_kept(p, self.sector, years);
        for edge in &mut technology.edges {
            *edge *= kept;
        }
        // What is not yet on the line grows stale as what is.
        for project in projects.iter_mut().filter(|project| project.exists()) {
            project.size *= kept;
        }
        if self.turn {
            self.learn_from_others(technology);
            self.review(normal_rd, projects);
        }
        pipeline.expected_edge = expected_edge(projects);
        let cells = &mut self.outcome.funnel[self.identity.sector as usize];
        for (stage, payer) in payers(projects).into_iter().enumerate() {
            if let Some(source) = payer {
                cells[source].under_way[stage] += 1;
            }
        }
    }

    /// Those behind the sector's mean, and those behind the world's frontier, catch up once a year.
    fn learn_from_others(&self, technology: &mut Technology) {
        let rate = self.parameters.technology.diffusion_rate.min(1.0);
        let behind = (self.state.log_productivity - technology.log_productivity).max(0.0);
        let abroad = (self.state.frontier_productivity - technology.log_productivity).max(0.0);
        let p = &self.parameters.technology;
        if behind > 0.0 {
            raise_productivity(technology, rate * behind, p.mechanisation);
        }
        // The mean of adoption is `frontier_diffusion` of the distance a year, whatever the size of a leap.
        let hazard = (p.frontier_diffusion / p.adoption_leap).min(1.0);
        if abroad > 0.0 && self.streams.adoption.draws(self.identity.id).happens(hazard) {
            // Techniques of abroad come with better machines in place of more of them.
            raise_productivity(technology, p.adoption_leap * abroad, 0.0);
        }
        technology.quality += rate * (self.state.quality - technology.quality).max(0.0);
        technology.capital_factor -= rate * (technology.capital_factor - self.state.capital_factor).max(0.0);
    }

    /// Once a year projects that are not worth what they still cost are given up.
    fn review(&mut self, normal_rd: f64, projects: &mut [Project; STAGES]) {
        for stage in 0..STAGES {
            let project = projects[stage];
            if project.progress != Progress::Running {
                continue;
            }
            let later: f64 = (stage..STAGES).map(|stage| self.cost(normal_rd, stage, project.kind)).sum();
            if hopeless(&self.parameters.technology, &project, stage, self.annual_value_added, later - project.stage_spent) {
                self.abandon(stage, projects);
            }
        }
    }

    /// Cost of a stage at the enterprise's pace.
    fn cost(&self, normal_rd: f64, stage: usize, kind: Kind) -> f64 {
        stage_cost(&self.parameters.technology, normal_rd, stage, kind) / self.pace
    }

    /// Spends development money on the stages under way; returns what was used by source.
    fn fund_stages(&mut self, develop: [f64; 3], costs: &[f64; STAGES], projects: &mut [Project; STAGES]) -> [f64; 3] {
        let mut open = [0.0; STAGES];
        for stage in 0..STAGES {
            let project = &projects[stage];
            if project.progress == Progress::Running {
                open[stage] = (costs[stage] - project.stage_spent).max(0.0);
            }
        }
        let before = payers(projects);
        let mut used = [0.0; 3];
        for source in 0..3 {
            if develop[source] <= 0.0 {
                continue;
            }
            let mut weights = 0.0;
            for stage in 0..STAGES {
                weights += if open[stage] > 0.0 { STAGE_WEIGHTS[source][stage] } else { 0.0 };
            }
            if weights <= 0.0 {
                continue;
            }
            let funnel = &mut self.outcome.funnel[self.identity.sector as usize][source].spent;
            for stage in 0..STAGES {
                if open[stage] <= 0.0 {
                    continue;
                }
                let mut amount = (develop[source] * STAGE_WEIGHTS[source][stage] / weights).min(open[stage]);
                if source == OWN && stage == 1 {
                    amount = amount.min(develop[OWN] * self.parameters.technology.valley_own_share);
                }
                let project = &mut projects[stage];
                project.stage_spent += amount;
                project.spent[source] += amount;
                if FITTING_SOURCE[stage] == Some(source) {
                    project.stage_outside += amount;
                }
                open[stage] -= amount;
                used[source] += amount;
                funnel[stage] += amount;
            }
        }
        let cells = &mut self.outcome.funnel[self.identity.sector as usize];
        for stage in 0..STAGES {
            let Some(payer) = before[stage] else { continue };
            let now = projects[stage].main_source();
            if now != payer {
                cells[payer].turned[stage] -= 1;
                cells[now].turned[stage] += 1;
            }
        }
        used
    }

    /// Ends stages that are paid for, from the last to the first, and moves projects on.
    fn finish_stages(&mut self, normal_rd: f64, costs: &[f64; STAGES], technology: &mut Technology, projects: &mut [Project; STAGES]) {
        let p = &self.parameters.technology;
        let tick = self.calendar.tick;
        for stage in (0..STAGES).rev() {
            let project = &projects[stage];
            if !project.exists() {
                continue;
            }
            if project.progress == Progress::Running {
                let elapsed = f64::from(project.ticks_in_stage(tick)) / self.calendar.ticks_per_year();
                let cost = costs[stage];
                if project.stage_spent >= cost * 0.999 && elapsed >= p.stage_minimum_years / self.pace {
                    let nominal = math::ratio(cost, normal_rd * (1.0 - p.search_share), elapsed);
                    let adequacy = (0.5 * nominal / elapsed.max(1e-6)).clamp(0.0, 1.0);
                    let base = self.streams.base_log_odds[stage];
                    let grounds = Grounds {
                        adequacy,
                        attention: self.attention,
                        advice: self.advice,
                        outside_share: project.outside_share(),
                        knowledge: self.knowledge(project.kind, technology),
                    };
                    let probability = success_probability(p, base, stage, &grounds);
                    if !self.streams.stages[stage].draws(self.identity.id).happens(probability) {
                        self.cell(project).failed[stage] += 1;
                        projects[stage] = Project::default();
                        continue;
                    }
                    self.cell(project).advanced[stage] += 1;
                    projects[stage].progress = Progress::Passed;
                } else if elapsed > p.waiting_years {
                    self.abandon(stage, projects);
                    continue;
                }
            }
            if projects[stage].progress == Progress::Passed {
                self.move_on(stage, technology, projects);
            }
        }
    }

    /// Knowledge that a project of the enterprise builds on.
    fn knowledge(&self, kind: Kind, technology: &Technology) -> f64 {
        let (state, share) = (self.state, self.share);
        let productivity_lead = lead_over_others(technology.log_productivity, state.log_productivity, share);
        let quality_lead = lead_over_others(technology.quality, state.quality, share);
        let scale_lead = || scale_lead(technology.capital_factor, state.capital_factor, share);
        knowledge(kind, productivity_lead, quality_lead, scale_lead, state.laboratory_lift)
    }

    fn cell(&mut self, project: &Project) -> &mut FunnelCell {
        &mut self.outcome.funnel[self.identity.sector as usize][project.main_source()]
    }

    fn abandon(&mut self, stage: usize, projects: &mut [Project; STAGES]) {
        let project = projects[stage];
        self.cell(&project).abandoned[stage] += 1;
        projects[stage] = Project::default();
    }

    fn move_on(&mut self, stage: usize, technology: &mut Technology, projects: &mut [Project; STAGES]) {
        let project = projects[stage];
        let tick = self.calendar.tick;
        if stage + 1 < STAGES {
            if !projects[stage + 1].exists() {
                projects[stage + 1] = project.in_next_stage(tick);
                projects[stage] = Project::default();
                self.cell(&project).entered[stage + 1] += 1;
            }
            return;
        }
        convert(technology, &project, self.parameters.technology.mechanisation);
        projects[stage] = Project::default();
        let years = f64::from(tick - project.invented) / self.calendar.ticks_per_year();
        let cell = self.cell(&project);
        cell.conversions += 1;
        cell.log_points += project.size;
        cell.years += years;
        cell.kinds[project.kind as usize] += 1;
        cell.converted_spent += project.spent.iter().sum::<f64>();
        let market = &self.parameters.market;
        let gain =
            self.share * competitive_gain(market, self.parameters.technology.mechanisation, self.cost_shares, project.kind, project.size);
        let sums = &mut self.outcome.advantages[self.identity.sector as usize];
        for (sum, share) in sums.iter_mut().zip(project.source_shares()) {
            *sum += gain * share;
        }
        if project.kind == Kind::Breakthrough {
            let news = project.size * math::sqrt(self.share);
            let sums = &mut self.outcome.breakthroughs[self.identity.sector as usize];
            for (sum, share) in sums.iter_mut().zip(project.source_shares()) {
                *sum += news * share;
            }
        }
        self.outcome.conversions.push(Conversion {
            id: self.identity.id,
            sector: self.identity.sector,
            region: self.identity.region,
            kind: project.kind,
            size: project.size,
        });
    }

    /// Searches, and takes an invention into the laboratory if that is free or holds a lesser one.
    ///
    /// The search money of the tick is the first that was spent on a project: who paid for the search has a part in what comes of it.
    fn search(&mut self, search: [f64; 3], normal: f64, technology: &Technology, projects: &mut [Project; STAGES]) {
        let p = &self.parameters.technology;
        let mut draws = self.streams.search.draws(self.identity.id);
        if !draws.strikes(search_hazard(p.search_rate, self.calendar.years_per_tick(), search.iter().sum(), normal)) {
            return;
        }
        let found = Project { spent: search, ..Project::default() };
        self.cell(&found).inventions += 1;
        let laboratory = projects[0];
        if laboratory.progress == Progress::Passed {
            // There is no room, whatever it is.
            self.cell(&found).shelved += 1;
            return;
        }
        let field = SearchField {
            productivity_lead: lead_over_others(technology.log_productivity, self.state.log_productivity, self.share),
            quality_lead: lead_over_others(technology.quality, self.state.quality, self.share),
            world_productivity_lead: technology.log_productivity - self.state.frontier_productivity,
            world_quality_lead: technology.quality - self.state.foreign_quality,
            capital_factors: [technology.capital_factor, self.state.capital_factor],
            share: self.share,
            productivity_spread: self.state.productivity_spread,
            quality_spread: self.state.quality_spread,
            frontier: self.state.breakthrough_lift,
            opportunity: opportunity(
                p,
                self.sector.opportunity,
                self.state.breakthrough_lift + self.state.laboratory_lift,
                self.state.foreign_quality - self.state.quality,
            ),
        };
        let invention = invent(p, &field, &mut draws);
        let tick = self.calendar.tick;
        let project = Project { progress: Progress::Running, kind: invention.kind, invented: tick, size: invention.size, ..found };
        if laboratory.exists() {
            if laboratory.size >= project.size {
                self.cell(&project).shelved += 1;
                return;
            }
            self.abandon(0, projects);
        }
        projects[0] = project;
        self.cell(&project).entered[0] += 1;
    }
}

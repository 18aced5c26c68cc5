//! R&D of a tick: money, search, stages, conversion. One pass over all enterprises.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Economy, Tally};
use crate::enterprise::{Attention, Equity, Identity, Operation, Pipeline, Plant, Position, Projects, Technology, Treasury};
use crate::finance::{Candidates, Scene};
use crate::government::ProgrammeBudgets;
use crate::markets::{SectorState, Sectors};
use crate::math;
use crate::observe::{EventRow, Records};
use crate::parallel::{Merge, fold, gather, map_chunks};
use crate::parameters::{Parameters, Sector};
use crate::random::{Mechanism, Stream};
use crate::think_tank::Services;
use crate::world::Calendar;

use super::project::{Kind, Progress, Project, STAGES, base_log_odds, expected_edge, hopeless, pace, stage_cost, success_probability};
use super::returns::{Funnel, FunnelCell, Returns};
use super::search::{SearchField, invent, lead_over_others, opportunity, search_hazard};
use super::{CAPITAL, OWN, POLICY, convert, raise_productivity};

/// How each source divides its money among the stages: public money comes early, venture money in the
/// middle, own money late (readiness levels of funding, model description).
const STAGE_WEIGHTS: [[f64; STAGES]; 3] = [[1.0, 1.0, 1.5], [3.0, 1.5, 0.5], [1.0, 3.0, 1.0]];

/// What a chunk of enterprises did.
struct Outcome {
    funnel: Vec<[FunnelCell; 3]>,
    spent: Vec<[f64; 3]>,
    breakthroughs: Vec<[f64; 3]>,
    conversions: Vec<Conversion>,
}

struct Conversion {
    id: u64,
    sector: u16,
    region: u16,
    kind: Kind,
    size: f64,
}

impl Merge for Outcome {
    fn merge(&mut self, other: Self) {
        self.funnel.merge(other.funnel);
        self.spent.merge(other.spent);
        self.breakthroughs.merge(other.breakthroughs);
        self.conversions.extend(other.conversions);
    }
}

/// R&D money of an enterprise in this tick by source.
///
/// Own: `ρ_s (1 + ε τ) sales`, halved without cash; policy and capital: what is earmarked, spread over its years.
pub fn rd_money(parameters: &Parameters, rd_intensity: f64, annual_sales: f64, treasury: &Treasury, years: f64) -> [f64; 3] {
    let credit = 1.0 + parameters.government.rd_credit_elasticity * parameters.government.rd_credit_rate;
    let own = rd_intensity * credit * annual_sales * years * if treasury.cash > 0.0 { 1.0 } else { 0.5 };
    let spread = |money: f64, over: f64| money.min(treasury.cash.max(0.0)) * (years / over).min(1.0);
    [
        own,
        spread(treasury.policy_money, parameters.technology.earmark_years),
        spread(treasury.capital_money, parameters.venture.round_years),
    ]
}

/// Does the R&D of all enterprises, and asks those at work whether they look for venture money.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn advance_technology(
    mut enterprises: Query<(
        &Identity,
        &Operation,
        &Attention,
        &Position,
        &Plant,
        &Equity,
        &mut Technology,
        &mut Treasury,
        &mut Pipeline,
        &mut Projects,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    services: Res<Services>,
    economy: Res<Economy>,
    programmes: Res<ProgrammeBudgets>,
    mut sectors: ResMut<Sectors>,
    mut funnel: ResMut<Funnel>,
    mut returns: ResMut<Returns>,
    mut tally: ResMut<Tally>,
    mut candidates: ResMut<Candidates>,
    mut records: ResMut<Records>,
) {
    let count = sectors.len();
    let Some((identity, operation, attention, position, plant, equity, mut technology, mut treasury, mut pipeline, mut projects)) =
        crate::slices_mut!(enterprises)
    else {
        return;
    };
    let columns = (
        identity,
        operation,
        attention,
        position,
        plant,
        equity,
        technology.bypass_change_detection(),
        treasury.bypass_change_detection(),
        pipeline.bypass_change_detection(),
        projects.bypass_change_detection(),
    );
    let missions = missions_by_sector(&parameters, &programmes);
    let states: &Sectors = &sectors;
    let streams = Streams::of(&parameters, &calendar);
    let scene = Scene::new(&parameters, &calendar, states, &economy);
    let parts = map_chunks(
        columns,
        |first, (identity, operation, attention, position, plant, equity, technology, treasury, pipeline, projects)| {
            let mut outcome = Outcome {
                funnel: vec![Default::default(); count],
                spent: vec![[0.0; 3]; count],
                breakthroughs: vec![[0.0; 3]; count],
                conversions: Vec::new(),
            };
            let mut looking = Vec::new();
            for row in 0..identity.len() {
                if !identity[row].active() {
                    continue;
                }
                let index = identity[row].sector as usize;
                let mut work = Work {
                    parameters: &parameters,
                    sector: &parameters.sectors[index].value,
                    state: &states[index],
                    calendar: &calendar,
                    streams: &streams,
                    turn: calendar.turn_of(identity[row].id),
                    identity: &identity[row],
                    attention: attention[row].shares[OWN],
                    pace: pace(&parameters.technology, attention[row].shares[OWN]),
                    annual_value_added: operation[row].value_added * calendar.ticks_per_year(),
                    share: position[row].share,
                    advice: if identity[row].advised { services.client(identity[row].adviser).success[index] } else { 0.0 }
                        + if missions[index].contains(&identity[row].id) { parameters.government.mission_boost } else { 0.0 },
                    outcome: &mut outcome,
                };
                work.tick(operation[row].sales, &mut technology[row], &mut treasury[row], &mut pipeline[row], &mut projects[row].0);
                let (who, attention, operation) = (&identity[row], &attention[row], &operation[row]);
                let (technology, treasury) = (&technology[row], &treasury[row]);
                looking.extend(scene.candidate(first + row, who, attention, operation, technology, &plant[row], treasury, &equity[row]));
            }
            (outcome, looking)
        },
    );
    let (parts, looking): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    gather(&mut candidates.0, looking);
    let Some(outcome) = fold(parts) else { return };
    funnel.cells = outcome.funnel;
    tally.rd = 0.0;
    tally.rd_public = 0.0;
    for (index, spent) in outcome.spent.iter().enumerate() {
        for source in 0..3 {
            returns.cells[index][source].spent = spent[source];
            tally.rd += spent[source];
        }
        tally.rd_public += spent[POLICY];
        let sector = &parameters.sectors[index].value;
        let state = &mut sectors[index];
        state.rd = spent.iter().sum();
        let technology = &parameters.technology;
        let kept = (1.0 - sector.obsolescence * technology.obsolescence_pace * calendar.years_per_tick()).max(0.0);
        let news: f64 = outcome.breakthroughs[index].iter().sum();
        state.breakthrough_lift = state.breakthrough_lift * kept + technology.breakthrough_spillover * news;
        state.independence = state.independence * kept + technology.breakthrough_independence * news;
    }
    returns.breakthroughs = outcome.breakthroughs;
    if calendar.recorded() {
        for conversion in outcome.conversions {
            records.events.push(EventRow {
                sector: Some(parameters.sectors[conversion.sector as usize].name.as_str().into()),
                region: Some(parameters.regions[conversion.region as usize].name.as_str().into()),
                amount: Some(conversion.size),
                note: Some(conversion.kind.word()),
                ..EventRow::at(&calendar, if conversion.kind == Kind::Breakthrough { "breakthrough" } else { "conversion" }, conversion.id)
            });
        }
    }
}

/// Ids of the members of whole-nation programmes, by sector.
fn missions_by_sector(parameters: &Parameters, programmes: &ProgrammeBudgets) -> Vec<Vec<u64>> {
    let mut members = vec![Vec::new(); parameters.sectors.len()];
    for (programme, mission) in parameters.programmes.iter().zip(&programmes.missions) {
        if let Some(sector) = parameters.sector_index(&programme.value.sector) {
            members[sector].extend(mission.members.iter().map(|(_, id)| *id));
        }
    }
    members
}

/// Draws of R&D in this tick, and the odds that all stages start from.
struct Streams {
    search: Stream,
    adoption: Stream,
    stages: [Stream; STAGES],
    base_log_odds: [f64; STAGES],
}

impl Streams {
    fn of(parameters: &Parameters, calendar: &Calendar) -> Self {
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
struct Work<'a> {
    parameters: &'a Parameters,
    sector: &'a Sector,
    state: &'a SectorState,
    calendar: &'a Calendar,
    streams: &'a Streams,
    /// Whether its yearly turn to learn and to review has come.
    turn: bool,
    identity: &'a Identity,
    attention: f64,
    pace: f64,
    annual_value_added: f64,
    share: f64,
    advice: f64,
    outcome: &'a mut Outcome,
}

impl Work<'_> {
    fn tick(
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
        let search: f64 = (0..3).map(|source| money[source] - used[source]).sum();
        self.finish_stages(normal_rd, &costs, technology, projects);
        self.search(search, normal_rd * p.search_share * years, technology, projects);

        pipeline.spent = money;
        treasury.policy_money -= money[POLICY];
        treasury.capital_money -= money[CAPITAL];
        for (sum, amount) in self.outcome.spent[self.identity.sector as usize].iter_mut().zip(money) {
            *sum += amount;
        }
        let decay = ((self.sector.obsolescence * p.obsolescence_pace).max(p.obsolescence_floor) * years).min(1.0);
        for edge in &mut technology.edges {
            *edge *= 1.0 - decay;
        }
        // What is not yet on the line grows stale as what is.
        for project in projects.iter_mut().filter(|project| project.exists()) {
            project.size *= 1.0 - decay;
        }
        if self.turn {
            self.learn_from_others(technology);
            self.review(normal_rd, projects);
        }
        pipeline.expected_edge = expected_edge(projects);
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
                if source == CAPITAL {
                    project.stage_capital += amount;
                }
                open[stage] -= amount;
                used[source] += amount;
                funnel[stage] += amount;
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
                    let probability =
                        success_probability(p, base, stage, adequacy, self.attention, self.advice, project.outside_shares(stage));
                    if !self.streams.stages[stage].draws(self.identity.id).happens(probability) {
                        self.abandon(stage, projects);
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
    fn search(&mut self, search: f64, normal: f64, technology: &Technology, projects: &mut [Project; STAGES]) {
        let p = &self.parameters.technology;
        let mut draws = self.streams.search.draws(self.identity.id);
        if !draws.strikes(search_hazard(p.search_rate, self.calendar.years_per_tick(), search, normal)) {
            return;
        }
        // Nobody has paid for it yet, so it counts with the enterprise's own.
        self.outcome.funnel[self.identity.sector as usize][OWN].inventions += 1;
        let laboratory = projects[0];
        if laboratory.progress == Progress::Passed {
            // There is no room, whatever it is.
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
        let project =
            Project { progress: Progress::Running, kind: invention.kind, invented: tick, size: invention.size, ..Project::default() };
        if laboratory.exists() {
            if laboratory.size >= project.size {
                return;
            }
            self.abandon(0, projects);
        }
        projects[0] = project;
        self.cell(&project).entered[0] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_money_follows_sales_and_the_credit() {
        let mut parameters = Parameters::default();
        parameters.government.rd_credit_rate = 0.1;
        parameters.government.rd_credit_elasticity = 1.0;
        let treasury = Treasury { cash: 10.0, policy_money: 4.0, ..Treasury::default() };
        let money = rd_money(&parameters, 0.05, 100.0, &treasury, 0.25);
        assert!((money[OWN] - 0.05 * 1.1 * 25.0).abs() < 1e-12);
        assert!((money[POLICY] - 1.0).abs() < 1e-12);
        assert_eq!(money[CAPITAL], 0.0);
    }
}

//! An entrant: out of which enterprise its founders come, where it settles, what it knows and whose money it has.

use crate::parameters::{Parameters, Population};
use crate::rules::attention::fixed_attention;
use crate::rules::investment::{desired_capital, founding_ticks};
use crate::rules::search::{BREAKTHROUGH_LOAD, bounded};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::enterprise::{
    Attention, Enterprise, Equity, Experience, Founding, Identity, Pipeline, Plant, Position, Status, Technology,
};
use crate::state::government::Plans;
use crate::state::ids::stable_id;
use crate::state::sector::{SectorState, Sectors};
use crate::state::tables::Tables;
use crate::state::technology::{Kind, Project};
use crate::state::think_tanks::Services;
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::random::{Draws, Stream};

/// The enterprise that founders come out of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parent {
    id: u64,
    region: u16,
    log_productivity: f64,
    quality: f64,
}

impl Parent {
    pub(super) fn of(identity: &Identity, technology: &Technology) -> Self {
        Self { id: identity.id, region: identity.region, log_productivity: technology.log_productivity, quality: technology.quality }
    }
}

/// Rows of the enterprises that the founders of each entrant come out of, drawn by market share: large enterprises have more people who found one.
///
/// Shares of a sector sum to 1 less those of enterprises that closed in this tick; founders who come out of these have no parent.
pub(super) fn parents(
    calendar: &Calendar,
    orders: &[(usize, u32)],
    sectors: usize,
    identity: &[Identity],
    position: &[Position],
) -> Vec<Option<usize>> {
    let stream = calendar.seed.stream(Draw::Parent, calendar.tick);
    // By sector: the places in the distribution of market shares that are looked for, the nearest last.
    let mut sought: Vec<Vec<(f64, usize)>> = vec![Vec::new(); sectors];
    for (entrant, (sector, order)) in orders.iter().enumerate() {
        sought[*sector].push((stream.draws(stable_id(Some(calendar.tick), *sector, *order)).uniform(), entrant));
    }
    sought.iter_mut().for_each(|places| places.sort_unstable_by(|one, other| other.0.total_cmp(&one.0)));
    let mut reached = vec![0.0; sectors];
    let mut found = vec![None; orders.len()];
    for (row, (who, position)) in identity.iter().zip(position).enumerate() {
        let sector = who.sector as usize;
        if !who.active() || sought[sector].is_empty() {
            continue;
        }
        reached[sector] += position.share;
        while let Some((_, entrant)) = sought[sector].pop_if(|(place, _)| *place < reached[sector]) {
            found[entrant] = Some(row);
        }
    }
    found
}

/// Who is to be born.
pub(super) struct Birth {
    pub(super) sector: usize,
    /// Order of birth in the sector and tick.
    pub(super) order: u32,
    pub(super) parent: Option<Parent>,
}

/// What entrants look at.
pub(super) struct Birthplace<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    economy: &'a Economy,
    sectors: &'a Sectors,
    /// Weights of the regions, by sector.
    pulls: Vec<Vec<f64>>,
    stream: Stream,
    banks: usize,
}

impl<'a> Birthplace<'a> {
    #[allow(clippy::too_many_arguments, reason = "an entrant looks at everything")]
    pub(super) fn new(
        parameters: &'a Parameters,
        calendar: &'a Calendar,
        tables: &Tables,
        plans: &Plans,
        services: &Services,
        economy: &'a Economy,
        sectors: &'a Sectors,
        banks: usize,
    ) -> Self {
        let pulls = (0..sectors.len()).map(|sector| regional_pull(parameters, tables, plans, services, sector)).collect();
        Self { parameters, calendar, economy, sectors, pulls, stream: calendar.seed.stream(Draw::Endowment, calendar.tick), banks }
    }

    /// The entrant with its endowment, drawn from its own stream.
    pub(super) fn entrant(&self, birth: &Birth) -> Founding {
        let Self { parameters, calendar, economy, .. } = *self;
        let Birth { sector, order, parent } = *birth;
        let state = &self.sectors[sector];
        let population = &parameters.population;
        let settings = &parameters.sectors[sector].value;
        let id = stable_id(Some(calendar.tick), sector, order);
        let mut draws: Draws = self.stream.draws(id);
        let size = population.entrant_size * math::exp(population.entrant_size_spread * draws.normal()) * state.typical_share;
        let [log_productivity, quality] = knowledge(population, state, parent, draws.normal(), draws.normal());
        let efficiency = population.entrant_efficiency_spread * draws.normal();
        let project = if draws.happens(population.radical_share) {
            radical_project(parameters, calendar.tick, &mut draws)
        } else {
            Project::default()
        };
        let elsewhere = draws.weighted(&self.pulls[sector]).unwrap_or(0);
        let stays = draws.happens(population.founders_stay);
        let region = parent.filter(|_| stays).map_or(elsewhere as u16, |parent| parent.region);
        let bank = draws.below(self.banks);

        let output = size * state.expected_demand;
        let utilisation = parameters.production.normal_utilisation;
        let capital = desired_capital(settings.capital_output, state.capital_factor, output, utilisation, state.learning);
        let ticks = founding_ticks(parameters.investment.founding_years, calendar.ticks_per_year());
        let cost = capital * economy.capital_price;
        let need = cost + population.working_capital_years * output * state.price;
        let equity = need * population.founder_equity_share;
        let loan = (need - equity).min(parameters.banking.collateral_share * cost);

        let enterprise = Enterprise {
            identity: Identity {
                id,
                born: calendar.tick as i32,
                sector: sector as u16,
                region,
                bank: bank as u16,
                status: Status::Founding,
                ..Identity::default()
            },
            technology: Technology { capital_factor: state.capital_factor, ..Technology::new(log_productivity, efficiency, quality) },
            position: Position {
                share: size,
                price: state.price,
                markup: parameters.pricing.normal_markup,
                competitiveness: state.competitiveness,
                ..Position::default()
            },
            plant: Plant { capital: 0.0, planned: capital / f64::from(ticks), backlog: capital },
            pipeline: Pipeline { effort: state.rd_effort, ..Pipeline::default() },
            attention: Attention { shares: first_attention(parameters, state) },
            experience: Experience { attraction: state.path_payoffs, ..Experience::default() },
            equity: Equity { market_value: need - loan, fundamental: need - loan },
            ..Enterprise::default()
        };
        Founding { enterprise, project, loan, parent: parent.map(|parent| parent.id) }
    }
}

/// Log productivity and log quality of an entrant: `min(A_p + min(g + s clip(N, ±2), 0), Ā)`, with `A_p` those of the enterprise that its founders come out
/// of, or the sector's mean `Ā` where there is none.
///
/// They know no more than is known there, and bring no lead over the sector along: what is better has to be invented. With leads that come along for nothing R&D
/// lowers output: who invents is copied by its own leavers.
fn knowledge(population: &Population, state: &SectorState, parent: Option<Parent>, first: f64, second: f64) -> [f64; 2] {
    let passed_on = |gap: f64, spread: f64, draw: f64| (gap + spread * draw.clamp(-2.0, 2.0)).min(0.0);
    let taken = |known: f64, mean: f64, lost: f64| (known + lost).min(mean);
    let known = parent.map_or([state.log_productivity, state.quality], |parent| [parent.log_productivity, parent.quality]);
    [
        taken(
            known[0],
            state.log_productivity,
            passed_on(population.entrant_productivity_gap, population.entrant_productivity_spread, first),
        ),
        taken(known[1], state.quality, passed_on(0.0, population.entrant_quality_spread, second)),
    ]
}

/// Attention of an entrant: that of its sector, or the initial one.
fn first_attention(parameters: &Parameters, state: &SectorState) -> [f64; 3] {
    let known = state.attention.iter().sum::<f64>() > 0.5;
    let shares = if known { state.attention } else { fixed_attention(&parameters.path_choice) };
    let total: f64 = shares.iter().sum();
    shares.map(|share| share / total)
}

/// Weights of the regions for an entrant of a sector.
fn regional_pull(parameters: &Parameters, tables: &Tables, plans: &Plans, services: &Services, sector: usize) -> Vec<f64> {
    let sectors = parameters.sectors.len() as f64;
    parameters
        .regions
        .iter()
        .enumerate()
        .map(|(region, settings)| {
            let promoted = parameters.government.promotion_pull * plans.shares[region][sector] * sectors;
            let attracted = parameters.think_tanks.attraction_gain * services.attraction_by_region[region];
            settings.value.population_share
                * settings.value.pull
                * tables.specialisation[region][sector]
                * (1.0 + promoted)
                * (1.0 + attracted)
        })
        .collect()
}

/// What a radical entrant brings: no lead, but a large step at an early stage, which must be carried to its end with somebody's money.
fn radical_project(parameters: &Parameters, tick: u32, draws: &mut Draws) -> Project {
    let (population, technology) = (&parameters.population, &parameters.technology);
    let size = bounded(population.radical_size * draws.exponential(), technology.largest_step);
    let load = population.radical_load * BREAKTHROUGH_LOAD * size / technology.innovation_mean.max(1e-9);
    if size > 0.0 && load > 0.0 { Project::of(Kind::Breakthrough, size, load, tick) } else { Project::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn founders_know_no_more_than_their_enterprise_nor_than_their_sector() {
        let population = Population {
            entrant_productivity_gap: -0.1,
            entrant_productivity_spread: 0.5,
            entrant_quality_spread: 0.05,
            ..Population::default()
        };
        let state = SectorState { log_productivity: 1.0, quality: 0.2, ..SectorState::default() };
        let parent = |log_productivity: f64, quality: f64| Some(Parent { id: 1, region: 0, log_productivity, quality });
        let near = |found: [f64; 2], wanted: [f64; 2]| (0..2).all(|at| (found[at] - wanted[at]).abs() < 1e-12);
        assert!(near(knowledge(&population, &state, None, -1.0, -1.0), [0.4, 0.15]));
        // A good draw passes on all that the parent knows, and a draw is cut at two spreads.
        assert!(near(knowledge(&population, &state, parent(0.7, 0.1), 3.0, 3.0), [0.7, 0.1]));
        assert!(near(knowledge(&population, &state, parent(0.7, 0.1), -9.0, 0.0), [-0.4, 0.1]));
        // Out of a leader no lead comes along.
        assert!(near(knowledge(&population, &state, parent(2.0, 0.9), 0.0, 0.0), [1.0, 0.2]));
    }

    #[test]
    fn a_radical_project_costs_what_ordinary_ones_of_its_size_do_and_more() {
        let parameters = Parameters::default();
        let radical = radical_project(&parameters, 7, &mut tripath_engine::random::Seed(1).draws(Draw::Endowment, 1, 7));
        assert!(radical.size > 0.0 && radical.size <= parameters.technology.largest_step && radical.entered == 7);
        let ordinary = radical.size / parameters.technology.innovation_mean;
        assert!((radical.load / (parameters.population.radical_load * 2.0 * ordinary) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn founders_come_out_of_enterprises_by_their_market_shares() {
        let calendar = Calendar::new(&Parameters::default(), 1);
        let who = |sector: u16, status: Status| Identity { sector, status, ..Identity::default() };
        let identity = [who(0, Status::Active), who(1, Status::Active), who(0, Status::Founding), who(0, Status::Active)];
        let position = [0.25, 1.0, 0.5, 0.75].map(|share| Position { share, ..Position::default() });
        let orders: Vec<(usize, u32)> = (0..4000).map(|order| (0, order)).chain((0..10).map(|order| (1, order))).collect();
        let found = parents(&calendar, &orders, 2, &identity, &position);
        let of = |row: usize| found.iter().filter(|found| **found == Some(row)).count() as f64;
        assert!((of(0) / 4000.0 - 0.25).abs() < 0.03 && (of(3) / 4000.0 - 0.75).abs() < 0.03);
        assert_eq!((of(1), of(2)), (10.0, 0.0));
        // Where an enterprise with half of the market has just closed, half of the founders have no parent.
        let half = [0.2, 1.0, 0.0, 0.3].map(|share| Position { share, ..Position::default() });
        let without = parents(&calendar, &orders, 2, &identity, &half).iter().filter(|found| found.is_none()).count() as f64;
        assert!((without / 4000.0 - 0.5).abs() < 0.03);
    }
}

//! Entry: how many, where, with what knowledge and whose money.

use bevy_ecs::prelude::{Res, ResMut, Resource, World};

use crate::divergence::POPULATION_BOUND;
use crate::kinds::FlowKind;
use crate::mechanisms::banking::room;
use crate::mechanisms::sector_choice::Plans;
use crate::observe::{EventRow, Records};
use crate::parameters::{Parameters, Population};
use crate::rules::advice::Services;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::{Calendar, Tables};
use crate::state::decisions::Decisions;
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{Identity, Position, Rows, Technology};
use crate::state::government::ProgrammeBudgets;
use crate::state::sector::Sectors;
use crate::state::technology::{Funnel, Projects};
use crate::streams::Mechanism;
use tripath_engine::math;
use tripath_engine::parallel::map_items;
use tripath_engine::random::Draws;

use super::founding::{Birth, Birthplace, Founding, Parent, parents};

/// Factor on a sector's entry rate, and whether a guard of the population binds.
///
/// `exp(clip(s gap, −1.5, 1.2)) · clip(2 − density) · (1 + k min(deals/0.1, 3)) · promotion · attraction`, with density the number of enterprises over
/// that which the sector has room for: `n0 (w / w0)^θ`, with `w` its share of expected demand and `θ` `population.market_size_response`.
pub fn entry_factor(
    population: &Population,
    profit_gap: f64,
    density: f64,
    deal_rate: f64,
    promotion: f64,
    attraction: f64,
) -> (f64, bool) {
    let room = (2.0 - density).clamp(population.density_floor, population.density_ceiling);
    let bound = 2.0 - density < population.density_floor;
    let profitability = math::exp((population.entry_sensitivity * profit_gap).clamp(-1.5, 1.2));
    let climate = 1.0 + population.finance_climate_sensitivity * (deal_rate / 0.1).min(3.0);
    (room * profitability * climate * promotion * attraction, bound)
}

/// Enterprises that a sector has room for: `n0 (w / w0)^θ`, with `w` its share of expected demand and `w0` that at year 0.
///
/// Larger markets hold more enterprises, though less than in proportion (Bresnahan and Reiss 1991).
fn normal_count(population: &Population, initial: f64, weight_ratio: f64) -> f64 {
    initial * math::pow(weight_ratio, population.market_size_response)
}

/// Most entrants of a sector in a tick: orders of birth fit into an id.
const MOST_OF_A_SECTOR: u32 = (1 << 24) - 2;

/// Entrants that a population has room for below its bound.
fn room_for_entrants(initial: f64, now: usize) -> u32 {
    // A cast of a float ends at the bounds of the integer.
    (POPULATION_BOUND * initial - now as f64).max(0.0) as u32
}

/// Entrants of a sector by their mean, no more than there is room for, and how many are turned away.
///
/// Means beyond the room are never drawn: a draw takes time in proportion to its mean.
fn entrants(draws: &mut Draws, mean: f64, room: u32) -> (u32, f64) {
    let room = room.min(MOST_OF_A_SECTOR);
    if mean > f64::from(room) {
        return (room, mean - f64::from(room));
    }
    let number = draws.poisson(mean);
    (number.min(room), f64::from(number.saturating_sub(room)))
}

/// Founds new enterprises in all sectors.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn found_enterprises(
    enterprises: Rows<(&'static Identity, &'static Technology, &'static Position)>,
    mut newcomers: ResMut<Newcomers>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    plans: Res<Plans>,
    services: Res<Services>,
    programmes: Res<ProgrammeBudgets>,
    economy: Res<Economy>,
    decisions: Res<Decisions>,
    mut sectors: ResMut<Sectors>,
    mut funnel: ResMut<Funnel>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
    mut records: ResMut<Records>,
) {
    let mut orders: Vec<(usize, u32)> = Vec::new();
    let mut guarded: Vec<bool> = Vec::new();
    let active = sectors.active();
    let mean_profit = sectors.iter().map(|state| state.profit_share * state.count).sum::<f64>() / active;
    let demand: f64 = sectors.iter().map(|state| state.expected_demand * state.price).sum();
    let initial: f64 = sectors.iter().map(|state| state.initial_count).sum();
    let (identity, technology, position) = enterprises.slices();
    let mut room_left = room_for_entrants(initial, identity.len());
    for index in 0..sectors.len() {
        let state = &mut sectors[index];
        let weight = math::ratio(state.expected_demand * state.price, demand, 0.0);
        if !calendar.recorded() || state.initial_weight == 0.0 {
            state.initial_weight = weight;
        }
        let normal = normal_count(&parameters.population, state.initial_count, math::ratio(weight, state.initial_weight, 1.0));
        let density = math::ratio(state.count, normal, 1.0);
        let cheap = 1.0 + parameters.government.subsidy_entry * programmes.mean_capital_relief(index);
        let promotion = (1.0 + parameters.government.promotion_entry * (state.promotion - 1.0)).clamp(0.3, 3.0) * cheap;
        let attraction = 1.0 + parameters.think_tanks.attraction_gain * services.attraction;
        let gap = (state.profit_share - 0.5 * mean_profit - 0.5 * 0.04) / 0.04;
        let (factor, bound) = entry_factor(&parameters.population, 0.25 * gap, density, economy.deal_rate, promotion, attraction);
        let mean = decisions.entry.through(index, parameters.population.entry_rate * normal * calendar.years_per_tick() * factor);
        let (number, turned_away) = entrants(&mut calendar.seed.draws(Mechanism::Entry, index as u64, calendar.tick), mean, room_left);
        room_left -= number;
        tally.turned_away += turned_away;
        guarded.push(bound && calendar.recorded() && calendar.year_begins());
        orders.extend((0..number).map(|order| (index, order)));
    }
    let parents = parents(&calendar, &orders, sectors.len(), identity, position);
    let births: Vec<Birth> = orders
        .iter()
        .zip(parents)
        .map(|((sector, order), parent)| {
            let parent = parent.map(|row| Parent::of(&identity[row], &technology[row]));
            Birth { sector: *sector, order: *order, parent }
        })
        .collect();
    // Each looks around and draws for itself; the money then comes in the order of birth.
    let place = Birthplace::new(&parameters, &calendar, &tables, &plans, &services, &economy, &sectors, ledger.banks());
    let mut born = map_items(&births, |birth| place.entrant(birth));
    let mut rest = born.iter_mut().peekable();
    for (sector, guarded) in guarded.into_iter().enumerate() {
        if guarded {
            records.events.push(event(&calendar, &tables, "guard", 0, sector, None, None, Some("entry_density_floor")));
        }
        while let Some(Founding { enterprise, project, loan, parent }) =
            rest.next_if(|next| next.enterprise.identity.sector as usize == sector)
        {
            let (identity, treasury, equity) = (&enterprise.identity, &mut enterprise.treasury, &mut enterprise.equity);
            let bank = identity.bank as usize;
            let granted = loan.min(room(&parameters.banking, &ledger, bank));
            // What the bank cannot lend founders must find, too.
            let refused = *loan - granted;
            tally.banks[bank].refused += refused;
            equity.market_value += refused;
            equity.fundamental += refused;
            let paid = equity.market_value;
            ledger.pay(FlowKind::FounderEquity, End::Of(Account::Households), End::Enterprise(&mut treasury.cash), paid);
            ledger.book().lend(bank, &mut treasury.cash, &mut treasury.debt, granted);
            let region = identity.region as usize;
            tally.entries += 1;
            tally.entries_by_region[region] += 1;
            sectors[sector].entries += 1;
            if project.exists() {
                let cell = &mut funnel.cells[sector][project.main_source()];
                cell.inventions += project.count();
                cell.entered[0] += project.count();
            }
            if calendar.recorded() {
                let row = event(&calendar, &tables, "entry", identity.id, sector, Some(region), Some(paid), None);
                records.events.push(EventRow { other: *parent, ..row });
            }
        }
    }
    newcomers.0 = born;
}

/// Enterprises founded in this tick that do not stand in the table yet. Scratch.
#[derive(Debug, Default, Resource)]
pub struct Newcomers(Vec<Founding>);

/// Spawns those that were founded in this tick, in the order of birth: the one place where enterprises come into the world.
pub fn settle_newcomers(world: &mut World) {
    let newcomers = std::mem::take(&mut world.resource_mut::<Newcomers>().0);
    let mut projects = world.resource_mut::<Projects>();
    newcomers.iter().for_each(|founding| projects.push_with(founding.project));
    world.spawn_batch(newcomers.into_iter().map(|founding| founding.enterprise));
}

/// Stable id: birth tick (0 for those there at the start), sector and order of birth. Two scenarios of one
/// seed give the same id, and so the same draws, to the same entrant, whatever happens elsewhere.
pub fn stable_id(birth_tick: Option<u32>, sector: usize, order: u32) -> u64 {
    let time = birth_tick.map_or(0, |tick| u64::from(tick) + 1);
    (time << 32) | ((sector as u64) << 24) | u64::from(order + 1)
}

/// Whether an enterprise was born at a tick or later, by its stable id; those there at the start were not.
pub fn born_from(id: u64, tick: u32) -> bool {
    id >> 32 > u64::from(tick)
}

#[allow(clippy::too_many_arguments, reason = "a row of the events table")]
fn event(
    calendar: &Calendar,
    tables: &Tables,
    kind: &'static str,
    subject: u64,
    sector: usize,
    region: Option<usize>,
    amount: Option<f64>,
    note: Option<&'static str>,
) -> EventRow {
    EventRow {
        sector: Some(tables.sector_names[sector].clone()),
        region: region.map(|region| tables.region_names[region].clone()),
        amount,
        note,
        ..EventRow::at(calendar, kind, subject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowding_and_profit_move_entry() {
        let population = Population::default();
        assert_eq!(normal_count(&Population { market_size_response: 0.5, ..Population::default() }, 100.0, 4.0), 200.0);
        let (normal, _) = entry_factor(&population, 0.0, 1.0, 0.0, 1.0, 1.0);
        assert_eq!(normal, 1.0);
        assert!(entry_factor(&population, 0.0, 1.5, 0.0, 1.0, 1.0).0 < normal);
        assert!(entry_factor(&population, 0.3, 1.0, 0.0, 1.0, 1.0).0 > normal);
        assert!(entry_factor(&population, 0.0, 1.0, 0.1, 1.0, 1.0).0 > normal);
        assert!(entry_factor(&population, 0.0, 2.5, 0.0, 1.0, 1.0).1);
    }

    #[test]
    fn no_mean_makes_more_entrants_than_there_is_room_for() {
        let stream = tripath_engine::random::Seed(1).stream(Mechanism::Entry, 0);
        assert_eq!((room_for_entrants(100.0, 1990), room_for_entrants(100.0, 2500)), (10, 0));
        assert_eq!(entrants(&mut stream.draws(0), 1e300, 10), (10, 1e300));
        assert_eq!(entrants(&mut stream.draws(0), f64::INFINITY, u32::MAX).0, MOST_OF_A_SECTOR);
        assert_eq!(entrants(&mut stream.draws(0), f64::NAN, 10), (0, 0.0));
        // Far from the bound the draw is the plain one.
        assert_eq!(entrants(&mut stream.draws(0), 5.0, 1000), (stream.draws(0).poisson(5.0), 0.0));
        assert!((0..50).all(|agent| entrants(&mut stream.draws(agent), 9.5, 10).0 <= 10));
    }

    #[test]
    fn ids_are_unique_and_do_not_depend_on_others() {
        assert_ne!(stable_id(None, 0, 0), stable_id(Some(0), 0, 0));
        assert_ne!(stable_id(Some(1), 2, 0), stable_id(Some(1), 2, 1));
        assert_ne!(stable_id(Some(1), 2, 0), stable_id(Some(1), 3, 0));
        assert!(stable_id(Some(2_000_000), 255, 16_000_000) < 1 << 53);
        // The longest run that can be asked for, by its definitions, and the most entrants of a tick.
        let most =
            |key: &str| match crate::parameters::Group::definitions(&crate::parameters::Time::default()).iter().find(|d| d.key == key) {
                Some(crate::parameters::Definition { allowed: crate::parameters::Allowed::Between(_, high), .. }) => *high,
                _ => panic!("{key} has no range"),
            };
        let last = (most("years") + most("burn_in_years")) * most("ticks_per_year");
        assert!(last < 2_000_000.0 && MOST_OF_A_SECTOR + 1 < 1 << 24);
    }
}

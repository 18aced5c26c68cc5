//! Entry: how many, where, with what knowledge and whose money.

use bevy_ecs::prelude::{Res, ResMut, World};

use crate::kinds::FlowKind;
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rules::banking::room;
use crate::rules::entry::{entrants, entry_factor, normal_count, room_for_entrants};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{Founding, Identity, Newcomers, Position, Rows, Technology};
use crate::state::government::{Plans, ProgrammeBudgets};
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::technology::{Funnel, Projects};
use crate::state::think_tanks::Services;
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::parallel::map_items;

use super::founding::{Birth, Birthplace, Parent, parents};

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
        let (number, turned_away) = entrants(&mut calendar.seed.draws(Draw::Entry, index as u64, calendar.tick), mean, room_left);
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

/// Spawns those that were founded in this tick, in the order of birth: the one place where enterprises come into the world.
pub fn settle_newcomers(world: &mut World) {
    let newcomers = std::mem::take(&mut world.resource_mut::<Newcomers>().0);
    let mut projects = world.resource_mut::<Projects>();
    newcomers.iter().for_each(|founding| projects.push_with(founding.project));
    world.spawn_batch(newcomers.into_iter().map(|founding| founding.enterprise));
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

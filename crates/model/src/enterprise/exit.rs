//! Exit: failure, giving up, reorganisation. Losses land on whoever held the claim.

use bevy_ecs::prelude::{Entity, Res, ResMut, Resource, World};
use bevy_ecs::system::SystemState;

use crate::accounts::{Account, Economy, End, FlowKind, Group, Growth, InstitutionalSector as S, Instrument, Ledger, Tally};
use crate::finance::room;
use crate::government::{Champion, Plans, ProgrammeBudgets, choose_rescues, pay_rescue, rescue_need};
use crate::ids::Registry;
use crate::markets::Sectors;
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rows::Rows;
use crate::streams::Mechanism;
use crate::technology::{Funnel, Payers, Projects, Returns};
use crate::world::{Calendar, Tables};
use tripath_engine::math;
use tripath_engine::parallel::map_items;
use tripath_engine::vectors::fetch;

use super::bridging::{Bridge, refused};
use super::distress::{Distressed, Footing, Prospects, Wanting};
use super::liquidation::sell_capital;
use super::table::{Columns, fetch_row};
use super::{
    Attention, Closing, Equity, Identity, Operation, Owners, Pipeline, Plant, Position, Register, Status, Technology, TickAccount,
    Treasury, YearAccounts,
};

/// How an enterprise ends, or is kept going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    /// Short of cash, but worth a loan.
    Bridged,
    /// Insolvent and without cash.
    Failed,
    /// Too large to be wound up: debt is cut, equity wiped, capital kept.
    Reorganised,
    /// Too small to go on.
    GaveUp,
}

impl Closure {
    fn word(self) -> &'static str {
        match self {
            Closure::Bridged => "bridged",
            Closure::Failed => "failed",
            Closure::Reorganised => "reorganised",
            Closure::GaveUp => "gave_up",
        }
    }
}

/// What happens to an enterprise at the end of a tick; `None` where it goes on as it is.
pub fn verdict(
    parameters: &Parameters,
    cash: f64,
    debt: f64,
    capital_value: f64,
    relative_size: f64,
    share: f64,
    age_years: f64,
) -> Option<Closure> {
    if Footing::new(parameters).holds(cash, relative_size, age_years) {
        return None;
    }
    if cash < 0.0 {
        let solvent = cash + capital_value - debt > 0.0;
        let pledged = debt - cash <= capital_value * parameters.banking.collateral_share.max(0.5) * 1.2;
        if solvent && pledged {
            return Some(Closure::Bridged);
        }
        return Some(without_loan(parameters, share));
    }
    Some(Closure::GaveUp)
}

/// What happens to an enterprise without cash to which nobody lends: failure, or reorganisation of what is too large to be wound up.
fn without_loan(parameters: &Parameters, share: f64) -> Closure {
    if share > parameters.population.reorganisation_share { Closure::Reorganised } else { Closure::Failed }
}

/// What happens to an enterprise that failed already and was kept going: nobody tries again.
fn again(closure: Closure) -> Closure {
    if closure == Closure::Reorganised { Closure::Failed } else { closure }
}

/// Closes an enterprise's books: creditors first, then owners; capital not sold is scrapped; equity is worth nothing.
/// Returns the loan lost.
pub fn close_enterprise(
    ledger: &mut Ledger,
    capital_price: f64,
    identity: &Identity,
    plant: &mut Plant,
    treasury: &mut Treasury,
    mut owners: Owners,
) -> f64 {
    let bank = identity.bank as usize;
    if treasury.cash < 0.0 {
        // An overdraft is a loan too.
        let overdraft = -treasury.cash;
        ledger.book().lend(bank, &mut treasury.cash, &mut treasury.debt, overdraft);
    }
    let repaid = treasury.debt.min(treasury.cash);
    ledger.book().repay(bank, &mut treasury.cash, &mut treasury.debt, repaid);
    let lost = treasury.debt;
    ledger.book().write_off(bank, &mut treasury.debt, lost);
    let left = treasury.cash;
    if left > 0.0 {
        ledger.pay(FlowKind::Liquidation, End::Enterprise(&mut treasury.cash), End::Of(Account::Households), left);
        owners.bought_by_households -= left;
    }
    ledger.book().revalue(Instrument::FixedCapital, S::Enterprises, -plant.capital * capital_price);
    plant.capital = 0.0;
    extinguish_equity(ledger, &owners);
    lost
}

/// Books that all equity of an enterprise has become nothing.
pub fn extinguish_equity(ledger: &mut Ledger, owners: &Owners) {
    let class = if owners.listed_at_close { Instrument::Listed } else { Instrument::Unlisted };
    let held = [
        (S::Funds, owners.funds_at_close, owners.bought_by_funds),
        (S::Households, owners.households_at_close, owners.bought_by_households),
    ];
    for (sector, at_close, bought) in held {
        ledger.book().revalue(class, sector, -at_close);
        ledger.book().revalue(class, S::Enterprises, at_close);
        ledger.book().revalue(Instrument::Unlisted, sector, -bought);
        ledger.book().revalue(Instrument::Unlisted, S::Enterprises, bought);
    }
}

/// What is made ready for an enterprise that may close, before any does: what it did in this tick, and who paid for its projects.
struct Ready {
    did: Group,
    projects: Payers,
}

/// Finds those that cannot or will not go on, and deals with them one by one.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn fail_and_exit(
    enterprises: Rows<(
        &'static mut Identity,
        &'static mut Plant,
        &'static mut Treasury,
        &'static mut Equity,
        &'static mut TickAccount,
        &'static Position,
        &'static Operation,
        &'static Pipeline,
        &'static Technology,
        &'static Attention,
    )>,
    (projects, mut register): (Res<Projects>, ResMut<Register>),
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    (wanting, mut distressed): (Res<Wanting>, ResMut<Distressed>),
    (plans, mut programmes): (Res<Plans>, ResMut<ProgrammeBudgets>),
    (mut returns, mut funnel): (ResMut<Returns>, ResMut<Funnel>),
    mut registry: ResMut<Registry>,
    mut sectors: ResMut<Sectors>,
    mut ledger: ResMut<Ledger>,
    (mut tally, mut years, mut growth, mut closures): (ResMut<Tally>, ResMut<YearAccounts>, ResMut<Growth>, ResMut<Closures>),
    mut records: ResMut<Records>,
) {
    let (identity, plant, treasury, equity, account, position, operation, pipeline, technology, attention) = enterprises.slices();
    let price = economy.capital_price;
    // All others went on when they looked ahead, and nothing has changed for them.
    let prospects = Prospects::new(&parameters, &calendar, &sectors, price);
    let found = map_items(distressed.rows(), |row| {
        let row = *row as usize;
        let who = &identity[row];
        let closure = who.active().then(|| prospects.of(who, &position[row], &plant[row], &treasury[row]))?;
        closure.map(|closure| (row, closure))
    });
    let mut found: Vec<(usize, Closure)> = found.into_iter().flatten().collect();
    debug_assert_eq!(
        found.len(),
        (0..identity.len())
            .filter(|row| identity[*row].active() && prospects.of(&identity[*row], &position[*row], &plant[*row], &treasury[*row]).is_some())
            .count(),
        "an enterprise whose books have changed since it looked ahead was not looked at again"
    );
    let asking = |(at, (row, closure)): (usize, &(usize, Closure))| {
        let (who, money) = (&identity[*row], &treasury[*row]);
        (*closure == Closure::Bridged).then(|| Bridge {
            at,
            bank: who.bank as usize,
            id: who.id,
            need: -money.cash,
            leverage: math::ratio(money.debt - money.cash, plant[*row].capital * price, 1.0),
        })
    };
    let bridges = found.iter().enumerate().filter_map(asking).collect();
    for Bridge { at, bank, need, .. } in refused(bridges, |bank| room(&parameters.banking, &ledger, bank)) {
        tally.banks[bank].refused += need;
        let (row, closure) = &mut found[at];
        *closure = without_loan(&parameters, position[*row].share);
    }
    // Tick from which on a second failure is the last.
    let since = (f64::from(calendar.tick) - parameters.population.second_failure_years * calendar.ticks_per_year()).max(0.0) as u32;
    for (row, closure) in &mut found {
        if registry.was_kept_going(identity[*row].id, since) {
            *closure = again(*closure);
        }
    }
    let champions = found
        .iter()
        .filter(|(row, _)| !registry.was_kept_going(identity[*row].id, since))
        .filter(|(row, closure)| {
            let relative = position[*row].share * sectors[identity[*row].sector as usize].count;
            let ends = matches!(closure, Closure::Failed | Closure::Reorganised);
            ends && relative >= parameters.government.rescue_size
        })
        .map(|(row, _)| Champion {
            row: *row,
            id: identity[*row].id,
            sector: identity[*row].sector as usize,
            region: identity[*row].region as usize,
            employment: operation[*row].employment,
            need: rescue_need(treasury[*row].cash, treasury[*row].debt, plant[*row].capital * price),
            supported: identity[*row].supported(&parameters.government),
        })
        .collect();
    let rescued = choose_rescues(&parameters, &plans, &mut programmes, champions);
    let support_weight = math::smoothing(calendar.ticks_per_year(), parameters.government.support_years);
    for (champion, programme) in &rescued {
        let local = parameters.programmes[*programme].value.level == "local";
        pay_rescue(&mut ledger, local, champion, &mut treasury[champion.row].cash);
        account[champion.row].subsidies += champion.need;
        // Owners pay with what they own: funds lose all, as in a reorganisation.
        if let Some(owners) = register.of_mut(champion.row) {
            owners.wipe_funds(calendar.tick);
        }
        registry.keep_going(champion.id, calendar.tick, since);
        // The tick's average is made at settlement: a rescue comes on top.
        let who = &mut identity[champion.row];
        who.remember_support(champion.need, operation[champion.row].sales, support_weight);
        programmes.states[*programme].spent += champion.need;
        programmes.money[*programme][champion.sector] += champion.need;
        programmes.states[*programme].awards += 1;
        returns.programme_cost[champion.sector] += champion.need;
        if calendar.recorded() {
            records.events.push(EventRow {
                other: Some(*programme as u64),
                sector: Some(tables.sector_names[champion.sector].clone()),
                region: Some(tables.region_names[champion.region].clone()),
                amount: Some(champion.need),
                note: Some("government"),
                ..EventRow::at(&calendar, "rescue", champion.id)
            });
        }
    }
    // In big worlds most of the time goes to memory that stands anywhere: it is read before, and what is left behind is cleared after.
    let unit = price * parameters.population.used_capital_price;
    let stream = calendar.seed.stream(Mechanism::Liquidation, calendar.tick);
    let found = map_items(&found, |(row, closure)| {
        let (row, closure) = (*row, *closure);
        let ready = matches!(closure, Closure::Failed | Closure::GaveUp)
            .then(|| Ready { did: Group::of(&operation[row], &pipeline[row], &account[row]), projects: projects.payers(row) });
        (row, closure, ready)
    });
    for (row, closure, ready) in found {
        if rescued.iter().any(|(champion, _)| champion.row == row) {
            continue;
        }
        let bank = identity[row].bank as usize;
        let lost = match closure {
            Closure::Bridged => {
                let need = -treasury[row].cash;
                ledger.book().lend(bank, &mut treasury[row].cash, &mut treasury[row].debt, need);
                continue;
            }
            Closure::Reorganised => {
                let overdraft = -treasury[row].cash;
                ledger.book().lend(bank, &mut treasury[row].cash, &mut treasury[row].debt, overdraft);
                let lost = (treasury[row].debt - 0.4 * plant[row].capital * price).max(0.0);
                ledger.book().write_off(bank, &mut treasury[row].debt, lost);
                // Old owners, funds included, lose all; creditors' households own the new equity.
                if let Some(owners) = register.of_mut(row) {
                    owners.wipe_funds(calendar.tick);
                }
                treasury[row].losses = 0.0;
                registry.keep_going(identity[row].id, calendar.tick, since);
                lost
            }
            Closure::Failed | Closure::GaveUp => {
                let Some(Ready { did, projects }) = ready else { continue };
                let (draws, buyers) = (stream.draws(identity[row].id), wanting.of(identity[row].sector));
                sell_capital(&mut ledger, draws, buyers, identity, plant, treasury, row, unit);
                let closing = Closing {
                    who: &identity[row],
                    technology: &technology[row],
                    position: &position[row],
                    attention: &attention[row],
                    operation: &operation[row],
                    pipeline: &pipeline[row],
                    account: &account[row],
                };
                years.close(&calendar, row, closing);
                growth.moves[identity[row].sector as usize].left.add(
                    position[row].share,
                    technology[row].log_productivity,
                    technology[row].quality,
                );
                tally.close(&identity[row], did);
                funnel.lose(identity[row].sector, projects);
                tally.job_destruction += did.employment;
                let founded_now = identity[row].born == calendar.tick as i32;
                let owners = register.strike(row).unwrap_or_else(|| Owners::founders(&equity[row], founded_now));
                equity[row] = Equity::default();
                close_enterprise(&mut ledger, price, &identity[row], &mut plant[row], &mut treasury[row], owners)
            }
        };
        tally.banks[bank].defaults += lost;
        if calendar.recorded() {
            records.events.push(EventRow {
                sector: Some(tables.sector_names[identity[row].sector as usize].clone()),
                region: Some(tables.region_names[identity[row].region as usize].clone()),
                amount: Some(lost),
                note: Some(closure.word()),
                ..EventRow::at(
                    &calendar,
                    match closure {
                        Closure::Reorganised => "rescue",
                        Closure::Failed => "default",
                        _ => "exit",
                    },
                    identity[row].id,
                )
            });
        }
        if closure != Closure::Reorganised {
            tally.exits += 1;
            tally.defaults += u64::from(closure == Closure::Failed);
            sectors[identity[row].sector as usize].exits += 1;
            identity[row].status = Status::Closed;
            closures.0.push(row as u32);
        }
    }
}

/// Rows of enterprises whose books were closed in this tick, and which stand in the table yet. Scratch.
#[derive(Debug, Default, Resource)]
pub struct Closures(pub Vec<u32>);

/// Enterprises that leave whose memory is asked for at once: their components stand anywhere, and a despawn would wait for one after the other.
const TOGETHER: usize = 16;

/// Despawns those whose books were closed in this tick: the one place where enterprises leave the world. Whatever is kept by row follows.
pub fn leave_table(world: &mut World, enterprises: &mut SystemState<Rows<(Entity, Columns)>>) {
    let mut closed = std::mem::take(&mut world.resource_mut::<Closures>().0);
    closed.sort_unstable();
    closed.dedup();
    let (entities, _) = enterprises.get(world).map(Rows::slices).unwrap_or_default();
    let mut rows = entities.len();
    if world.resource::<Projects>().rows() != Some(rows) {
        // The tick ends by name ([`crate::ModelError::Table`]): rows of one store are not those of the other.
        return;
    }
    let leaving: Vec<(usize, Entity)> = closed.iter().filter_map(|row| Some((*row as usize, *entities.get(*row as usize)?))).collect();
    // The last row takes the place of one that leaves. From the last on, so that it is never one that leaves itself.
    for together in leaving.rchunks(TOGETHER) {
        ask_for(world, enterprises, together);
        for (row, entity) in together.iter().rev() {
            world.despawn(*entity);
            world.resource_mut::<Projects>().swap_remove(*row);
            world.resource_mut::<Register>().swap_remove(*row, rows - 1);
            world.resource_mut::<YearAccounts>().swap_remove(*row, rows);
            rows -= 1;
        }
    }
}

/// Asks memory for what is written over when enterprises leave: their components, and the ticks of change of these.
fn ask_for(world: &mut World, enterprises: &mut SystemState<Rows<(Entity, Columns)>>, leaving: &[(usize, Entity)]) {
    let Ok((_, columns)) = enterprises.get(world).map(Rows::slices) else { return };
    for (row, _) in leaving {
        fetch_row(columns, *row);
    }
    let at = leaving.first().and_then(|(_, entity)| world.entities().get_spawned(*entity).ok());
    let Some((table, archetype)) =
        at.and_then(|at| Some((world.storages().tables.get(at.table_id)?, world.archetypes().get(at.archetype_id)?)))
    else {
        return;
    };
    for component in archetype.table_components() {
        let ticks = [table.get_added_ticks_slice_for(component), table.get_changed_ticks_slice_for(component)];
        for ticks in ticks.into_iter().flatten() {
            leaving.iter().filter_map(|(row, _)| ticks.get(*row)).for_each(fetch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_by_hand() {
        let parameters = Parameters::default();
        let of = |cash, debt, size, share, age| verdict(&parameters, cash, debt, 100.0, size, share, age);
        assert_eq!(of(1.0, 50.0, 1.0, 0.01, 5.0), None);
        assert_eq!(of(-1.0, 50.0, 1.0, 0.01, 5.0), Some(Closure::Bridged));
        assert_eq!(of(-10.0, 120.0, 1.0, 0.01, 5.0), Some(Closure::Failed));
        assert_eq!(of(-10.0, 120.0, 1.0, 0.2, 5.0), Some(Closure::Reorganised));
        assert_eq!(of(1.0, 0.0, 0.001, 0.00001, 5.0), Some(Closure::GaveUp));
        assert_eq!(of(1.0, 0.0, 0.001, 0.00001, 1.0), None);
        assert_eq!(without_loan(&Parameters::default(), 0.2), Closure::Reorganised);
        assert_eq!(without_loan(&Parameters::default(), 0.01), Closure::Failed);
        // Nobody is reorganised twice.
        assert_eq!(
            [Closure::Reorganised, Closure::Bridged, Closure::Failed].map(again),
            [Closure::Failed, Closure::Bridged, Closure::Failed]
        );
    }

    #[test]
    fn losses_land_on_the_claimants() {
        let mut ledger = Ledger::new(1, 1);
        let identity = Identity::default();
        let mut plant = Plant { capital: 10.0, ..Plant::default() };
        let mut treasury = Treasury { cash: 3.0, ..Treasury::default() };
        ledger.endow_loan(0, &mut treasury.debt, 8.0);
        let owners = Owners::founders(&Equity { market_value: 5.0, fundamental: 5.0 }, false);
        let lost = close_enterprise(&mut ledger, 1.0, &identity, &mut plant, &mut treasury, owners);
        assert_eq!(lost, 5.0);
        assert_eq!((treasury.cash, treasury.debt, plant.capital), (0.0, 0.0, 0.0));
        assert_eq!(ledger.other_change(Instrument::Unlisted, S::Households), -5.0);
        assert_eq!(ledger.other_change(Instrument::FixedCapital, S::Enterprises), -10.0);
        assert_eq!(ledger.loans(0), 0.0);
    }
}

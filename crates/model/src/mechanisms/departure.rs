//! Leaving: the books of an enterprise are closed, losses land on whoever held the claim, and at the end of the tick its row is left.

use bevy_ecs::prelude::{Entity, Resource, World};
use bevy_ecs::system::SystemState;

use crate::kinds::{FlowKind, InstitutionalSector as S, Instrument};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::enterprise::{Columns, Identity, Owners, Plant, Register, Rows, Treasury, YearAccounts, fetch_row};
use crate::state::technology::Projects;
use tripath_engine::vectors::fetch;

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
        // The tick ends by name ([`crate::simulation::ModelError::Table`]): rows of one store are not those of the other.
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
    use crate::state::enterprise::Equity;

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

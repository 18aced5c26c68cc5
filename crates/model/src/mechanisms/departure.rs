//! Leaving the table: at the end of a tick, rows of enterprises that are gone are taken by the last ones.

use bevy_ecs::prelude::{Entity, World};
use bevy_ecs::system::SystemState;

use crate::state::enterprise::{Closures, Columns, Register, Rows, YearAccounts, fetch_row};
use crate::state::technology::Projects;
use tripath_engine::vectors::fetch;

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

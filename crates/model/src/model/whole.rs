//! Whether agents stand in the tables of the ECS as loops over their slices take them.

use bevy_ecs::prelude::{Component, Query};
use bevy_ecs::system::SystemParam;

use crate::state::enterprise::TableCheck;
use crate::state::exchange::Board;
use crate::state::venture::Fund;

/// All kinds of agents whose components are taken as slices.
#[derive(SystemParam)]
pub(crate) struct AgentTables<'w, 's> {
    enterprises: TableCheck<'w, 's>,
    boards: Query<'w, 's, &'static Board>,
    funds: Query<'w, 's, &'static Fund>,
}

impl AgentTables<'_, '_> {
    /// What is wrong; nothing where each kind stands in one table, and what is kept by rows of enterprises fits theirs.
    pub(crate) fn fault(&self) -> Option<String> {
        self.enterprises.fault().or_else(|| split("boards", &self.boards)).or_else(|| split("funds", &self.funds))
    }
}

/// What is wrong where agents of a kind stand in more than one table.
fn split<T: Component>(kind: &str, agents: &Query<&T>) -> Option<String> {
    let tables: Vec<usize> = agents.contiguous_iter().into_iter().flatten().map(<[T]>::len).filter(|rows| *rows > 0).collect();
    (tables.len() > 1)
        .then(|| format!("{tables:?} {kind} stand in {} tables: what only some of them have must be a sparse-set component", tables.len()))
}

/// Whether all tables are as they must be: a phase is left out where they are not, and the tick then ends by name.
pub(super) fn tables_are_whole(tables: AgentTables) -> bool {
    tables.fault().is_none()
}

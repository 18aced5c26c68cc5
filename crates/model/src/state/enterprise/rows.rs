//! Enterprises as rows: all stand in one table of the ECS, and loops take its columns as slices.
//!
//! All enterprises have the same table components, so that each component of them is one slice; the parts of an enterprise stand in the same
//! row of each. What only some have must be a sparse-set component (as [`Listed`](super::Listed)): a table component that is
//! inserted on some enterprises moves them to another table, and the run ends in that tick
//! ([`ModelError::Table`](crate::ModelError::Table)).

use bevy_ecs::prelude::{Query, Res, With};
use bevy_ecs::system::SystemParam;

use crate::state::technology::Projects;
use tripath_engine::rows;

use super::identity::Identity;
use super::register::Register;

/// Components of all enterprises: `Rows<(&'static Technology, &'static mut Position)>` gives `(&[Technology], &mut [Position])`.
pub type Rows<'w, 's, D> = rows::Rows<'w, 's, D, With<Identity>>;

/// What the table of enterprises and the stores that are kept by its rows must agree on.
#[derive(SystemParam)]
pub(crate) struct TableCheck<'w, 's> {
    enterprises: Query<'w, 's, &'static Identity, With<Identity>>,
    projects: Res<'w, Projects>,
    register: Res<'w, Register>,
}

impl TableCheck<'_, '_> {
    /// What is wrong; nothing where all enterprises stand in one table, with a row of projects for each.
    pub(crate) fn fault(&self) -> Option<String> {
        let tables: Vec<usize> = self.enterprises.contiguous_iter().into_iter().flatten().map(<[Identity]>::len).collect();
        if tables.len() > 1 {
            return Some(format!(
                "{tables:?} enterprises stand in {} tables: what only some of them have must be a sparse-set component",
                tables.len()
            ));
        }
        let rows = tables.first().copied().unwrap_or(0);
        if self.projects.rows() != Some(rows) {
            return Some(format!("there are {rows} enterprises, and projects for {}", self.projects.rows().unwrap_or(0)));
        }
        (!self.register.ends_within(rows)).then(|| format!("there are {rows} enterprises, and the register has owners of more"))
    }
}

//! Enterprises founded in a tick, before they have a row.

use bevy_ecs::prelude::Resource;

use crate::state::technology::Project;

use super::table::Enterprise;

/// Enterprises founded in this tick that do not stand in the table yet. Scratch.
#[derive(Debug, Default, Resource)]
pub struct Newcomers(pub(crate) Vec<Founding>);

/// An enterprise about to be founded: its owners have not yet paid in, nor has its bank lent.
#[derive(Debug)]
pub(crate) struct Founding {
    pub(crate) enterprise: Enterprise,
    /// Project in the pilot stage, if it is radical.
    pub(crate) project: Project,
    pub(crate) loan: f64,
    /// The enterprise that its founders come out of.
    pub(crate) parent: Option<u64>,
}

//! Applications for R&D grants.

use bevy_ecs::prelude::Resource;

/// An application for a grant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Application {
    pub(crate) row: u32,
    pub(crate) id: u64,
    pub(crate) sector: u16,
    pub(crate) region: u16,
    pub(crate) merit: f64,
    pub(crate) noise: f64,
    pub(crate) adviser: Option<u16>,
    pub(crate) size: f64,
    pub(crate) distress: f64,
    pub(crate) lobbying: f64,
    pub(crate) amount: f64,
}

/// Applications for grants of this tick, in the order of the applicants' rows. Scratch: made when paths are chosen, appraised thereafter.
#[derive(Debug, Default, Resource)]
pub struct GrantApplications(pub(crate) Vec<Application>);

//! Enterprises that look for venture money.

use bevy_ecs::prelude::Resource;

use crate::state::enterprise::Belief;

/// An enterprise that looks for venture money.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub(crate) row: u32,
    pub(crate) sector: u16,
    pub(crate) region: u16,
    pub(crate) id: u64,
    pub(crate) value: f64,
    pub(crate) reservation: f64,
    pub(crate) need: f64,
    pub(crate) potential: f64,
    pub(crate) belief: Belief,
}

/// What can be seen of an enterprise's projects from outside.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ProjectsInView {
    /// Expected edge, log points.
    pub expected_edge: f64,
    /// Expected cost still to come.
    pub cost: f64,
}

/// Expected edge above which projects are promising: more than those that an enterprise can pay for itself.
pub const PROMISING_EDGE: f64 = 0.04;

/// Candidates of this tick in the order of their rows. Scratch: found when R&D is done.
#[derive(Debug, Default, Resource)]
pub struct Candidates(pub(crate) Vec<Candidate>);

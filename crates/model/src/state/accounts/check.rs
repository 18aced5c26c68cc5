//! What the check of the books finds.

use bevy_ecs::prelude::Resource;

/// Outcome of the last check.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct BookCheck {
    /// A breach beyond tolerance, if there was one.
    pub breach: Option<Breach>,
}

/// Tolerance over the tick's gross flows.
pub const TOLERANCE: f64 = 1e-9;

/// The largest breach of an identity.
#[derive(Debug, Clone, PartialEq)]
pub struct Breach {
    /// Which identity, of which institutional sector.
    pub row: String,
    /// Residual over gross flows.
    pub residual: f64,
}

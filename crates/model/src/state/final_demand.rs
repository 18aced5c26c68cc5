//! Final demand of a tick.

use bevy_ecs::prelude::Resource;

/// Final demand of this tick in units by sector.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct FinalDemand {
    /// Households.
    pub consumption: Vec<f64>,
    /// Governments.
    pub government: Vec<f64>,
    /// Units of fixed capital.
    pub capital: f64,
    /// Units of each sector's goods in a unit of fixed capital.
    pub capital_units: Vec<f64>,
    /// Rest of the world.
    pub exports: Vec<f64>,
}

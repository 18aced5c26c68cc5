//! Enterprises that are gone in a tick.

use bevy_ecs::prelude::Resource;

/// Rows of enterprises whose books were closed in this tick, and which stand in the table yet. Scratch.
#[derive(Debug, Default, Resource)]
pub struct Closures(pub Vec<u32>);

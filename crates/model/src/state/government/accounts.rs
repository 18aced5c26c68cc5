//! Governments and their accounts.

use bevy_ecs::prelude::{Component, Resource};
use serde::{Deserialize, Serialize};

/// A government: the central one, or that of a region.
#[derive(Debug, Clone, Copy, PartialEq, Component, Serialize, Deserialize)]
pub struct Government {
    /// Region; `None` for the central government.
    pub region: Option<u16>,
    /// Tick of the next plan.
    pub next_plan: u32,
}

/// What governments follow besides the ledger.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct GovernmentAccounts {
    /// Taxes of enterprises that have received support, by region, in this tick.
    pub tax_of_supported: Vec<f64>,
    /// Deficit of this tick by government, central first.
    pub deficits: Vec<f64>,
}

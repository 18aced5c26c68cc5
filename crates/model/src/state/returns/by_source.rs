//! Returns of R&D by who paid.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use super::fund_returns::FundReturns;
use super::self_sufficiency::SelfSufficiency;

/// Returns on one source of funding in one sector in this tick.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct ReturnCell {
    /// Spent on search and projects.
    pub spent: f64,
    /// Quasi-rents.
    pub industrial: f64,
    /// Taxes on quasi-rents; for policy also gains of governments as partners of funds, less the cost of programmes and capital called.
    pub fiscal: f64,
    /// Self-sufficiency that it gained times strategic value, and breakthroughs at their shadow value.
    pub strategic: f64,
    /// Distributions and change of fundamental value less paid in, net of fees and carry.
    pub capital_fundamental: f64,
    /// Change of price over fundamental value.
    pub capital_premium: f64,
}

/// Returns of this tick: `cells[sector][source]`.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Returns {
    /// Cells of this tick.
    pub cells: Vec<[ReturnCell; 3]>,
    /// To date, by sector: programme cost and capital called; taxes on policy quasi-rents and gains of governments' units of funds.
    pub policy_to_date: Vec<(f64, f64)>,
    /// Strategic return to date, by sector.
    pub strategic_to_date: Vec<f64>,
    /// Part of it that is breakthroughs which policy paid for, by sector.
    pub breakthroughs_to_date: Vec<f64>,
    /// Capital called from governments by funds and what they gained by it to date, by sector; part of `policy_to_date`.
    pub public_funds_to_date: Vec<(f64, f64)>,
    /// Grants of this tick by sector.
    pub programme_cost: Vec<f64>,
    /// Breakthroughs of this tick in log points times the square root of the market share, by sector and who paid.
    pub breakthroughs: Vec<[f64; 3]>,
    /// Home share of home demand by who paid for it, by sector.
    pub self_sufficiency: Vec<SelfSufficiency>,
    /// What funds returned.
    pub funds: FundReturns,
}

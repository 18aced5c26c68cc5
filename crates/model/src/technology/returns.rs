//! The returns table and the transformation funnel: who paid, and what came of it.

use bevy_ecs::prelude::{Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::accounts::{Economy, FlowKind, InstitutionalSector as S, Ledger};
use crate::enterprise::{Census, Technology};
use crate::government::ProgrammeBudgets;
use crate::markets::Sectors;
use crate::math;
use crate::parallel::{BATCH, Merge};
use crate::parameters::Parameters;
use crate::world::Calendar;

use super::{CAPITAL, POLICY, STAGES};

/// Returns on one source of funding in one sector in this tick.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct ReturnCell {
    /// Spent on search and projects.
    pub spent: f64,
    /// Quasi-rents.
    pub industrial: f64,
    /// Taxes on quasi-rents, less the cost of programmes for policy.
    pub fiscal: f64,
    /// Self-sufficiency gained times strategic value, and breakthroughs at their shadow value.
    pub strategic: f64,
    /// Distributions and fundamental value less paid in.
    pub capital_fundamental: f64,
    /// Change of price over fundamental value.
    pub capital_premium: f64,
}

/// Returns of this tick: `cells[sector][source]`.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Returns {
    /// Cells of this tick.
    pub cells: Vec<[ReturnCell; 3]>,
    /// Programme cost and taxes on policy quasi-rents to date, by sector.
    pub policy_to_date: Vec<(f64, f64)>,
    /// Strategic return to date, by sector.
    pub strategic_to_date: Vec<f64>,
    /// Grants of this tick by sector.
    pub programme_cost: Vec<f64>,
    /// Breakthroughs of this tick in log points times the square root of the market share, by sector and who paid.
    pub breakthroughs: Vec<[f64; 3]>,
    /// Home share at the last close, by sector.
    pub home_shares: Vec<f64>,
    /// Received by funds less paid in this tick by sector, at price and at fundamental value.
    pub fund_cash: Vec<[f64; 2]>,
    /// Holdings of funds at the last close by sector, at price and at fundamental value.
    pub holdings: Vec<[f64; 2]>,
}

/// The funnel of one sector and source in this tick.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct FunnelCell {
    /// Inventions.
    pub inventions: u64,
    /// Projects that entered each stage.
    pub entered: [u64; STAGES],
    /// Projects that passed each stage.
    pub advanced: [u64; STAGES],
    /// Projects abandoned in each stage.
    pub abandoned: [u64; STAGES],
    /// Spent in each stage.
    pub spent: [f64; STAGES],
    /// Conversions.
    pub conversions: u64,
    /// Log points converted.
    pub log_points: f64,
    /// Years from invention to conversion, summed.
    pub years: f64,
    /// Conversions by kind: process, product, scale, breakthrough.
    pub kinds: [u64; 4],
    /// Spent on converted projects in all their stages, by all sources.
    pub converted_spent: f64,
}

impl FunnelCell {
    /// Projects that passed a stage over those that ended in it; nothing where none ended.
    pub fn survival(&self, stage: usize) -> Option<f64> {
        let ended = self.advanced[stage] + self.abandoned[stage];
        (ended > 0).then(|| self.advanced[stage] as f64 / ended as f64)
    }
}

impl Merge for FunnelCell {
    fn merge(&mut self, other: Self) {
        self.inventions += other.inventions;
        for stage in 0..STAGES {
            self.entered[stage] += other.entered[stage];
            self.advanced[stage] += other.advanced[stage];
            self.abandoned[stage] += other.abandoned[stage];
            self.spent[stage] += other.spent[stage];
        }
        self.conversions += other.conversions;
        self.log_points += other.log_points;
        self.years += other.years;
        for (mine, theirs) in self.kinds.iter_mut().zip(other.kinds) {
            *mine += theirs;
        }
        self.converted_spent += other.converted_spent;
    }
}

/// The funnel of this tick: `cells[sector][source]`.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Funnel {
    /// Cells.
    pub cells: Vec<[FunnelCell; 3]>,
}

/// Parts of value added that the edges of a batch of enterprises bring, by source: `1 − exp(−edge)`, nothing below a millionth.
pub fn edge_parts(technology: &[Technology]) -> [[f64; 3]; BATCH] {
    let mut parts = [[0.0; 3]; BATCH];
    for (parts, technology) in parts.iter_mut().zip(technology) {
        *parts = technology.edges.map(|edge| -edge);
    }
    math::exp_all(parts[..technology.len()].as_flattened_mut());
    for (parts, technology) in parts.iter_mut().zip(technology) {
        for (part, edge) in parts.iter_mut().zip(technology.edges) {
            *part = if edge > 1e-6 { 1.0 - *part } else { 0.0 };
        }
    }
    parts
}

/// Quasi-rents of each source: value added times the parts that its edges bring ([`edge_parts`]).
pub fn quasi_rents(value_added: f64, parts: [f64; 3]) -> [f64; 3] {
    parts.map(|part| value_added.max(0.0) * part)
}

/// Completes the returns of the tick: quasi-rents are there from the settlement, attention and holdings from the census.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn record_returns(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    ledger: Res<Ledger>,
    economy: Res<Economy>,
    programmes: Res<ProgrammeBudgets>,
    census: Res<Census>,
    mut sectors: ResMut<Sectors>,
    mut returns: ResMut<Returns>,
) {
    let tax_share = {
        let taxes = ledger.received(FlowKind::Vat, S::CentralGovernment)
            + ledger.received(FlowKind::Vat, S::LocalGovernments)
            + ledger.received(FlowKind::CorporateTax, S::CentralGovernment)
            + ledger.received(FlowKind::CorporateTax, S::LocalGovernments);
        math::ratio(taxes, economy.output, 0.0).clamp(0.0, 1.0)
    };
    for (index, sector) in sectors.iter_mut().enumerate() {
        let strategic_value = parameters.sectors[index].value.strategic_value;
        for source in 0..3 {
            let cell = &mut returns.cells[index][source];
            cell.fiscal = cell.industrial * tax_share;
            sector.attention[source] = math::ratio(census.attention[index][source], sector.count, 0.0);
        }
        let cost = returns.programme_cost[index]
            + sector.subsidies
            + sector.procured
            + programmes.interest_relief(index) * programmes.interest_paid[index]
            + programmes.capital_cost(index)
            + programmes.credits[index];
        let policy_tax = returns.cells[index][POLICY].fiscal;
        returns.policy_to_date[index].0 += cost;
        returns.policy_to_date[index].1 += policy_tax;
        returns.cells[index][POLICY].fiscal -= cost;
        let gained = sector.delivered_home_share - returns.home_shares[index];
        let demand = sector.home_demand * sector.buyer_price;
        let secured = if calendar.tick > 0 { gained * strategic_value * demand } else { 0.0 };
        // A breakthrough has its shadow value whoever paid for it; self-sufficiency is policy's.
        let shadow = parameters.technology.breakthrough_shadow_value * strategic_value * demand * calendar.ticks_per_year();
        for source in 0..3 {
            let of_policy = if source == POLICY { secured } else { 0.0 };
            returns.cells[index][source].strategic = returns.breakthroughs[index][source] * shadow + of_policy;
        }
        returns.strategic_to_date[index] += returns.cells[index][POLICY].strategic;
        returns.home_shares[index] = sector.delivered_home_share;
        let [price, fundamental] = [0, 1].map(|at| census.holdings[index][at] - returns.holdings[index][at] + returns.fund_cash[index][at]);
        returns.cells[index][CAPITAL].capital_fundamental = fundamental;
        returns.cells[index][CAPITAL].capital_premium = price - fundamental;
        returns.holdings[index] = census.holdings[index];
        returns.fund_cash[index] = [0.0; 2];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quasi_rents_by_hand() {
        let parts = edge_parts(&[[0.0, 0.1, 1e-7], [0.5; 3]].map(|edges| Technology { edges, ..Technology::default() }));
        let rents = quasi_rents(100.0, parts[0]);
        assert_eq!([rents[0], rents[2]], [0.0; 2]);
        assert!((rents[1] - 100.0 * (1.0 - math::exp(-0.1))).abs() < 1e-9);
        assert_eq!(quasi_rents(-5.0, parts[1]), [0.0; 3]);
    }
}

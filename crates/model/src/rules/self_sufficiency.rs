//! Self-sufficiency: what home knowledge adds to the home share of home demand.

use crate::parameters::{Market, Sector, Technology as Parameters};
use crate::state::sector::SectorState;
use crate::state::technology::Kind;
use tripath_engine::math;

/// Shares of labour and of capital in unit cost; intermediate goods are the rest.
pub fn cost_shares(state: &SectorState, wage: f64) -> [f64; 2] {
    let labour = math::ratio(wage * state.labour_need / state.learning, state.unit_cost, 0.0).clamp(0.0, 1.0);
    let inputs = math::ratio(state.intermediate_cost, state.unit_cost, 0.0).max(0.0);
    [labour, (1.0 - labour - inputs).max(0.0)]
}

/// What a log point of a [kind](crate::state::technology::Kind) adds to competitiveness: the fall of unit cost and the rise of quality, each by its weight in competition.
///
/// `w_p (g_a l + (g_k − θ) k) + w_q g_q` with its [gains](crate::state::technology::Kind::gains) `g` in productivity, saved capital and quality, shares `l` of labour and `k` of capital in unit
/// cost, and the machines `θ` that it takes.
pub fn competitive_gain(market: &Market, mechanisation: f64, [labour, capital]: [f64; 2], kind: Kind) -> f64 {
    let [productivity, quality, saved] = kind.gains();
    market.price_weight * (productivity * labour + (saved - kind.machines(mechanisation)) * capital) + market.quality_weight * quality
}

/// Rate at which an edge fades: obsolescence of its sector, at least a floor.
pub fn fading(parameters: &Parameters, sector: &Sector) -> f64 {
    (sector.obsolescence * parameters.obsolescence_pace).max(parameters.obsolescence_floor)
}

/// Part of an edge that is left after a time: `1 − Δ max(obsolescence × pace, floor)`.
pub fn edge_kept(parameters: &Parameters, sector: &Sector, years: f64) -> f64 {
    1.0 - (fading(parameters, sector) * years).min(1.0)
}

/// Rise of the home share aimed at per log point of competitiveness: `η h (1 − h)`.
pub fn share_slope(elasticity: f64, home_share: f64) -> f64 {
    elasticity * home_share * (1.0 - home_share)
}

/// Part of the delivered home share that procurement made: the share with it less that without.
pub fn share_by_procurement(delivered: f64, imported: f64, procured: f64) -> f64 {
    let without = math::ratio(delivered, delivered + imported, 0.0);
    if procured > 0.0 { math::ratio(delivered + procured, delivered + procured + imported, without) - without } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::returns::SelfSufficiency;

    #[test]
    fn gains_of_conversions_by_hand() {
        let market = Market { price_weight: 2.0, quality_weight: 0.5, ..Market::default() };
        let gain = |kind| 0.1 * competitive_gain(&market, 0.5, [0.4, 0.2], kind);
        // Unit cost falls by 0.1 × (0.4 − 0.5 × 0.2) = 0.03.
        assert!((gain(Kind::Process) - 0.06).abs() < 1e-12);
        assert!((gain(Kind::Product) - 0.05).abs() < 1e-12);
        assert!((gain(Kind::Scale) - 0.04).abs() < 1e-12);
        assert!((gain(Kind::Breakthrough) - 0.08).abs() < 1e-12);
        // What is adopted takes no more machines: 0.1 × 0.4.
        assert!((gain(Kind::AdoptedProcess) - 0.08).abs() < 1e-12 && gain(Kind::AdoptedProduct) == gain(Kind::Product));
    }

    #[test]
    fn shares_of_cost_by_hand() {
        let state = SectorState { labour_need: 0.5, learning: 2.0, unit_cost: 1.0, intermediate_cost: 0.45, ..SectorState::default() };
        let [labour, capital] = cost_shares(&state, 1.0);
        assert!((labour - 0.25).abs() < 1e-12 && (capital - 0.3).abs() < 1e-12);
    }

    #[test]
    fn procurement_is_policy() {
        // 30 of 60 without, 50 of 80 with it.
        let part = share_by_procurement(30.0, 30.0, 20.0);
        assert!((part - 0.125).abs() < 1e-12);
        assert_eq!(share_by_procurement(30.0, 30.0, 0.0), 0.0);
        let mut sector = SelfSufficiency::default();
        assert_eq!(sector.gained([0.0; 3], 0.3, 0.5, part), [0.0, part, 0.0]);
        assert_eq!(sector.gained([0.0; 3], 0.3, 0.5, 0.0), [0.0, -part, 0.0]);
    }

    #[test]
    fn conversions_decay() {
        let mut sector = SelfSufficiency::default();
        sector.advance(0.9, [1.0, 0.0, 0.5]);
        sector.advance(0.9, [0.0, 0.2, 0.0]);
        assert_eq!(sector.advantage, [0.9, 0.2, 0.45]);
        assert!((share_slope(1.5, 0.5) - 0.375).abs() < 1e-12);
    }
}

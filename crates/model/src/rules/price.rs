//! Prices: a mark-up over full unit cost that gives way in a glut and rises with a competitive edge.

use crate::parameters::Pricing;

/// Full unit cost at normal utilisation: labour, intermediate goods, capital.
///
/// `c = w / (A Λ) + m + c_K v κ P_K / (u* Λ)`, with `m` the cost of inputs a unit (learning included) and `c_K` the cost of capital a year over its
/// price ([`Economy::user_cost`](crate::state::economy::Economy::user_cost)).
#[inline(always)]
pub fn full_unit_cost(wage: f64, productivity: f64, learning: f64, inputs: f64, capital_cost: f64) -> f64 {
    wage / (productivity * learning) + inputs + capital_cost
}

/// Part of a price that is left for costs and the mark-up: `1 − ρ − τ φ`, for R&D and value added tax are earned on top of it.
pub fn part_kept(rd_share: f64, tax_share: f64) -> f64 {
    1.0 - (rd_share + tax_share).min(0.8)
}

/// Price: `p = (1 + μ) c / (1 − ρ − τ φ)`, the divisor from what is kept of it (`part_kept`).
#[inline(always)]
pub fn markup_price(unit_cost: f64, markup: f64, part_kept: f64) -> f64 {
    (1.0 + markup) * unit_cost / part_kept
}

/// Mark-up of the next tick.
///
/// `μ ← μ (1 + ν Δf/f) + λ Δ (μ0 + α edge + β (u − u*) − μ)`, within bounds; edge clipped to ±1.
#[inline(always)]
pub fn markup_step(pricing: &Pricing, markup: f64, share_growth: f64, edge: f64, utilisation_gap: f64, years: f64) -> f64 {
    let target = pricing.normal_markup + pricing.edge_response * edge.clamp(-1.0, 1.0) + pricing.utilisation_response * utilisation_gap;
    let moved = markup * (1.0 + pricing.share_response * share_growth) + (pricing.reversion * years).min(1.0) * (target - markup);
    moved.clamp(pricing.floor, pricing.ceiling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_and_price_by_hand() {
        let cost = full_unit_cost(1.0, 2.0, 1.0, 0.3, 0.1);
        assert!((cost - 0.9).abs() < 1e-12);
        assert!((markup_price(cost, 0.1, part_kept(0.05, 0.07)) - 0.99 / 0.88).abs() < 1e-12);
    }

    #[test]
    fn a_glut_is_a_price_war() {
        let pricing = Pricing::default();
        let normal = markup_step(&pricing, pricing.normal_markup, 0.0, 0.0, 0.0, 0.25);
        assert!((normal - pricing.normal_markup).abs() < 1e-12);
        assert!(markup_step(&pricing, pricing.normal_markup, 0.0, 0.0, -0.3, 0.25) < normal);
        assert!(markup_step(&pricing, pricing.normal_markup, 0.0, 0.5, 0.0, 0.25) > normal);
    }
}

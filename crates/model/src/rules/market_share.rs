//! Market shares: what pulls buyers, how many of them choose anew, and what procurement weighs.

use crate::parameters::{Government, Market};
use tripath_engine::{math, vectors};

/// Mobility: how many of its buyers choose anew, over those of an enterprise of the sector's mean size: `m = clip((f n)^−κ, ¼, 4)`.
///
/// Large enterprises have long contracts and many who are used to them. Takes a slice of relative sizes and leaves mobilities in it.
pub fn mobilities(market: &Market, relative_sizes: &mut [f64]) {
    vectors::widest(
        #[inline(always)]
        || relative_sizes.iter_mut().for_each(|size| *size = size.max(1e-9)),
    );
    math::quick_pow_all(relative_sizes, -market.size_scaling);
    vectors::widest(
        #[inline(always)]
        || relative_sizes.iter_mut().for_each(|mobility| *mobility = mobility.clamp(0.25, 4.0)),
    );
}

/// Log move of a market share in a tick: `clip(m drift + √m noise, ±1)`, with `m` its [mobility](mobilities).
///
/// Of buyers who choose anew the better supplier wins more, in proportion to their number; what they do by chance grows with its root. So the spread
/// of moves falls with size to the power `−κ/2`, and the tail of sizes thins less than if chance alone fell with size.
#[inline(always)]
pub fn share_step(drift: f64, noise: f64, mobility: f64) -> f64 {
    (drift * mobility + noise * math::sqrt(mobility)).clamp(-1.0, 1.0)
}

/// Competitiveness that a large supplier lacks, for buyers keep second sources: `ω_d f · f/(f + f_0)`.
///
/// Up to a share of some `f_0` nobody minds (`market.diversification_share`); far above it, each further part of the market is harder to win.
#[inline(always)]
pub fn second_sources(market: &Market, share: f64) -> f64 {
    market.diversification * share * share / (share + market.diversification_share)
}

/// Growth a year of a newcomer's market share by buyers who come to know it: `ν max(1 − age/T, 0)`.
///
/// New enterprises sell less than old ones of the same price and quality, and build up their custom over years (Foster, Haltiwanger and Syverson 2016).
#[inline(always)]
pub fn newcomer_growth(market: &Market, age_years: f64) -> f64 {
    market.newcomer_growth * (1.0 - age_years / market.newcomer_years).max(0.0)
}

/// Growth of a market share by what pulls buyers: `pull (1 − unfilled)` where it pulls them in, for who leaves orders unfilled has nothing to
/// offer to new ones; `pull` where it loses them.
///
/// Without it an enterprise that no bank lends to would gather orders for years that it cannot fill, and the others' capital, planned by their
/// shares, would be short for as long.
#[inline(always)]
pub fn won_by_pull(pull: f64, unfilled: f64) -> f64 {
    if pull > 0.0 { pull * (1.0 - unfilled) } else { pull }
}

/// Weight of a supplier in procurement beyond its market share: `exp(γ (q − q̄)) (1 + b z)`, `z` its standing with the state ([`Identity::standing`](crate::state::enterprise::Identity::standing)).
pub fn supplier_weight(government: &Government, quality_lead: f64, standing: f64) -> f64 {
    math::exp((government.procurement_quality * quality_lead).clamp(-3.0, 3.0)) * (1.0 + government.procurement_preference * standing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn procurement_prefers_the_good_and_the_supported() {
        let government = Government { procurement_quality: 2.0, procurement_preference: 0.5, ..Government::default() };
        assert_eq!(supplier_weight(&government, 0.0, 0.0), 1.0);
        assert_eq!(supplier_weight(&government, 0.0, 1.0), 1.5);
        assert_eq!(supplier_weight(&government, 0.0, 0.5), 1.25);
        assert!((supplier_weight(&government, 0.5, 0.0) - math::exp(1.0)).abs() < 1e-12);
    }

    #[test]
    fn buyers_of_a_large_supplier_look_for_a_second() {
        let market = Market { diversification: 8.0, diversification_share: 0.03, ..Market::default() };
        assert_eq!(second_sources(&market, 0.0), 0.0);
        assert!((second_sources(&market, 0.03) - 0.12).abs() < 1e-12);
        assert!((second_sources(&market, 0.001) - 8e-6 / 0.031).abs() < 1e-12);
        assert!((second_sources(&market, 0.97) - 8.0 * 0.97 * 0.97).abs() < 1e-12);
    }

    #[test]
    fn newcomers_build_up_custom_while_they_are_young() {
        let market = Market { newcomer_growth: 0.2, newcomer_years: 5.0, ..Market::default() };
        assert_eq!(newcomer_growth(&market, 0.0), 0.2);
        assert!((newcomer_growth(&market, 2.0) - 0.12).abs() < 1e-12);
        assert_eq!((newcomer_growth(&market, 5.0), newcomer_growth(&market, 80.0)), (0.0, 0.0));
    }

    #[test]
    fn small_ones_move_faster_and_no_one_moves_too_far() {
        let market = Market::default();
        let mut sizes = [0.1, 1.0, 1e12, 0.0];
        mobilities(&market, &mut sizes);
        let [small, mean, giant, nothing] = sizes;
        assert!(share_step(0.01, 0.0, small) > share_step(0.01, 0.0, mean));
        assert_eq!((giant, nothing), (0.25, 4.0));
        assert_eq!(share_step(5.0, 0.0, mean), 1.0);
        // Who fills half of its orders wins half as many new ones, and loses as before.
        assert_eq!((won_by_pull(0.4, 0.5), won_by_pull(-0.4, 0.5), won_by_pull(0.4, 1.0)), (0.2, -0.4, 0.0));
        assert!((share_step(0.01, 0.02, mean) - 0.03).abs() < 1e-12);
        // Four times as many buyers choose: four times the pull, twice the chance.
        assert!((share_step(0.01, 0.02, 4.0) - 0.08).abs() < 1e-12);
    }
}

//! The rest of the world: trade shares, the exchange rate, and the distance to its frontier.

use crate::parameters::Parameters;
use crate::state::sector::SectorState;
use tripath_engine::math;

/// Share that home supply aims at: logit of its initial share, moved by the competitive gap.
///
/// `h* = logit⁻¹(logit h0 + η (gap − gap0))`
pub fn desired_share(initial: f64, elasticity: f64, gap_change: f64) -> f64 {
    math::logistic(math::logit(initial) + (elasticity * gap_change).clamp(-12.0, 12.0))
}

/// Relative change of the exchange rate a year: relative inflation, and what leans against trade surpluses, foreign assets and dear money, the
/// latter within a limit: `π − π_f + clip(−b TB/Y − a NFA/Y − i (r − r*), ±limit)`.
pub fn exchange_rate_growth(
    trade_balance_share: f64,
    foreign_assets_share: f64,
    inflation_gap: f64,
    rate_gap: f64,
    parameters: &Parameters,
) -> f64 {
    let trade = &parameters.trade;
    let limit = trade.exchange_rate_limit;
    let lean =
        -trade.balance_response * trade_balance_share - trade.assets_response * foreign_assets_share - trade.rate_response * rate_gap;
    inflation_gap + lean.clamp(-limit, limit)
}

/// Distance of a sector to the world's frontier: mean of the gaps in log productivity and log quality, each at least 0.
pub fn frontier_distance(productivity_gap: f64, quality_gap: f64) -> f64 {
    0.5 * (productivity_gap.max(0.0) + quality_gap.max(0.0))
}

/// R&D over sales that is normal at a distance from the frontier: `ρ exp(−κ d)`.
///
/// Far behind, adopting what others know pays more than own research (Acemoglu, Aghion and Zilibotti 2006).
pub fn rd_intensity(at_frontier: f64, response: f64, distance: f64) -> f64 {
    at_frontier * math::exp(-response * distance)
}

/// The wave behind the world's business cycle, in log points: `z ← ρ z + s √(1 − ρ²) N`, `ρ = exp(−Δ/T)`. World demand follows it in its time.
pub fn cycle_step(cycle: f64, spread: f64, persistence: f64, shock: f64) -> f64 {
    persistence * cycle + spread * math::sqrt(1.0 - persistence * persistence) * shock
}

/// What home makes in a year, at the world's prices in the world's money: `Y / e · exp(−m)`, with `m` the mean log price at home over that abroad.
///
/// Real output at home would not do: baskets at home and abroad differ, so that the price indices of the two drift apart by some hundredths of a per
/// cent a year, and in thousands of years the world's demand would be lost to a home that outgrows it.
pub fn output_at_world_prices(annual_output: f64, exchange_rate: f64, mean_price: f64) -> f64 {
    annual_output / exchange_rate * math::exp(-mean_price)
}

/// Divisor of all input needs by cumulative output (Wright 1936): experience is own and, by a spillover share, the world's.
pub fn learning_factor(own: f64, world: f64, spillover: f64, exponent: f64) -> f64 {
    math::pow(((1.0 - spillover) * own + spillover * world).max(1e-9), exponent)
}

impl SectorState {
    /// Distance to the world's frontier: the mean of the gaps in productivity and quality, each at least 0.
    pub fn distance(&self) -> f64 {
        frontier_distance(self.frontier_productivity - self.log_productivity, self.foreign_quality - self.quality)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weak_currency_makes_home_no_smaller_at_the_world_s_prices() {
        // Home prices a fifth below those abroad: 100 of home money buy what costs 125 abroad.
        assert!((output_at_world_prices(100.0, 1.0, math::ln(0.8)) - 125.0).abs() < 1e-12);
        // A currency that loses half makes home's goods, in the world's money, half as dear: the same goods.
        assert!((output_at_world_prices(100.0, 2.0, math::ln(0.4)) - 125.0).abs() < 1e-12);
    }

    #[test]
    fn learning_by_hand() {
        // 0.37 is a fall of 22.6 % for each doubling.
        let factor = learning_factor(2.0, 2.0, 0.3, 0.37);
        assert!((1.0 / factor - 0.774).abs() < 0.001);
        assert_eq!(learning_factor(5.0, 9.0, 0.3, 0.0), 1.0);
    }

    #[test]
    fn a_surplus_a_creditor_and_dear_money_raise_the_currency() {
        let parameters = Parameters::default();
        let trade = &parameters.trade;
        assert_eq!(exchange_rate_growth(0.0, 0.0, 0.0, 0.0, &parameters), 0.0);
        assert!((exchange_rate_growth(0.02, 0.0, 0.0, 0.0, &parameters) + 0.02 * trade.balance_response).abs() < 1e-15);
        assert!((exchange_rate_growth(0.0, 0.5, 0.01, 0.0, &parameters) - 0.01 + 0.5 * trade.assets_response).abs() < 1e-15);
        assert!(exchange_rate_growth(0.0, 0.0, 0.0, 0.02, &parameters) < 0.0);
        assert_eq!(exchange_rate_growth(-9.0, 0.0, 0.0, 0.0, &parameters), trade.exchange_rate_limit);
        // However fast prices rise abroad, the currency follows.
        assert!((exchange_rate_growth(0.0, 0.0, -0.3, 0.0, &parameters) + 0.3).abs() < 1e-15);
    }

    #[test]
    fn far_behind_less_is_spent_on_research() {
        assert_eq!(frontier_distance(1.0, -0.5), 0.5);
        assert_eq!(rd_intensity(0.04, 2.0, 0.0), 0.04);
        assert!((rd_intensity(0.04, 2.0, 0.5) - 0.04 / std::f64::consts::E).abs() < 1e-12);
    }

    #[test]
    fn the_cycle_fades_and_has_the_spread_asked_for() {
        assert!((cycle_step(0.1, 0.06, 0.9, 0.0) - 0.09).abs() < 1e-12);
        // The stationary variance solves v = ρ² v + s² (1 − ρ²).
        assert!((cycle_step(0.0, 0.06, 0.8, 1.0) - 0.036).abs() < 1e-12);
    }

    #[test]
    fn a_better_home_supplier_gains() {
        assert!((desired_share(0.7, 2.0, 0.0) - 0.7).abs() < 1e-12);
        assert!(desired_share(0.7, 2.0, 0.2) > 0.7);
    }
}

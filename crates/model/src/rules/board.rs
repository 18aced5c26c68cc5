//! Boards of the exchange: sentiment, and when new listings are suspended.

use crate::parameters::CapitalMarket;
use tripath_engine::math;

/// Sentiment of the next tick: decays, extrapolates returns above their own average, suffers from issues and exposures.
///
/// `s ← ρ^Δ s + κ (r − r̄) − ι issues/value − φ exposed/value + σ √Δ ε`, within ±1.2; `r` the return of the tick.
pub fn sentiment_step(
    market: &CapitalMarket,
    sentiment: f64,
    excess_return: f64,
    issues_share: f64,
    exposed_share: f64,
    shock: f64,
    years: f64,
) -> f64 {
    let persistence = math::pow(market.sentiment_persistence, years);
    let next = persistence * sentiment + market.extrapolation * excess_return * years.min(1.0)
        - market.issuance_pressure * issues_share
        - market.exposure_pressure * exposed_share
        + market.sentiment_noise * math::sqrt(years) * shock;
    next.clamp(-1.2, 1.2)
}

/// Whether approval is suspended: from a fall of `suspension_fall` below the average until two thirds of it are made good.
pub fn is_suspended(market: &CapitalMarket, suspended: bool, above_average: f64) -> bool {
    above_average < -market.suspension_fall * if suspended { 1.0 / 3.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentiment_by_hand() {
        let market = CapitalMarket {
            sentiment_persistence: 0.5,
            extrapolation: 0.2,
            issuance_pressure: 1.0,
            exposure_pressure: 2.0,
            sentiment_noise: 0.0,
            ..CapitalMarket::default()
        };
        assert!((sentiment_step(&market, 0.4, 0.0, 0.0, 0.0, 0.0, 1.0) - 0.2).abs() < 1e-12);
        assert!((sentiment_step(&market, 0.0, 0.1, 0.05, 0.01, 0.0, 1.0) - (0.02 - 0.05 - 0.02)).abs() < 1e-12);
    }

    #[test]
    fn approval_stops_in_a_fall_and_resumes_after_it() {
        let market = CapitalMarket { suspension_fall: 0.15, ..CapitalMarket::default() };
        assert!(!is_suspended(&market, false, -0.1));
        assert!(is_suspended(&market, false, -0.2));
        assert!(is_suspended(&market, true, -0.1));
        assert!(!is_suspended(&market, true, -0.04));
    }
}

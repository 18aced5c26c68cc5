//! Monetary policy: the rate of the central bank, and the neutral rate that it learns.

use crate::parameters::Banking;

/// Taylor rule: `i = r̂* + π + a (π − π*) + b (U* − U)`, with `r̂*` the neutral real rate that the central bank believes in.
pub fn taylor_rule(banking: &Banking, neutral: f64, inflation: f64, unemployment: f64, natural: f64) -> f64 {
    neutral
        + inflation
        + banking.inflation_response * (inflation - banking.inflation_target)
        + banking.unemployment_response * (natural - unemployment)
}

/// Bounds of the neutral real rate that a central bank can come to believe in.
const NEUTRAL: (f64, f64) = (-0.06, 0.08);

/// Neutral real rate believed in after a tick: `r̂* + λ (U* − U + ω (π − π*)) Δ`, within −6 and 8 %.
///
/// Unemployment that stays above the natural rate says that the rate thought neutral is too high, inflation that stays above its target that it is
/// too low (Laubach and Williams 2003): the long-run anchors of demand and of prices. By unemployment alone any inflation would do, for the rate
/// that is right for it would come to be thought neutral.
pub fn learn_neutral(banking: &Banking, neutral: f64, inflation: f64, unemployment: f64, natural: f64, years: f64) -> f64 {
    let heat = natural - unemployment + banking.neutral_learning_prices * (inflation - banking.inflation_target);
    (neutral + banking.neutral_learning * heat * years).clamp(NEUTRAL.0, NEUTRAL.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taylor_by_hand() {
        let banking = Banking::default();
        assert!((taylor_rule(&banking, 0.01, 0.02, 0.055, 0.055) - 0.03).abs() < 1e-12);
        assert!((taylor_rule(&banking, 0.01, 0.04, 0.055, 0.055) - 0.06).abs() < 1e-12);
        let response = banking.unemployment_response;
        assert!((taylor_rule(&banking, 0.01, 0.02, 0.075, 0.055) - (0.03 - 0.02 * response)).abs() < 1e-12);
    }

    #[test]
    fn slack_says_that_the_neutral_rate_is_lower_and_inflation_that_it_is_higher() {
        let banking = Banking { neutral_learning: 0.2, neutral_learning_prices: 0.25, inflation_target: 0.02, ..Banking::default() };
        // Two points of unemployment above the natural rate for half a year: 0.2 × 0.02 × 0.5.
        assert!((learn_neutral(&banking, 0.01, 0.02, 0.075, 0.055, 0.5) - 0.008).abs() < 1e-12);
        assert!(learn_neutral(&banking, 0.01, 0.02, 0.035, 0.055, 0.5) > 0.01);
        // Four points of inflation above the target count as one of unemployment below the natural rate.
        assert!((learn_neutral(&banking, 0.01, 0.06, 0.055, 0.055, 0.5) - 0.011).abs() < 1e-12);
        assert_eq!(learn_neutral(&banking, -0.06, 0.02, 0.3, 0.055, 1.0), NEUTRAL.0);
    }
}

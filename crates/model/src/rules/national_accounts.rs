//! Growth of real output, and expectations.

use tripath_engine::math;

/// Growth factor of real value added by double deflation at the last tick's prices (chained Laspeyres).
///
/// `growth = Σ_s (P_s' Y_s − Y_s Σ_r a_rs φ_r P_r' / Λ_s) / value added'`, primes for the last tick, `φ_r` the part of demand for `r` that was filled.
pub fn real_growth(value_at_last_prices: f64, last_output: f64) -> f64 {
    if last_output > 0.0 { (value_at_last_prices / last_output).max(0.01) } else { 1.0 }
}

/// Expected inflation after a tick: `π_e + (1 − exp(−Δ/T)) (π − π_e)`, an average of what was lived through, `T` in years.
pub fn expect(expected: f64, inflation: f64, ticks_per_year: f64, years: f64) -> f64 {
    expected + math::smoothing(ticks_per_year, years) * (inflation - expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_growth_by_hand() {
        // Output doubles at unchanged prices and input shares: value at last prices is twice the last value.
        assert_eq!(real_growth(20.0, 10.0), 2.0);
        assert_eq!(real_growth(1.0, 0.0), 1.0);
    }

    #[test]
    fn expectations_follow_slowly() {
        // Ten years of inflation at 4 % close 1 − 1/e of the gap from 2 %.
        let mut expected = 0.02;
        for _ in 0..40 {
            expected = expect(expected, 0.04, 4.0, 10.0);
        }
        assert!((expected - (0.04 - 0.02 / std::f64::consts::E)).abs() < 1e-12);
    }
}

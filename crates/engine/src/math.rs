//! The one door for transcendental functions.
//!
//! The platform's `exp`, `ln` and `pow` differ in the last bit between processors with and without
//! fused multiply-add; these go over the `libm` crate, which is plain arithmetic and gives the same
//! bytes on every machine. Loops that need many at once ask for a slice of them ([`exp_all`], [`ln_all`]): the same digits, faster.

mod slices;

use crate::counting;

pub use slices::{exp_all, ln_all, quick_pow_all};

/// Natural exponential.
#[inline]
pub fn exp(x: f64) -> f64 {
    counting::exponentials(1);
    one_exp(x)
}

/// The same, not counted: slices count for themselves.
#[inline]
fn one_exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm; the argument is floored at the smallest normal number so that the result is finite.
#[inline]
pub fn ln(x: f64) -> f64 {
    counting::logarithms(1);
    libm::log(x.max(f64::MIN_POSITIVE))
}

/// `base` to the power `exponent`, for `base` ≥ 0.
#[inline]
pub fn pow(base: f64, exponent: f64) -> f64 {
    if exponent == 0.0 {
        return 1.0;
    }
    counting::power();
    libm::pow(base.max(0.0), exponent)
}

/// Square root (exact to the last bit by IEEE 754 on every machine).
#[inline]
pub fn sqrt(x: f64) -> f64 {
    // Not `max`: of 0 and −0 it gives either, as the compiler likes, and a rule that divides by the root would see the sign.
    (if x > 0.0 { x } else { 0.0 }).sqrt()
}

/// Logistic function `1 / (1 + exp(-x))`.
#[inline]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// Log-odds `ln(p / (1 - p))`, with `p` kept inside (0, 1).
#[inline]
pub fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    ln(p / (1.0 - p))
}

/// Ratio that is `otherwise` where the denominator is not positive.
#[inline(always)]
pub fn ratio(numerator: f64, denominator: f64, otherwise: f64) -> f64 {
    if denominator > 0.0 { numerator / denominator } else { otherwise }
}

/// Sum; 0 of nothing, where [`Iterator::sum`] gives −0.
#[inline]
pub fn total(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, |sum, value| sum + value)
}

/// Weight of this tick in an exponential average with the given time constant in years.
#[inline]
pub fn smoothing(ticks_per_year: f64, years: f64) -> f64 {
    1.0 - exp(-1.0 / (ticks_per_year * years.max(1e-6)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_nothing_has_no_sign() {
        for nothing in [0.0, -0.0, -1e-20, f64::NAN] {
            assert_eq!(sqrt(nothing).to_bits(), 0);
        }
        assert_eq!(sqrt(2.25), 1.5);
    }

    #[test]
    fn logit_inverts_logistic() {
        for p in [0.01, 0.3, 0.5, 0.97] {
            assert!((logistic(logit(p)) - p).abs() < 1e-12);
        }
    }

    #[test]
    fn limits_stay_finite() {
        assert!(ln(0.0).is_finite());
        assert_eq!(pow(0.0, 0.0), 1.0);
        assert_eq!(ratio(1.0, 0.0, 7.0), 7.0);
        assert!(logit(1.0).is_finite());
    }

    #[test]
    fn nothing_sums_to_a_plain_zero() {
        assert!(total([]).is_sign_positive() && total([-0.0]).is_sign_positive());
        assert_eq!(total([1.5, -4.0]), -2.5);
    }
}

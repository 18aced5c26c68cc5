//! What money can make of an enterprise.

use crate::parameters::Venture;
use crate::state::calendar::{Calendar, Lifelong};
use crate::streams::Draw;
use tripath_engine::math;

/// Draws of all enterprises' promises.
pub fn promises(calendar: &Calendar) -> Lifelong {
    calendar.lifelong(Draw::Promise)
}

/// Promise of an enterprise: standard normal, the same for all its life.
pub fn promise(promises: &Lifelong, enterprise: u64) -> f64 {
    promises.draws(enterprise).normal()
}

/// Growth by a round's money over that of the mean enterprise: `exp(sθ − s²/2)`.
pub fn scalability(spread: f64, promise: f64) -> f64 {
    math::exp(log_scalability(spread, promise))
}

/// Its logarithm, for those who ask for exponentials of many.
#[inline]
pub fn log_scalability(spread: f64, promise: f64) -> f64 {
    spread * promise - 0.5 * spread * spread
}

/// Whether an enterprise of an expected scalability is given up: below `venture.abandonment`. Where money makes no enterprise grow
/// (`venture.growth_support` 0), what it could have made of it is no reason.
pub fn promises_little(venture: &Venture, expected: f64) -> bool {
    venture.growth_support > 0.0 && expected < venture.abandonment
}

/// Value with a round's money over value without: `exp(g T (E − 1))`, within `exp(−0.7)` and `exp(1.5)`.
pub fn value_of_growth(support: f64, years: f64, expected: f64) -> f64 {
    math::exp((support * years * (expected - 1.0)).clamp(-0.7, 1.5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::enterprise::Belief;

    #[test]
    fn knowledge_converges_to_scalability() {
        let known = Belief { mean: 1.0, evidence: 1e9 };
        assert!((known.expected(1.2) - scalability(1.2, 1.0)).abs() < 1e-6);
        assert!((value_of_growth(0.5, 1.0, 2.0) - math::exp(0.5)).abs() < 1e-12);
    }
}

//! What money can make of an enterprise, and what financiers believe of it.
//!
//! Each enterprise has a promise θ, standard normal, drawn once and known to nobody. Money of a round makes its market share grow in
//! proportion to `exp(sθ − s²/2)`, 1 in the mean: most gain little by it, few gain much. Signals tell of θ; belief is Bayesian.

use crate::parameters::Venture;
use crate::state::calendar::{Calendar, Lifelong};
use crate::streams::Mechanism;
use tripath_engine::math;

/// Draws of all enterprises' promises.
pub fn promises(calendar: &Calendar) -> Lifelong {
    calendar.lifelong(Mechanism::Promise)
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

/// Belief in a promise: mean, and precision of all signals so far. Before any, the mean is 0 with the prior's precision of 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Belief {
    /// Expected promise.
    pub mean: f64,
    /// Precision of the signals.
    pub evidence: f64,
}

impl Belief {
    /// Belief after a signal of some precision (normal prior, normal signal).
    pub fn updated(self, signal: f64, precision: f64) -> Self {
        let evidence = self.evidence + precision;
        Self { mean: ((1.0 + self.evidence) * self.mean + precision * signal) / (1.0 + evidence), evidence }
    }

    /// Expected scalability: `exp(s m + s²/(2(1 + evidence)) − s²/2)`; 1 where nothing is known.
    pub fn expected(self, spread: f64) -> f64 {
        math::exp(spread * self.mean + 0.5 * spread * spread * (1.0 / (1.0 + self.evidence) - 1.0))
    }
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

    #[test]
    fn belief_by_hand() {
        let unknown = Belief::default();
        assert!((unknown.expected(1.2) - 1.0).abs() < 1e-12);
        let first = unknown.updated(2.0, 1.0);
        assert_eq!(first, Belief { mean: 1.0, evidence: 1.0 });
        let second = first.updated(2.0, 2.0);
        assert_eq!(second, Belief { mean: 1.5, evidence: 3.0 });
        assert!((second.expected(1.0) - math::exp(1.5 - 0.375)).abs() < 1e-12);
    }

    #[test]
    fn knowledge_converges_to_scalability() {
        let known = Belief { mean: 1.0, evidence: 1e9 };
        assert!((known.expected(1.2) - scalability(1.2, 1.0)).abs() < 1e-6);
        assert!((value_of_growth(0.5, 1.0, 2.0) - math::exp(0.5)).abs() < 1e-12);
    }
}

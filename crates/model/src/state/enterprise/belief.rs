//! What financiers believe of the promise of an enterprise.

use tripath_engine::math;

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
}

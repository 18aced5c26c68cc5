//! Self-sufficiency of a sector by who paid.

use serde::{Deserialize, Serialize};

use crate::parameters::Market;
use crate::sources::POLICY;
use crate::state::sector::SectorState;
use tripath_engine::math;

/// A sector's self-sufficiency by who paid for it: own money, policy, capital. What the exchange rate, foreign prices, foreign quality,
/// wages and shortages do to the home share is in no source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct SelfSufficiency {
    /// Competitiveness that live conversions give, log points.
    pub advantage: [f64; 3],
    /// Competitiveness of each source at the last close, breakthroughs' independence and subsidies on the price included.
    counted: [f64; 3],
    /// Change of the home share aimed at which suppliers have not reached yet.
    pending: [f64; 3],
    /// Part of the home share that procurement made at the last close.
    procured: f64,
}

impl SelfSufficiency {
    /// Lets the advantage of old conversions decay and adds that of new ones.
    pub fn advance(&mut self, kept: f64, gained: [f64; 3]) {
        for (advantage, gained) in self.advantage.iter_mut().zip(gained) {
            *advantage = *advantage * kept + gained;
        }
    }

    /// Home share that each source gained in a tick.
    ///
    /// The home share aimed at moves by `slope` per log point of a source's competitiveness, the share itself follows by `pace` a tick, as
    /// trade does; what procurement takes from home suppliers alone is policy's at once.
    pub fn gained(&mut self, standing: [f64; 3], slope: f64, pace: f64, procured: f64) -> [f64; 3] {
        let mut gained = [0.0; 3];
        for source in 0..3 {
            self.pending[source] += slope * (standing[source] - self.counted[source]);
            gained[source] = pace * self.pending[source];
            self.pending[source] -= gained[source];
        }
        gained[POLICY] += procured - self.procured;
        self.counted = standing;
        self.procured = procured;
        gained
    }

    /// Competitiveness by source: live conversions, the independence that breakthroughs gave, and, for policy, what subsidies take off the price.
    pub fn standing(&self, market: &Market, state: &SectorState) -> [f64; 3] {
        let mut standing = [0, 1, 2].map(|source| self.advantage[source] + state.independence[source]);
        standing[POLICY] -= market.price_weight * math::ln(1.0 - state.subsidy_rate);
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_follows_at_the_pace_of_trade_and_what_fades_is_lost_again() {
        let mut sector = SelfSufficiency::default();
        let first = sector.gained([0.2, 0.1, 0.0], 0.3, 0.5, 0.0);
        assert!((first[0] - 0.03).abs() < 1e-12 && (first[1] - 0.015).abs() < 1e-12 && first[2] == 0.0);
        let mut total = first[0];
        for _ in 0..60 {
            total += sector.gained([0.2, 0.1, 0.0], 0.3, 0.5, 0.0)[0];
        }
        assert!((total - 0.06).abs() < 1e-12);
        for _ in 0..60 {
            total += sector.gained([0.0; 3], 0.3, 0.5, 0.0)[0];
        }
        assert!(total.abs() < 1e-12);
    }

    #[test]
    fn what_is_gained_in_the_end_does_not_depend_on_the_tick() {
        let total = |pace: f64, ticks: usize| {
            let mut sector = SelfSufficiency::default();
            (0..ticks).map(|_| sector.gained([0.4, 0.0, 0.0], 0.25, pace, 0.0)[0]).sum::<f64>()
        };
        assert!((total(0.2, 400) - 0.1).abs() < 1e-12 && (total(0.05, 1600) - 0.1).abs() < 1e-12);
    }
}

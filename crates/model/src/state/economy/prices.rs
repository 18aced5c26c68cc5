//! Prices of a tick.

use serde::{Deserialize, Serialize};

use crate::state::sector::SectorState;
use tripath_engine::math;

/// Prices of a sector's goods in a tick, and what households and enterprises at home bought of whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Prices {
    /// What buyers at home paid a unit, home and foreign goods together, after subsidies.
    pub buyer: f64,
    /// What producers got a unit, less output subsidies: the price at which output counts.
    pub producer: f64,
    /// Log quality of home goods, and of foreign ones.
    pub quality: [f64; 2],
    /// Home goods, to buyers.
    pub home: f64,
    /// Foreign goods, in home money.
    pub foreign: f64,
    /// Part of what buyers at home spent that went to home goods.
    pub home_part: f64,
}

impl Prices {
    /// Those of a sector once goods have been sold.
    pub(crate) fn of(state: &SectorState, exchange_rate: f64) -> Self {
        let at_home = state.sales - state.exports - state.procured - state.subsidies;
        Self {
            buyer: state.buyer_price,
            producer: math::ratio(state.sales - state.subsidies, state.output, state.price),
            quality: [state.quality, state.foreign_quality],
            home: state.seller_price * (1.0 - state.subsidy_rate),
            foreign: state.foreign_price * exchange_rate,
            home_part: math::ratio(at_home, at_home + state.imports, 1.0).clamp(0.0, 1.0),
        }
    }

    /// Growth factor of what buyers pay since the last tick, good by good: `h p_h/p_h' + (1 − h) p_f/p_f'`, `h` the part spent on home goods then.
    ///
    /// A change of supplier is no change of price. Better goods are cheaper ones by `quality_weight` of a log point each.
    pub fn growth_since(&self, last: &Self, quality_weight: f64) -> f64 {
        let growth = |now: f64, before: f64, side: usize| {
            math::ratio(now, before, 1.0) * math::exp(-quality_weight * (self.quality[side] - last.quality[side]))
        };
        last.home_part * growth(self.home, last.home, 0) + (1.0 - last.home_part) * growth(self.foreign, last.foreign, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_supplier_is_no_change_of_price() {
        let last = Prices { home: 2.0, foreign: 1.0, home_part: 0.75, buyer: 1.6, ..Prices::default() };
        // Half of what was bought at home comes from abroad now: what buyers pay a unit falls, prices do not.
        assert_eq!(Prices { home_part: 0.4, buyer: 1.2, ..last }.growth_since(&last, 0.5), 1.0);
        // Home goods a tenth dearer, foreign ones a fifth: 0.75 × 1.1 + 0.25 × 1.2.
        assert!((Prices { home: 2.2, foreign: 1.2, ..last }.growth_since(&last, 0.5) - 1.125).abs() < 1e-12);
        // Home goods are better by 0.2 log points: by half of it they count as cheaper.
        let better = Prices { quality: [0.2, 0.0], ..last };
        assert!((better.growth_since(&last, 0.5) - (0.75 * math::exp(-0.1) + 0.25)).abs() < 1e-12);
        assert_eq!(better.growth_since(&last, 0.0), 1.0);
    }
}

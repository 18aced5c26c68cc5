//! Prices of a tick, and what is made at those of the last one.

use serde::{Deserialize, Serialize};

use crate::state::calendar::Tables;
use crate::state::sector::{SectorState, Sectors};
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
    pub(super) fn of(state: &SectorState, exchange_rate: f64) -> Self {
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

/// A sector's output and inputs at the last tick's prices.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Values {
    /// Output.
    pub(super) output: f64,
    /// Inputs as they were delivered: what was rationed is not used.
    pub(super) inputs: f64,
    /// Of its output, what home enterprises used.
    pub(super) used_at_home: f64,
    /// Value added with quality counted: of what is made less of what it is made of.
    pub(super) adjusted: f64,
}

impl Values {
    /// Value added.
    pub(super) fn added(&self) -> f64 {
        self.output - self.inputs
    }
}

/// Values of all sectors at the last tick's prices; with quality counted, a log point of it counts as `quality_weight` of volume.
pub(super) fn at_last_prices(tables: &Tables, sectors: &Sectors, last: &[Prices], quality_weight: f64) -> Vec<Values> {
    let better = |now: f64, before: f64| math::exp(quality_weight * (now - before));
    let gains: Vec<[f64; 2]> = sectors
        .iter()
        .zip(last)
        .map(|(state, last)| {
            let [home, foreign] = last.quality;
            let made = better(state.quality, home);
            let part = state.delivered_home_share.clamp(0.0, 1.0);
            [made, part * made + (1.0 - part) * better(state.foreign_quality, foreign)]
        })
        .collect();
    let mut values = vec![Values::default(); sectors.len()];
    for (index, sector) in sectors.iter().enumerate() {
        let output = sector.output * last[index].producer;
        values[index].output = output;
        values[index].adjusted += output * gains[index][0];
        for (input, (need, supplier)) in tables.inputs[index].iter().zip(sectors.iter()).enumerate() {
            // Quantity first: after thousands of years of learning the units of one good at the price of another are more than a number holds.
            let used = sector.output * need * supplier.fill / sector.learning * last[input].buyer;
            values[index].inputs += used;
            values[index].adjusted -= used * gains[input][1];
            values[input].used_at_home += used * supplier.delivered_home_share.clamp(0.0, 1.0);
        }
    }
    values
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

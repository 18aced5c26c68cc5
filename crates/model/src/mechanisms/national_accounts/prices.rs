//! What is made in a tick, at prices of the last one.

use crate::state::economy::Prices;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use tripath_engine::math;

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

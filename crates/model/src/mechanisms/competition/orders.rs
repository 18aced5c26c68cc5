//! Orders of a batch of enterprises, and what they can fill of them, side by side.

use crate::rules::production::capacity;
use crate::rules::sector_view::SectorView;
use crate::state::enterprise::{Identity, Operation, Plant, Position, Technology};
use tripath_engine::parallel::BATCH;
use tripath_engine::{batch, math};

batch! {
    /// Orders of a batch of enterprises, field by field.
    pub(super) struct Orders[BATCH] {
        /// Market share, and what those of the sector sum to.
        share: f64 = position.share => position.share,
        share_sum: f64 = sector.share_sum,
        /// Orders of the sector, and then of the enterprise.
        pub(super) orders: f64 = sector.orders,
        capital: f64 = plant.capital,
        capital_factor: f64 = technology.capital_factor,
        capital_output: f64 = sector.capital_output,
        learning: f64 = sector.learning,
        price: f64 = position.price,
        /// Output per person and year, before learning.
        productivity: f64 = technology.productivity,
        pub(super) filled: f64 => operation.output,
        unfilled: f64 => position.unfilled,
        /// Values at own prices of what is filled and of spare capacity.
        pub(super) filled_value: f64,
        pub(super) spare_value: f64,
        pub(super) spare: f64,
        pub(super) short: f64,
        /// Person-years before learning that take what is filled, spare capacity, and all capacity, if all of their work varied with output.
        pub(super) filled_work: f64,
        pub(super) spare_work: f64,
        pub(super) capacity_work: f64,
    }
    gather(who: Identity, technology: Technology, plant: Plant, position: Position; sectors: &[SectorView]) {
        let sector = &sectors[usize::from(who.sector)];
    }
    write(position: Position, operation: Operation)
}

impl Orders {
    /// Shares that sum to 1, and orders by them.
    #[inline(always)]
    pub(super) fn split(&mut self) {
        for at in 0..BATCH {
            self.share[at] /= self.share_sum[at];
            self.orders[at] *= self.share[at];
        }
    }

    /// What each can fill.
    #[inline(always)]
    pub(super) fn fill(&mut self, years: f64) {
        for at in 0..BATCH {
            let (orders, price) = (self.orders[at], self.price[at]);
            let (capital, capital_factor, capital_output) = (self.capital[at], self.capital_factor[at], self.capital_output[at]);
            let capacity = capacity(capital, capital_factor, capital_output, self.learning[at], years);
            let filled = orders.min(capacity);
            let (short, spare) = (orders - filled, capacity - filled);
            self.filled[at] = filled;
            self.unfilled[at] = math::ratio(short, orders, 0.0);
            self.filled_value[at] = filled * price;
            self.spare[at] = spare;
            self.spare_value[at] = spare * price;
            self.short[at] = short;
            self.filled_work[at] = filled / self.productivity[at];
            self.spare_work[at] = spare / self.productivity[at];
            self.capacity_work[at] = capacity / self.productivity[at];
        }
    }
}

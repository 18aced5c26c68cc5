//! Orders of a batch of enterprises, and what they can fill of them, side by side.

use tripath_engine::math;
use tripath_engine::parallel::BATCH;

use super::demand::capacity;

/// Orders of a batch of enterprises, field by field.
pub(super) struct Orders {
    /// Market shares, and what those of the sector sum to.
    pub(super) share: [f64; BATCH],
    pub(super) share_sum: [f64; BATCH],
    /// Orders of the sector, and then of the enterprise.
    pub(super) orders: [f64; BATCH],
    pub(super) capital: [f64; BATCH],
    pub(super) capital_factor: [f64; BATCH],
    pub(super) capital_output: [f64; BATCH],
    pub(super) learning: [f64; BATCH],
    pub(super) price: [f64; BATCH],
    /// Output per person and year, before learning.
    pub(super) productivity: [f64; BATCH],
    pub(super) filled: [f64; BATCH],
    pub(super) unfilled: [f64; BATCH],
    /// Values at own prices of what is filled and of spare capacity.
    pub(super) filled_value: [f64; BATCH],
    pub(super) spare_value: [f64; BATCH],
    pub(super) spare: [f64; BATCH],
    pub(super) short: [f64; BATCH],
    /// Person-years before learning that take what is filled, spare capacity, and all capacity, if all of their work varied with output.
    pub(super) filled_work: [f64; BATCH],
    pub(super) spare_work: [f64; BATCH],
    pub(super) capacity_work: [f64; BATCH],
}

impl Orders {
    pub(super) fn new() -> Self {
        let none = [0.0; BATCH];
        Self {
            share: none,
            share_sum: none,
            orders: none,
            capital: none,
            capital_factor: none,
            capital_output: none,
            learning: none,
            price: none,
            productivity: none,
            filled: none,
            unfilled: none,
            filled_value: none,
            spare_value: none,
            spare: none,
            short: none,
            filled_work: none,
            spare_work: none,
            capacity_work: none,
        }
    }

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

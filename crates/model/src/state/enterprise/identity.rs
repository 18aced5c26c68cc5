//! Who an enterprise is: id, sector, region, status, and what it is known for.

use bevy_ecs::prelude::Component;
use serde::{Deserialize, Serialize};

use crate::parameters::Government;

/// Where an enterprise stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// Founded: the plant is under construction, nothing is sold yet.
    #[default]
    Founding,
    /// At work.
    Active,
    /// Its books are closed, and it leaves the table before the tick ends.
    Closed,
}

/// Enterprises that are listed on the exchange, as [`Identity::listed`] says: for queries, which find them by it.
#[derive(Debug, Clone, Copy, Default, Component)]
#[component(storage = "SparseSet")]
pub struct Listed;

/// Who an enterprise is.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Identity {
    /// Stable id.
    pub id: u64,
    /// Tick of birth; below 0 for those there at the start.
    pub born: i32,
    /// Sector.
    pub sector: u16,
    /// Region.
    pub region: u16,
    /// Bank.
    pub bank: u16,
    /// Financing rounds so far.
    pub rounds: u8,
    /// Board, where listed or waiting.
    pub board: u8,
    /// Stage of life.
    pub status: Status,
    /// Client of a think tank in this tick.
    pub advised: bool,
    /// A think tank has published a report on it.
    pub researched: bool,
    /// Place of the think tank whose client it is.
    pub adviser: u16,
    /// Listed on the exchange.
    pub listed: bool,
    /// Waits for approval of a listing.
    pub queued: bool,
    /// In an investment spell.
    pub expanding: bool,
    /// Tick of the application to list, and after listing the tick of listing.
    pub listing_tick: u32,
    /// Public money received over sales, averaged over `government.support_years`.
    pub support: f64,
}

impl Identity {
    /// Public money of a tick joins the average: `s + w (min(money/sales, 1) − s)`, `w` the weight of a tick.
    ///
    /// Grants, mission contracts and rescues count; what comes without asking (credits, interest relief, subsidies on fixed capital) marks nobody.
    #[inline]
    pub fn remember_support(&mut self, money: f64, sales: f64, weight: f64) {
        self.support = remembered_support(self.support, money, sales, weight);
    }

    /// How far the enterprise counts as supported by the state: `min(s / threshold, 1)`.
    #[inline]
    pub fn standing(&self, government: &Government) -> f64 {
        (self.support / government.support_threshold).min(1.0)
    }

    /// Whether public money reaches the threshold from which an enterprise counts as supported.
    #[inline]
    pub fn supported(&self, government: &Government) -> bool {
        self.support >= government.support_threshold
    }

    /// Whether its books are closed.
    #[inline]
    pub fn closed(&self) -> bool {
        self.status == Status::Closed
    }

    /// Whether the enterprise is at work.
    #[inline]
    pub fn active(&self) -> bool {
        self.status == Status::Active
    }

    /// Age in ticks.
    pub fn age_ticks(&self, tick: u32) -> f64 {
        f64::from(tick as i32 - self.born)
    }
}

/// Average of public money received over sales, with that of a tick ([`Identity::remember_support`]).
#[inline(always)]
pub(crate) fn remembered_support(support: f64, money: f64, sales: f64, weight: f64) -> f64 {
    let received = if money > 0.0 { (money / sales.max(money)).min(1.0) } else { 0.0 };
    support + weight * (received - support)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_comes_and_goes() {
        let government = Government { support_threshold: 0.02, ..Government::default() };
        let mut who = Identity::default();
        // 40 for sales of 100, a tenth of the average: 0.04, twice the threshold.
        who.remember_support(40.0, 100.0, 0.1);
        assert!((who.support - 0.04).abs() < 1e-12 && who.supported(&government) && who.standing(&government) == 1.0);
        // Ten ticks without leave 0.04 x 0.9^10 = 0.01395: seven tenths of what counts in full.
        for _ in 0..10 {
            who.remember_support(0.0, 100.0, 0.1);
        }
        assert!((who.standing(&government) - 2.0 * 0.348_678_440_1).abs() < 1e-12 && !who.supported(&government));
        // Money without sales counts as all that there was.
        let mut founded = Identity::default();
        founded.remember_support(5.0, 0.0, 0.1);
        assert_eq!(founded.support, 0.1);
    }
}

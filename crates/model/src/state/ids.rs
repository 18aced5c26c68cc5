//! Stable ids. An id is never used again. Ids of enterprises follow from their birth
//! ([`stable_id`]).

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

/// Stable id: birth tick (0 for those there at the start), sector and order of birth. Two scenarios of one
/// seed give the same id, and so the same draws, to the same entrant, whatever happens elsewhere.
pub fn stable_id(birth_tick: Option<u32>, sector: usize, order: u32) -> u64 {
    let time = birth_tick.map_or(0, |tick| u64::from(tick) + 1);
    (time << 32) | ((sector as u64) << 24) | u64::from(order + 1)
}

/// Whether an enterprise was born at a tick or later, by its stable id; those there at the start were not.
pub fn born_from(id: u64, tick: u32) -> bool {
    id >> 32 > u64::from(tick)
}

/// Hands out ids.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Registry {
    next_fund: u64,
    next_deal: u64,
    /// Enterprises that failed and were kept going, reorganised or rescued, with the tick, in the order of ticks.
    kept_going: Vec<(u64, u32)>,
}

impl Registry {
    /// A registry whose first funds already have the ids from 1.
    pub fn after_funds(funds: u64) -> Self {
        Self { next_fund: funds, ..Self::default() }
    }

    /// Whether an enterprise failed and was kept going since a tick.
    pub fn was_kept_going(&self, id: u64, since: u32) -> bool {
        self.kept_going.iter().any(|(kept, tick)| *kept == id && *tick >= since)
    }

    /// Remembers that an enterprise failed and was kept going; what was before `since` is forgotten.
    pub fn keep_going(&mut self, id: u64, tick: u32, since: u32) {
        self.kept_going.retain(|(_, tick)| *tick >= since);
        self.kept_going.push((id, tick));
    }

    /// A new id of a fund.
    pub fn fund(&mut self) -> u64 {
        self.next_fund += 1;
        self.next_fund
    }

    /// A new id of a deal.
    pub fn deal(&mut self) -> u64 {
        self.next_deal += 1;
        self.next_deal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_kept_going_is_known_for_a_time() {
        let mut registry = Registry::default();
        registry.keep_going(7, 10, 0);
        assert!(registry.was_kept_going(7, 10) && !registry.was_kept_going(7, 11) && !registry.was_kept_going(8, 0));
        registry.keep_going(8, 50, 11);
        assert_eq!(registry.kept_going, [(8, 50)]);
    }
}

//! Stable ids. A row in a table may be used again; an id never is. Ids of enterprises follow from their birth
//! ([`crate::enterprise::stable_id`]).

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

/// Hands out ids and vacant rows.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Registry {
    next_fund: u64,
    next_deal: u64,
    /// Rows of closed enterprises, free for entrants. The last is used first.
    pub vacant_rows: Vec<u32>,
}

impl Registry {
    /// A registry whose first funds already have the ids from 1.
    pub fn after_funds(funds: u64) -> Self {
        Self { next_fund: funds, ..Self::default() }
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

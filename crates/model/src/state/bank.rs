//! Banks and their rates.

use bevy_ecs::prelude::{Component, Resource};
use serde::{Deserialize, Serialize};

/// A bank.
#[derive(Debug, Clone, Copy, PartialEq, Component, Serialize, Deserialize)]
pub struct Bank {
    /// Its account in the ledger.
    pub index: u16,
    /// Deposits of customers at the last close.
    pub deposits: f64,
    /// Reserves at the last close.
    pub reserves: f64,
    /// What the state paid for its rescue and has not got back: owners get nothing before.
    pub owed: f64,
}

/// Interest rates of the tick, a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Rates {
    /// Policy rate.
    pub policy: f64,
    /// Deposits.
    pub deposit: f64,
    /// Bonds.
    pub bond: f64,
    /// Loans lost a year over loans, averaged over three years: what lenders count on.
    pub expected_loss: f64,
}

impl Rates {
    /// Rate on a loan to an enterprise of the given leverage: policy rate, spread, leverage spread, expected loss.
    #[inline(always)]
    pub fn loan(&self, leverage: f64, base_spread: f64, leverage_spread: f64) -> f64 {
        self.policy + base_spread + leverage_spread * leverage + self.expected_loss
    }
}

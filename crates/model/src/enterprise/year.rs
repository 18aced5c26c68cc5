//! What enterprises did since the year began: a panel shows it, and nothing else needs it.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use super::Operation;

/// What it did since the year began, for tables: facts about enterprises are published by year.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct YearAccount {
    /// Sales.
    pub sales: f64,
    /// Value added.
    pub value_added: f64,
    /// Spent on fixed capital.
    pub investment: f64,
    /// Net profit after tax.
    pub profit: f64,
    /// Grants and subsidies received, credits included.
    pub subsidies: f64,
}

impl YearAccount {
    /// Adds the flows of a tick.
    pub fn add(&mut self, operation: &Operation, investment: f64, subsidies: f64) {
        self.sales += operation.sales;
        self.value_added += operation.value_added;
        self.investment += investment;
        self.profit += operation.profit;
        self.subsidies += subsidies;
    }
}

/// Flows of the year so far and interest paid in the tick, by row of the table of enterprises. Empty where no panel is recorded.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct YearAccounts {
    accounts: Vec<YearAccount>,
    interest: Vec<f64>,
}

impl YearAccounts {
    /// Accounts of so many rows.
    pub(super) fn open(&mut self, rows: usize) -> &mut [YearAccount] {
        self.accounts.resize(rows, YearAccount::default());
        &mut self.accounts
    }

    /// Interest of so many rows, to be noted when it is paid.
    pub(super) fn open_interest(&mut self, rows: usize) -> &mut [f64] {
        self.interest.resize(rows, 0.0);
        &mut self.interest
    }

    /// The account of a row; empty where none is kept.
    pub fn of(&self, row: usize) -> YearAccount {
        self.accounts.get(row).copied().unwrap_or_default()
    }

    /// Interest that the enterprise in a row paid in this tick.
    pub fn interest(&self, row: usize) -> f64 {
        self.interest.get(row).copied().unwrap_or(0.0)
    }

    /// Whether none are kept.
    pub fn none(&self) -> bool {
        self.accounts.is_empty()
    }
}

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

/// Flows of the year so far, by row of the table of enterprises. Empty where no panel is recorded.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct YearAccounts(Vec<YearAccount>);

impl YearAccounts {
    /// Accounts of so many rows.
    pub(super) fn open(&mut self, rows: usize) -> &mut [YearAccount] {
        self.0.resize(rows, YearAccount::default());
        &mut self.0
    }

    /// The account of a row; empty where none is kept.
    pub fn of(&self, row: usize) -> YearAccount {
        self.0.get(row).copied().unwrap_or_default()
    }

    /// Whether none are kept.
    pub fn none(&self) -> bool {
        self.0.is_empty()
    }
}

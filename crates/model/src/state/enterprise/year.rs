//! What enterprises did since the year began: a panel shows it, and nothing else needs it.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::observe::EnterpriseSample;
use crate::state::calendar::Calendar;
use tripath_engine::math;

use super::components::{Attention, Operation, Pipeline, Position, Technology, TickAccount};
use super::identity::Identity;

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

/// An enterprise that has closed: what its last row in the panel shows. It has no stocks any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClosedEnterprise {
    /// Tick in which it closed.
    pub tick: u32,
    /// Who it was.
    pub who: Identity,
    /// What it knew.
    pub technology: Technology,
    /// Its last price and mark-up.
    pub position: Position,
    /// What it looked to.
    pub attention: Attention,
    /// What it did in its last tick.
    pub operation: Operation,
    /// Its accounts of that tick.
    pub account: TickAccount,
    /// R&D in that tick.
    pub rd: f64,
    /// Interest paid in that tick.
    pub interest: f64,
    /// Flows of the year, that tick included.
    pub year: YearAccount,
}

/// Components of an enterprise that closes, as it still is.
#[derive(Debug, Clone, Copy)]
pub struct Closing<'a> {
    /// Who.
    pub who: &'a Identity,
    /// What it knows.
    pub technology: &'a Technology,
    /// Where it stands.
    pub position: &'a Position,
    /// What it looks to.
    pub attention: &'a Attention,
    /// What it did in the tick.
    pub operation: &'a Operation,
    /// Its R&D.
    pub pipeline: &'a Pipeline,
    /// Its accounts of the tick.
    pub account: &'a TickAccount,
}

/// Flows of the year so far and interest paid in the tick, by row of the table of enterprises. Empty where no panel is recorded.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct YearAccounts {
    accounts: Vec<YearAccount>,
    interest: Vec<f64>,
    /// Closed in this year since the panel was last taken: no more than close in a year.
    closed: Vec<ClosedEnterprise>,
}

impl YearAccounts {
    /// Accounts of so many rows.
    pub(crate) fn open(&mut self, rows: usize) -> &mut [YearAccount] {
        self.accounts.resize(rows, YearAccount::default());
        &mut self.accounts
    }

    /// Interest of so many rows, to be noted when it is paid.
    pub(crate) fn open_interest(&mut self, rows: usize) -> &mut [f64] {
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

    /// Remembers an enterprise that closes, for its last row in the panel.
    pub fn close(&mut self, calendar: &Calendar, row: usize, closing: Closing<'_>) {
        if self.interest.is_empty() {
            return;
        }
        let Closing { who, technology, position, attention, operation, pipeline, account } = closing;
        // The tick joins the year when it is closed, which this enterprise does not see.
        let mut year = if calendar.year_begins() { YearAccount::default() } else { self.of(row) };
        year.add(operation, account.investment, account.subsidies);
        self.closed.push(ClosedEnterprise {
            tick: calendar.tick,
            who: *who,
            technology: *technology,
            position: *position,
            attention: *attention,
            operation: *operation,
            account: *account,
            rd: math::total(pipeline.spent) + account.contract,
            interest: self.interest(row),
            year,
        });
    }

    /// Follows the table of enterprises: the one in `row` leaves it, and the last of so many `rows` takes its place.
    pub(crate) fn swap_remove(&mut self, row: usize, rows: usize) {
        // Those that were founded in this tick have no account before it is closed.
        if !self.accounts.is_empty() {
            self.open(rows);
            self.accounts.swap_remove(row);
        }
        if !self.interest.is_empty() {
            self.open_interest(rows);
            self.interest.swap_remove(row);
        }
    }

    /// Those that closed in this year since the panel was last taken.
    pub fn closed(&self) -> &[ClosedEnterprise] {
        &self.closed
    }

    /// Forgets those that closed in a year that is over, or that an earlier panel has shown.
    pub(crate) fn forget_closed(&mut self, calendar: &Calendar, sample: &EnterpriseSample) {
        let shown = calendar.tick > calendar.burn_in && sample.takes(calendar.recorded_tick() - 1);
        if calendar.year_begins() || shown {
            self.closed.retain(|closed| closed.tick == calendar.tick);
        }
    }

    /// Whether none are kept.
    pub fn none(&self) -> bool {
        self.accounts.is_empty()
    }
}

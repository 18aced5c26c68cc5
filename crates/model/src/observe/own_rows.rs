//! Rows of tables that mechanisms from outside declare.

use std::any::Any;
use std::fmt::Debug;

use super::{Cells, Records, Row, TableSchema};

/// Rows of one such table.
pub trait OwnRows: Debug + Any + Send + Sync {
    /// The table.
    fn schema(&self) -> TableSchema;
    /// Whether there are none.
    fn is_empty(&self) -> bool;
    /// Forgets them.
    fn clear(&mut self);
    /// Hands each to `take`.
    fn each(&self, take: &mut dyn FnMut(&dyn Cells));
    /// Themselves, as rows of their type.
    fn as_any(&mut self) -> &mut dyn Any;
}

/// Rows of a type.
struct RowsOf<R>(Vec<R>);

impl<R: Row> Debug for RowsOf<R> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} rows of {}", self.0.len(), R::TABLE)
    }
}

impl<R: Row + Sync> OwnRows for RowsOf<R> {
    fn schema(&self) -> TableSchema {
        TableSchema::of::<R>()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn clear(&mut self) {
        self.0.clear();
    }

    fn each(&self, take: &mut dyn FnMut(&dyn Cells)) {
        self.0.iter().for_each(|row| take(row));
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl Records {
    /// Adds a row to a table that a mechanism from outside declares. Rows of the burn-in, and of tables that are not kept, are dropped at the end
    /// of the tick.
    pub fn push<R: Row + Sync>(&mut self, row: R) {
        for rows in &mut self.own {
            if let Some(RowsOf(rows)) = rows.as_any().downcast_mut::<RowsOf<R>>() {
                rows.push(row);
                return;
            }
        }
        self.own.push(Box::new(RowsOf(vec![row])));
    }

    /// Tables from outside that got rows.
    pub(crate) fn own_tables(&self) -> impl Iterator<Item = TableSchema> {
        self.own.iter().map(|rows| rows.schema())
    }

    /// Forgets rows of tables from outside: those of the burn-in.
    pub(crate) fn forget_own_tables(&mut self) {
        self.own.iter_mut().for_each(|rows| rows.clear());
    }
}

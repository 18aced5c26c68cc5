//! Rows of tables that mechanisms from outside declare.

use std::any::Any;
use std::fmt::Debug;

use super::{Cells, RecordPlan, Records, Row, TableSchema, TakeRows};

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

/// Rows of a table, with its place among the model's tables once that is known.
#[derive(Debug)]
pub(super) struct Own {
    place: Option<usize>,
    rows: Box<dyn OwnRows>,
}

impl Records {
    /// Adds a row to a table that a mechanism from outside declares. Rows of the burn-in, and of tables that are not kept, are dropped at the end
    /// of the tick.
    pub fn push<R: Row + Sync>(&mut self, row: R) {
        for own in &mut self.own {
            if let Some(RowsOf(rows)) = own.rows.as_any().downcast_mut::<RowsOf<R>>() {
                rows.push(row);
                return;
            }
        }
        self.own.push(Own { place: None, rows: Box::new(RowsOf(vec![row])) });
    }

    /// Tables from outside that got rows.
    pub(crate) fn own_tables(&self) -> impl Iterator<Item = TableSchema> {
        self.own.iter().map(|own| own.rows.schema())
    }

    /// Forgets rows of tables from outside: those of the burn-in.
    pub(crate) fn forget_own_tables(&mut self) {
        self.own.iter_mut().for_each(|own| own.rows.clear());
    }

    /// Finds the places of tables from outside, and drops rows of those that are not kept.
    pub(super) fn place_own_tables(&mut self, plan: &RecordPlan) {
        for own in &mut self.own {
            let schema = own.rows.schema();
            own.place = plan.tables().position(|table| *table == schema);
            if !plan.keeps(schema.name) {
                own.rows.clear();
            }
        }
        self.own.sort_by_key(|own| own.place);
    }

    /// Hands rows of tables from outside over and forgets them.
    pub(super) fn hand_own_to<T: TakeRows>(&mut self, taker: &mut T) -> Result<(), T::Error> {
        for own in self.own.iter_mut().filter(|own| !own.rows.is_empty()) {
            let taken = own.place.map_or(Ok(()), |place| taker.take_own_rows(place, &*own.rows));
            own.rows.clear();
            taken?;
        }
        Ok(())
    }

    /// The same, row by row.
    pub(super) fn take_own<E>(&mut self, mut write: impl FnMut(usize, &dyn Cells) -> Result<(), E>) -> Result<(), E> {
        for own in &mut self.own {
            let mut taken = Ok(());
            if let Some(place) = own.place {
                own.rows.each(&mut |row| {
                    if taken.is_ok() {
                        taken = write(place, row);
                    }
                });
            }
            own.rows.clear();
            taken?;
        }
        Ok(())
    }
}

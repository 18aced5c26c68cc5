//! The table of enterprises: one entity, whose components are columns with a row for each of them.
//!
//! Enterprises are rows and not entities of their own. All have the same components and are found by row, so that what an ECS keeps of
//! each entity, when each of its components changed and where it stands, would be 140 bytes that nobody reads.

use std::ops::{Deref, DerefMut};

use bevy_ecs::prelude::{Component, Mut};
use serde::{Deserialize, Serialize};

/// A part of what all enterprises are and have, in the order of their rows.
#[derive(Debug, Clone, PartialEq, Component, Serialize, Deserialize)]
pub struct Column<T: Send + Sync + 'static>(Vec<T>);

impl<T: Send + Sync + 'static> Default for Column<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Send + Sync + 'static> Column<T> {
    /// A column without rows, and room for so many.
    pub fn with_room(rows: usize) -> Self {
        Self(Vec::with_capacity(rows))
    }
}

impl<T: Send + Sync + 'static> Deref for Column<T> {
    type Target = Vec<T>;
    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T: Send + Sync + 'static> DerefMut for Column<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

/// Columns as slices: for loops, which index them by row.
pub(crate) trait Slices {
    /// A slice, or a tuple of them.
    type Out;
    /// All rows.
    fn slices(self) -> Self::Out;
}

impl<'a, T: Send + Sync + 'static> Slices for &'a Column<T> {
    type Out = &'a [T];
    fn slices(self) -> &'a [T] {
        &self.0
    }
}

impl<'a, T: Send + Sync + 'static> Slices for Mut<'a, Column<T>> {
    type Out = &'a mut [T];
    fn slices(self) -> &'a mut [T] {
        &mut self.into_inner().0
    }
}

/// Columns that grow together.
pub(crate) trait Grow {
    /// Adds empty rows at the end until there are so many.
    fn grow(&mut self, rows: usize);
}

impl<T: Default + Send + Sync + 'static> Grow for Mut<'_, Column<T>> {
    fn grow(&mut self, rows: usize) {
        if rows > self.0.capacity() {
            // By an eighth and not by as much again: columns are most of the memory of a big world.
            let more = rows + rows / 8 - self.0.len();
            self.0.reserve_exact(more);
        }
        self.0.resize_with(rows, T::default);
    }
}

macro_rules! slices_of_tuples {
    ($(($($name:ident),+))+) => {$(
        impl<$($name: Slices),+> Slices for ($($name,)+) {
            type Out = ($($name::Out,)+);
            fn slices(self) -> Self::Out {
                #[allow(non_snake_case, reason = "a macro names values as their types")]
                let ($($name,)+) = self;
                ($($name.slices(),)+)
            }
        }

        impl<$($name: Grow),+> Grow for ($($name,)+) {
            fn grow(&mut self, rows: usize) {
                #[allow(non_snake_case, reason = "a macro names values as their types")]
                let ($($name,)+) = self;
                $($name.grow(rows);)+
            }
        }
    )+};
}
slices_of_tuples! {
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
    (A, B, C, D, E, F, G)
    (A, B, C, D, E, F, G, H)
    (A, B, C, D, E, F, G, H, I)
    (A, B, C, D, E, F, G, H, I, J)
    (A, B, C, D, E, F, G, H, I, J, K)
    (A, B, C, D, E, F, G, H, I, J, K, L)
}

/// Slice of a component of entities that stand in one table, to write; `None` where there is no entity.
macro_rules! slice_mut {
    ($query:expr) => {
        $query.contiguous_iter_mut().ok().and_then(|mut tables| tables.next())
    };
}
pub(crate) use slice_mut;

//! Enterprises as rows: all stand in one table of the ECS, and loops take its columns as slices.
//!
//! All enterprises have the same table components, so that they stand in one table and each component of them is one slice; the parts of an
//! enterprise stand in the same row of each. What only some have must be a sparse-set component: a table component that is inserted on some
//! enterprises would move them to another table. [`Broken`] is how a run ends that did so.

use bevy_ecs::change_detection::ContiguousMut;
use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::{Component, Entity, Query, With};
use bevy_ecs::query::{ContiguousQueryData, ReadOnlyQueryData};
use bevy_ecs::system::SystemParam;

use crate::enterprise::Identity;

/// Components of all enterprises: `Rows<(&'static Technology, &'static mut Position)>` gives `(&[Technology], &mut [Position])`.
#[derive(SystemParam)]
pub struct Rows<'w, 's, D: Parts> {
    all: Query<'w, 's, D, With<Identity>>,
}

impl<'w, D: Parts> Rows<'w, '_, D> {
    /// All rows. Change detection is passed by: nobody asks which enterprise has changed, for all do in every tick.
    pub fn slices(self) -> D::Slices<'w> {
        let mut tables = self.all.contiguous_iter_inner().into_iter().flatten();
        tables.next().map_or_else(Default::default, D::slices)
    }

    /// All rows, to read again and again.
    pub fn read(&self) -> D::Slices<'w>
    where
        D: ReadOnlyQueryData,
    {
        Rows { all: self.all }.slices()
    }
}

/// Components whose columns can be taken as slices: references to them, [`Entity`], and tuples of these.
pub trait Parts: ContiguousQueryData + 'static {
    /// A slice, or a tuple of them; empty where there is no enterprise.
    type Slices<'w>: Default;
    /// All rows of a table.
    fn slices<'w, 's>(table: Self::Contiguous<'w, 's>) -> Self::Slices<'w>;
}

impl Parts for Entity {
    type Slices<'w> = &'w [Entity];
    fn slices<'w, 's>(table: Self::Contiguous<'w, 's>) -> Self::Slices<'w> {
        table
    }
}

impl<T: Component> Parts for &'static T {
    type Slices<'w> = &'w [T];
    fn slices<'w, 's>(table: Self::Contiguous<'w, 's>) -> Self::Slices<'w> {
        table
    }
}

impl<T: Component<Mutability = Mutable>> Parts for &'static mut T {
    type Slices<'w> = &'w mut [T];
    fn slices<'w, 's>(table: Self::Contiguous<'w, 's>) -> Self::Slices<'w> {
        ContiguousMut::split(table).0
    }
}

macro_rules! parts_of_tuples {
    ($(($($name:ident),+))+) => {$(
        impl<$($name: Parts),+> Parts for ($($name,)+) {
            type Slices<'w> = ($($name::Slices<'w>,)+);
            #[allow(non_snake_case, reason = "a macro names values as their types")]
            fn slices<'w, 's>(($($name,)+): Self::Contiguous<'w, 's>) -> Self::Slices<'w> {
                ($($name::slices($name),)+)
            }
        }
    )+};
}
parts_of_tuples! {
    (A)
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

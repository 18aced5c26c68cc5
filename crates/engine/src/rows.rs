//! Tables of entities as slices: entities of a kind that have the same table components stand in one table of the ECS, and loops take its columns.
//!
//! Each component of them is one slice; the parts of an entity stand in the same row of each. A table component that only some have would split the
//! table: what only some have is a sparse-set component.

use bevy_ecs::change_detection::ContiguousMut;
use bevy_ecs::component::Mutable;
use bevy_ecs::entity::Entities;
use bevy_ecs::prelude::{Component, Entity, Query};
use bevy_ecs::query::{ArchetypeFilter, ContiguousQueryData, ReadOnlyQueryData};
use bevy_ecs::system::SystemParam;

/// Components of all entities that a filter lets through: `Rows<(&'static A, &'static mut B), With<A>>` gives `(&[A], &mut [B])`.
#[derive(SystemParam)]
pub struct Rows<'w, 's, D: Parts, F: ArchetypeFilter + 'static> {
    all: Query<'w, 's, D, F>,
}

impl<'w, D: Parts, F: ArchetypeFilter + 'static> Rows<'w, '_, D, F> {
    /// All rows. Change detection is passed by: nobody asks which entity has changed, for all do in every tick.
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

/// Where entities stand: the row of each in its table. Rows are for loops within a tick; what is kept for longer is the entity, for the last
/// row takes the place of one that leaves.
#[derive(Debug, Clone, Copy, SystemParam)]
pub struct RowOf<'w> {
    entities: &'w Entities,
}

impl RowOf<'_> {
    /// The row of an entity; none where it is gone.
    #[inline]
    pub fn get(self, entity: Entity) -> Option<usize> {
        Some(self.entities.get_spawned(entity).ok()?.table_row.index())
    }
}

/// How a reference to an entity is written in a checkpoint: `#[serde(with = "as_bits")]`.
pub mod as_bits {
    use bevy_ecs::prelude::Entity;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// As a number.
    pub fn serialize<S: Serializer>(entity: &Entity, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(entity.to_bits())
    }

    /// From a number.
    pub fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Entity, D::Error> {
        Entity::try_from_bits(u64::deserialize(from)?).ok_or_else(|| D::Error::custom("a reference to an entity is none"))
    }
}

/// Components whose columns can be taken as slices: references to them, [`Entity`], and tuples of these.
pub trait Parts: ContiguousQueryData + 'static {
    /// A slice, or a tuple of them; empty where there is no entity.
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
#[macro_export]
macro_rules! slice_mut {
    ($query:expr) => {
        $query.contiguous_iter_mut().ok().and_then(|mut tables| tables.next())
    };
}

//! Enterprises as rows: all stand in one table of the ECS, and loops take its columns as slices.
//!
//! All enterprises have the same table components, so that each component of them is one slice; the parts of an enterprise stand in the same
//! row of each. What only some have must be a sparse-set component (as [`Listed`](super::identity::Listed)): a table component that is
//! inserted on some enterprises moves them to another table, and the run ends in that tick
//! ([`ModelError::Table`](crate::simulation::ModelError::Table)).

use bevy_ecs::change_detection::ContiguousMut;
use bevy_ecs::component::Mutable;
use bevy_ecs::entity::Entities;
use bevy_ecs::prelude::{Component, Entity, Query, Res, With};
use bevy_ecs::query::{ContiguousQueryData, ReadOnlyQueryData};
use bevy_ecs::system::SystemParam;

use crate::state::technology::Projects;

use super::identity::Identity;
use super::register::Register;

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

/// Where enterprises stand: the row of each in the table. Rows are for loops within a tick; what is kept for longer is the entity, for the last
/// row takes the place of one that leaves.
#[derive(Debug, Clone, Copy, SystemParam)]
pub struct RowOf<'w> {
    entities: &'w Entities,
}

impl RowOf<'_> {
    /// The row of an enterprise; none where it is gone.
    #[inline]
    pub fn get(self, enterprise: Entity) -> Option<usize> {
        Some(self.entities.get_spawned(enterprise).ok()?.table_row.index())
    }
}

/// What the table of enterprises and the stores that are kept by its rows must agree on.
#[derive(SystemParam)]
pub(crate) struct TableCheck<'w, 's> {
    enterprises: Query<'w, 's, &'static Identity, With<Identity>>,
    projects: Res<'w, Projects>,
    register: Res<'w, Register>,
}

impl TableCheck<'_, '_> {
    /// What is wrong; nothing where all enterprises stand in one table, with a row of projects for each.
    pub(crate) fn fault(&self) -> Option<String> {
        let tables: Vec<usize> = self.enterprises.contiguous_iter().into_iter().flatten().map(<[Identity]>::len).collect();
        if tables.len() > 1 {
            return Some(format!(
                "{tables:?} enterprises stand in {} tables: what only some of them have must be a sparse-set component",
                tables.len()
            ));
        }
        let rows = tables.first().copied().unwrap_or(0);
        if self.projects.rows() != Some(rows) {
            return Some(format!("there are {rows} enterprises, and projects for {}", self.projects.rows().unwrap_or(0)));
        }
        (!self.register.ends_within(rows)).then(|| format!("there are {rows} enterprises, and the register has owners of more"))
    }
}

/// Whether the table of enterprises is as it must be: a phase is left out where it is not, and the tick then ends by name.
pub(crate) fn table_is_whole(table: TableCheck) -> bool {
    table.fault().is_none()
}

/// How a reference to an enterprise is written in a checkpoint: `#[serde(with = "as_bits")]`.
pub mod as_bits {
    use bevy_ecs::prelude::Entity;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// As a number.
    pub fn serialize<S: Serializer>(entity: &Entity, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(entity.to_bits())
    }

    /// From a number.
    pub fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Entity, D::Error> {
        Entity::try_from_bits(u64::deserialize(from)?).ok_or_else(|| D::Error::custom("a reference to an enterprise is none"))
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

//! The table of enterprises: what each is and has, a component a part.

use bevy_ecs::prelude::{Bundle, Entity, World};
use bevy_ecs::system::SystemState;
use serde::{Deserialize, Serialize};

use crate::state::technology::Projects;
use tripath_engine::rows::Parts;
use tripath_engine::vectors::fetch;

use super::components::{Attention, Equity, Experience, Operation, Pipeline, Plant, Position, Technology, TickAccount, Treasury};
use super::identity::{Identity, Listed};
use super::register::Register;
use super::rows::Rows;

macro_rules! table {
    ($($(#[$meaning:meta])* $part:ident: $type:ty),+ $(,)?) => {
        /// An enterprise, all parts together, as it is spawned: one that has no projects yet.
        #[derive(Debug, Clone, Copy, Default, Bundle)]
        pub struct Enterprise {
            $($(#[$meaning])* pub $part: $type,)+
        }

        impl Enterprise {
            /// Bytes of what it is and has, its projects included.
            pub const BYTES: usize = size_of::<Self>() + Projects::ROW_BYTES;
        }

        /// All components of an enterprise, to read.
        pub type Columns = ($(&'static $type,)+);

        /// Asks memory for all components of the enterprise in a row.
        pub(crate) fn fetch_row(($($part,)+): <Columns as Parts>::Slices<'_>, row: usize) {
            $(fetch(&$part[row]);)+
        }

        /// All enterprises in the order of their rows, apart from the world: what a checkpoint holds of them.
        #[derive(Debug, Default, Serialize, Deserialize)]
        pub(crate) struct Enterprises {
            $($part: Vec<$type>,)+
            projects: Projects,
            register: Register,
        }

        impl Enterprises {
            /// A copy of those of a world.
            pub(crate) fn copy(world: &mut World) -> Self {
                let mut state = SystemState::<Rows<Columns>>::new(world);
                let (projects, register) = (world.resource::<Projects>().clone(), world.resource::<Register>().clone());
                let ($($part,)+) = state.get(world).map(Rows::slices).unwrap_or_default();
                Self { $($part: $part.to_vec(),)+ projects, register }
            }

            /// Number of rows; `None` where columns differ in it, or projects and the register do not fit them.
            pub(crate) fn rows(&self) -> Option<usize> {
                let rows = self.identity.len();
                let alike = [$(self.$part.len()),+].iter().all(|other| *other == rows) && self.projects.rows() == Some(rows);
                (alike && self.register.fits(rows)).then_some(rows)
            }

            /// Puts them into a world that has none; returns them as entities, in the order of their rows.
            pub(crate) fn settle(mut self, world: &mut World) -> Vec<Entity> {
                self.register.note();
                world.insert_resource(self.register);
                world.insert_resource(self.projects);
                let entities: Vec<Entity> =
                    world.spawn_batch((0..self.identity.len()).map(|row| Enterprise { $($part: self.$part[row],)+ })).collect();
                for (entity, _) in entities.iter().zip(&self.identity).filter(|(_, who)| who.listed) {
                    world.entity_mut(*entity).insert(Listed);
                }
                entities
            }
        }
    };
}

table! {
    /// Who it is.
    identity: Identity,
    /// What it knows.
    technology: Technology,
    /// Where it stands in its market.
    position: Position,
    /// What it did in this tick.
    operation: Operation,
    /// Its plant.
    plant: Plant,
    /// Its money.
    treasury: Treasury,
    /// Its R&D.
    pipeline: Pipeline,
    /// Its attention.
    attention: Attention,
    /// What the paths of return paid it.
    experience: Experience,
    /// What it is worth.
    equity: Equity,
    /// Its account of the tick.
    account: TickAccount,
}

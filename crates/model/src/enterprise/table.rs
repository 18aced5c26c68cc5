//! The table of enterprises: what each is and has, a column a part.

use bevy_ecs::prelude::Bundle;
use serde::{Deserialize, Serialize};

use crate::columns::Column;
use crate::technology::Projects;

use super::{Attention, Equity, Experience, Identity, Operation, Pipeline, Plant, Position, Register, Technology, TickAccount, Treasury};

macro_rules! table {
    ($($(#[$meaning:meta])* $part:ident: $type:ty),+ $(,)?) => {
        /// An enterprise, all parts together: one that has no projects yet.
        #[derive(Debug, Clone, Copy, Default)]
        pub struct Enterprise {
            $($(#[$meaning])* pub $part: $type,)+
        }

        /// All enterprises: a row for each, in every column. Rows of those that are gone are vacant until an entrant takes them.
        #[derive(Debug, Default, Bundle, Serialize, Deserialize)]
        pub struct Enterprises {
            $($(#[$meaning])* pub $part: Column<$type>,)+
            /// Their projects under way.
            pub projects: Projects,
            /// Their owners, where there are others than founders.
            pub register: Register,
        }

        /// Columns of all enterprises, their projects and the register of owners, to read.
        pub type Columns<'a> = ($(&'a Column<$type>,)+ &'a Projects, &'a Register);

        impl Enterprises {
            /// Bytes of a row in all columns, projects included.
            pub const ROW_BYTES: usize = size_of::<Enterprise>() + Projects::ROW_BYTES;

            /// No enterprises yet, and room for so many.
            pub fn with_room(rows: usize) -> Self {
                Self { $($part: Column::with_room(rows),)+ projects: Projects::with_room(rows), register: Register::default() }
            }

            /// Adds an enterprise at the end.
            pub fn push(&mut self, enterprise: Enterprise) {
                $(self.$part.push(enterprise.$part);)+
                self.projects.push();
            }

            /// A copy of all columns.
            pub fn copy(columns: Columns<'_>) -> Self {
                let ($($part,)+ projects, register) = columns;
                Self { $($part: $part.clone(),)+ projects: projects.clone(), register: register.clone() }
            }

            /// Number of rows; `None` where columns differ in it, or the register does not fit them.
            pub fn rows(&self) -> Option<usize> {
                let rows = self.identity.len();
                let alike = [$(self.$part.len()),+].iter().all(|other| *other == rows) && self.projects.rows() == Some(rows);
                (alike && self.register.fits(rows)).then_some(rows)
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

//! What a mechanism of one's own needs most.

pub use bevy_ecs::prelude::{Added, Commands, Component, Entity, Has, On, Query, Res, ResMut, Resource, With, Without, World};
pub use tripath_engine::rows::{RowOf, as_bits};
pub use tripath_engine::{math, parallel};
pub use tripath_model::kinds::{FlowClass, FlowKind, InstitutionalSector};
pub use tripath_model::observe::Records;
pub use tripath_model::parameters::{Parameters, Violation};
pub use tripath_model::state::accounts::{Account, End, Ledger};
pub use tripath_model::state::calendar::Calendar;
pub use tripath_model::state::decisions::Decisions;
pub use tripath_model::state::economy::Economy;
pub use tripath_model::state::enterprise::{
    Attention, Equity, Experience, Identity, Listed, Operation, Pipeline, Plant, Position, Rows, Technology, TickAccount, Treasury,
};
pub use tripath_model::state::sector::Sectors;
pub use tripath_model::state::tables::Tables;
pub use tripath_model::streams::NamedStream;
pub use tripath_model::tick::Phase;
pub use tripath_model::{Declaration, Mechanism, Model, Place, parameters, table};

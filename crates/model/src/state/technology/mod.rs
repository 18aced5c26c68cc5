//! Projects of R&D, and the funnel that they pass.

mod funnel;
mod project;
mod projects;

pub use funnel::{Funnel, FunnelCell, Payers, payers};
pub(crate) use project::main_source;
pub use project::{FITTING_SOURCE, KINDS, Kind, Project, STAGES};
pub(crate) use projects::Block;
pub use projects::{PLACES, ProjectRows, Projects};

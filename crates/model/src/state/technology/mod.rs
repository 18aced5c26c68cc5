//! state/technology

mod funnel;
mod project;
mod projects;

pub use funnel::{Funnel, FunnelCell, Payers, payers};
pub(crate) use project::main_source;
pub use project::{
    FITTING_SOURCE, Grounds, KINDS, Kind, Project, STAGES, base_log_odds, expected_costs, expected_edge, hopeless, knowledge, odds_left,
    pace, stage_cost, stage_rises, success_log_odds,
};
pub(crate) use projects::Block;
pub use projects::{PLACES, ProjectRows, Projects};

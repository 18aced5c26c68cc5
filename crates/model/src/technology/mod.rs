//! From invention to productivity: search, projects through readiness levels, conversion, returns.

mod conversion;
mod project;
mod research;
mod returns;
mod search;

pub use conversion::{convert, raise_productivity};
pub use project::{
    Kind, Progress, Project, STAGES, StageOutcome, base_log_odds, expected_edge, hopeless, pace, stage_cost, success_probability,
};
pub use research::advance_technology;
pub use returns::{Funnel, FunnelCell, ReturnCell, Returns, edge_parts, quasi_rents, record_returns};
pub use search::{Invention, SearchField, invent, lead_over_others, opportunity, search_hazard};

/// Sources of funding, in the order of every array by source.
pub const SOURCES: [&str; 3] = ["own", "policy", "capital"];
/// Own money: cash flow and bank credit.
pub const OWN: usize = 0;
/// Public money.
pub const POLICY: usize = 1;
/// Money of funds and the exchange.
pub const CAPITAL: usize = 2;

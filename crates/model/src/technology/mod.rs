//! From invention to productivity: search, projects through readiness levels, conversion, returns.

mod backlog;
mod batch;
mod batch_research;
mod conversion;
mod effort;
mod enterprise_research;
mod fund_returns;
mod funnel;
mod money;
mod project;
mod projects;
mod research;
mod returns;
mod search;
mod self_sufficiency;

pub use conversion::convert;
pub use fund_returns::{FundReturn, FundReturns};
pub use funnel::{Funnel, FunnelCell, Payers, payers};
pub use money::{adapted_effort, rd_money, rd_relief, required_payoff};
pub use project::{
    FITTING_SOURCE, Grounds, KINDS, Kind, Project, STAGES, base_log_odds, expected_costs, expected_edge, hopeless, knowledge, odds_left,
    pace, stage_cost, success_log_odds,
};
pub use projects::{PLACES, ProjectRows, Projects};
pub use research::{Steps, advance_technology};
pub use returns::{ReturnCell, Returns, edge_parts, quasi_rents, record_returns, strategic_return};
pub use search::{
    BREAKTHROUGH_LOAD, BREAKTHROUGH_SIZE, Gaps, SearchField, adoption_cost, bounded, invent, lead_over_others, opportunities_used,
    opportunity, own_part, research_cost, research_norm, scale_lead,
};
pub use self_sufficiency::{SelfSufficiency, competitive_gain, cost_shares, edge_kept, fading, share_by_procurement, share_slope};

/// Sources of funding, in the order of every array by source.
pub const SOURCES: [&str; 3] = ["own", "policy", "capital"];
/// Own money: cash flow and bank credit.
pub const OWN: usize = 0;
/// Public money.
pub const POLICY: usize = 1;
/// Money of funds and the exchange.
pub const CAPITAL: usize = 2;

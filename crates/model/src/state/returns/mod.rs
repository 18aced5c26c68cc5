//! Returns by who paid.

mod by_source;
mod fund_returns;
mod self_sufficiency;

pub use by_source::{ReturnCell, Returns};
pub use fund_returns::{FundReturn, FundReturns};
pub use self_sufficiency::SelfSufficiency;

//! state/returns

mod fund_returns;

pub use fund_returns::{FundReturn, FundReturns};

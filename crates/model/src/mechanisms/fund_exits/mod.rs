//! Exits of funds: listings, corporate sales, the secondary market.

mod acquisition;
mod corporate_sale;
mod exits;
mod leaving;
mod secondary;

pub use exits::run_fund_exits;

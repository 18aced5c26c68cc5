//! National accounts: output, prices, growth.

mod growth_accounts;
mod output;
mod prices;

pub use growth_accounts::account_growth;
pub use output::measure_output;

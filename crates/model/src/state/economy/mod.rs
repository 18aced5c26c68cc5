//! The economy as a whole: aggregates, prices, employment, and what is counted in a tick.

mod aggregates;
mod prices;
mod staffing;
mod tally;

pub use aggregates::Economy;
pub use prices::Prices;
pub use staffing::Staffing;
pub use tally::{BankTally, Group, Tally};

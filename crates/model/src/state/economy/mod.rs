//! state/economy

mod aggregates;
mod prices;

pub use aggregates::{BankTally, Economy, Group, Tally, expect, measure_output, real_growth, user_cost};
pub use prices::Prices;

//! The capital market: fundamental values, listings, prices, the index.

mod board;
mod listing;
mod valuation;

pub use board::{Exchange, trade};
pub use listing::{list_enterprises, offer_price};
pub use valuation::{fundamental_value, value_equity};

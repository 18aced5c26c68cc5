//! mechanisms/deals

mod deal;
mod round;

pub(crate) use deal::{LEAST_PART, Valuer, can_close};
pub use deal::{make_deals, round_name, round_price};

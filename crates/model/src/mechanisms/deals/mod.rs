//! Deals: funds and enterprises meet, bargain and close rounds.

mod deal;
mod round;

pub use deal::make_deals;

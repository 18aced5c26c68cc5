//! state/venture

mod fund;

pub use fund::{Fund, Marks, Stake, pace_of_calls, reserved_for_fees};

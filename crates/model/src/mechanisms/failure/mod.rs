//! mechanisms/failure

mod bridging;
mod exit;
mod liquidation;
mod rescue;
mod winding_up;

pub use exit::{Closure, fail_and_exit, verdict};

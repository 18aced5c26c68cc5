//! Failure: who cannot go on is bridged, rescued, reorganised or wound up.

mod bridging;
mod exit;
mod liquidation;
mod prospects;
mod rescue;
mod winding_up;

pub use exit::fail_and_exit;

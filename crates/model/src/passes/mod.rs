//! passes

pub mod close;
pub mod innovation;
pub mod look_ahead;
pub mod operation;

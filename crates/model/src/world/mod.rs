//! The world as it begins: what a configuration makes of it before the first tick.

mod founders;
pub mod setup;
pub mod start;

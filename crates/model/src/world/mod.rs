//! The world as it begins: what a configuration makes of it before the first tick.

mod first_quantities;
mod founders;
mod institutions;
pub mod setup;
pub mod start;

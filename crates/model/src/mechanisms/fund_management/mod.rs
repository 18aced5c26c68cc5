//! Funds are raised, charged and ended.

mod guidance;
mod vintage;

pub use vintage::manage_funds;

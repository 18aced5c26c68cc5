//! Competition for orders: market shares, orders, and who cannot deliver.

mod contest;
mod demand;
mod orders;

pub use demand::{compete, take_orders};

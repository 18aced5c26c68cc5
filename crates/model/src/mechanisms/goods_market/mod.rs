//! The goods market: orders of all users, and deliveries.

mod goods;
mod orders;

pub use goods::{clear_goods, place_orders};

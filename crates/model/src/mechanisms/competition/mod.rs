//! mechanisms/competition

mod contest;
mod demand;
mod orders;

pub use demand::{capacity, compete, mobilities, second_sources, take_orders};

//! mechanisms/goods_market

mod goods;
mod orders;

pub use goods::{FinalDemand, clear_goods, place_orders};

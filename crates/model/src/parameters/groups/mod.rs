//! Groups of parameters, in the order of a configuration file.

mod finance;
mod government;
mod real_side;
mod technology;
mod think_tank;

pub use finance::{Banking, CapitalMarket, Venture};
pub use government::Government;
pub use real_side::{Households, Investment, Labour, Market, Population, Pricing, Production, Time, Trade};
pub use technology::{PathChoice, Technology};
pub use think_tank::ThinkTanks;

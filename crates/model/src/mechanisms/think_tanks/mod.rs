//! Think tanks: services and income.

mod income;
mod services;

pub use income::pay_think_tanks;
pub use services::work_think_tanks;

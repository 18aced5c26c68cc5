//! Think tanks and their services.

mod services;
mod think_tank;

pub use services::{ClientService, GovernmentAdvice, Services};
pub use think_tank::{ClientFees, ThinkTank};

//! mechanisms/think_tanks

mod income;
mod services;

pub use income::{ClientFees, pay_think_tanks};
pub use services::{ThinkTank, work_think_tanks};

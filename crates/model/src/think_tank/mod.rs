//! Think tanks: advice, research, matchmaking, support seeking, investment attraction.

mod income;
mod services;

pub use income::pay_think_tanks;
pub use services::{Services, ThinkTank, work_think_tanks};

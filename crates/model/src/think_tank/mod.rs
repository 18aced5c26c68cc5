//! Think tanks: advice, research, matchmaking, support seeking, investment attraction.

mod advice;
mod income;
mod services;

pub use advice::{ClientService, GovernmentAdvice, Services, client_bias};
pub use income::{ClientFees, pay_think_tanks};
pub use services::{ThinkTank, work_think_tanks};

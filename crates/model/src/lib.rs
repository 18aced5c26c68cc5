//! The economy of tripath.
//!
//! Enterprises, governments, financiers and think tanks live in one ECS world. [`tick`] is the one
//! place where a quarter can be read; [`mod@parameters`] holds every parameter; [`observe`] what is recorded.

pub mod accounts;
pub mod capital_market;
mod checkpoint;
pub mod divergence;
pub mod enterprise;
pub mod finance;
pub mod government;
pub mod household;
pub mod ids;
pub mod markets;
pub mod observe;
pub mod parameters;
pub mod rows;
mod simulation;
pub mod streams;
pub mod technology;
pub mod think_tank;
pub mod tick;
pub mod world;

pub use checkpoint::Snapshot;
pub use simulation::{Clock, DriverSeries, ModelError, Simulation};

#[cfg(test)]
mod worked;

//! The economy of tripath.
//!
//! Enterprises, governments, financiers and think tanks live in one ECS world. [`tick`] is the one
//! place where a quarter can be read; [`mod@parameters`] holds every parameter; [`observe`] what is recorded.

mod checkpoint;
pub mod divergence;
pub mod kinds;
pub mod mechanisms;
mod model;
pub mod observe;
pub mod parameters;
pub mod passes;
mod record;
pub mod rules;
mod simulation;
pub mod sources;
pub mod state;
pub mod streams;
pub mod tick;
pub mod transactions;
pub mod world;

pub use checkpoint::Snapshot;
pub use model::{Declaration, Mechanism, MechanismError, Model, Place};
pub use simulation::{Clock, ModelError, Simulation};
pub use state::rest_of_world::DriverSeries;

#[cfg(test)]
mod worked;

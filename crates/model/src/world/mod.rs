//! Time, events, drivers and the rest of the world.

pub mod clock;
pub mod events;
mod founders;
pub mod rest_of_world;
pub mod setup;
pub mod start;

pub use clock::{Calendar, Lifelong, Tables, Turns};
pub use rest_of_world::frontier_distance;

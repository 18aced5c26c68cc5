//! passes/look_ahead

mod foresight;
mod outlook;

pub use outlook::look_ahead;

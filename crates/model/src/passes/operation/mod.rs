//! passes/operation

mod production;
mod quarter;
mod settled;
mod settlement;
mod sheet;

pub use quarter::produce_and_settle;

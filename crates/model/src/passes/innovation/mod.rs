//! R&D of all enterprises: money, search, stages, conversion, and who looks for venture money.

mod backlog;
mod batch;
mod batch_research;
mod candidate;
mod effort;
mod enterprise_research;
mod outcome;
mod research;

pub use research::advance_technology;

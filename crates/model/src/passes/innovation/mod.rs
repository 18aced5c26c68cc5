//! passes/innovation

mod backlog;
mod batch;
mod batch_research;
mod candidate;
mod effort;
mod enterprise_research;
mod research;

pub use candidate::{Candidate, Candidates, PROMISING_EDGE};
pub use research::{Steps, advance_technology};

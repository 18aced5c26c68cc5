//! Venture funds, their holdings and mandates, and enterprises that look for their money.

mod candidates;
mod fund;
mod mandate;
mod row;

pub use candidates::{Candidate, Candidates, PROMISING_EDGE, ProjectsInView};
pub use fund::{Fund, Marks, Stake, TrackRecord};
pub use mandate::{Mandate, mandates};
pub use row::fund_row;

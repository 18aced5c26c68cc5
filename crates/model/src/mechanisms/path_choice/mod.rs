//! The choice among the paths of return, and applications for grants.

mod call;
mod choice;
mod turn;

pub use choice::choose_paths;

//! Evidence: many worlds in memory, and the numbers that their tables show.
//!
//! Nothing is written to disk while worlds run. Every number is computed from rows as they would stand in
//! the tables, never from the inside of a world, so that a reader with the tables finds the same.

mod ablation;
mod error;
mod mechanisms;
mod observed;
mod outcomes;
mod seeds;
mod series;
mod statistic;
mod worlds;

pub use ablation::{Ablation, Effect, MechanismEffects, ablate};
pub use error::EvidenceError;
pub use mechanisms::{MECHANISMS, Mechanism, mechanism, mechanisms};
pub use observed::Observed;
pub use outcomes::{OUTCOME_TABLES, OUTCOMES};
pub use seeds::Seeds;
pub use series::{Comparison, mean, paired, slope, standard_deviation};
pub use statistic::{Form, Statistic};
pub use worlds::{Progress, World, simulate};

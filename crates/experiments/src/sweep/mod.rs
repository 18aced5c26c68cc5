//! Sweeps: many runs of one design, each done once, none lost, none mixed up.
//!
//! A design says which points are run, how often, and which numbers are kept. Every run has an identity, the digest of
//! its resolved configuration, seed and model version. Results are appended line by line as they come; what the
//! merged tables hold depends on the design alone, never on who computed a run, when, or in how many pieces.

mod design;
mod error;
mod folder;
mod identity;
mod merge;
mod metrics;
mod replicates;
mod rounds;
mod sampling;
mod status;
mod store;
mod stride;
mod work;

pub use design::{Axis, Design, Kind, Point, Points, Scale, Spread};
pub use error::SweepError;
pub use folder::{Located, SWEEP_FILE, SweepFolder, locate};
pub use identity::{RunSpec, program_words, run_id};
pub use merge::{MergeOptions, MergeReport, POINTS_FILE, RUNS_FILE, merge};
pub use metrics::{Metric, Reducer, Rows};
pub use replicates::{Replicates, Verdict, half_width};
pub use status::{Status, status};
pub use store::{Outcome, Record};
pub use stride::Stride;
pub use work::{SweepProgress, Tally, WorkOptions, WorkReport, work};

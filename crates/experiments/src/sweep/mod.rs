//! Sweeps: many runs of one design, each done once, none lost, none mixed up.
//!
//! A design says which points are run, how often, and which numbers are kept. Every run has an identity, the digest of
//! its resolved configuration, seed and model version. Results are appended line by line as they come; what the
//! merged tables hold depends on the design alone, never on who computed a run, when, or in how many pieces.

mod design;
mod error;
mod figures;
mod folder;
mod identity;
mod merge;
mod metrics;
mod plan;
mod replay;
mod replicates;
mod rounds;
mod sampling;
mod sensitivity;
mod status;
mod store;
mod stride;
mod submit;
mod verify;
mod work;

pub use design::{Axis, Design, Kind, Point, Points, Scale, Spread};
pub use error::SweepError;
pub use figures::{Figures, figures};
pub use folder::{Located, SWEEP_FILE, SweepFolder, locate};
pub use identity::{RunSpec, run_id};
pub use merge::{MergeOptions, MergeReport, PAIRS_FILE, POINTS_FILE, RUNS_FILE, VarianceRatio, merge};
pub use metrics::{Metric, Reducer, Rows};
pub use plan::{Pilot, Plan, plan};
pub use replay::{Replay, ReplayOptions, find_sweep, replay};
pub use replicates::{Replicates, Verdict, half_width};
pub use sensitivity::{PROBLEM_FILE, SENSITIVITY_FILE, Sensitivity};
pub use status::{Status, status};
pub use store::{Outcome, Record};
pub use stride::Stride;
pub use submit::{SubmitError, SubmitOptions, SubmitReport, submit};
pub use verify::{Verification, verify};
pub use work::{SweepProgress, Tally, WorkOptions, WorkReport, work};

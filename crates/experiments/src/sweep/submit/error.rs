//! Why a sweep could not be submitted.

use std::io;
use std::path::PathBuf;

use miette::Diagnostic;
use tripath_outputs::OutputError;

use crate::sweep::SweepError;

/// Why a sweep could not be submitted.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum SubmitError {
    /// A number is out of range.
    #[error("{what} is {value}; allowed are {low} to {high}")]
    Range {
        /// Which.
        what: &'static str,
        /// As given.
        value: f64,
        /// Least.
        low: f64,
        /// Greatest.
        high: f64,
    },
    /// There is no Slurm.
    #[error("cannot start `{command}`: {source}")]
    #[diagnostic(help("submit from a machine of the cluster; --dry-run writes the scripts without Slurm"))]
    NoSlurm {
        /// Which command.
        command: &'static str,
        /// Cause.
        source: io::Error,
    },
    /// Slurm refuses.
    #[error("`{command}` failed: {said}")]
    #[diagnostic(help("{hint}"))]
    Refused {
        /// The command.
        command: String,
        /// What it said.
        said: String,
        /// What to do.
        hint: String,
    },
    /// Jobs of the sweep are still there.
    #[error("jobs of {} are still in the queue: {}", folder.display(), jobs.iter().map(u64::to_string).collect::<Vec<_>>().join(", "))]
    #[diagnostic(help("wait for them, or take them back: scancel {}; then send the rest: tripath sweep submit {} --engine slurm --missing", jobs.iter().map(u64::to_string).collect::<Vec<_>>().join(" "), folder.display()))]
    Queued {
        /// The sweep.
        folder: PathBuf,
        /// Their numbers.
        jobs: Vec<u64>,
    },
    /// The folder of the sweep.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Sweep(#[from] SweepError),
    /// A file cannot be read or written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl SubmitError {
    /// Whether the fault is the program's, not the user's.
    pub fn is_internal(&self) -> bool {
        matches!(self, Self::Sweep(error) if error.is_internal())
    }
}

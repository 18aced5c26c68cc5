//! Why a sweep could not begin, go on or be put together.

use std::path::PathBuf;

use miette::Diagnostic;
use tripath_model::ModelError;
use tripath_outputs::OutputError;

use crate::configuration::ConfigurationError;
use crate::run::RunError;

/// Why a sweep could not begin, go on or be put together.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum SweepError {
    /// The design, or a point of it, cannot be used.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Design(#[from] ConfigurationError),
    /// Threads, tables or a folder of a run.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Run(#[from] RunError),
    /// The folder holds something else.
    #[error("{} is not empty and holds no sweep", folder.display())]
    #[diagnostic(help("choose another folder with --out"))]
    FolderForeign {
        /// The folder.
        folder: PathBuf,
    },
    /// There is no sweep.
    #[error("{} holds no sweep: there is no sweep.json in it", folder.display())]
    #[diagnostic(help("name a design, or the folder that `tripath sweep run` wrote"))]
    NoSweep {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder belongs to another design.
    #[error("{} holds the sweep of another design: {}", folder.display(), differences.join("; "))]
    #[diagnostic(help("{}", if differences.iter().all(|difference| difference.starts_with("`replicates.")) {
        "take the new number of replicates over with --extend: what is done stays; or choose another folder with --out"
    } else {
        "take back the change to go on, or choose another folder with --out: rows of two designs are never mixed"
    }))]
    OtherDesign {
        /// The folder.
        folder: PathBuf,
        /// What differs.
        differences: Vec<String>,
    },
    /// The folder was begun by another version of the program.
    #[error("{} was begun with {found}; this is {here}", folder.display())]
    #[diagnostic(help("go on with that version, or choose another folder with --out: rows of two versions are never mixed"))]
    OtherProgram {
        /// The folder.
        folder: PathBuf,
        /// Program of the folder.
        found: String,
        /// This program.
        here: String,
    },
    /// Another process works on the same runs.
    #[error("another process works on runs of {} that are asked for here ({file})", folder.display())]
    #[diagnostic(help("wait for it, or stop it"))]
    Busy {
        /// The folder.
        folder: PathBuf,
        /// Its file.
        file: String,
    },
    /// A result file is not what was written.
    #[error("{}:{line}: {what}", file.display())]
    #[diagnostic(help("{hint}"))]
    Damaged {
        /// The file.
        file: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What does not fit.
        what: String,
        /// The way out.
        hint: String,
    },
    /// `sweep.json` is not one.
    #[error("{} cannot be read: {what}", file.display())]
    #[diagnostic(help("a sweep begins anew in another folder, with --out"))]
    Manifest {
        /// The file.
        file: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// Two results of one run differ.
    #[error("run {run} (point {point}, replicate {replicate}) has two results that differ: {first} and {second}")]
    #[diagnostic(help(
        "the same program, configuration and seed must give the same bytes: one of the machines computes wrong, or two programs bear one version"
    ))]
    TwoResults {
        /// Run.
        run: String,
        /// Point.
        point: usize,
        /// Replicate.
        replicate: u32,
        /// Digest of one.
        first: String,
        /// Digest of the other.
        second: String,
    },
    /// Two seeds gave the same tables.
    #[error("point {point}: the seeds {first} and {second} gave the same tables, byte by byte ({digest})")]
    #[diagnostic(help("runs that do not depend on their seed are no replicates: the means and half-widths of this sweep would be wrong"))]
    SameDigest {
        /// Point.
        point: usize,
        /// One seed.
        first: u64,
        /// The other.
        second: u64,
        /// Digest.
        digest: String,
    },
    /// Runs are missing.
    #[error("{missing} of {all} runs of {} are not done", folder.display())]
    #[diagnostic(help("go on with `tripath sweep run`, or put together what is there with --partial"))]
    Incomplete {
        /// The folder.
        folder: PathBuf,
        /// Runs that are not done.
        missing: usize,
        /// All runs, as far as it is known.
        all: usize,
    },
    /// A part that cannot be.
    #[error("`{text}` is no part of a sweep: it is written i/n, such as 0/4 for every fourth run from the first; i counts from 0 to n − 1")]
    Stride {
        /// As given.
        text: String,
    },
    /// There is no such run.
    #[error("there is no run `{run}` in {}", folder.display())]
    #[diagnostic(help("the column run_id of runs.csv names the runs; their first digits do, where no other run begins so"))]
    NoSuchRun {
        /// As given.
        run: String,
        /// The folder.
        folder: PathBuf,
    },
    /// The disk does not take what it is given.
    #[error("{safe} runs are safe in {}: {source}", folder.display())]
    #[diagnostic(help("{}", if source.is_out_of_space() { "make room, then run the same command again: it goes on where it stopped" } else { "run the same command again once the folder can be written: it goes on where it stopped" }))]
    Output {
        /// The folder.
        folder: PathBuf,
        /// Runs that are done and stay.
        safe: usize,
        /// Cause.
        source: OutputError,
    },
    /// A file of the folder cannot be read or written.
    #[error(transparent)]
    File(#[from] OutputError),
    /// A table kept is not the one that the run wrote.
    #[error("the table {} is not the one that run {run} wrote", file.display())]
    #[diagnostic(help("remove the folder of that run and its line of results, then run the sweep again: the run is done anew"))]
    TableChanged {
        /// The file.
        file: PathBuf,
        /// The run.
        run: String,
    },
    /// A world cannot begin.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A number of threads that cannot be had.
    #[error("cannot start the threads: {0}")]
    ThreadPool(#[from] rayon::ThreadPoolBuildError),
}

impl SweepError {
    /// Whether the fault is the program's, not the user's.
    pub fn is_internal(&self) -> bool {
        match self {
            Self::Model(error) => !matches!(error, ModelError::Invalid(_) | ModelError::Diverged { .. }),
            Self::TwoResults { .. } | Self::SameDigest { .. } | Self::ThreadPool(_) => true,
            Self::Run(error) => error.is_internal(),
            _ => false,
        }
    }
}

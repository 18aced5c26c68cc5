//! Why a run could not begin, go on or end.

use std::io;
use std::path::PathBuf;

use miette::Diagnostic;
use tripath_model::{Model, ModelError};
use tripath_outputs::{Divergence, OutputError, Status};

use super::checkpoint::CheckpointError;
use crate::configuration::ConfigurationError;
use crate::memory::MemoryError;

/// Why a run could not begin, go on or end.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum RunError {
    /// The folder holds an earlier run.
    #[error("{} already holds a run ({})", folder.display(), status.map_or("no manifest", Status::word))]
    #[diagnostic(help("{}", if matches!(status, Some(Status::Complete | Status::Diverged)) {
        "replace it with --overwrite, or choose another folder with --out or another --seed".to_owned()
    } else {
        format!("go on with it: tripath resume {}; or replace it with --overwrite, or choose another folder with --out", .folder.display())
    }))]
    FolderTaken {
        /// The folder.
        folder: PathBuf,
        /// How that run stands.
        status: Option<Status>,
    },
    /// The folder holds something else.
    #[error("{} is not empty and holds no run of tripath", folder.display())]
    #[diagnostic(help("choose another folder with --out; --overwrite replaces runs only, never other files"))]
    FolderForeign {
        /// The folder.
        folder: PathBuf,
    },
    /// Another process is at work there.
    #[error("another process is writing to {}", folder.display())]
    #[diagnostic(help("wait for it, stop it, or choose another folder with --out"))]
    FolderBusy {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder cannot be made or written.
    #[error("cannot write to the folder {}", folder.display())]
    #[diagnostic(help("choose a folder that you may write with --out"))]
    FolderUnwritable {
        /// The folder.
        folder: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// There is nothing to resume.
    #[error("{} holds no run: there is no config.toml in it", folder.display())]
    #[diagnostic(help("name the folder that `tripath run` wrote, such as outputs/china-like-seed1"))]
    NoRun {
        /// The folder.
        folder: PathBuf,
    },
    /// The configuration is not the one that the tables come from.
    #[error("{} is not the configuration that this run began with", file.display())]
    #[diagnostic(help("take back the change to go on, or start another run from the file: tripath run {} --out ANOTHER-FOLDER", file.display()))]
    ConfigurationChanged {
        /// The file.
        file: PathBuf,
    },
    /// The run has diverged: nothing follows.
    #[error("the run in {} diverged at tick {}, year {:.2}, and ended there: {}", folder.display(), divergence.tick, divergence.year, divergence.cause)]
    #[diagnostic(help(
        "it cannot be resumed; start another one with other settings: tripath run … --set path.to.key=value --out ANOTHER-FOLDER"
    ))]
    Diverged {
        /// The folder.
        folder: PathBuf,
        /// Where and why.
        divergence: Divergence,
    },
    /// The machine has less memory than the run takes.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Memory(#[from] MemoryError),
    /// A number of threads that cannot be.
    #[error("the number of threads is {threads}; allowed are 1 to {}", super::MOST_THREADS)]
    Threads {
        /// Number asked for.
        threads: usize,
    },
    /// Threads cannot be started.
    #[error("cannot start the threads: {0}")]
    ThreadPool(#[from] rayon::ThreadPoolBuildError),
    /// A table that does not exist.
    #[error("there is no table `{name}`")]
    #[diagnostic(help("{hint}"))]
    UnknownTable {
        /// Name asked for.
        name: String,
        /// Nearest name, or all.
        hint: String,
    },
    /// A share of enterprises that cannot be.
    #[error("the sampled share of enterprises is {fraction}; allowed are 0 to 1")]
    SampleFraction {
        /// Share asked for.
        fraction: f64,
    },
    /// A sampling interval of no ticks.
    #[error("the sampling interval of enterprises is 0 ticks; allowed are 1 and more")]
    SampleInterval,
    /// The configuration in the folder cannot be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Configuration(#[from] ConfigurationError),
    /// The checkpoint cannot be used.
    #[error(transparent)]
    #[diagnostic(help("remove the checkpoint to go on from the start of the run, or run again with --overwrite"))]
    Checkpoint(#[from] CheckpointError),
    /// The disk does not take what the run gives it.
    #[error(transparent)]
    #[diagnostic(help("{}", if .0.is_out_of_space() { "make room, then go on with `tripath resume` and the folder: the tables hold whole rows only" } else { "run again with --overwrite, or with --out and another folder" }))]
    Output(#[from] OutputError),
    /// The program panicked in a tick.
    #[error("the program panicked at tick {tick}: {words}")]
    #[diagnostic(help("this is a fault of the program: please report it with the config.toml of the run"))]
    Panicked {
        /// Tick since the start of the burn-in.
        tick: u32,
        /// What it said.
        words: String,
    },
    /// The economy cannot begin or go on.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl RunError {
    /// The error for a table that does not exist.
    pub(crate) fn unknown_table(model: &Model, name: &str) -> Self {
        let tables = model.tables();
        let nearest = tables.iter().map(|table| table.name).min_by_key(|known| strsim::damerau_levenshtein(name, known));
        let near = nearest.filter(|known| strsim::damerau_levenshtein(name, known) <= 2);
        let hint = near.map_or_else(
            || format!("tables are {}", tables.iter().map(|table| table.name).collect::<Vec<_>>().join(", ")),
            |known| format!("did you mean `{known}`?"),
        );
        Self::UnknownTable { name: name.to_owned(), hint }
    }

    /// Whether the fault is the program's, not the user's.
    pub fn is_internal(&self) -> bool {
        matches!(
            self,
            Self::Panicked { .. } | Self::Model(ModelError::Identity { .. } | ModelError::Table { .. } | ModelError::Undeclared { .. })
        )
    }
}

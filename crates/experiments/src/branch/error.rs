//! Why worlds could not branch.

use std::io;
use std::path::PathBuf;

use miette::Diagnostic;
use tripath_model::ModelError;
use tripath_outputs::OutputError;

use super::MOST_REPLICATES;
use crate::configuration::ConfigurationError;
use crate::run::{CheckpointError, RunError};

/// Why worlds could not branch.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum BranchError {
    /// No checkpoint was named.
    #[error("no checkpoint is named")]
    NoCheckpoint,
    /// There is none at a path.
    #[error("{} holds no checkpoint", path.display())]
    #[diagnostic(help(
        "stop a run where the branches should begin, such as after the burn-in: tripath run baseline --until 0 --out FOLDER; a run that is complete keeps none"
    ))]
    Missing {
        /// Folder or file.
        path: PathBuf,
    },
    /// A checkpoint cannot be used.
    #[error(transparent)]
    #[diagnostic(help("make the burn-in anew with this program: tripath run baseline --until 0 --out FOLDER"))]
    Checkpoint(#[from] CheckpointError),
    /// Two checkpoints do not belong together.
    #[error("{} and {} differ in {what}; checkpoints of one call are the same economy at the same tick, of different seeds", first.display(), other.display())]
    #[diagnostic(help("branch them one by one, each into a folder of its own"))]
    Differ {
        /// A checkpoint.
        first: PathBuf,
        /// Another one.
        other: PathBuf,
        /// In what.
        what: &'static str,
    },
    /// A parameter cannot be changed any more.
    #[error("branch `{branch}`: `{path}` cannot change after the start of a world: {why}")]
    #[diagnostic(help("set it for the burn-in, then branch: tripath run … --set {path}=… --until YEAR"))]
    Fixed {
        /// The branch.
        branch: String,
        /// The parameter.
        path: String,
        /// Why.
        why: String,
    },
    /// An event lies before the branch.
    #[error(
        "branch `{branch}`: the event `{event}` is of year {year}, but the worlds branch off in year {at}: their past cannot be changed"
    )]
    #[diagnostic(help("give it a year of {at} or later; an event of --event without a year is of year {at}"))]
    Past {
        /// The branch.
        branch: String,
        /// The event.
        event: String,
        /// Its year.
        year: f64,
        /// Year of the branch.
        at: f64,
    },
    /// An event of the burn-in is gone.
    #[error("branch `{branch}` drops the event `{event}`: a branch can add events and change later ones")]
    Dropped {
        /// The branch.
        branch: String,
        /// The event.
        event: String,
    },
    /// An event is not written `NAME={…}`.
    #[error("the event `{0}` is not written NAME={{…}}")]
    #[diagnostic(help("such as --event 'slump={{action=\"demand_shock\", value=-0.1, years=2}}'"))]
    Event(String),
    /// A branch is not written `NAME=FILE`.
    #[error("the branch `{0}` is not written NAME=FILE")]
    #[diagnostic(help("such as --branch credit=credit.toml; settings on the command line are given by --set"))]
    NoFile(String),
    /// Something that is not a matter of the timeline.
    #[error("branch `{branch}`: {what}")]
    #[diagnostic(help("{hint}"))]
    NotOfTheTimeline {
        /// The branch.
        branch: String,
        /// What.
        what: String,
        /// What to do instead.
        hint: String,
    },
    /// Nothing is left to run.
    #[error("the worlds branch off in year {at} and would end in year {end}: nothing is left to run")]
    #[diagnostic(help("ask for more years with --years"))]
    NothingLeft {
        /// Year of the branch.
        at: f64,
        /// Year of the end.
        end: f64,
    },
    /// A run cannot end inside a year.
    #[error("the worlds branch off in year {at}, inside of a year; --years needs a checkpoint at the end of one")]
    InsideOfAYear {
        /// Year of the branch.
        at: f64,
    },
    /// A setting is not allowed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Configuration(#[from] ConfigurationError),
    /// A number of replicates that cannot be.
    #[error("the number of replicates is {0}; allowed are 1 to {MOST_REPLICATES}")]
    Replicates(u32),
    /// A band that is none.
    #[error("the band is {0}; allowed are shares between 0 and 1, such as 0.9")]
    Band(f64),
    /// A branch cannot be called so.
    #[error("`{0}` is no name of a branch: at most 60 letters, digits, - and _ are allowed")]
    Name(String),
    /// Two branches have one name.
    #[error("there are two branches of the name `{0}`")]
    #[diagnostic(help("`baseline` is the branch without any change; others are named by --name and --branch NAME=FILE"))]
    NameTaken(String),
    /// A column that does not exist.
    #[error("the table macro has no variable `{name}`")]
    #[diagnostic(help("{hint}"))]
    Variable {
        /// Asked for.
        name: String,
        /// Nearest, or all.
        hint: String,
    },
    /// A seed that tables cannot hold.
    #[error("the seed {0} is too large for a table; at most {max} is allowed", max = i64::MAX)]
    Seed(u64),
    /// The folder holds something.
    #[error("{} {}", folder.display(), if *.ours { "already holds branches" } else { "is not empty and holds no branches of tripath" })]
    #[diagnostic(help("choose another folder with --out{}", if *.ours { ", or replace it with --overwrite" } else { "; --overwrite replaces branches only, never other files" }))]
    FolderTaken {
        /// The folder.
        folder: PathBuf,
        /// Whether this program wrote it.
        ours: bool,
    },
    /// The folder cannot be written.
    #[error("cannot write to the folder {}", folder.display())]
    FolderUnwritable {
        /// The folder.
        folder: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// The tables beside a checkpoint are not those it was written with.
    #[error("the tables beside the checkpoint {} cannot be continued", checkpoint.display())]
    #[diagnostic(help(
        "branch from a folder as `tripath run --until` left it, or from the end of the burn-in, before anything is recorded; or leave the runs out with --responses-only"
    ))]
    TablesMissing {
        /// The checkpoint.
        checkpoint: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// A run failed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Run(#[from] RunError),
    /// The disk does not take a table.
    #[error(transparent)]
    #[diagnostic(help("{}", if .0.is_out_of_space() { "make room, then branch again with --overwrite" } else { "branch again with --overwrite, or with --out and another folder" }))]
    Output(#[from] OutputError),
    /// The economy cannot go on.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Threads cannot be started.
    #[error("cannot start the threads: {0}")]
    ThreadPool(#[from] rayon::ThreadPoolBuildError),
}

impl BranchError {
    /// Whether the fault is the program's, not the user's.
    pub fn is_internal(&self) -> bool {
        match self {
            Self::Run(error) => error.is_internal(),
            Self::Model(ModelError::Identity { .. } | ModelError::Table { .. }) => true,
            _ => false,
        }
    }
}

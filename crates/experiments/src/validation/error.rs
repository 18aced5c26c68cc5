//! Why runs cannot be validated.

use std::path::PathBuf;

use miette::Diagnostic;
use tripath_outputs::OutputError;

use super::facts;
use crate::run::RunError;
use crate::summary::SummaryError;

/// Why runs cannot be validated.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum ValidationError {
    /// A folder or a table cannot be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Tables(#[from] SummaryError),
    /// The configuration of a run cannot be read.
    #[error("cannot read {}: {message}", path.display())]
    #[diagnostic(help("a run's folder holds its resolved configuration as config.toml"))]
    Settings {
        /// The file.
        path: PathBuf,
        /// Cause.
        message: String,
    },
    /// There is no such fact.
    #[error("there is no fact `{0}`")]
    #[diagnostic(help("facts are {}, or a letter for all of its facts", facts().iter().map(|fact| fact.id).collect::<Vec<_>>().join(", ")))]
    UnknownFact(String),
    /// There is no such preset to judge runs as.
    #[error("there is no preset `{0}` to judge runs as")]
    #[diagnostic(help("`tripath presets` lists them"))]
    UnknownPreset(String),
    /// A run breaks off.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Run(#[from] RunError),
    /// The verdicts cannot be written as CSV.
    #[error("the verdicts could not be written to {}", path.display())]
    #[diagnostic(help("--out FILE writes elsewhere; a file in a folder that you may write"))]
    Csv {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: OutputError,
    },
    /// The folder for runs cannot be made.
    #[error("cannot make a folder for the runs")]
    Folder(#[source] std::io::Error),
    /// A number of threads that cannot be.
    #[error("the number of threads is {threads}; allowed are 1 to {most}")]
    Threads {
        /// Number asked for.
        threads: usize,
        /// Most.
        most: usize,
    },
}

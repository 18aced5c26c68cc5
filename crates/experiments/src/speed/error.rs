//! Why nothing could be measured.

use std::io;
use std::path::PathBuf;

use miette::Diagnostic;
use tripath_model::ModelError;
use tripath_outputs::OutputError;

use crate::run::RunError;

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum SpeedError {
    /// The economy cannot run.
    #[error("a world of {enterprises} enterprises cannot be run")]
    #[diagnostic(help("try the same configuration with `tripath run`, or another preset"))]
    World {
        /// Its enterprises.
        enterprises: u32,
        /// Cause.
        source: ModelError,
    },
    /// The run into a folder failed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Run(#[from] RunError),
    /// The tables cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// No folder for temporary files.
    #[error("cannot make a folder for temporary files")]
    #[diagnostic(help("set TMPDIR to a folder that you may write"))]
    TemporaryFolder(#[source] io::Error),
    /// The program was not built to count.
    #[error("this program times ticks and counts nothing")]
    #[diagnostic(help("build one that counts: cargo run --release --features counting -- bench --count FILE"))]
    NotCounting,
    /// Counts cannot be read or written.
    #[error("{} cannot be used for counts: {message}", path.display())]
    #[diagnostic(help("write it with a program built with --features counting: tripath bench --count FILE"))]
    Counts {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// No threads.
    #[error("cannot start threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

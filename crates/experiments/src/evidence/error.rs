//! Why evidence could not be gathered.

use miette::Diagnostic;
use tripath_model::ModelError;
use tripath_outputs::OutputError;

use crate::configuration::ConfigurationError;
use crate::run::MOST_THREADS;

/// Why evidence could not be gathered.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum EvidenceError {
    /// A configuration cannot be used.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Configuration(#[from] ConfigurationError),
    /// A world cannot begin or go on.
    #[error("{name}, seed {seed}: the world could not be run to its end")]
    World {
        /// Which configuration, and what was changed in it.
        name: String,
        /// Seed.
        seed: u64,
        /// Cause.
        source: ModelError,
    },
    /// There is no such mechanism.
    #[error("there is no mechanism `{name}`")]
    #[diagnostic(help("{hint}"))]
    UnknownMechanism {
        /// Name asked for.
        name: String,
        /// Nearest name, or all.
        hint: String,
    },
    /// A number of threads that cannot be.
    #[error("the number of threads is {0}; allowed are 1 to {MOST_THREADS}")]
    Threads(usize),
    /// Threads cannot be started.
    #[error("cannot start the threads: {0}")]
    ThreadPool(#[from] rayon::ThreadPoolBuildError),
    /// The CSV file cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl EvidenceError {
    /// Whether the program is to blame and not the input.
    pub fn is_internal(&self) -> bool {
        match self {
            Self::World { source, .. } => !matches!(source, ModelError::Invalid(_) | ModelError::Diverged { .. }),
            Self::ThreadPool(_) => true,
            _ => false,
        }
    }
}

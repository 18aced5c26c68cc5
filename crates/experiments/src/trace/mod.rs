//! The life of one enterprise, from the written tables alone.

mod candidates;
mod life;
mod story;

pub use candidates::{Candidate, candidates};
pub use life::{Ending, Life, LifeEvent, YearOfLife, life};

use std::path::PathBuf;

use crate::summary::SummaryError;

/// Why a life cannot be told.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum TraceError {
    /// A folder or table cannot be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Tables(#[from] SummaryError),
    /// No table knows the enterprise.
    #[error("no table of {} knows the enterprise {enterprise}", folder.display())]
    #[diagnostic(help("`tripath trace {}` without a number offers some; an enterprise that lived in the burn-in alone is in no table", folder.display()))]
    Unknown {
        /// The run.
        folder: PathBuf,
        /// Id asked for.
        enterprise: u64,
    },
}

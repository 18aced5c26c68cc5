//! What a run shows, read from its tables alone.

mod growth;
mod macro_averages;
mod returns;
mod table;
mod warnings;

use std::path::{Path, PathBuf};

use serde::Serialize;
use tripath_outputs::{Manifest, OutputError, Status};

pub use growth::{GrowthAccounts, GrowthLine};
pub use macro_averages::MacroAverages;
pub use returns::PathReturns;
pub(crate) use table::{ColumnIndex, RowView, Table};

/// Why a folder cannot be summed up.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum SummaryError {
    /// There is no manifest.
    #[error("{} holds no run: there is no manifest.json in it", folder.display())]
    #[diagnostic(help("name the folder that `tripath run` wrote, such as outputs/china-like-seed1"))]
    NoRun {
        /// The folder.
        folder: PathBuf,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A table is not CSV.
    #[error("cannot read the table {}", path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: csv::Error,
    },
    /// A table lacks a column.
    #[error("the table {} has no column `{column}`", path.display())]
    Column {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// A table of a complete run has other rows than its manifest says.
    #[error("the table {} has {rows} rows, its manifest says {expected}: it is cut short, or was edited", path.display())]
    Length {
        /// The file.
        path: PathBuf,
        /// Rows in the file.
        rows: u64,
        /// Rows in the manifest.
        expected: u64,
    },
    /// A cell is not a number.
    #[error("the table {} has `{text}` in the column `{column}`, line {line}, where a number should stand", path.display())]
    Number {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
        /// Line in the file.
        line: u64,
        /// What stands there.
        text: String,
    },
}

/// What a run shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// The folder.
    pub folder: PathBuf,
    /// Name of the preset or file.
    pub name: String,
    /// How the run stands.
    pub status: Status,
    /// Why it failed.
    pub reason: Option<String>,
    /// Seed.
    pub seed: u64,
    /// Averages of the economy; missing where `macro` was not recorded or has no rows yet.
    #[serde(rename = "macro")]
    pub averages: Option<MacroAverages>,
    /// Returns by source of funding, cumulated; empty where `returns` was not recorded.
    pub returns: Vec<PathReturns>,
    /// Where growth came from; missing where `growth` was not recorded or has no rows yet.
    pub growth: Option<GrowthAccounts>,
    /// What the reader should know before believing the rest.
    pub warnings: Vec<String>,
}

impl Summary {
    /// Reads the tables of a run's folder.
    ///
    /// # Errors
    /// The folder holds no run, or a table cannot be read.
    pub fn of_folder(folder: &Path) -> Result<Self, SummaryError> {
        let manifest = Manifest::read(folder)?.ok_or_else(|| SummaryError::NoRun { folder: folder.to_owned() })?;
        let averages = macro_averages::read(folder)?;
        let mut warnings = warnings::of_status(&manifest);
        warnings.extend(averages.iter().flat_map(MacroAverages::warnings));
        warnings.extend(warnings::of_events(folder)?);
        Ok(Self {
            folder: folder.to_owned(),
            name: manifest.name,
            status: manifest.status,
            reason: manifest.reason,
            seed: manifest.seed,
            averages,
            returns: returns::read(folder)?,
            growth: growth::read(folder)?,
            warnings,
        })
    }
}

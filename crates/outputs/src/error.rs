//! What can go wrong between a row and the disk.

use std::io;
use std::path::{Path, PathBuf};

/// Why a table, manifest or data package could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A table cannot take more rows.
    #[error("cannot write the table {}; its first {safe_rows} rows are safe and readable", path.display())]
    Table {
        /// File of the table.
        path: PathBuf,
        /// Whole rows in the file.
        safe_rows: u64,
        /// Cause.
        source: io::Error,
    },
    /// The parts of a table cannot take more rows.
    #[error("cannot write {}, the parts of a table; its first {safe_rows} rows are safe", path.display())]
    Part {
        /// File of the parts.
        path: PathBuf,
        /// Rows in whole parts.
        safe_rows: u64,
        /// Cause.
        source: io::Error,
    },
    /// A table is not there yet.
    #[error("the table {} is not put together yet: its run is at work, or was killed and goes on by `tripath resume`", path.display())]
    TableUnfinished {
        /// File of the table.
        path: PathBuf,
    },
    /// A file cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// A manifest is not one of this program's.
    #[error("{} is not a manifest of tripath: {message}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        message: String,
    },
    /// A table that should be continued is not there.
    #[error("the table {} is missing; {rows} rows were written to it", path.display())]
    TableMissing {
        /// File of the table.
        path: PathBuf,
        /// Rows it had.
        rows: u64,
    },
    /// A table that should be continued has lost rows.
    #[error("the table {} has {found} bytes; {expected} were written to it", path.display())]
    TableShorter {
        /// File of the table.
        path: PathBuf,
        /// Bytes found.
        found: u64,
        /// Bytes written.
        expected: u64,
    },
    /// A table that should be continued has other rows than were written.
    #[error("the table {} was changed: its first {bytes} bytes are not the ones that were written", path.display())]
    TableChanged {
        /// File of the table.
        path: PathBuf,
        /// Bytes compared.
        bytes: u64,
    },
}

impl OutputError {
    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Write { path: path.to_owned(), source }
    }

    pub(crate) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Read { path: path.to_owned(), source }
    }

    /// Whether there is no room: a full disk, a quota, or a limit on the size of files.
    pub fn is_out_of_space(&self) -> bool {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match self {
            Self::Table { source, .. } | Self::Part { source, .. } | Self::Write { source, .. } => {
                matches!(source.kind(), StorageFull | QuotaExceeded | FileTooLarge)
            }
            _ => false,
        }
    }
}

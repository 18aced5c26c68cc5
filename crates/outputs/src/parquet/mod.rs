//! Tables as Apache Parquet.
//!
//! A Parquet file can be read only once its end is written, and its bytes depend on how rows are cut into groups.
//! Groups are therefore a constant number of rows, whatever the time, the threads or an interruption. While a run is
//! at work, finished groups are appended to a file of parts beside the table ([`parts`]), and the rows of the open
//! group stay in memory, or in the checkpoint. The table itself is put together from the parts when the run ends or is
//! interrupted, under another name, and renamed in one step: a table that is there is whole.

mod columns;
mod layout;
mod parts;
mod rows;
mod sink;
mod table;

pub use rows::ParquetRows;
pub use table::ParquetWriter;

use std::io;
use std::path::Path;

use ::parquet::errors::ParquetError;

use crate::error::OutputError;

/// Rows in a group. Small enough that an open group of the widest table takes some 30 MB, large enough for readers that
/// skip groups by their statistics.
const GROUP_ROWS: usize = 65_536;

/// A failure while a table is put together: the disk's where it was the disk's.
fn not_written(path: &Path) -> impl FnOnce(ParquetError) -> OutputError + '_ {
    move |error| OutputError::Write { path: path.to_owned(), source: io_error(error) }
}

fn not_read(path: &Path) -> impl FnOnce(ParquetError) -> OutputError + '_ {
    move |error| OutputError::Read { path: path.to_owned(), source: io_error(error) }
}

fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        },
        other => io::Error::other(other),
    }
}

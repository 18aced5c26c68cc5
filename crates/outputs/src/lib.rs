//! What a run leaves behind: tables as CSV or Parquet, a manifest, a data package. No economics.
//!
//! Rows are encoded and written on a thread of their own ([`BackgroundWriter`]) behind a bounded queue,
//! so that memory stays bounded and the economy does not wait for the disk unless the disk is slower. Checkpoints, and
//! bytes on their way from the system to the disk, wait on a second thread.
//! Only whole rows are ever handed to a file, and every table keeps its SHA-256 as it grows.

mod background;
mod cell_text;
mod data_package;
mod digest;
mod errands;
mod error;
mod format;
mod manifest;
mod parquet;
mod table_digest;
mod table_set;
mod table_writer;
mod whole_file;

pub use background::{BackgroundWriter, Finished, Stopped};
pub use data_package::{DATA_PACKAGE_FILE, data_package, data_package_of};
pub use digest::{hex, sha256_hex};
pub use error::OutputError;
pub use format::TableFormat;
pub use manifest::{Divergence, MANIFEST_FILE, MANIFEST_FORMAT, Manifest, Program, Status, TableEntry};
pub use parquet::{ParquetRows, ParquetWriter};
pub use table_digest::TableDigest;
pub use table_set::{ResumePoint, TableSet, parts_file, remove_parts, table_file};
pub use table_writer::{TablePosition, TableWriter};
pub use whole_file::{is_partial_of, partial, rename_into_place, write_whole};

//! Results on disk: one line a run, each with its checksum, in a file of its own for every process.
//!
//! A process only ever appends to a file that it made itself, so that writes never interleave, on whatever file system.
//! A line that was torn by the end of its process is told by its checksum and left out: the run is done again.

mod index;
mod line;
mod writer;

pub use index::{Index, file_at_work};
pub use line::{Outcome, Record, StoredTable, number_text};
pub use writer::ResultWriter;

/// Folder of the result files.
pub const RESULTS_FOLDER: &str = "results";

/// Ending of a result file.
pub const RESULTS_ENDING: &str = "jsonl";

//! The manifest: what ran, how far it came, and the digest of what it left.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::OutputError;
use crate::format::TableFormat;
use crate::table_set::table_file;
use crate::table_writer::TablePosition;
use crate::whole_file::write_whole;

/// File name of the manifest.
pub const MANIFEST_FILE: &str = "manifest.json";

/// Value of [`Manifest::format`]: a folder with it was written by this program.
pub const MANIFEST_FORMAT: &str = "tripath-run-1";

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// At work, or killed without a chance to say so.
    Running,
    /// All ticks done.
    Complete,
    /// Stopped by the user; it can be resumed.
    Interrupted,
    /// A variable left its bounds, which ended the run: see [`Manifest::diverged`]. It cannot be resumed.
    Diverged,
    /// Stopped by a failure; the reason is given.
    Failed,
}

impl Status {
    /// The word in the manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Complete => "complete",
            Self::Interrupted => "interrupted",
            Self::Diverged => "diverged",
            Self::Failed => "failed",
        }
    }
}

/// Which program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Commit it was built from; `unknown` where it was built without a repository.
    pub commit: String,
}

impl Program {
    /// As one line.
    pub fn words(&self) -> String {
        format!("{} {} ({})", self.name, self.version, self.commit)
    }
}

/// One table in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    /// File, relative to the folder.
    pub file: String,
    /// Rows, the header not counted.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// Where and why a run diverged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Divergence {
    /// The last tick of the run, since the start of the burn-in.
    pub tick: u32,
    /// Calendar year at its end.
    pub year: f64,
    /// Which variable left its bound, with the value and the bound.
    pub cause: String,
}

/// What ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`MANIFEST_FORMAT`].
    pub format: String,
    /// Name of the preset or file.
    pub name: String,
    /// How the run stands.
    pub status: Status,
    /// Why it failed or diverged.
    pub reason: Option<String>,
    /// Where and why it diverged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diverged: Option<Divergence>,
    /// Seed of all draws.
    pub seed: u64,
    /// Digest of the configuration after defaults and overrides.
    pub configuration_digest: String,
    /// Which program.
    pub program: Program,
    /// Ticks done, burn-in included.
    pub ticks_done: u32,
    /// Ticks of the whole run, burn-in included.
    pub ticks_total: u32,
    /// Ticks of the burn-in, which no table holds.
    pub ticks_burn_in: u32,
    /// Threads of the last session.
    pub threads: usize,
    /// Time at work over all sessions.
    pub wall_time_seconds: f64,
    /// Tables by name; empty while the run is at work.
    pub tables: BTreeMap<String, TableEntry>,
}

impl Manifest {
    /// Writes the manifest in one step.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), OutputError> {
        let path = folder.join(MANIFEST_FILE);
        let mut text =
            serde_json::to_string_pretty(self).map_err(|error| OutputError::Manifest { path: path.clone(), message: error.to_string() })?;
        text.push('\n');
        write_whole(&path, text.as_bytes())
    }

    /// Reads the manifest of a folder; nothing where there is none.
    ///
    /// # Errors
    /// It cannot be read, or is not one of this program's.
    pub fn read(folder: &Path) -> Result<Option<Self>, OutputError> {
        let path = folder.join(MANIFEST_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(OutputError::Read { path, source }),
        };
        let manifest: Self =
            serde_json::from_str(&text).map_err(|error| OutputError::Manifest { path: path.clone(), message: error.to_string() })?;
        if manifest.format != MANIFEST_FORMAT {
            let message = format!("its format is `{}`, this program writes `{MANIFEST_FORMAT}`", manifest.format);
            return Err(OutputError::Manifest { path, message });
        }
        Ok(Some(manifest))
    }

    /// Takes over how far the tables have come.
    pub fn set_tables(&mut self, positions: &[TablePosition], format: TableFormat) {
        self.tables = positions
            .iter()
            .map(|position| {
                let TablePosition { table, rows, bytes, sha256 } = position.clone();
                (table.to_owned(), TableEntry { file: table_file(table, format), rows, bytes, sha256 })
            })
            .collect();
    }
}

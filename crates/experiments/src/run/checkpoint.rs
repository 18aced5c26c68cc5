//! The checkpoint file: from where a run goes on.
//!
//! Layout: 8 bytes of mark, length of the header (u32, little endian), the header as JSON, rows of each table that
//! were in no file, the state of the model, SHA-256 of all before. A file that was cut or changed is told from a whole one.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tripath_model::observe::RecordPlan;
use tripath_outputs::{OutputError, Program, ResumePoint, TablePosition, sha256_hex, write_whole};

use crate::configuration::Configuration;

/// File name of the checkpoint.
pub const CHECKPOINT_FILE: &str = "checkpoint.bin";

const MARK: &[u8; 8] = b"TRIPATH1";
const DIGEST_BYTES: usize = 64;

/// Why a checkpoint cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// It cannot be read from the disk.
    #[error("cannot read the checkpoint {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// It is cut or changed.
    #[error("the checkpoint {} is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        what: &'static str,
    },
    /// It belongs to another program, configuration or seed.
    #[error("the checkpoint {} was written with {what} {found}; here it is {here}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: &'static str,
        /// In the checkpoint.
        found: String,
        /// Here.
        here: String,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StoredPosition {
    table: String,
    rows: u64,
    bytes: u64,
    sha256: String,
    /// Bytes of its rows that were in no file.
    #[serde(default)]
    open_bytes: usize,
}

/// What all checkpoints of a run have in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Origin {
    program: Program,
    configuration_digest: String,
    /// The configuration itself, so that a copy of the file alone is enough to branch from.
    configuration: String,
    seed: u64,
}

impl Origin {
    pub(crate) fn of(program: Program, configuration: &Configuration) -> Self {
        let (seed, configuration_digest) = (configuration.seed, configuration.digest());
        Self { program, configuration_digest, configuration: configuration.to_toml(false), seed }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Header {
    #[serde(flatten)]
    origin: Origin,
    ticks_done: u32,
    tables: Vec<StoredPosition>,
}

/// From where a run goes on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Checkpoint {
    header: Header,
    /// Rows that were in no file, in the order of the header's tables.
    open_rows: Vec<Vec<u8>>,
    /// State of the model.
    pub(crate) model: Vec<u8>,
}

impl Checkpoint {
    pub(crate) fn new(origin: Origin, ticks_done: u32, model: Vec<u8>) -> Self {
        Self { header: Header { origin, ticks_done, tables: Vec::new() }, open_rows: Vec::new(), model }
    }

    /// Writes the checkpoint in one step, with the points at which the tables are at its tick.
    pub(crate) fn write(mut self, path: &Path, tables: &[ResumePoint]) -> Result<(), OutputError> {
        let stored = |ResumePoint { position: p, open_rows }: &ResumePoint| StoredPosition {
            table: p.table.to_owned(),
            rows: p.rows,
            bytes: p.bytes,
            sha256: p.sha256.clone(),
            open_bytes: open_rows.len(),
        };
        self.header.tables = tables.iter().map(stored).collect();
        let open_bytes: usize = tables.iter().map(|table| table.open_rows.len()).sum();
        let header = serde_json::to_vec(&self.header)
            .map_err(|error| OutputError::Write { path: path.to_owned(), source: io::Error::other(error) })?;
        let length =
            u32::try_from(header.len()).map_err(|error| OutputError::Write { path: path.to_owned(), source: io::Error::other(error) })?;
        let mut bytes = Vec::with_capacity(MARK.len() + 4 + header.len() + open_bytes + self.model.len() + DIGEST_BYTES);
        bytes.extend_from_slice(MARK);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&header);
        for table in tables {
            bytes.extend_from_slice(&table.open_rows);
        }
        bytes.extend_from_slice(&self.model);
        let digest = sha256_hex(&bytes);
        bytes.extend_from_slice(digest.as_bytes());
        write_whole(path, &bytes)
    }

    /// Reads a checkpoint; nothing where there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, CheckpointError> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(CheckpointError::Unreadable { path: path.to_owned(), source }),
        };
        Self::from_bytes(&bytes).map(Some).map_err(|what| CheckpointError::Damaged { path: path.to_owned(), what })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, &'static str> {
        let (content, digest) = bytes.split_last_chunk::<DIGEST_BYTES>().ok_or("it is too short")?;
        let content_after_mark = content.strip_prefix(MARK).ok_or("it does not begin like a checkpoint of this program")?;
        if sha256_hex(content).as_bytes() != digest {
            return Err("its digest does not fit its content");
        }
        let (length, rest) = content_after_mark.split_first_chunk::<4>().ok_or("it is too short")?;
        let (header, mut rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or("it is too short")?;
        let header: Header = serde_json::from_slice(header).map_err(|_| "its header is not one of this version")?;
        let mut open_rows = Vec::with_capacity(header.tables.len());
        for table in &header.tables {
            let (open, after) = rest.split_at_checked(table.open_bytes).ok_or("it is too short")?;
            open_rows.push(open.to_vec());
            rest = after;
        }
        Ok(Self { header, open_rows, model: rest.to_vec() })
    }

    /// Name of the run, from its configuration.
    pub(crate) fn name(&self) -> &str {
        let quoted = self.header.origin.configuration.lines().find_map(|line| line.strip_prefix("name = "));
        quoted.map_or("run", |quoted| quoted.trim_matches('"'))
    }

    /// The resolved configuration of the run.
    pub(crate) fn configuration(&self) -> &str {
        &self.header.origin.configuration
    }

    /// Ticks done since the start of the burn-in.
    pub(crate) fn ticks_done(&self) -> u32 {
        self.header.ticks_done
    }

    /// Refuses a checkpoint of another program: the same bytes may mean another world to it.
    pub(crate) fn must_be_of_program(&self, program: &Program, path: &Path) -> Result<(), CheckpointError> {
        let (found, here) = (self.header.origin.program.words(), program.words());
        if found == here { Ok(()) } else { Err(CheckpointError::Foreign { path: path.to_owned(), what: "the program", found, here }) }
    }

    /// Refuses a checkpoint of another program, configuration or seed: its bytes would lead to other tables.
    pub(crate) fn must_belong_to(&self, configuration: &Configuration, program: &Program, path: &Path) -> Result<(), CheckpointError> {
        self.must_be_of_program(program, path)?;
        let pairs = [
            ("the configuration", self.header.origin.configuration_digest.clone(), configuration.digest()),
            ("the seed", self.header.origin.seed.to_string(), configuration.seed.to_string()),
        ];
        match pairs.into_iter().find(|(_, found, here)| found != here) {
            Some((what, found, here)) => Err(CheckpointError::Foreign { path: path.to_owned(), what, found, here }),
            None => Ok(()),
        }
    }

    /// Points at which the tables were at the checkpoint's tick.
    pub(crate) fn points(&self, plan: &RecordPlan) -> Vec<ResumePoint> {
        let name = |stored: &StoredPosition| plan.tables().find(|table| table.name == stored.table).map(|table| table.name);
        let point = |(stored, open_rows): (&StoredPosition, &Vec<u8>)| {
            let position = TablePosition { table: name(stored)?, rows: stored.rows, bytes: stored.bytes, sha256: stored.sha256.clone() };
            Some(ResumePoint { position, open_rows: open_rows.clone() })
        };
        self.header.tables.iter().zip(&self.open_rows).filter_map(point).collect()
    }
}

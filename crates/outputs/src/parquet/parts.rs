//! Finished groups of a table that is not yet put together: for each its length (u64, little endian), then a
//! Parquet file of its own. The file only grows, so that a position in it is a point from which a run can go on.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::error::OutputError;
use crate::table_writer::{TablePosition, hash_start};

#[derive(Debug)]
pub(super) struct Parts {
    path: PathBuf,
    file: File,
    rows: u64,
    bytes: u64,
    hash: Sha256,
}

impl Parts {
    /// A new file; what stood there is lost.
    pub(super) fn create(path: &Path) -> Result<Self, OutputError> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path).map_err(OutputError::write(path))?;
        Ok(Self { path: path.to_owned(), file, rows: 0, bytes: 0, hash: Sha256::new() })
    }

    /// Goes on at a position; what follows it is cut off.
    pub(super) fn resume(path: &Path, position: &TablePosition) -> Result<Self, OutputError> {
        let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(OutputError::read(path))?;
        let found = file.metadata().map_err(OutputError::read(path))?.len();
        if found < position.bytes {
            return Err(OutputError::TableShorter { path: path.to_owned(), found, expected: position.bytes });
        }
        let hash = hash_start(&mut file, position.bytes).map_err(OutputError::read(path))?;
        if hex(&hash.clone().finalize()) != position.sha256 {
            return Err(OutputError::TableChanged { path: path.to_owned(), bytes: position.bytes });
        }
        file.set_len(position.bytes).map_err(OutputError::write(path))?;
        Ok(Self { path: path.to_owned(), file, rows: position.rows, bytes: position.bytes, hash })
    }

    /// Appends a group. Where the file does not take it, it is cut back to the groups it had.
    pub(super) fn append(&mut self, part: &[u8], rows: usize) -> Result<(), OutputError> {
        let length = (part.len() as u64).to_le_bytes();
        let written =
            self.file.seek(SeekFrom::Start(self.bytes)).and_then(|_| self.file.write_all(&length)).and_then(|()| self.file.write_all(part));
        if let Err(source) = written {
            // The cause of the first failure is the one to tell, whether or not the cut succeeds.
            let _ = self.file.set_len(self.bytes);
            return Err(OutputError::Part { path: self.path.clone(), safe_rows: self.rows, source });
        }
        self.hash.update(length);
        self.hash.update(part);
        self.bytes += length.len() as u64 + part.len() as u64;
        self.rows += rows as u64;
        Ok(())
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn position(&self, table: &'static str) -> TablePosition {
        TablePosition { table, rows: self.rows, bytes: self.bytes, sha256: hex(&self.hash.clone().finalize()) }
    }

    /// Hands every group to `action`, in order.
    pub(super) fn for_each(&mut self, mut action: impl FnMut(Bytes) -> Result<(), OutputError>) -> Result<(), OutputError> {
        let path = &self.path;
        self.file.seek(SeekFrom::Start(0)).map_err(OutputError::read(path))?;
        let mut at = 0;
        while at < self.bytes {
            let part = read_part(&mut self.file, self.bytes - at).map_err(OutputError::read(path))?;
            at += 8 + part.len() as u64;
            action(part.into())?;
        }
        Ok(())
    }

    pub(super) fn sync(&mut self) -> Result<(), OutputError> {
        self.file.sync_data().map_err(OutputError::write(&self.path))
    }
}

fn read_part(file: &mut File, left: u64) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    file.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > left {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a group is longer than the file"));
    }
    let mut part = Vec::new();
    let read = file.take(length).read_to_end(&mut part)?;
    if read as u64 == length { Ok(part) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

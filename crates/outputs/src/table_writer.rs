//! One table on its way to its file.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tripath_model::observe::{Cells, Row, TableSchema};

use crate::cell_text::CsvText;
use crate::digest::hex;
use crate::error::OutputError;

/// Rows are collected up to this many bytes before they go to the file.
const BUFFER_BYTES: usize = 128 * 1024;

/// Bytes that a file may grow by before they are handed on to the disk.
const HAND_OVER_BYTES: u64 = 4 << 20;

/// How far a table has come in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePosition {
    /// Name of the table.
    pub table: &'static str,
    /// Rows in the file, the header not counted.
    pub rows: u64,
    /// Bytes in the file.
    pub bytes: u64,
    /// SHA-256 of these bytes.
    pub sha256: String,
}

/// Writes one table. The buffer holds whole rows only, so that the file never ends inside a row
/// unless the process is killed in the middle of one write.
#[derive(Debug)]
pub struct TableWriter {
    schema: TableSchema,
    path: PathBuf,
    file: File,
    buffer: CsvText,
    buffered_rows: u64,
    rows: u64,
    bytes: u64,
    /// Of these, bytes that somebody was asked to hand to the disk.
    handed_over: u64,
    hash: Sha256,
}

impl TableWriter {
    /// A new file with the header; what stood there is lost.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn create(schema: &TableSchema, path: &Path) -> Result<Self, OutputError> {
        let file = File::create(path).map_err(OutputError::write(path))?;
        let mut writer = Self::over(schema, path, file);
        writer.buffer.push_header(schema);
        writer.flush()?;
        Ok(writer)
    }

    /// Continues a file at a position it had; what follows the position is cut off.
    ///
    /// # Errors
    /// The file is missing, shorter than the position, not the one that was written, or cannot be opened.
    pub fn resume(schema: &TableSchema, path: &Path, position: &TablePosition) -> Result<Self, OutputError> {
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                return Err(OutputError::TableMissing { path: path.to_owned(), rows: position.rows });
            }
            Err(source) => return Err(OutputError::Read { path: path.to_owned(), source }),
        };
        let found = file.metadata().map_err(OutputError::read(path))?.len();
        if found < position.bytes {
            return Err(OutputError::TableShorter { path: path.to_owned(), found, expected: position.bytes });
        }
        let mut writer = Self::over(schema, path, file);
        writer.hash = hash_start(&mut writer.file, position.bytes).map_err(OutputError::read(path))?;
        if hex(&writer.hash.clone().finalize()) != position.sha256 {
            return Err(OutputError::TableChanged { path: path.to_owned(), bytes: position.bytes });
        }
        writer.rows = position.rows;
        writer.bytes = position.bytes;
        writer.handed_over = position.bytes;
        writer.cut_to_written().map_err(OutputError::write(path))?;
        Ok(writer)
    }

    fn over(schema: &TableSchema, path: &Path, file: File) -> Self {
        Self {
            schema: *schema,
            path: path.to_owned(),
            file,
            buffer: CsvText::default(),
            buffered_rows: 0,
            rows: 0,
            bytes: 0,
            handed_over: 0,
            hash: Sha256::new(),
        }
    }

    /// Takes one row.
    ///
    /// # Errors
    /// The buffer was full and the file does not take it.
    pub fn write(&mut self, row: &dyn Cells) -> Result<(), OutputError> {
        self.buffer.push_cells(row);
        self.row_is_in_the_buffer()
    }

    /// Takes rows of one type: no cell is asked what it is.
    ///
    /// # Errors
    /// As [`TableWriter::write`].
    pub fn write_rows<R: Row>(&mut self, rows: &[R]) -> Result<(), OutputError> {
        rows.iter().try_for_each(|row| {
            self.buffer.push_row(row);
            self.row_is_in_the_buffer()
        })
    }

    fn row_is_in_the_buffer(&mut self) -> Result<(), OutputError> {
        self.buffered_rows += 1;
        if self.buffer.len() >= BUFFER_BYTES { self.flush() } else { Ok(()) }
    }

    /// Hands all rows to the file.
    ///
    /// # Errors
    /// The file does not take them; it is then cut back to the rows it had, and these rows are lost.
    pub fn flush(&mut self) -> Result<(), OutputError> {
        if self.buffer.len() == 0 {
            return Ok(());
        }
        let outcome = self.file.write_all(self.buffer.as_bytes());
        if outcome.is_ok() {
            self.hash.update(self.buffer.as_bytes());
            self.bytes += self.buffer.len() as u64;
            self.rows += self.buffered_rows;
        }
        self.buffer.clear();
        self.buffered_rows = 0;
        outcome.map_err(|source| {
            // A torn row may stay if even the cut fails; the cause of the first failure is the one to tell.
            let _ = self.cut_to_written();
            OutputError::Table { path: self.path.clone(), safe_rows: self.rows, source }
        })
    }

    /// Hands all rows to the file and the file to the disk: some file systems tell only now that they are full.
    ///
    /// # Errors
    /// As [`TableWriter::flush`], or the disk does not take the file.
    pub fn sync(&mut self) -> Result<(), OutputError> {
        self.flush()?;
        self.file.sync_data().map_err(|source| OutputError::Table { path: self.path.clone(), safe_rows: 0, source })
    }

    /// Offers the file to `take` where it has grown by much since somebody took it.
    pub(crate) fn hand_over(&mut self, take: impl FnOnce(&Path) -> bool) {
        if self.bytes - self.handed_over >= HAND_OVER_BYTES && take(&self.path) {
            self.handed_over = self.bytes;
        }
    }

    fn cut_to_written(&mut self) -> io::Result<()> {
        self.file.set_len(self.bytes)?;
        self.file.seek(SeekFrom::Start(self.bytes))?;
        Ok(())
    }

    /// How far the file has come; rows still in the buffer are not counted.
    pub fn position(&self) -> TablePosition {
        TablePosition { table: self.schema.name, rows: self.rows, bytes: self.bytes, sha256: hex(&self.hash.clone().finalize()) }
    }
}

/// SHA-256 of the first bytes of a file.
pub(crate) fn hash_start(file: &mut File, bytes: u64) -> io::Result<Sha256> {
    let mut hash = Sha256::new();
    let mut start = file.take(bytes);
    let mut chunk = vec![0; BUFFER_BYTES];
    loop {
        match start.read(&mut chunk)? {
            0 => return Ok(hash),
            count => hash.update(&chunk[..count]),
        }
    }
}

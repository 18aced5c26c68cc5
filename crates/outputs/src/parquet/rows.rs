//! Reading a table back, row by row.

use std::fs::File;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

use tripath_model::observe::Cell;

use super::columns::{Group, GroupCells, is_known};
use super::not_read;
use crate::cell_text::push_plain;
use crate::error::OutputError;

/// Rows of a Parquet table as text, each cell as CSV has it, without quotes.
pub struct ParquetRows {
    path: PathBuf,
    reader: SerializedFileReader<File>,
    columns: Vec<String>,
    next_group: usize,
    group: Option<GroupCells>,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl std::fmt::Debug for ParquetRows {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("ParquetRows").field("path", &self.path).field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl ParquetRows {
    /// Opens a table.
    ///
    /// # Errors
    /// The file cannot be read, is not Parquet, or has columns of types that tables do not have.
    pub fn open(path: &Path) -> Result<Self, OutputError> {
        let file = File::open(path).map_err(OutputError::read(path))?;
        let reader = SerializedFileReader::new(file).map_err(not_read(path))?;
        let schema = reader.metadata().file_metadata().schema_descr();
        if let Some(other) = schema.columns().iter().find(|column| !is_known(column.physical_type())) {
            let message = format!("the column `{}` is {}, a type that tables do not have", other.name(), other.physical_type());
            return Err(not_read(path)(ParquetError::General(message)));
        }
        let columns = schema.columns().iter().map(|column| column.name().to_owned()).collect();
        Ok(Self { path: path.to_owned(), reader, columns, next_group: 0, group: None, text: Vec::new(), ends: Vec::new() })
    }

    /// Names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Hands the cells of the next row to `take`; false after the last.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn next_row(&mut self, mut take: impl FnMut(&str)) -> Result<bool, OutputError> {
        self.text.clear();
        self.ends.clear();
        loop {
            let (text, ends) = (&mut self.text, &mut self.ends);
            let write = |cell: Cell<'_>| {
                push_plain(text, cell);
                ends.push(text.len());
            };
            if self.group.as_mut().is_some_and(|group| group.next(write)) {
                break;
            }
            if self.next_group >= self.reader.num_row_groups() {
                return Ok(false);
            }
            self.group = Some(self.read_group(self.next_group).map_err(not_read(&self.path))?);
            self.next_group += 1;
        }
        let mut start = 0;
        for end in &self.ends {
            // Cells are numbers in digits, or texts that were checked when they were read.
            take(std::str::from_utf8(&self.text[start..*end]).unwrap_or(""));
            start = *end;
        }
        Ok(true)
    }

    fn read_group(&self, index: usize) -> Result<GroupCells, ParquetError> {
        let group = self.reader.get_row_group(index)?;
        Ok(Group::read(group.as_ref(), self.reader.metadata().file_metadata().schema_descr())?.into_cells())
    }
}

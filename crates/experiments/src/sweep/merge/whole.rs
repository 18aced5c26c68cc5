//! A large CSV file that is there whole or not at all, written row by row.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::PathBuf;

use tripath_outputs::{OutputError, partial, rename_into_place};

/// Writes beside the file and takes its place at the end.
pub(super) struct WholeCsv {
    path: PathBuf,
    partial: PathBuf,
    writer: Option<csv::Writer<BufWriter<File>>>,
}

impl WholeCsv {
    pub(super) fn create<T: AsRef<[u8]>>(path: PathBuf, header: impl IntoIterator<Item = T>) -> Result<Self, OutputError> {
        let partial = partial(&path);
        let file = File::create(&partial).map_err(|source| OutputError::Write { path: path.clone(), source })?;
        let mut whole = Self { path, partial, writer: Some(csv::Writer::from_writer(BufWriter::new(file))) };
        whole.row(header)?;
        Ok(whole)
    }

    pub(super) fn row<T: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), OutputError> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.write_record(cells).map_err(|error| self.failed(error.into()))
    }

    /// Takes the place of the file, and gives its name.
    pub(super) fn finish(mut self) -> Result<String, OutputError> {
        if let Some(writer) = self.writer.take() {
            let buffer = writer.into_inner().map_err(|error| self.failed(io::Error::other(error.to_string())))?;
            let file = buffer.into_inner().map_err(|error| self.failed(error.into_error()))?;
            file.sync_all().map_err(|error| self.failed(error))?;
            rename_into_place(&self.partial, &self.path).map_err(|error| self.failed(error))?;
        }
        Ok(self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
    }

    fn failed(&self, source: io::Error) -> OutputError {
        OutputError::Write { path: self.path.clone(), source }
    }
}

impl Drop for WholeCsv {
    fn drop(&mut self) {
        // Where it was finished there is nothing to remove.
        let _ = fs::remove_file(&self.partial);
    }
}

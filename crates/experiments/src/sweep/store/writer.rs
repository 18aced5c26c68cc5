//! The file that a process appends its results to.

use std::fs::{File, OpenOptions, create_dir_all};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tripath_outputs::OutputError;

use super::line::{Record, sealed};
use super::{RESULTS_ENDING, RESULTS_FOLDER};
use crate::sweep::stride::Stride;

/// Lines reach the file at once, and the disk after this time at the latest: only a loss of power can cost more.
const SYNC_EVERY: Duration = Duration::from_secs(1);

/// A new file for results, locked as long as it is open. It is made with the first result.
#[derive(Debug)]
pub struct ResultWriter {
    path: PathBuf,
    file: File,
    bytes: u64,
    synced: Instant,
}

impl ResultWriter {
    /// Makes a new file, with `head` as its first line.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(folder: &Path, stride: Stride, head: &str) -> Result<Self, OutputError> {
        let folder = folder.join(RESULTS_FOLDER);
        let failed = |path: &Path, source| OutputError::Write { path: path.to_owned(), source };
        create_dir_all(&folder).map_err(|source| failed(&folder, source))?;
        for number in 1.. {
            let path = folder.join(format!("{}-of-{}-{number}.{RESULTS_ENDING}", stride.first, stride.of));
            let file = match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(source) => return Err(failed(&path, source)),
            };
            // File systems without locks exist: runs done twice there are the same and counted once.
            let _ = file.try_lock();
            let mut writer = Self { path, file, bytes: 0, synced: Instant::now() };
            writer.append_text(&sealed(head))?;
            writer.sync()?;
            #[cfg(unix)]
            File::open(&folder).and_then(|folder| folder.sync_all()).map_err(|source| failed(&folder, source))?;
            return Ok(writer);
        }
        Err(failed(&folder, io::Error::other("there is no name left")))
    }

    /// Appends a result.
    ///
    /// # Errors
    /// The disk does not take it; the file is then cut back to whole lines.
    pub fn append(&mut self, record: &Record) -> Result<(), OutputError> {
        let json = serde_json::to_string(record).map_err(|error| self.failed(io::Error::other(error)))?;
        self.append_text(&sealed(&json))?;
        if self.synced.elapsed() >= SYNC_EVERY { self.sync() } else { Ok(()) }
    }

    /// Hands the file to the disk.
    ///
    /// # Errors
    /// The disk does not take it.
    pub fn sync(&mut self) -> Result<(), OutputError> {
        self.synced = Instant::now();
        self.file.sync_data().map_err(|source| self.failed(source))
    }

    fn append_text(&mut self, line: &str) -> Result<(), OutputError> {
        match self.file.write_all(line.as_bytes()) {
            Ok(()) => {
                self.bytes += line.len() as u64;
                Ok(())
            }
            Err(source) => {
                // A torn line may stay if even the cut fails; it is left out when the file is read.
                let _ = self.file.set_len(self.bytes);
                Err(self.failed(source))
            }
        }
    }

    fn failed(&self, source: io::Error) -> OutputError {
        OutputError::Write { path: self.path.clone(), source }
    }
}

impl Drop for ResultWriter {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

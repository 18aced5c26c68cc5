//! The folder of a run: whose it is, and that only one process writes it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tripath_model::Model;
use tripath_outputs::{DATA_PACKAGE_FILE, MANIFEST_FILE, Manifest, TableFormat, is_partial_of, parts_file, table_file};

use super::checkpoint::CHECKPOINT_FILE;
use super::error::RunError;

/// File name of the resolved configuration.
pub const CONFIGURATION_FILE: &str = "config.toml";

/// File that is locked while a process writes the folder. It stays: its presence marks the folder as ours,
/// and removing a file that another process may be about to lock would let two processes in.
pub const LOCK_FILE: &str = ".tripath.lock";

/// A folder that this process alone writes.
#[derive(Debug)]
pub(crate) struct RunFolder {
    path: PathBuf,
    lock: File,
}

impl Drop for RunFolder {
    /// Gives the folder up at once. Closing the file would not do: a process started by this one meanwhile
    /// holds a copy of the open file until its own program begins, and the lock lives as long as the last copy.
    fn drop(&mut self) {
        // A file system without locks has none to give up.
        let _ = self.lock.unlock();
    }
}

impl RunFolder {
    /// Takes a folder for a new run. With `overwrite` the files of an earlier run are deleted, and no others.
    pub(crate) fn claim_new(path: &Path, model: &Model, overwrite: bool) -> Result<Self, RunError> {
        let unwritable = |source| RunError::FolderUnwritable { folder: path.to_owned(), source };
        fs::create_dir_all(path).map_err(unwritable)?;
        let names = file_names(path).map_err(unwritable)?;
        let manifest = Manifest::read(path).ok().flatten();
        if !names.is_empty() && manifest.is_none() && !names.iter().any(|name| name == LOCK_FILE) {
            return Err(RunError::FolderForeign { folder: path.to_owned() });
        }
        let folder = Self::lock(path)?;
        let manifest = Manifest::read(path).ok().flatten();
        let mut ours: Vec<String> = own_files(model);
        // Tables of another version of the program, by the names in its manifest, unless they lead elsewhere.
        let listed = manifest.iter().flat_map(|manifest| manifest.tables.values()).map(|table| table.file.clone());
        ours.extend(listed.filter(|file| {
            !file.contains(['/', '\\']) && TableFormat::ALL.iter().any(|format| file.ends_with(&format!(".{}", format.word())))
        }));
        let is_ours = |name: &str| ours.iter().any(|own| own == name || is_partial_of(name, own));
        let earlier: Vec<String> = file_names(path).map_err(unwritable)?.into_iter().filter(|name| is_ours(name)).collect();
        if !earlier.is_empty() && !overwrite {
            return Err(RunError::FolderTaken { folder: path.to_owned(), status: manifest.map(|manifest| manifest.status) });
        }
        for name in earlier {
            fs::remove_file(path.join(name)).map_err(unwritable)?;
        }
        Ok(folder)
    }

    /// Takes the folder of a run that is to go on.
    pub(crate) fn claim_existing(path: &Path) -> Result<Self, RunError> {
        if !path.join(CONFIGURATION_FILE).is_file() {
            return Err(RunError::NoRun { folder: path.to_owned() });
        }
        Self::lock(path)
    }

    /// Takes a folder, whatever is in it.
    pub(crate) fn lock(path: &Path) -> Result<Self, RunError> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path.join(LOCK_FILE));
        let lock = file.map_err(|source| RunError::FolderUnwritable { folder: path.to_owned(), source })?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => Err(RunError::FolderBusy { folder: path.to_owned() }),
            // File systems without locks exist; a run there is as safe as its user is careful.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Self { path: path.to_owned(), lock }),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

fn own_files(model: &Model) -> Vec<String> {
    let fixed = [MANIFEST_FILE, CONFIGURATION_FILE, DATA_PACKAGE_FILE, CHECKPOINT_FILE].map(str::to_owned);
    let of_tables = model.tables().into_iter().flat_map(|table| {
        let finished = TableFormat::ALL.map(|format| table_file(table.name, format));
        finished.into_iter().chain([parts_file(table.name)])
    });
    fixed.into_iter().chain(of_tables).collect()
}

fn file_names(path: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(path)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

//! Files that are there whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::OutputError;

const PARTIAL: &str = ".partial";

/// Name of the unfinished form of a file, beside it.
pub fn partial(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(PARTIAL);
    PathBuf::from(name)
}

/// Whether a file name is the unfinished form of `name`, left by a process that was killed.
pub fn is_partial_of(file: &str, name: &str) -> bool {
    file.strip_suffix(PARTIAL) == Some(name)
}

/// Replaces a file in one step: a reader, and a machine that loses power, sees the old bytes or the new ones.
///
/// # Errors
/// The bytes cannot be written; the old file is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let partial = partial(path);
    write_and_rename(&partial, path, bytes).map_err(|source| {
        let _ = fs::remove_file(&partial);
        OutputError::Write { path: path.to_owned(), source }
    })
}

fn write_and_rename(partial: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    rename_into_place(partial, path)
}

/// Gives a file that is whole its name, so that it lasts.
///
/// # Errors
/// It cannot be renamed, or its folder not be synced.
pub fn rename_into_place(partial: &Path, path: &Path) -> io::Result<()> {
    fs::rename(partial, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

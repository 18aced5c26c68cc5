//! All results of a folder: where each lies, so that they can be read in order without holding them.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use tripath_outputs::OutputError;

use super::line::{Outcome, Record, opened};
use super::{RESULTS_ENDING, RESULTS_FOLDER};
use crate::sweep::SweepError;
use crate::sweep::stride::Stride;

/// Where a result lies, and the little of it that guards need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    file: u32,
    length: u32,
    offset: u64,
    /// How the run ended.
    pub outcome: Outcome,
}

/// All results of a folder by point and replicate.
#[derive(Debug, Default)]
pub struct Index {
    files: Vec<PathBuf>,
    places: BTreeMap<(u32, u32), Place>,
    /// Lines that were torn when their process ended.
    pub torn: usize,
    /// Results that are there twice, and the same.
    pub repeated: usize,
}

impl Index {
    /// Reads all result files; `head` is the first line of those of this sweep. With `skip_failed`, runs that broke off do not count.
    ///
    /// # Errors
    /// A file cannot be read, was changed, or belongs to another sweep; two results of one run differ.
    pub fn read(folder: &Path, head: &str, skip_failed: bool) -> Result<Self, SweepError> {
        let mut index = Self::default();
        for path in result_files(folder)? {
            index.add(path, head, skip_failed)?;
        }
        Ok(index)
    }

    fn add(&mut self, path: PathBuf, head: &str, skip_failed: bool) -> Result<(), SweepError> {
        let unreadable = |source| OutputError::Read { path: path.clone(), source };
        let mut reader = BufReader::new(File::open(&path).map_err(unreadable)?);
        let file = self.files.len() as u32;
        self.files.push(path.clone());
        let (mut offset, mut number, mut bytes) = (0, 0, Vec::new());
        loop {
            bytes.clear();
            let length = reader.read_until(b'\n', &mut bytes).map_err(unreadable)?;
            if length == 0 {
                return Ok(());
            }
            number += 1;
            if bytes.last() != Some(&b'\n') {
                // Only the end of a file can be torn: its process ended, or is at work on it now.
                self.torn += 1;
                return Ok(());
            }
            let damaged = |what: &str, hint: String| SweepError::Damaged { file: path.clone(), line: number, what: what.to_owned(), hint };
            let cut = || format!("remove the lines from {number} on, or the whole file: their runs are done again, and no other");
            let text = std::str::from_utf8(&bytes[..length - 1]).ok();
            let json = text.and_then(opened).ok_or_else(|| damaged("the line was changed: its checksum does not fit", cut()))?;
            if number == 1 {
                if json != head {
                    let hint = "take the file away: results of two sweeps are never mixed".to_owned();
                    return Err(damaged("the file belongs to another sweep, or to another version of the program", hint));
                }
            } else {
                let record: Record = serde_json::from_str(json).map_err(|_| damaged("the line is no result of this version", cut()))?;
                if !(skip_failed && record.outcome == Outcome::Failed) {
                    let place = Place { file, length: length as u32, offset, outcome: record.outcome };
                    self.insert(&record, place)?;
                }
            }
            offset += length as u64;
        }
    }

    fn insert(&mut self, record: &Record, place: Place) -> Result<(), SweepError> {
        let key = (record.point as u32, record.replicate);
        let Some(earlier) = self.places.get(&key).copied() else {
            self.places.insert(key, place);
            return Ok(());
        };
        let first = self.load(earlier)?;
        match (first.outcome, record.outcome) {
            // A run that broke off and was tried again counts as it went then.
            (Outcome::Failed, _) => {
                self.places.insert(key, place);
            }
            (_, Outcome::Failed) => {}
            _ if first.is_same_result(record) => self.repeated += 1,
            _ => {
                return Err(SweepError::TwoResults {
                    run: record.run_id.clone(),
                    point: record.point,
                    replicate: record.replicate,
                    first: first.digest,
                    second: record.digest.clone(),
                });
            }
        }
        Ok(())
    }

    fn load(&self, place: Place) -> Result<Record, SweepError> {
        let path = &self.files[place.file as usize];
        let mut bytes = vec![0; place.length as usize];
        let read = File::open(path).and_then(|mut file| {
            file.seek(SeekFrom::Start(place.offset))?;
            file.read_exact(&mut bytes)
        });
        read.map_err(|source| OutputError::Read { path: path.clone(), source })?;
        let json = std::str::from_utf8(&bytes[..bytes.len().saturating_sub(1)]).ok().and_then(opened);
        json.and_then(|json| serde_json::from_str(json).ok()).ok_or_else(|| SweepError::Damaged {
            file: path.clone(),
            line: 0,
            what: "the file changed while it was read".to_owned(),
            hint: "run the command again".to_owned(),
        })
    }

    /// The result of a run; nothing where it is not done.
    ///
    /// # Errors
    /// Its file cannot be read.
    pub fn record(&self, point: usize, replicate: u32) -> Result<Option<Record>, SweepError> {
        self.place(point, replicate).map(|place| self.load(place)).transpose()
    }

    /// Where the result of a run lies; nothing where it is not done.
    pub fn place(&self, point: usize, replicate: u32) -> Option<Place> {
        self.places.get(&(point as u32, replicate)).copied()
    }

    /// Runs that are done, in order.
    pub fn done(&self) -> impl Iterator<Item = (usize, u32, Place)> {
        self.places.iter().map(|((point, replicate), place)| (*point as usize, *replicate, *place))
    }
}

/// Result files of a folder by name.
fn result_files(folder: &Path) -> Result<Vec<PathBuf>, OutputError> {
    let folder = folder.join(RESULTS_FOLDER);
    let unreadable = |source| OutputError::Read { path: folder.clone(), source };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(unreadable(source)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == RESULTS_ENDING) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A file that another process appends to now, and whose runs a stride has in common.
///
/// # Errors
/// The folder cannot be read.
pub fn file_at_work(folder: &Path, stride: Stride) -> Result<Option<PathBuf>, OutputError> {
    for path in result_files(folder)? {
        let other = path.file_stem().and_then(|stem| {
            let stem = stem.to_string_lossy().into_owned();
            let (first, rest) = stem.split_once("-of-")?;
            let (of, _) = rest.split_once('-')?;
            Some(Stride { first: first.parse().ok()?, of: of.parse().ok().filter(|of| *of > 0)? })
        });
        if other.is_none_or(|other| other.meets(stride))
            && let Ok(file) = File::open(&path)
        {
            match file.try_lock_shared() {
                Err(TryLockError::WouldBlock) => return Ok(Some(path)),
                Ok(()) => {
                    let _ = file.unlock();
                }
                Err(TryLockError::Error(_)) => {}
            }
        }
    }
    Ok(None)
}

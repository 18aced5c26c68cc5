//! Small runs into folders, and what they leave.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use tripath_experiments::configuration::{Configuration, Source, load};
use tripath_experiments::run::{Progress, RunError, RunOptions, RunReport, SessionOptions, Silent, resume_folder, run_to_folder};
use tripath_model::{Clock, Model};
use tripath_outputs::{Manifest, Program};

/// A small economy of a few years.
///
/// # Panics
/// `baseline` cannot be loaded.
pub fn small_economy() -> Configuration {
    let overrides = ["time.years=6", "time.burn_in_years=2", "population.enterprises=60"].map(str::to_owned);
    load(&Source::from_argument("baseline"), &overrides).expect("baseline is a preset")
}

/// How the tests work.
pub fn session(threads: usize) -> SessionOptions {
    let program = Program { name: "tripath".to_owned(), version: "test".to_owned(), commit: "unknown".to_owned() };
    SessionOptions { threads, checkpoint_every_years: 2, program, model: Model::standard() }
}

/// Runs into a new folder.
///
/// # Errors
/// As [`run_to_folder`].
pub fn run_into(folder: &Path, configuration: &Configuration) -> Result<RunReport, RunError> {
    run_and_stop(folder, configuration, u32::MAX)
}

/// Runs into a new folder and stops after some ticks.
///
/// # Errors
/// As [`run_to_folder`].
pub fn run_and_stop(folder: &Path, configuration: &Configuration, ticks: u32) -> Result<RunReport, RunError> {
    let options = RunOptions { out: folder.to_owned(), overwrite: false, session: session(1) };
    let stop = AtomicBool::new(ticks == 0);
    run_to_folder(configuration, &options, &mut StopAt { ticks, stop: &stop }, &stop)
}

/// Goes on and stops after some ticks, counted from the start of the run.
///
/// # Errors
/// As [`resume_folder`].
pub fn resume_and_stop(folder: &Path, threads: usize, ticks: u32) -> Result<RunReport, RunError> {
    let stop = AtomicBool::new(false);
    resume_folder(folder, &session(threads), &mut StopAt { ticks, stop: &stop }, &stop)
}

/// Goes on to the end.
///
/// # Errors
/// As [`resume_folder`].
pub fn resume(folder: &Path) -> Result<RunReport, RunError> {
    resume_folder(folder, &session(2), &mut Silent, &AtomicBool::new(false))
}

struct StopAt<'a> {
    ticks: u32,
    stop: &'a AtomicBool,
}

impl Progress for StopAt<'_> {
    fn started(&mut self, _clock: Clock, _ticks_per_year: u32) {}
    fn advanced(&mut self, clock: Clock) {
        if clock.done >= self.ticks {
            self.stop.store(true, Ordering::Relaxed);
        }
    }
    fn ended(&mut self, _clock: Clock) {}
}

/// Bytes of all tables of a folder by file name.
///
/// # Panics
/// They cannot be read.
pub fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry").path());
    let tables = names.filter(|path| path.extension().is_some_and(|extension| extension == "csv" || extension == "parquet"));
    tables
        .map(|path| (path.file_name().expect("a file").to_string_lossy().into_owned(), std::fs::read(&path).expect("a table is readable")))
        .collect()
}

/// Sees that two folders hold the same tables, byte by byte, and some rows.
///
/// # Panics
/// They do not.
pub fn assert_same_tables(folder: &Path, expected: &Path, what: &str) {
    let (found, expected) = (tables(folder), tables(expected));
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{what}: other tables");
    for (name, bytes) in &expected {
        assert!(
            found[name] == *bytes,
            "{what}: {name} has {} bytes, not the {} bytes expected, or other ones",
            found[name].len(),
            bytes.len()
        );
    }
    assert!(expected.values().any(|bytes| bytes.len() > 1000), "{what}: nothing was recorded");
}

/// Sees that every table is whole rows, each with as many cells as the header; a torn last line is allowed after a kill.
///
/// # Panics
/// One is not.
pub fn assert_whole_rows(folder: &Path, torn_end_allowed: bool) {
    for (name, bytes) in tables(folder) {
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        assert!(torn_end_allowed || end == bytes.len(), "{name} ends inside a row");
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(&bytes[..end]);
        for row in reader.records() {
            row.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

/// The manifest of a folder.
///
/// # Panics
/// There is none.
pub fn manifest(folder: &Path) -> Manifest {
    Manifest::read(folder).expect("the manifest is readable").expect("there is a manifest")
}

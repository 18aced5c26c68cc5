//! Any run of a sweep again, exactly, into a folder of its own with all the tables one wants.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tripath_model::Model;

use super::folder::{SWEEP_FILE, SweepFolder, locate};
use super::identity::RunSpec;
use super::store::{Index, Outcome, Record};
use super::work::divergence_words;
use super::{Design, SweepError};
use crate::run::{Progress, RunError, RunOptions, RunReport, run_to_folder};

/// What to replay.
#[derive(Debug, Clone)]
pub struct ReplayOptions {
    /// Name of the run, or its first digits.
    pub run: String,
    /// Tables to keep; all if empty.
    pub tables: Vec<String>,
    /// Where and how to run.
    pub run_options: RunOptions,
}

/// A run made again.
#[derive(Debug, Clone)]
pub struct Replay {
    /// How the run ended.
    pub report: RunReport,
    /// What the sweep has of it.
    pub record: Record,
    /// Tables that are byte for byte those of the sweep.
    pub same: Vec<String>,
}

/// The sweep below a folder that has a run.
///
/// # Errors
/// None has it.
pub fn find_sweep(model: &Model, below: &Path, run: &str) -> Result<PathBuf, SweepError> {
    let entries = std::fs::read_dir(below).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.join(SWEEP_FILE).is_file()).collect();
    folders.sort();
    for folder in folders {
        // Sweeps of other versions or broken ones are not the one that is looked for.
        let found = locate(model, &folder, None).and_then(|located| {
            let program = super::folder::program_of(&folder)?;
            let opened = SweepFolder::open(&folder, &located.design, &program)?;
            find(&Index::read(&folder, &opened.head(), false)?, run, &folder)
        });
        if found.is_ok() {
            return Ok(folder);
        }
    }
    Err(SweepError::NoSuchRun { run: run.to_owned(), folder: below.to_owned() })
}

fn find(index: &Index, run: &str, folder: &Path) -> Result<Record, SweepError> {
    let nothing = || SweepError::NoSuchRun { run: run.to_owned(), folder: folder.to_owned() };
    let mut found = None;
    for (point, replicate, _) in index.done() {
        let record = index.record(point, replicate)?.filter(|record| !run.is_empty() && record.run_id.starts_with(run));
        if let Some(record) = record {
            if found.is_some() {
                return Err(nothing());
            }
            found = Some(record);
        }
    }
    found.ok_or_else(nothing)
}

/// Makes a run of a sweep again and compares its tables with those of the sweep.
///
/// # Errors
/// There is no such run, it breaks off again, its folder cannot be written, or a table differs.
pub fn replay(
    folder: &SweepFolder,
    design: &Design,
    options: &ReplayOptions,
    progress: &mut dyn Progress,
    stop: &AtomicBool,
) -> Result<Replay, SweepError> {
    let index = Index::read(folder.path(), &folder.head(), false)?;
    let record = find(&index, &options.run, folder.path())?;
    let spec = RunSpec::of(design, &options.run_options.session.program, record.point, record.replicate)?;
    let mut configuration = spec.configuration;
    // What the sweep recorded is always made again, to be compared.
    let recorded = design.recorded();
    for name in &options.tables {
        if !design.tables.iter().any(|schema| schema.name == name) {
            return Err(RunError::unknown_table(design.base.model(), name).into());
        }
    }
    configuration.outputs.tables = if options.tables.is_empty() {
        Vec::new()
    } else {
        let wanted = |name: &str| recorded.contains(&name) || options.tables.iter().any(|table| table == name);
        design.tables.iter().map(|schema| schema.name).filter(|name| wanted(name)).map(str::to_owned).collect()
    };
    configuration.name = format!("{}-{}", design.name, record.run_id);
    let report = run_to_folder(&configuration, &options.run_options, progress, stop)?;
    let mut same = Vec::new();
    if let Some(tripath_outputs::Divergence { tick, year, cause }) = &report.manifest.diverged {
        let reason = divergence_words(*tick, *year, cause);
        if record.outcome != Outcome::Diverged || record.reason != reason {
            return Err(SweepError::TwoResults {
                run: record.run_id.clone(),
                point: record.point,
                replicate: record.replicate,
                first: format!("{} {}", record.outcome.word(), record.reason),
                second: format!("diverged {reason}"),
            });
        }
    }
    if report.manifest.status == tripath_outputs::Status::Complete {
        for stored in &record.tables {
            let found = report.manifest.tables.get(&stored.table).map(|entry| entry.sha256.as_str()).unwrap_or_default();
            if found != stored.sha256 {
                return Err(SweepError::TwoResults {
                    run: record.run_id.clone(),
                    point: record.point,
                    replicate: record.replicate,
                    first: format!("{} {}", stored.table, stored.sha256),
                    second: format!("{} {found}", stored.table),
                });
            }
            same.push(stored.table.clone());
        }
    }
    Ok(Replay { report, record, same })
}

//! What one run shows of each fact.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tripath_outputs::Status;

use super::fact::{Fact, Gap, Measure, Reading, Regime, Stop};
use super::lineage::{lineage, regime};
use super::run_tables::RunTables;
use super::settings::Settings;
use super::{ValidationError, fact};
use crate::configuration::presets;
use crate::evidence::Progress;
use crate::run::MOST_THREADS;

/// Readings of one run.
#[derive(Debug)]
pub struct MeasuredRun {
    /// Its folder.
    pub folder: PathBuf,
    /// Name of the preset or file.
    pub name: String,
    /// Seed.
    pub seed: u64,
    /// How the run stands.
    pub status: Status,
    /// Why it stands so, where it is not complete.
    pub reason: Option<String>,
    /// Which targets hold.
    pub regime: Regime,
    /// Presets it stands on, nearest first.
    pub lineage: Vec<String>,
    /// Its configuration without name, seed and what is recorded.
    pub economy: Settings,
    /// One for each fact.
    pub readings: Vec<Result<Vec<Reading>, Gap>>,
}

impl MeasuredRun {
    /// Measures facts of a run.
    ///
    /// # Errors
    /// The folder holds no run, or a table is no table.
    pub fn of(tables: &RunTables, facts: &[&Fact], judged_as: Option<&str>) -> Result<Self, ValidationError> {
        let manifest = tables.manifest();
        if let Some(name) = judged_as.filter(|name| !presets().iter().any(|preset| preset.name == *name)) {
            return Err(ValidationError::UnknownPreset(name.to_owned()));
        }
        // The configuration tells what it extends; where it does not, its name may be that of a preset.
        let lineage = match judged_as {
            Some(name) => lineage(name),
            None => tables.settings().lineage().unwrap_or_else(|| lineage(&manifest.name)),
        };
        let mut readings = Vec::with_capacity(facts.len());
        for fact in facts {
            let measure = match fact.measure {
                Measure::Run(measure) => measure,
                Measure::Pair(rule) => rule.single,
            };
            let asked = fact.presets.is_empty() || fact.presets.iter().any(|preset| lineage.iter().any(|name| name == preset));
            readings.push(match if asked { measure(tables) } else { Err(fact::Gap::NotApplicable(fact.presets).into()) } {
                Ok(values) => Ok(values),
                Err(Stop::Gap(gap)) => Err(gap),
                Err(Stop::Broken(error)) => return Err(error.into()),
            });
        }
        Ok(Self {
            folder: tables.folder().to_owned(),
            name: manifest.name.clone(),
            seed: manifest.seed,
            status: manifest.status,
            reason: manifest.reason.clone(),
            regime: regime(&lineage),
            lineage,
            economy: tables.settings().economy(),
            readings,
        })
    }
}

/// Measures runs that are there, several at once; results stand in the order of the folders.
///
/// # Errors
/// The first folder in order that cannot be read.
pub fn measure_folders(
    folders: &[PathBuf],
    facts: &[&Fact],
    judged_as: Option<&str>,
    threads: usize,
    progress: Progress<'_>,
) -> Result<Vec<MeasuredRun>, ValidationError> {
    at_once(folders, threads, progress, |folder| MeasuredRun::of(&RunTables::open(folder)?, facts, judged_as))
}

/// Works on items with so many threads; the first error in the order of the items is returned.
pub(super) fn at_once<I: Sync, T: Send>(
    items: &[I],
    threads: usize,
    progress: Progress<'_>,
    work: impl Fn(&I) -> Result<T, ValidationError> + Sync,
) -> Result<Vec<T>, ValidationError> {
    if !(1..=MOST_THREADS).contains(&threads) {
        return Err(ValidationError::Threads { threads, most: MOST_THREADS });
    }
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results: Vec<Mutex<Option<Result<T, ValidationError>>>> = items.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(place) else { break };
                    let result = work(item);
                    // A lock is held by its own worker alone.
                    if let Ok(mut slot) = results[place].lock() {
                        *slot = Some(result);
                    }
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, items.len());
                }
            });
        }
    });
    results.into_iter().filter_map(|slot| slot.into_inner().ok().flatten()).collect()
}

//! Whatever the definitions of parameters allow is tried: each ends, is refused with a reason, or diverges by name.
//!
//! Cases come from the definitions themselves: both bounds of every parameter, bounds of important ones two by two, and random draws
//! over whole ranges. A panic is kept within its world; a panic or a broken identity is a fault of the program.

mod cases;
mod report;
mod shares;
mod world;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;
use tripath_model::Model;

pub use cases::{Case, IMPORTANT, Kind, bounds, pairs, random};
pub use report::{Summary, csv};
pub use world::Ended;

use crate::configuration::{ConfigurationError, Layers, Source};
use crate::run::{MOST_THREADS, RunError};

/// Told how many worlds of how many are done.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What to try.
#[derive(Debug, Clone)]
pub struct StressOptions {
    /// Names of presets, or TOML files.
    pub sources: Vec<String>,
    /// The model of all of them.
    pub model: Model,
    /// Settings of every case, `path.to.key=value`.
    pub settings: Vec<String>,
    /// Both bounds of every parameter, and every word of those that take one of a list.
    pub bounds: bool,
    /// Bounds of important parameters two by two.
    pub pairs: bool,
    /// So many random draws.
    pub random: usize,
    /// Years recorded.
    pub years: u32,
    /// Enterprises at the start.
    pub enterprises: u32,
    /// Seed of the worlds and of random draws.
    pub seed: u64,
    /// Worlds at once.
    pub threads: usize,
}

/// A case and how it ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StressRow {
    /// Preset or file.
    pub source: String,
    /// How the case was made.
    pub kind: Kind,
    /// What it sets, `path=value`, one after the other.
    pub settings: String,
    /// How it ended.
    pub status: Ended,
    /// Tick at which it diverged or broke off, since the start of the burn-in.
    pub tick: Option<u32>,
    /// Why it is not complete.
    pub cause: String,
    /// Mean growth of real output a year, in logs; like the others over the recorded years that there are.
    pub growth: Option<f64>,
    /// Mean growth of consumer prices a year, in logs.
    pub inflation: Option<f64>,
    /// Mean unemployment rate.
    pub unemployment: Option<f64>,
    /// Mean wage share.
    pub wage_share: Option<f64>,
    /// Debt of governments over annual output in the last tick.
    pub debt_ratio: Option<f64>,
    /// Enterprises in the last tick over those in the first.
    pub enterprise_ratio: Option<f64>,
    /// The first column of `macro` that is empty in a row, which in no preset any is: its number is not finite.
    pub missing: String,
    /// What repeats it.
    pub command: String,
}

/// Runs all cases; rows stand in the order of the cases, the same with any number of threads. Setting `stop` leaves out what has not begun.
///
/// # Errors
/// A source cannot be run as it is, or the number of threads cannot be had.
pub fn stress(options: &StressOptions, progress: Progress<'_>, stop: &AtomicBool) -> Result<Vec<StressRow>, StressError> {
    if !(1..=MOST_THREADS).contains(&options.threads) {
        return Err(RunError::Threads { threads: options.threads }.into());
    }
    let size = [format!("time.years={}", options.years), format!("population.enterprises={}", options.enterprises)];
    let fixed: Vec<String> = size.into_iter().chain(options.settings.iter().cloned()).collect();
    let mut work: Vec<(&str, Layers, Case)> = Vec::new();
    for source in &options.sources {
        let layers = Layers::read(&options.model, &Source::from_argument(source), &fixed);
        let parameters = layers.finish()?.parameters;
        let mut found = Vec::new();
        if options.bounds {
            found.extend(bounds(&parameters));
        }
        if options.pairs {
            found.extend(pairs(&parameters));
        }
        found.extend(random(&parameters, options.random, options.seed));
        work.extend(found.into_iter().map(|case| (source.as_str(), layers.clone(), case)));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build()?;
    let done = AtomicUsize::new(0);
    progress(0, work.len());
    let run = |(source, layers, case): &(&str, Layers, Case)| {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        let row = world::run(source, layers, case, &fixed, options.seed);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, work.len());
        Some(row)
    };
    let _quiet = world::Quiet::install();
    Ok(pool.install(|| work.par_iter().with_max_len(1).filter_map(run).collect()))
}

/// Why nothing could be tried.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum StressError {
    /// A source cannot be run as it is.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Configuration(#[from] ConfigurationError),
    /// A number of threads that cannot be.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Run(#[from] RunError),
    /// Threads cannot be started.
    #[error("cannot start the threads: {0}")]
    ThreadPool(#[from] rayon::ThreadPoolBuildError),
}

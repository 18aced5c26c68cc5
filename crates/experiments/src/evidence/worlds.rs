//! Many worlds at once, one a core, in memory.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use tripath_model::observe::Records;
use tripath_model::parameters::Parameters;
use tripath_model::{DriverSeries, ModelError, Simulation};

use super::EvidenceError;
use crate::run::MOST_THREADS;

/// Told after each world how many of how many are done.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// One world to run.
#[derive(Debug, Clone)]
pub struct World<'a> {
    /// The economy.
    pub parameters: &'a Parameters,
    /// One series for each driver.
    pub drivers: &'a [DriverSeries],
    /// Seed of all draws.
    pub seed: u64,
}

/// Runs one world to its end and gives the rows of all its ticks.
///
/// The panel of enterprises is not gathered: it holds the last recorded tick only.
///
/// # Errors
/// The configuration breaks a rule, or the world breaks an identity or a number.
///
/// # Panics
/// `tables` names a table that does not exist.
pub fn simulate(world: &World<'_>, tables: &[&str]) -> Result<Records, ModelError> {
    let plan = world.parameters.model().record_plan().keeping(tables.iter().copied()).expect("the tables of a statistic exist");
    let mut simulation = Simulation::new(world.parameters.clone(), world.drivers.to_vec(), world.seed, plan)?;
    while !simulation.finished() {
        simulation.tick()?;
    }
    // Nobody took rows on the way, so that all of them are still here.
    Ok(std::mem::take(simulation.records()))
}

/// Runs worlds in parallel and keeps of each what `measure` makes of its rows; results stand in the order of the worlds.
///
/// # Errors
/// The number of threads cannot be had. A world that fails is a result of its own.
pub(super) fn run_worlds<T: Send>(
    worlds: &[World<'_>],
    tables: &[&str],
    threads: usize,
    progress: Progress<'_>,
    measure: impl Fn(&Records) -> T + Sync,
) -> Result<Vec<Result<T, ModelError>>, EvidenceError> {
    if !(1..=MOST_THREADS).contains(&threads) {
        return Err(EvidenceError::Threads(threads));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let done = AtomicUsize::new(0);
    let work = |world: &World<'_>| {
        let result = simulate(world, tables).map(|records| measure(&records));
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, worlds.len());
        result
    };
    Ok(pool.install(|| worlds.par_iter().with_max_len(1).map(work).collect()))
}

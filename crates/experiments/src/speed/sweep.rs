//! Many small worlds.

use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;

use super::statistics::Measured;
use super::worlds::{forget, simulation, without_panel};
use super::{SpeedError, scaled};
use crate::configuration::Configuration;

/// Enterprises of a world.
pub const SWEEP_ENTERPRISES: u32 = 1000;

/// Years of a run.
pub const SWEEP_YEARS: u32 = 10;

/// Runs in a measurement.
const RUNS: u64 = 24;

/// Runs a second.
#[derive(Debug, Clone, Serialize)]
pub struct SweepRate {
    /// Threads, one world on each.
    pub threads: usize,
    /// Runs a second.
    pub runs_per_second: Measured,
    /// Time inside ticks over the time of all threads.
    pub tick_share: Measured,
}

pub(super) fn rate(configuration: &Configuration, threads: usize) -> Result<SweepRate, SpeedError> {
    let base = scaled(configuration, SWEEP_ENTERPRISES, SWEEP_YEARS);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let (mut rates, mut shares) = (Vec::new(), Vec::new());
    for round in 0..5 {
        let began = Instant::now();
        let runs = (0..RUNS).into_par_iter().map(|run| one(&base, base.seed.wrapping_add(round * RUNS + run)));
        let in_ticks: Vec<f64> = pool.install(|| runs.collect::<Result<_, _>>())?;
        let seconds = began.elapsed().as_secs_f64();
        rates.push(RUNS as f64 / seconds);
        shares.push(in_ticks.iter().sum::<f64>() / (seconds * threads as f64));
    }
    Ok(SweepRate { threads, runs_per_second: Measured::of(rates), tick_share: Measured::of(shares) })
}

/// Seconds inside ticks.
fn one(base: &Configuration, seed: u64) -> Result<f64, SpeedError> {
    let mut configuration = base.clone();
    configuration.seed = seed;
    let mut simulation = simulation(configuration, without_panel())?;
    let mut in_ticks = 0.0;
    while !simulation.finished() {
        let began = Instant::now();
        simulation.tick().map_err(|source| SpeedError::World { enterprises: SWEEP_ENTERPRISES, source })?;
        in_ticks += began.elapsed().as_secs_f64();
        forget(&mut simulation);
    }
    Ok(in_ticks)
}

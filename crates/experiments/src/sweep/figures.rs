//! What the machinery of sweeps costs on this machine: against bare runs, on more cores, and in memory over many runs.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tripath_model::{Model, Simulation};
use tripath_outputs::{OutputError, Program, write_whole};

use super::folder::{SweepFolder, locate};
use super::stride::Stride;
use super::work::{SweepProgress, Tally, WorkOptions, work};
use super::{Design, SweepError};
use crate::run::Silent;
use crate::speed::{Measured, forget, processor_seconds, resident_bytes};

/// Figures of the machinery.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// Enterprises of a world.
    pub enterprises: u32,
    /// Years of a run.
    pub years: u32,
    /// Seconds on a core of a bare run: a world, its ticks, nothing else.
    pub bare_seconds: Measured,
    /// Processor time of a sweep over that of the same runs bare, less one.
    pub overhead: Measured,
    /// Time of the sweep on one thread over that on so many, by the clock.
    pub speed_up: Vec<(usize, Measured)>,
    /// The same by processor time: threads times the time on one over the time on all. Other processes do not enter.
    pub speed_up_of_cores: Vec<(usize, Measured)>,
    /// Tiny runs of the test of memory.
    pub tiny_runs: usize,
    /// Tiny runs a second on all threads, by the clock.
    pub tiny_runs_per_second: f64,
    /// Resident memory after a tenth of them, and after all.
    pub resident_bytes: Option<(u64, u64)>,
}

const ENTERPRISES: u32 = 1000;
const YEARS: u32 = 40;
/// Runs of a measurement; rounds of measurements.
const RUNS: u32 = 16;
const ROUNDS: usize = 5;
const TINY_RUNS: u32 = 10_000;

/// Measures, and tells `say` what is being measured.
///
/// # Errors
/// The folder for temporary files cannot be written, or a world breaks off.
pub fn figures(threads: &[usize], program: &Program, say: &mut dyn FnMut(&str)) -> Result<Figures, SweepError> {
    let scratch = tempfile::tempdir().map_err(|source| OutputError::Write { path: std::env::temp_dir(), source })?;
    let design = design(scratch.path(), "big", ENTERPRISES, YEARS, RUNS)?;
    let (mut bare, mut overhead) = (Vec::new(), Vec::new());
    let mut by_clock = vec![Vec::new(); threads.len()];
    let mut by_core = vec![Vec::new(); threads.len()];
    for round in 0..ROUNDS {
        say(&format!("round {} of {ROUNDS}: bare runs", round + 1));
        let (_, bare_core) = timed(|| bare_runs(&design))?;
        bare.push(bare_core / f64::from(RUNS));
        say("the same runs as a sweep");
        let folder = |threads: usize| scratch.path().join(format!("big-{round}-{threads}"));
        let (one_clock, one_core) = timed(|| sweep(&design, &folder(1), 1, program, &Silent))?;
        overhead.push(one_core / bare_core - 1.0);
        for (index, count) in threads.iter().enumerate().filter(|(_, count)| **count > 1) {
            say(&format!("the same on {count} threads"));
            let (clock, core) = timed(|| sweep(&design, &folder(*count), *count, program, &Silent))?;
            by_clock[index].push(one_clock / clock);
            by_core[index].push(*count as f64 * one_core / core);
        }
    }
    say(&format!("{TINY_RUNS} tiny runs"));
    let tiny = self::design(scratch.path(), "tiny", 20, 1, TINY_RUNS)?;
    let watch = Memory(Mutex::default());
    let most = threads.iter().copied().max().unwrap_or(1);
    let (clock, _) = timed(|| sweep(&tiny, &scratch.path().join("tiny"), most, program, &watch))?;
    let early = *watch.0.lock().unwrap_or_else(PoisonError::into_inner);
    let of_threads = |lists: Vec<Vec<f64>>| {
        threads.iter().copied().zip(lists).filter(|(_, list)| !list.is_empty()).map(|(count, list)| (count, Measured::of(list))).collect()
    };
    Ok(Figures {
        enterprises: ENTERPRISES,
        years: YEARS,
        bare_seconds: Measured::of(bare),
        overhead: Measured::of(overhead),
        speed_up: of_threads(by_clock),
        speed_up_of_cores: of_threads(by_core),
        tiny_runs: TINY_RUNS as usize,
        tiny_runs_per_second: f64::from(TINY_RUNS) / clock,
        resident_bytes: early.zip(resident_bytes()),
    })
}

fn design(folder: &Path, name: &str, enterprises: u32, years: u32, runs: u32) -> Result<Design, SweepError> {
    let text = format!(
        "extends = \"china-like\"\n[constants]\ntime.years = {years}\ntime.burn_in_years = 0\npopulation.enterprises = {enterprises}\n\
         [replicates]\ncount = {runs}\n[metrics]\noutput = \"macro.output_real: mean\"\nsolar = \"sectors.output: last, where sector = solar\"\n"
    );
    let file = folder.join(format!("{name}.toml"));
    write_whole(&file, text.as_bytes())?;
    Ok(locate(&Model::standard(), &file, None)?.design)
}

/// Seconds by the clock and of the processor.
fn timed(action: impl FnOnce() -> Result<(), SweepError>) -> Result<(f64, f64), SweepError> {
    let (began, core) = (Instant::now(), processor_seconds());
    action()?;
    let clock = began.elapsed().as_secs_f64();
    // Where the system does not tell, the clock has to do.
    let core = core.zip(processor_seconds()).map_or(clock, |(before, after)| after - before);
    Ok((clock, core))
}

fn bare_runs(design: &Design) -> Result<(), SweepError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    pool.install(|| {
        for replicate in 0..design.replicates.most {
            let configuration = design.configuration(0)?;
            let plan = design.record_plan(&configuration)?;
            let seed = design.replicates.seed(0, replicate);
            let mut simulation = Simulation::new(configuration.parameters, configuration.drivers, seed, plan)?;
            while !simulation.finished() {
                simulation.tick()?;
                forget(&mut simulation);
            }
        }
        Ok(())
    })
}

fn sweep(design: &Design, folder: &Path, threads: usize, program: &Program, progress: &dyn SweepProgress) -> Result<(), SweepError> {
    let folder = SweepFolder::claim(folder, design, program)?;
    let program = program.clone();
    let options = WorkOptions { threads, stride: Stride::ALL, retry_failed: false, patience: Duration::ZERO, program };
    work(&folder, design, &options, progress, &AtomicBool::new(false)).map(drop)
}

/// Resident memory after a tenth of the runs.
struct Memory(Mutex<Option<u64>>);

impl SweepProgress for Memory {
    fn started(&self, _tally: &Tally) {}
    fn advanced(&self, tally: &Tally) {
        if tally.done == tally.all / 10 {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = resident_bytes();
        }
    }
    fn ended(&self, _tally: &Tally) {}
}

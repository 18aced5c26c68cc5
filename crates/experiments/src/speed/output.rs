//! From a configuration to bytes on a disk.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use serde::Serialize;
use tripath_model::observe::RecordPlan;
use tripath_outputs::{Program, TableSet};

use super::statistics::Measured;
use super::system::processor_seconds;
use super::worlds::simulation;
use super::{SpeedError, scaled};
use crate::configuration::Configuration;
use crate::run::{RunOptions, SessionOptions, Silent, run_to_folder};

/// Enterprises and ticks of the panel that is written.
const PANEL: (u32, u32) = (10_000, 8);

/// A configuration as it is, with its tables.
#[derive(Debug, Clone, Serialize)]
pub struct DefaultRun {
    /// Enterprises at the start.
    pub enterprises: u32,
    /// Years, burn-in included.
    pub years: u32,
    /// Seconds by the clock; the economy works on one thread, another encodes and writes.
    pub seconds: Measured,
    /// Seconds of work of all threads together.
    pub processor_seconds: Option<Measured>,
    /// Rows of all tables.
    pub rows: u64,
    /// Bytes of all tables.
    pub bytes: u64,
}

pub(super) fn default_run(configuration: &Configuration, program: &Program) -> Result<DefaultRun, SpeedError> {
    let session = SessionOptions { threads: 1, checkpoint_every_years: 10, program: program.clone() };
    let time = &configuration.parameters.time;
    let (mut seconds, mut work) = (Vec::new(), Vec::new());
    let (mut rows, mut bytes) = (0, 0);
    for _ in 0..5 {
        let folder = tempfile::tempdir().map_err(SpeedError::TemporaryFolder)?;
        let options = RunOptions { out: folder.path().join("run"), overwrite: false, session: session.clone() };
        let before = processor_seconds();
        let began = Instant::now();
        let report = run_to_folder(configuration, &options, &mut Silent, &AtomicBool::new(false))?;
        seconds.push(began.elapsed().as_secs_f64());
        work.extend(processor_seconds().zip(before).map(|(now, before)| now - before));
        rows = report.manifest.tables.values().map(|table| table.rows).sum();
        bytes = report.manifest.tables.values().map(|table| table.bytes).sum();
    }
    Ok(DefaultRun {
        enterprises: configuration.parameters.population.enterprises,
        years: time.years + time.burn_in_years,
        seconds: Measured::of(seconds),
        processor_seconds: (!work.is_empty()).then(|| Measured::of(work)),
        rows,
        bytes,
    })
}

/// A panel of every enterprise and tick, encoded and written by one thread that does nothing else.
#[derive(Debug, Clone, Serialize)]
pub struct PanelOutput {
    /// Rows a second.
    pub rows_per_second: Measured,
    /// Bytes a second.
    pub bytes_per_second: Measured,
}

pub(super) fn panel(configuration: &Configuration) -> Result<PanelOutput, SpeedError> {
    let (enterprises, ticks) = PANEL;
    let mut plan = RecordPlan::default();
    plan.enterprises.every_ticks = 1;
    let mut simulation = simulation(scaled(configuration, enterprises, ticks), plan.clone())?;
    let folder = tempfile::tempdir().map_err(SpeedError::TemporaryFolder)?;
    let mut tables = TableSet::create(folder.path(), &plan)?;
    let written = |tables: &TableSet| {
        let positions = tables.positions();
        let sum = |of: fn(&tripath_outputs::TablePosition) -> u64| positions.iter().map(of).sum::<u64>() as f64;
        (sum(|position| position.rows), sum(|position| position.bytes))
    };
    let (mut rows, mut bytes) = (Vec::new(), Vec::new());
    for _ in 0..ticks {
        simulation.tick().map_err(|source| SpeedError::World { enterprises, source })?;
        let before = written(&tables);
        let began = Instant::now();
        tables.write(simulation.records())?;
        tables.flush()?;
        let seconds = began.elapsed().as_secs_f64();
        let after = written(&tables);
        rows.push((after.0 - before.0) / seconds);
        bytes.push((after.1 - before.1) / seconds);
    }
    Ok(PanelOutput { rows_per_second: Measured::of(rows), bytes_per_second: Measured::of(bytes) })
}

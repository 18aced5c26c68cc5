//! From a configuration to bytes on a disk.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use serde::Serialize;
use tripath_model::observe::{EnterpriseRow, RecordPlan, Records};
use tripath_outputs::{Program, TableFormat, TableSet};

use super::statistics::Measured;
use super::system::{peak_bytes, processor_seconds};
use super::worlds::{forget, simulation};
use super::{SpeedError, scaled};
use crate::configuration::Configuration;
use crate::run::{RunOptions, RunReport, SessionOptions, Silent, run_to_folder};

/// Enterprises and ticks of the panel that is written from memory.
const PANEL: (u32, u32) = (10_000, 8);

/// Enterprises and years of the panel that is written while its economy runs.
const PANEL_RUN: (u32, u32) = (10_000, 5);

/// Measurements.
const ROUNDS: usize = 5;

/// A configuration as it is, with its tables and without.
#[derive(Debug, Clone, Serialize)]
pub struct DefaultRun {
    /// Enterprises at the start.
    pub enterprises: u32,
    /// Years, burn-in included.
    pub years: u32,
    /// Format of the tables.
    pub format: &'static str,
    /// Seconds by the clock; the economy works on one thread, another encodes and writes.
    pub seconds: Measured,
    /// Seconds of work of all threads together.
    pub processor_seconds: Option<Measured>,
    /// Seconds by the clock of the same economy when nothing is recorded or written, each measured right after a run with tables.
    pub seconds_without_tables: Measured,
    /// Time with tables over time without, by the clock, pair by pair.
    pub clock_ratio: Measured,
    /// Work with tables over work without, pair by pair.
    pub work_ratio: Option<Measured>,
    /// Rows of all tables.
    pub rows: u64,
    /// Bytes of all tables.
    pub bytes: u64,
}

fn run(configuration: &Configuration, program: &Program) -> Result<RunReport, SpeedError> {
    let folder = tempfile::tempdir().map_err(SpeedError::TemporaryFolder)?;
    let session = SessionOptions { threads: 1, checkpoint_every_years: 10, program: program.clone(), model: configuration.model().clone() };
    let options = RunOptions { out: folder.path().join("run"), overwrite: false, session };
    Ok(run_to_folder(configuration, &options, &mut Silent, &AtomicBool::new(false))?)
}

pub(super) fn default_run(configuration: &Configuration, format: TableFormat, program: &Program) -> Result<DefaultRun, SpeedError> {
    let mut configuration = configuration.clone();
    configuration.outputs.format = format;
    let time = &configuration.parameters.time;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let (mut with, mut without, mut work, mut clock_ratio, mut work_ratio) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut rows, mut bytes) = (0, 0);
    for _ in 0..ROUNDS {
        let before = processor_seconds();
        let began = Instant::now();
        let report = run(&configuration, program)?;
        let seconds = began.elapsed().as_secs_f64();
        let between = processor_seconds();
        let began = Instant::now();
        pool.install(|| run_without_tables(&configuration))?;
        let bare = began.elapsed().as_secs_f64();
        let after = processor_seconds();
        with.push(seconds);
        without.push(bare);
        clock_ratio.push(seconds / bare);
        if let (Some(before), Some(between), Some(after)) = (before, between, after) {
            work.push(between - before);
            work_ratio.push((between - before) / (after - between));
        }
        rows = report.manifest.tables.values().map(|table| table.rows).sum();
        bytes = report.manifest.tables.values().map(|table| table.bytes).sum();
    }
    Ok(DefaultRun {
        enterprises: configuration.parameters.population.enterprises,
        years: time.years + time.burn_in_years,
        format: format.word(),
        seconds: Measured::of(with),
        processor_seconds: (!work.is_empty()).then(|| Measured::of(work)),
        seconds_without_tables: Measured::of(without),
        clock_ratio: Measured::of(clock_ratio),
        work_ratio: (!work_ratio.is_empty()).then(|| Measured::of(work_ratio)),
        rows,
        bytes,
    })
}

fn run_without_tables(configuration: &Configuration) -> Result<(), SpeedError> {
    let enterprises = configuration.parameters.population.enterprises;
    let nothing = RecordPlan::only([]).unwrap_or_default();
    let mut simulation = simulation(configuration.clone(), nothing)?;
    while !simulation.finished() {
        simulation.tick().map_err(|source| SpeedError::World { enterprises, source })?;
        forget(&mut simulation);
    }
    Ok(())
}

/// A panel of every enterprise and tick, from memory, encoded and handed to the system by one thread that does nothing else.
#[derive(Debug, Clone, Serialize)]
pub struct PanelOutput {
    /// Format of the table.
    pub format: &'static str,
    /// Columns.
    pub columns: usize,
    /// Rows a second.
    pub rows_per_second: Measured,
    /// Bytes a second, as they stand in the file.
    pub bytes_per_second: Measured,
}

pub(super) fn panels(configuration: &Configuration) -> Result<Vec<PanelOutput>, SpeedError> {
    let (enterprises, ticks) = PANEL;
    let plan = panel_plan();
    let mut simulation = simulation(scaled(configuration, enterprises, ticks), plan.clone())?;
    let mut panel: Vec<Vec<EnterpriseRow>> = Vec::new();
    for _ in 0..ticks {
        simulation.tick().map_err(|source| SpeedError::World { enterprises, source })?;
        panel.push(std::mem::take(&mut simulation.records().enterprises));
        forget(&mut simulation);
    }
    TableFormat::ALL.into_iter().map(|format| panel_from_memory(&panel, &plan, format)).collect()
}

fn panel_plan() -> RecordPlan {
    let mut plan = RecordPlan::only(["enterprises"]).unwrap_or_default();
    plan.enterprises.every_ticks = 1;
    plan
}

fn panel_from_memory(panel: &[Vec<EnterpriseRow>], plan: &RecordPlan, format: TableFormat) -> Result<PanelOutput, SpeedError> {
    let (mut rows, mut bytes) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir().map_err(SpeedError::TemporaryFolder)?;
        let mut tables = TableSet::create(folder.path(), plan, format)?;
        let mut seconds = 0.0;
        for tick in panel {
            let mut records = Records::default();
            records.enterprises.clone_from(tick);
            let began = Instant::now();
            tables.write(&mut records)?;
            seconds += began.elapsed().as_secs_f64();
        }
        let began = Instant::now();
        if format == TableFormat::Csv {
            // What is left to do is the disk's.
            tables.flush()?;
            seconds += began.elapsed().as_secs_f64();
        }
        let (written, outcome) = tables.finish();
        outcome?;
        if format == TableFormat::Parquet {
            // A table is there only when it is finished: what the disk takes for that counts too.
            seconds += began.elapsed().as_secs_f64();
        }
        rows.push(written.iter().map(|table| table.rows).sum::<u64>() as f64 / seconds);
        bytes.push(written.iter().map(|table| table.bytes).sum::<u64>() as f64 / seconds);
    }
    let columns = <EnterpriseRow as tripath_model::observe::Row>::COLUMNS.len();
    Ok(PanelOutput { format: format.word(), columns, rows_per_second: Measured::of(rows), bytes_per_second: Measured::of(bytes) })
}

/// The same panel, written while the economy that it comes from runs on one thread.
#[derive(Debug, Clone, Serialize)]
pub struct PanelRun {
    /// Format of the table.
    pub format: &'static str,
    /// Enterprises at the start.
    pub enterprises: u32,
    /// Rows.
    pub rows: u64,
    /// Seconds by the clock, from the configuration to the table on the disk.
    pub seconds: Measured,
    /// Bytes of the table a second.
    pub bytes_per_second: Measured,
    /// Greatest resident memory of the process so far, bytes.
    pub greatest_resident_bytes: Option<u64>,
}

pub(super) fn panel_run(configuration: &Configuration, format: TableFormat, program: &Program) -> Result<PanelRun, SpeedError> {
    let (enterprises, years) = PANEL_RUN;
    let mut configuration = scaled(configuration, enterprises, years);
    configuration.outputs.format = format;
    configuration.outputs.tables = vec!["enterprises".to_owned()];
    configuration.outputs.enterprises = panel_plan().enterprises;
    let (mut seconds, mut rates, mut rows) = (Vec::new(), Vec::new(), 0);
    for _ in 0..3 {
        let began = Instant::now();
        let report = run(&configuration, program)?;
        let taken = began.elapsed().as_secs_f64();
        rows = report.manifest.tables.values().map(|table| table.rows).sum();
        seconds.push(taken);
        rates.push(report.manifest.tables.values().map(|table| table.bytes).sum::<u64>() as f64 / taken);
    }
    Ok(PanelRun {
        format: format.word(),
        enterprises,
        rows,
        seconds: Measured::of(seconds),
        bytes_per_second: Measured::of(rates),
        greatest_resident_bytes: peak_bytes(),
    })
}

//! One run: from its configuration to its record, with its tables and a checkpoint where it is stopped.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tripath_model::observe::{Cells, RecordPlan, Records};
use tripath_model::{ModelError, Simulation};
use tripath_outputs::{OutputError, Program, ResumePoint, TableDigest, TableFormat, TablePosition, TableWriter, sha256_hex, table_file};

use super::super::Design;
use super::super::error::SweepError;
use super::super::identity::RunSpec;
use super::super::metrics::{MeasuredSoFar, Measures};
use super::super::store::{Outcome, Record, StoredTable, number_text};
use crate::run::{Checkpoint, Origin, words_of_panic};

/// Folder of kept tables, one folder a run.
pub const TABLES_FOLDER: &str = "tables";
/// Folder of the checkpoints of runs that were stopped.
pub const CHECKPOINTS_FOLDER: &str = "checkpoints";

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// With a record.
    Done(Box<Record>),
    /// By a stop; a checkpoint is left.
    Interrupted,
}

/// Makes runs of a design.
#[derive(Debug)]
pub struct Worlds<'a> {
    /// The design.
    pub design: &'a Design,
    /// Which program.
    pub program: &'a Program,
    /// Where kept tables and checkpoints go; nothing to keep none.
    pub folder: Option<&'a Path>,
    /// Any of them ends the runs after the tick at work.
    pub stop: [&'a AtomicBool; 2],
}

/// Where the rows of a table go.
enum Sink {
    File(Box<TableWriter>),
    Digest(Box<TableDigest>),
}

impl Sink {
    fn write(&mut self, row: &dyn Cells) -> Result<(), OutputError> {
        match self {
            Self::File(writer) => writer.write(row),
            Self::Digest(digest) => {
                digest.write(row);
                Ok(())
            }
        }
    }

    fn position(&self) -> TablePosition {
        match self {
            Self::File(writer) => writer.position(),
            Self::Digest(digest) => digest.position(),
        }
    }
}

/// What a checkpoint holds beside the world.
#[derive(Serialize, Deserialize)]
struct Beside {
    measured: MeasuredSoFar,
    digests: Vec<(String, Vec<u8>)>,
    seconds: f64,
}

/// A run at work.
struct Work<'a> {
    simulation: Simulation,
    sinks: Vec<Option<Sink>>,
    measures: Measures<'a>,
    earlier_seconds: f64,
}

impl Worlds<'_> {
    /// As [`Worlds::run`]; a panic ends this run and no other.
    ///
    /// # Errors
    /// As [`Worlds::run`].
    pub fn run_contained(&self, spec: &RunSpec) -> Result<Ended, SweepError> {
        contained(spec, || self.run(spec))
    }

    /// Runs a world to its end, a stop or its failure.
    ///
    /// # Errors
    /// The disk does not take what it is given. A world that breaks off is a record of its own.
    pub fn run(&self, spec: &RunSpec) -> Result<Ended, SweepError> {
        let began = Instant::now();
        let plan = self.design.record_plan(&spec.configuration)?;
        let mut work = match self.begin(spec, &plan)? {
            Ok(work) => work,
            Err(error) => return Ok(Ended::Done(Box::new(without_tables(spec, &error, began.elapsed().as_secs_f64())))),
        };
        let clock = work.simulation.clock();
        let burn_in = clock.burn_in;
        while !work.simulation.finished() {
            if self.stop.iter().any(|stop| stop.load(Ordering::Relaxed)) {
                let seconds = work.earlier_seconds + began.elapsed().as_secs_f64();
                self.leave_checkpoint(spec, &mut work, seconds)?;
                return Ok(Ended::Interrupted);
            }
            let tick = work.simulation.clock().done;
            if let Err(error) = work.simulation.tick() {
                self.forget(spec);
                let seconds = work.earlier_seconds + began.elapsed().as_secs_f64();
                return Ok(Ended::Done(Box::new(without_tables(spec, &error, seconds))));
            }
            let Work { simulation, sinks, measures, .. } = &mut work;
            take_rows(simulation.records(), sinks, measures).map_err(|source| self.not_written(source))?;
            if tick >= burn_in {
                measures.end_tick(tick - burn_in);
            }
        }
        let metrics = work.measures.finish();
        let mut tables = Vec::new();
        for sink in work.sinks.iter_mut().flatten() {
            if let Sink::File(writer) = sink {
                writer.sync().map_err(|source| self.not_written(source))?;
            }
            let TablePosition { table, rows, bytes, sha256 } = sink.position();
            tables.push(StoredTable { table: table.to_owned(), rows, bytes, sha256 });
        }
        self.forget_checkpoint(spec);
        let missing: Vec<&str> = self
            .design
            .metrics
            .iter()
            .zip(&metrics)
            .filter(|(_, value)| !value.is_finite())
            .map(|(metric, _)| metric.name.as_str())
            .collect();
        let (outcome, reason) = if missing.is_empty() {
            (Outcome::Complete, String::new())
        } else {
            (Outcome::NotFinite, format!("not a finite number: {}", missing.join(", ")))
        };
        Ok(Ended::Done(Box::new(Record {
            run_id: spec.run_id.clone(),
            point: spec.point,
            replicate: spec.replicate,
            seed: spec.configuration.seed,
            outcome,
            reason,
            metrics: metrics.into_iter().map(number_text).collect(),
            digest: digest(&tables),
            tables,
            seconds: number_text(work.earlier_seconds + began.elapsed().as_secs_f64()),
        })))
    }

    /// A world at its start, or at its checkpoint.
    fn begin(&self, spec: &RunSpec, plan: &RecordPlan) -> Result<Result<Work<'_>, ModelError>, SweepError> {
        if let Some(path) = self.checkpoint_file(spec)
            && let Ok(Some(checkpoint)) = Checkpoint::read(&path)
            && checkpoint.must_belong_to(&spec.configuration, self.program, &path).is_ok()
            && let Some(work) = self.resume(spec, plan, &checkpoint)
        {
            return Ok(Ok(work));
        }
        // Without a checkpoint, or with one that is damaged or of another program, the run begins again: it comes to the same.
        let configuration = spec.configuration.clone();
        let (parameters, drivers, seed) = (configuration.parameters, configuration.drivers, configuration.seed);
        let ticks_per_year = parameters.time.ticks_per_year;
        let simulation = match Simulation::new(parameters, drivers, seed, plan.clone()) {
            Ok(simulation) => simulation,
            Err(error) => return Ok(Err(error)),
        };
        let kept = self.kept_folder(spec);
        if let Some(kept) = &kept {
            let made = fs::create_dir_all(kept).map_err(|source| OutputError::Write { path: kept.clone(), source });
            made.map_err(|source| self.not_written(source))?;
        }
        let mut sinks = Vec::new();
        for schema in plan.tables() {
            sinks.push(match &kept {
                _ if !plan.keeps(schema.name) => None,
                Some(folder) if self.design.keep.contains(&schema.name) => {
                    let writer = TableWriter::create(schema, &folder.join(table_file(schema.name, TableFormat::Csv)));
                    Some(Sink::File(Box::new(writer.map_err(|source| self.not_written(source))?)))
                }
                _ => Some(Sink::Digest(Box::new(TableDigest::new(schema)))),
            });
        }
        let measures = Measures::new(&self.design.metrics, ticks_per_year);
        Ok(Ok(Work { simulation, sinks, measures, earlier_seconds: 0.0 }))
    }

    /// Goes on from a checkpoint; nothing where it does not fit.
    fn resume(&self, spec: &RunSpec, plan: &RecordPlan, checkpoint: &Checkpoint) -> Option<Work<'_>> {
        let (length, rest) = checkpoint.model.split_first_chunk()?;
        let (beside, model) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let beside: Beside = serde_json::from_slice(beside).ok()?;
        let points = checkpoint.points(plan);
        let kept = self.kept_folder(spec);
        let mut sinks = Vec::new();
        for schema in plan.tables() {
            let sink = if !plan.keeps(schema.name) {
                None
            } else if let Some(folder) = kept.as_ref().filter(|_| self.design.keep.contains(&schema.name)) {
                let position = &points.iter().find(|point| point.position.table == schema.name)?.position;
                Some(Sink::File(Box::new(
                    TableWriter::resume(schema, &folder.join(table_file(schema.name, TableFormat::Csv)), position).ok()?,
                )))
            } else {
                let (_, state) = beside.digests.iter().find(|(table, _)| table == schema.name)?;
                Some(Sink::Digest(Box::new(TableDigest::resume(schema, state)?)))
            };
            sinks.push(sink);
        }
        let configuration = spec.configuration.clone();
        let mut measures = Measures::new(&self.design.metrics, configuration.parameters.time.ticks_per_year);
        if !measures.restore(&beside.measured) {
            return None;
        }
        let simulation =
            Simulation::resume(configuration.parameters, configuration.drivers, configuration.seed, plan.clone(), model).ok()?;
        Some(Work { simulation, sinks, measures, earlier_seconds: beside.seconds })
    }

    fn leave_checkpoint(&self, spec: &RunSpec, work: &mut Work<'_>, seconds: f64) -> Result<(), SweepError> {
        let Some(path) = self.checkpoint_file(spec) else { return Ok(()) };
        let mut points = Vec::new();
        let mut digests = Vec::new();
        for sink in work.sinks.iter_mut().flatten() {
            match sink {
                Sink::File(writer) => {
                    writer.sync().map_err(|source| self.not_written(source))?;
                    points.push(ResumePoint { position: writer.position(), open_rows: Vec::new() });
                }
                Sink::Digest(digest) => digests.push((digest.position().table.to_owned(), digest.state())),
            }
        }
        let beside = Beside { measured: work.measures.so_far(), digests, seconds };
        let beside = serde_json::to_vec(&beside)
            .map_err(|error| self.not_written(OutputError::Write { path: path.clone(), source: error.into() }))?;
        let mut bytes = (beside.len() as u64).to_le_bytes().to_vec();
        bytes.extend_from_slice(&beside);
        let ticks = work.simulation.clock().done;
        bytes.extend_from_slice(&work.simulation.checkpoint());
        let origin = Origin::of(self.program.clone(), &spec.configuration);
        let checkpoint = Checkpoint::new(origin, ticks, bytes);
        if let Some(folder) = path.parent() {
            let made = fs::create_dir_all(folder).map_err(|source| OutputError::Write { path: folder.to_owned(), source });
            made.map_err(|source| self.not_written(source))?;
        }
        checkpoint.write(&path, &points).map_err(|source| self.not_written(source))
    }

    fn kept_folder(&self, spec: &RunSpec) -> Option<PathBuf> {
        let folder = self.folder.filter(|_| !self.design.keep.is_empty())?;
        Some(folder.join(TABLES_FOLDER).join(&spec.run_id))
    }

    fn checkpoint_file(&self, spec: &RunSpec) -> Option<PathBuf> {
        Some(self.folder?.join(CHECKPOINTS_FOLDER).join(format!("{}.bin", spec.run_id)))
    }

    fn forget_checkpoint(&self, spec: &RunSpec) {
        if let Some(path) = self.checkpoint_file(spec) {
            // There seldom is one.
            let _ = fs::remove_file(path);
        }
    }

    /// Removes what a run that broke off leaves: its tables would look like those of a whole run.
    fn forget(&self, spec: &RunSpec) {
        self.forget_checkpoint(spec);
        if let Some(folder) = self.kept_folder(spec) {
            let _ = fs::remove_dir_all(folder);
        }
    }

    fn not_written(&self, source: OutputError) -> SweepError {
        SweepError::File(source)
    }
}

/// Keeps a panic within its run.
pub(super) fn contained(spec: &RunSpec, run: impl FnOnce() -> Result<Ended, SweepError>) -> Result<Ended, SweepError> {
    let began = Instant::now();
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let reason = format!("the program panicked: {}", words_of_panic(&*panic));
        Ok(Ended::Done(Box::new(failed(spec, &reason, began.elapsed().as_secs_f64()))))
    })
}

fn take_rows(records: &mut Records, sinks: &mut [Option<Sink>], measures: &mut Measures<'_>) -> Result<(), OutputError> {
    records.take(|table, row| {
        measures.row(table, row);
        match &mut sinks[table] {
            Some(sink) => sink.write(row),
            None => Ok(()),
        }
    })
}

/// Where and why a run diverged, as its record says it.
pub(crate) fn divergence_words(tick: u32, year: f64, cause: &str) -> String {
    format!("tick {tick}, year {year:.2}: {cause}")
}

/// The record of a run that diverged, or broke off.
fn without_tables(spec: &RunSpec, error: &ModelError, seconds: f64) -> Record {
    match error {
        ModelError::Diverged { tick, year, cause } => {
            Record { outcome: Outcome::Diverged, reason: divergence_words(*tick, *year, cause), ..failed(spec, "", seconds) }
        }
        other => failed(spec, &other.to_string(), seconds),
    }
}

/// The record of a run that broke off.
fn failed(spec: &RunSpec, reason: &str, seconds: f64) -> Record {
    Record {
        run_id: spec.run_id.clone(),
        point: spec.point,
        replicate: spec.replicate,
        seed: spec.configuration.seed,
        outcome: Outcome::Failed,
        reason: reason.to_owned(),
        metrics: Vec::new(),
        digest: String::new(),
        tables: Vec::new(),
        seconds: number_text(seconds),
    }
}

/// Digest of all tables of a run, by the digests of their files.
pub(crate) fn digest(tables: &[StoredTable]) -> String {
    let lines: String = tables.iter().map(|table| format!("{} {}\n", table.table, table.sha256)).collect();
    sha256_hex(lines.as_bytes())
}

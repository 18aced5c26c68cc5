//! The ticks of one session, from the start or a checkpoint to the end, a stop or a failure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use tripath_model::observe::RecordPlan;
use tripath_model::{ModelError, Simulation};
use tripath_outputs::{BackgroundWriter, Divergence, Finished, Manifest, Status, Stopped, TableSet, remove_parts};

use super::SessionOptions;
use super::checkpoint::{CHECKPOINT_FILE, Checkpoint, Origin};
use super::error::RunError;
use super::folder::RunFolder;
use super::progress::Progress;
use super::words_of_panic;
use crate::configuration::Configuration;

pub(crate) struct Session<'a> {
    pub(crate) folder: &'a RunFolder,
    pub(crate) configuration: &'a Configuration,
    pub(crate) plan: &'a RecordPlan,
    pub(crate) options: &'a SessionOptions,
    pub(crate) stop: &'a AtomicBool,
}

/// Why the ticks ended.
enum Ended {
    Complete,
    Interrupted,
    Diverged(Divergence),
    Failed(RunError),
    /// The writer has met a failure and tells it when it is finished.
    NotWritten,
}

struct Worked {
    ended: Ended,
    ticks_done: u32,
    files: Finished,
}

impl Session<'_> {
    /// Works until the end, a stop or a failure, and leaves the last word in the manifest.
    pub(crate) fn work(
        &self,
        mut manifest: Manifest,
        checkpoint: Option<Checkpoint>,
        progress: &mut dyn Progress,
    ) -> Result<Manifest, RunError> {
        let began = Instant::now();
        let earlier = manifest.wall_time_seconds;
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.options.threads).build()?;
        let worked = pool.install(|| self.simulate(checkpoint, progress));
        manifest.wall_time_seconds = earlier + began.elapsed().as_secs_f64();
        let outcome = worked.and_then(|worked| {
            manifest.ticks_done = worked.ticks_done;
            manifest.set_tables(&worked.files.tables, self.configuration.outputs.format);
            match (worked.files.failure, worked.ended) {
                (Some(failure), _) => Err(failure.into()),
                (None, Ended::Failed(error)) => Err(error),
                (None, Ended::Complete) => Ok(Status::Complete),
                (None, Ended::Diverged(divergence)) => {
                    manifest.reason = Some(divergence.cause.clone());
                    manifest.diverged = Some(divergence);
                    Ok(Status::Diverged)
                }
                (None, Ended::Interrupted | Ended::NotWritten) => Ok(Status::Interrupted),
            }
        });
        match outcome {
            Ok(status) => {
                manifest.status = status;
                manifest.write(self.folder.path())?;
                if matches!(status, Status::Complete | Status::Diverged) {
                    // The manifest already says that nothing follows: a checkpoint that cannot be removed harms nobody.
                    let _ = std::fs::remove_file(self.folder.file(CHECKPOINT_FILE));
                    remove_parts(self.folder.path(), self.plan);
                }
                Ok(manifest)
            }
            Err(error) => {
                manifest.status = Status::Failed;
                manifest.reason = Some(with_causes(&error));
                // On a full disk the manifest may not find room either; it then still says that the run is not complete.
                let _ = manifest.write(self.folder.path());
                Err(error)
            }
        }
    }

    fn simulate(&self, checkpoint: Option<Checkpoint>, progress: &mut dyn Progress) -> Result<Worked, RunError> {
        let Configuration { parameters, drivers, seed, outputs, .. } = self.configuration.clone();
        let format = outputs.format;
        let (mut simulation, tables) = match checkpoint {
            None => {
                (Simulation::new(parameters, drivers, seed, self.plan.clone())?, TableSet::create(self.folder.path(), self.plan, format)?)
            }
            Some(checkpoint) => (
                Simulation::resume(parameters, drivers, seed, self.plan.clone(), &checkpoint.model)?,
                TableSet::resume(self.folder.path(), self.plan, format, &checkpoint.points(self.plan))?,
            ),
        };
        let writer = BackgroundWriter::start(tables);
        progress.started(simulation.clock(), self.configuration.parameters.time.ticks_per_year);
        let ended = self.ticks(&mut simulation, &writer, progress).unwrap_or(Ended::NotWritten);
        progress.ended(simulation.clock());
        Ok(Worked { ended, ticks_done: simulation.clock().done, files: writer.finish() })
    }

    fn ticks(&self, simulation: &mut Simulation, writer: &BackgroundWriter, progress: &mut dyn Progress) -> Result<Ended, Stopped> {
        let origin = Origin::of(self.options.program.clone(), self.configuration);
        let ticks_per_year = self.configuration.parameters.time.ticks_per_year;
        let interval = self.options.checkpoint_every_years.saturating_mul(ticks_per_year);
        while !simulation.finished() {
            if self.stop.load(Ordering::Relaxed) {
                self.checkpoint(&origin, simulation, writer)?;
                return Ok(Ended::Interrupted);
            }
            // A panic must not leave a manifest that says the run is still at work.
            let ticked = match catch_unwind(AssertUnwindSafe(|| simulation.tick())) {
                Ok(ticked) => ticked,
                Err(panic) => {
                    let (tick, words) = (simulation.clock().done, words_of_panic(&*panic));
                    return Ok(Ended::Failed(RunError::Panicked { tick, words }));
                }
            };
            match ticked {
                Ok(()) => {}
                // The tick that broke the bound is the last row of every table: it shows how.
                Err(ModelError::Diverged { tick, year, cause }) => {
                    writer.send(simulation.records())?;
                    progress.advanced(simulation.clock());
                    return Ok(Ended::Diverged(Divergence { tick, year, cause }));
                }
                // A tick's rows are written whole or not at all.
                Err(error) => return Ok(Ended::Failed(error.into())),
            }
            writer.send(simulation.records())?;
            progress.advanced(simulation.clock());
            if interval > 0 && simulation.clock().done.is_multiple_of(interval) && !simulation.finished() {
                self.checkpoint(&origin, simulation, writer)?;
            }
        }
        Ok(Ended::Complete)
    }

    /// The state is copied here and becomes bytes where the tick need not wait for it.
    fn checkpoint(&self, origin: &Origin, simulation: &mut Simulation, writer: &BackgroundWriter) -> Result<(), Stopped> {
        let (origin, ticks_done, snapshot) = (origin.clone(), simulation.clock().done, simulation.snapshot());
        let path = self.folder.file(CHECKPOINT_FILE);
        writer.at_this_point(move |tables| Checkpoint::new(origin, ticks_done, snapshot.into_bytes()).write(&path, tables))
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

//! The runs of a sweep: one world a core, results written as they come, safe to stop at any moment.

mod progress;
mod queue;
mod world;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

pub use progress::{SweepProgress, Tally};
use queue::Queue;
pub(super) use world::TABLES_FOLDER;
use world::contained;
pub(crate) use world::divergence_words;
pub use world::{Ended, Worlds};

use super::Design;
use super::error::SweepError;
use super::folder::SweepFolder;
use super::identity::RunSpec;
use super::store::{Index, Outcome, Record, ResultWriter, file_at_work};
use super::stride::Stride;
use crate::memory;
use crate::run::{MOST_THREADS, RunError};
use tripath_outputs::Program;

/// How to work, as far as it leaves all results as they are.
#[derive(Debug, Clone)]
pub struct WorkOptions {
    /// Worlds run at once, 1 to [`MOST_THREADS`].
    pub threads: usize,
    /// Which runs.
    pub stride: Stride,
    /// Whether runs that broke off are tried again.
    pub retry_failed: bool,
    /// How long to wait for another process that works on the same runs.
    pub patience: Duration,
    /// Which program.
    pub program: Program,
}

/// How the work ended.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct WorkReport {
    /// Where it stands.
    pub tally: Tally,
    /// Whether it was stopped before its end.
    pub interrupted: bool,
    /// Why runs of this session diverged, broke off or have a metric that is not finite, at most a few.
    pub reasons: Vec<String>,
}

/// Who waits for another process looks this often whether it has ended.
const LOOK_EVERY: Duration = Duration::from_millis(200);

const REPORTED_REASONS: usize = 10;
/// Points whose digests are compared as runs end; all are compared when results are put together.
const WATCHED_POINTS: usize = 1024;

/// Does the runs of a stride that are not done.
///
/// # Errors
/// The folder is busy or its results damaged, the disk does not take results, or two seeds gave the same tables.
/// What was done before stays.
pub fn work(
    folder: &SweepFolder,
    design: &Design,
    options: &WorkOptions,
    progress: &dyn SweepProgress,
    stop: &AtomicBool,
) -> Result<WorkReport, SweepError> {
    work_with(folder, design, options, progress, stop, &|worlds, spec| worlds.run(spec))
}

/// Makes one run.
type Maker<'a> = &'a (dyn Fn(&Worlds<'_>, &RunSpec) -> Result<Ended, SweepError> + Sync);

fn work_with(
    folder: &SweepFolder,
    design: &Design,
    options: &WorkOptions,
    progress: &dyn SweepProgress,
    stop: &AtomicBool,
    make: Maker<'_>,
) -> Result<WorkReport, SweepError> {
    let threads = options.threads;
    if !(1..=MOST_THREADS).contains(&threads) {
        return Err(RunError::Threads { threads }.into());
    }
    design.need(threads).must_fit(memory::available()).map_err(RunError::from)?;
    let asked = Instant::now();
    while let Some(file) = file_at_work(folder.path(), options.stride)? {
        if asked.elapsed() < options.patience && !stop.load(Ordering::Relaxed) {
            std::thread::sleep(LOOK_EVERY);
            continue;
        }
        let file = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return Err(SweepError::Busy { folder: folder.path().to_owned(), file });
    }
    let index = Index::read(folder.path(), &folder.head(), options.retry_failed)?;
    let halt = AtomicBool::new(false);
    let queue = Queue::new(design, &index, options.stride, &[stop, &halt]);
    let worlds = Worlds { design, program: &options.program, folder: Some(folder.path()), stop: [stop, &halt] };
    let mut tally = Tally::of(design, &index, options.stride);
    progress.started(&tally);
    let (sender, results) = sync_channel(2 * threads);
    let outcome = std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, queue, worlds) = (sender.clone(), &queue, &worlds);
            scope.spawn(move || labour(queue, worlds, make, &sender));
        }
        drop(sender);
        let outcome = collect(folder, options, &results, &mut tally, &queue, progress);
        // After a failure no world goes on; those at work end their tick, and nobody waits for their results.
        halt.store(true, Ordering::Relaxed);
        drop(results);
        outcome
    });
    progress.ended(&tally);
    let reasons = outcome?;
    Ok(WorkReport { tally, interrupted: stop.load(Ordering::Relaxed) && !queue.is_empty(), reasons })
}

/// Takes runs until there is none.
fn labour(queue: &Queue<'_>, worlds: &Worlds<'_>, make: Maker<'_>, results: &SyncSender<Result<Record, SweepError>>) {
    // A pool of this thread alone: loops of the world stay on this core.
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build() {
        Ok(pool) => pool,
        Err(error) => {
            let _ = results.send(Err(error.into()));
            return;
        }
    };
    while let Some((point, replicate)) = queue.next() {
        let made = RunSpec::of(worlds.design, worlds.program, point, replicate).map_err(SweepError::from);
        let ended = made.and_then(|spec| pool.install(|| contained(&spec, || make(worlds, &spec))));
        let result = match ended {
            Ok(Ended::Done(record)) => Ok(*record),
            Ok(Ended::Interrupted) => {
                queue.give_back();
                continue;
            }
            Err(error) => Err(error),
        };
        queue.ended(point, replicate, result.as_ref().map(Record::numbers).unwrap_or_default());
        if results.send(result).is_err() {
            return;
        }
    }
}

/// Writes results as they come, and watches over them.
fn collect(
    folder: &SweepFolder,
    options: &WorkOptions,
    results: &Receiver<Result<Record, SweepError>>,
    tally: &mut Tally,
    queue: &Queue<'_>,
    progress: &dyn SweepProgress,
) -> Result<Vec<String>, SweepError> {
    let mut writer = None;
    let mut reasons = Vec::new();
    let mut digests: BTreeMap<usize, Vec<(String, u64)>> = BTreeMap::new();
    for result in results {
        let failed = |source, safe| SweepError::Output { folder: folder.path().to_owned(), safe, source };
        let record = match result {
            Err(SweepError::File(source)) => return Err(failed(source, tally.done)),
            other => other?,
        };
        if writer.is_none() {
            let made = ResultWriter::create(folder.path(), options.stride, &folder.head());
            writer = Some(made.map_err(|source| failed(source, tally.done))?);
        }
        if let Some(writer) = &mut writer {
            writer.append(&record).map_err(|source| failed(source, tally.done))?;
        }
        if record.outcome != Outcome::Complete && reasons.len() < REPORTED_REASONS {
            reasons.push(format!("run {} (point {}, seed {}): {}", record.run_id, record.point, record.seed, record.reason));
        }
        tally.add(&record);
        tally.points_done = queue.points_done();
        progress.advanced(tally);
        must_differ(&mut digests, &record)?;
    }
    if let Some(writer) = &mut writer {
        writer.sync().map_err(|source| SweepError::Output { folder: folder.path().to_owned(), safe: tally.done, source })?;
    }
    Ok(reasons)
}

/// Refuses two seeds of one point that gave the same tables.
fn must_differ(digests: &mut BTreeMap<usize, Vec<(String, u64)>>, record: &Record) -> Result<(), SweepError> {
    if record.digest.is_empty() {
        return Ok(());
    }
    let known = digests.entry(record.point).or_default();
    if let Some((digest, first)) = known.iter().find(|(digest, seed)| *digest == record.digest && *seed != record.seed) {
        return Err(SweepError::SameDigest { point: record.point, first: *first, second: record.seed, digest: digest.clone() });
    }
    if known.len() < WATCHED_POINTS {
        known.push((record.digest.clone(), record.seed));
    }
    if digests.len() > WATCHED_POINTS {
        digests.pop_first();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::sweep::{MergeOptions, locate, merge, status};

    const DESIGN: &str = "extends = \"baseline\"
[constants]
time.years = 1
time.burn_in_years = 0
population.enterprises = 30
[points]
kind = \"grid\"
[points.parameters]
banking.leverage_limit = [8.0, 12.0, 16.0]
[replicates]
count = 4
[metrics]
output = \"macro.output_real: mean\"
";

    fn sweep(folder: &Path) -> (SweepFolder, Design, WorkOptions) {
        let file = folder.join("design.toml");
        std::fs::write(&file, DESIGN).expect("a writable folder");
        let design = locate(&tripath_model::Model::standard(), &file, None).expect("a design").design;
        let program = Program { name: "tripath".to_owned(), version: "test".to_owned(), commit: "unknown".to_owned() };
        let claimed = SweepFolder::claim(&folder.join("sweep"), &design, &program).expect("a folder");
        let options = WorkOptions { threads: 2, stride: Stride::ALL, retry_failed: false, patience: Duration::ZERO, program };
        (claimed, design, options)
    }

    fn merged(folder: &SweepFolder, design: &Design) -> Vec<u8> {
        merge(folder, design, MergeOptions::default()).expect("all runs are done");
        std::fs::read(folder.file("runs.csv")).expect("a table")
    }

    #[test]
    fn a_run_that_panics_takes_only_itself_and_can_be_tried_again() {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let (folder, design, options) = sweep(scratch.path());
        let silent = crate::run::Silent;
        let go_on = AtomicBool::new(false);
        let report = work_with(&folder, &design, &options, &silent, &go_on, &|worlds, spec| {
            assert!((spec.point, spec.replicate) != (1, 2), "on purpose");
            worlds.run(spec)
        });
        let report = report.expect("the others are done");
        assert_eq!((report.tally.done, report.tally.failed), (12, 1));
        assert!(report.reasons[0].contains("the program panicked: on purpose"), "{:?}", report.reasons);
        let stands = status(&folder, &design, Stride::ALL).expect("results");
        assert_eq!((stands.complete, stands.failed, stands.missing), (11, 1, 0));
        let with_hole = merged(&folder, &design);
        assert!(String::from_utf8_lossy(&with_hole).contains(",failed,the program panicked: on purpose,"));

        // Without being asked it is not tried again.
        let again = work(&folder, &design, &options, &silent, &go_on).expect("nothing to do");
        assert_eq!(again.tally.done_now, 0);
        let retry = WorkOptions { retry_failed: true, ..options };
        let again = work(&folder, &design, &retry, &silent, &go_on).expect("it is done now");
        assert_eq!((again.tally.done_now, again.tally.failed), (1, 0));

        let undisturbed = tempfile::tempdir().expect("a temporary folder");
        let (other, design, options) = sweep(undisturbed.path());
        work(&other, &design, &options, &silent, &go_on).expect("all runs");
        assert!(merged(&folder, &design) == merged(&other, &design), "the run that was tried again left other bytes");
    }

    #[test]
    fn seeds_without_effect_are_an_error() {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let (folder, design, options) = sweep(scratch.path());
        let error = work_with(&folder, &design, &options, &crate::run::Silent, &AtomicBool::new(false), &|worlds, spec| {
            let mut same = spec.clone();
            same.configuration.seed = 1;
            Ok(match worlds.run(&same)? {
                Ended::Done(mut record) => {
                    record.seed = spec.configuration.seed;
                    Ended::Done(record)
                }
                other => other,
            })
        });
        let error = error.expect_err("two seeds gave the same tables").to_string();
        assert!(error.contains("gave the same tables"), "{error}");
        let merged = merge(&folder, &design, MergeOptions { partial: true }).expect_err("nor can they be put together").to_string();
        assert!(merged.contains("gave the same tables"), "{merged}");
    }

    #[test]
    fn a_stop_leaves_checkpoints_from_which_the_runs_go_on() {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let (folder, design, options) = sweep(scratch.path());
        let silent = crate::run::Silent;
        let stop = AtomicBool::new(false);
        let stopped = work_with(&folder, &design, &options, &silent, &stop, &|worlds, spec| {
            // The first tick of the fourth run is its last for now.
            if (spec.point, spec.replicate) == (0, 3) {
                stop.store(true, Ordering::Relaxed);
            }
            worlds.run(spec)
        });
        assert!(stopped.expect("a stop is no failure").interrupted);
        let checkpoints = || std::fs::read_dir(folder.file("checkpoints")).expect("a folder").count();
        assert!(checkpoints() > 0);
        stop.store(false, Ordering::Relaxed);
        work(&folder, &design, &options, &silent, &stop).expect("it goes on");
        assert_eq!(checkpoints(), 0);

        let undisturbed = tempfile::tempdir().expect("a temporary folder");
        let (other, design, options) = sweep(undisturbed.path());
        work(&other, &design, &options, &silent, &stop).expect("all runs");
        assert!(merged(&folder, &design) == merged(&other, &design));
    }
}

//! A sweep as job arrays of Slurm: tasks of many runs each, from our own files alone.
//!
//! Nothing is asked of a cluster but the binary and a folder that all nodes share. Each task is `tripath sweep chunk` with a stride,
//! which does only what is not done; what a task leaves undone, for whatever reason, is sent again by `--missing`.

mod error;
mod script;
mod slurm;
mod tasks;

use std::fs::{self, create_dir_all};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;
use tripath_outputs::{OutputError, Program, write_whole};

pub use error::SubmitError;

use super::{Design, Pilot, SweepFolder, plan};
use script::Job;
use tasks::Tasks;

/// Folder of all submissions, in that of the sweep.
pub const SLURM_FOLDER: &str = "slurm";
const SUBMISSION_FILE: &str = "submission.json";
const TASKS_FILE: &str = "tasks";
const MERGE_FILE: &str = "merge.sh";

/// What is asked of the cluster.
#[derive(Debug, Clone)]
pub struct SubmitOptions {
    /// The program that tasks run; its path must hold on all nodes.
    pub binary: PathBuf,
    /// Which program.
    pub program: Program,
    /// Write everything, submit nothing.
    pub dry_run: bool,
    /// Send only what is not done.
    pub missing: bool,
    /// Tasks; chosen by [`SubmitOptions::minutes`] if not given.
    pub tasks: Option<usize>,
    /// Minutes that a task should take.
    pub minutes: f64,
    /// Cores of a task, each with a world of its own.
    pub cpus: usize,
    /// Memory of a task in MB; measured if not given.
    pub memory: Option<u64>,
    /// Limit of a task's time in minutes; three times what it should take, and ten at least, if not given.
    pub time: Option<u64>,
    /// Seconds before that limit at which the task is told to stop safely.
    pub notice: u32,
    /// Most tasks at once.
    pub at_once: Option<usize>,
    /// Greatest size of an array; what the cluster says if not given.
    pub array_size: Option<usize>,
    /// Options for sbatch, such as `--partition=long`.
    pub sbatch: Vec<String>,
}

/// What was written and submitted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubmitReport {
    /// Folder of this submission; none where nothing was missing.
    pub folder: Option<PathBuf>,
    /// Runs that are not done; where replicates are sequential, as far as is known.
    pub runs: usize,
    /// Tasks.
    pub tasks: usize,
    /// Minutes that a task should take; nothing where it was not measured.
    pub task_minutes: Option<f64>,
    /// Memory of a task in MB.
    pub memory: u64,
    /// Limit of a task's time in minutes.
    pub time: u64,
    /// Scripts of the arrays.
    pub scripts: Vec<PathBuf>,
    /// Jobs in the order of the scripts, the merging one last; empty after a dry run.
    pub jobs: Vec<u64>,
}

/// Jobs of one submission, as its folder keeps them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Submission {
    jobs: Vec<u64>,
}

/// Writes the scripts of a sweep, and submits them.
///
/// # Errors
/// A number is out of range, jobs of the sweep are still in the queue, the folder cannot be read or written, or Slurm refuses.
pub fn submit(folder: &SweepFolder, design: &Design, options: &SubmitOptions) -> Result<SubmitReport, SubmitError> {
    check(options)?;
    let path = fs::canonicalize(folder.path()).map_err(|source| OutputError::Read { path: folder.path().to_owned(), source })?;
    if !options.dry_run {
        refuse_while_queued(&path)?;
    }
    let missing = tasks::Missing::read(folder, design)?;
    let mut report = SubmitReport {
        folder: None,
        runs: missing.runs(),
        tasks: 0,
        task_minutes: None,
        memory: 0,
        time: 0,
        scripts: Vec::new(),
        jobs: Vec::new(),
    };
    if options.missing && missing.is_empty() {
        return Ok(report);
    }
    let unknown = options.tasks.is_none() || options.memory.is_none() || options.time.is_none();
    let cost = if unknown { plan(design, true)?.pilot } else { None };
    let tasks = Tasks::deal(design, &missing, options, cost.as_ref());
    let array_size = match options.array_size {
        Some(size) => size,
        None => slurm::array_size(options.dry_run)?,
    };
    let minutes = cost.as_ref().map(|cost| tasks.most_runs as f64 * cost.seconds_per_run / options.cpus as f64 / 60.0);
    report.tasks = tasks.strides.len();
    report.task_minutes = minutes;
    report.memory = options.memory.unwrap_or_else(|| memory(cost.as_ref(), options.cpus));
    report.time = options.time.unwrap_or_else(|| (minutes.unwrap_or(0.0) * 3.0).ceil().max(10.0) as u64);
    let here = next_folder(&path)?;
    report.folder = Some(here.clone());
    let strides: String = tasks.strides.iter().map(|stride| format!("{stride}\n")).collect();
    write_whole(&here.join(TASKS_FILE), strides.as_bytes())?;
    let job = Job { here: &here, sweep: &path, name: &design.name, options, report: &report };
    let mut scripts = Vec::new();
    for (number, first) in (0..report.tasks).step_by(array_size).enumerate() {
        let count = array_size.min(report.tasks - first);
        let script = here.join(format!("array-{number}.sh"));
        write_whole(&script, job.array(first, count).as_bytes())?;
        scripts.push(script);
    }
    let merge = here.join(MERGE_FILE);
    write_whole(&merge, job.merge().as_bytes())?;
    report.scripts = scripts;
    if options.dry_run {
        return Ok(report);
    }
    for script in report.scripts.clone() {
        report.jobs.push(slurm::submit(&script, &[], &report.jobs)?);
        remember(&here, &report.jobs)?;
    }
    // The merging job also starts where tasks broke off: it then says what is missing.
    let after = format!("--dependency=afterany:{}", report.jobs.iter().map(u64::to_string).collect::<Vec<_>>().join(":"));
    report.jobs.push(slurm::submit(&merge, &[after], &report.jobs)?);
    remember(&here, &report.jobs)?;
    Ok(report)
}

fn check(options: &SubmitOptions) -> Result<(), SubmitError> {
    let range = |what, value: f64, low: f64, high: f64| {
        if value >= low && value <= high { Ok(()) } else { Err(SubmitError::Range { what, value, low, high }) }
    };
    range("the number of tasks", options.tasks.unwrap_or(1) as f64, 1.0, 1e6)?;
    range("the minutes of a task", options.minutes, 0.1, 60.0 * 24.0 * 30.0)?;
    range("the number of cores", options.cpus as f64, 1.0, crate::run::MOST_THREADS as f64)?;
    range("the memory in MB", options.memory.unwrap_or(64) as f64, 16.0, 1e8)?;
    range("the limit of time in minutes", options.time.unwrap_or(1) as f64, 1.0, 60.0 * 24.0 * 366.0)?;
    range("the notice in seconds", f64::from(options.notice), 0.0, 65535.0)?;
    range("the number of tasks at once", options.at_once.unwrap_or(1) as f64, 1.0, 1e6)?;
    range("the size of an array", options.array_size.unwrap_or(1) as f64, 1.0, 4e6)
}

/// Memory of a task in MB where a pilot could not tell.
const MEMORY_UNKNOWN: u64 = 1024;

/// Twice the pilot's memory for each world, since worlds grow as they age, and half as much again for all.
fn memory(pilot: Option<&Pilot>, cpus: usize) -> u64 {
    let measured = pilot.and_then(|pilot| Some((pilot.peak_bytes? as f64, pilot.world_bytes? as f64)));
    measured.map_or(MEMORY_UNKNOWN, |(peak, world)| {
        let all = (peak - world).max(0.0) + 2.0 * world * cpus as f64;
        (1.5 * all / f64::from(1 << 20)).ceil() as u64 + 64
    })
}

/// The folder of the next submission: they are numbered from 1.
fn next_folder(sweep: &Path) -> Result<PathBuf, SubmitError> {
    let all = sweep.join(SLURM_FOLDER);
    let unwritable = |path: &Path, source| OutputError::Write { path: path.to_owned(), source };
    create_dir_all(&all).map_err(|source| unwritable(&all, source))?;
    for number in 1.. {
        let here = all.join(number.to_string());
        match fs::create_dir(&here) {
            Ok(()) => return Ok(here),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(unwritable(&here, source).into()),
        }
    }
    unreachable!("there is always a next number")
}

fn remember(here: &Path, jobs: &[u64]) -> Result<(), SubmitError> {
    Ok(write_whole(&here.join(SUBMISSION_FILE), format!("{:#}\n", json!(Submission { jobs: jobs.to_vec() })).as_bytes())?)
}

/// Two submissions at once would wait for each other's runs.
fn refuse_while_queued(sweep: &Path) -> Result<(), SubmitError> {
    let mut ours = Vec::new();
    let Ok(entries) = fs::read_dir(sweep.join(SLURM_FOLDER)) else { return Ok(()) };
    for entry in entries.flatten() {
        let text = fs::read_to_string(entry.path().join(SUBMISSION_FILE)).unwrap_or_default();
        ours.extend(serde_json::from_str::<Submission>(&text).map(|submission| submission.jobs).unwrap_or_default());
    }
    if ours.is_empty() {
        return Ok(());
    }
    let mut queued: Vec<u64> = slurm::queued()?.into_iter().filter(|job| ours.contains(job)).collect();
    queued.sort_unstable();
    queued.dedup();
    if queued.is_empty() { Ok(()) } else { Err(SubmitError::Queued { folder: sweep.to_owned(), jobs: queued }) }
}

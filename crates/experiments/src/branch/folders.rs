//! The folder of branches, and in it the folder of each branch: a run that goes on from a planted checkpoint.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use tripath_model::{Model, Simulation};
use tripath_outputs::{DATA_PACKAGE_FILE, Status, TableFormat, TablePosition, TableSet, parts_file, table_file, write_whole};

use super::burn_in::BurnIn;
use super::responses::{BRANCHES_FILE, RESPONSES_FILE, SUMMARY_FILE};
use super::timeline::Future;
use super::{BranchError, BranchOptions};
use crate::run::{
    CHECKPOINT_FILE, CONFIGURATION_FILE, Checkpoint, LOCK_FILE, Origin, RunFolder, SessionOptions, Silent, record_plan, resume_folder,
};

/// Simulated years between checkpoints of a branch's run.
const CHECKPOINT_EVERY_YEARS: u32 = 10;

/// A folder that this process alone writes.
pub(super) struct Out {
    path: PathBuf,
    _lock: RunFolder,
}

impl Out {
    /// Takes a folder. With `overwrite` the files and runs of earlier branches are deleted, and no others.
    pub(super) fn claim(path: &Path, model: &Model, overwrite: bool) -> Result<Self, BranchError> {
        let unwritable = |source| BranchError::FolderUnwritable { folder: path.to_owned(), source };
        fs::create_dir_all(path).map_err(unwritable)?;
        let names: Vec<String> = fs::read_dir(path)
            .and_then(|entries| entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect())
            .map_err(unwritable)?;
        let ours = names.iter().any(|name| name == BRANCHES_FILE);
        if names.iter().any(|name| name != LOCK_FILE) && !(ours && overwrite) {
            return Err(BranchError::FolderTaken { folder: path.to_owned(), ours });
        }
        let lock = RunFolder::lock(path)?;
        for name in [RESPONSES_FILE, SUMMARY_FILE, DATA_PACKAGE_FILE] {
            match fs::remove_file(path.join(name)) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(unwritable(source)),
                _ => {}
            }
        }
        for run in names.iter().map(|name| path.join(name)).filter(|run| run.join(CONFIGURATION_FILE).is_file()) {
            drop(RunFolder::claim_new(&run, model, true)?);
            let removed = fs::remove_file(run.join(LOCK_FILE)).and_then(|()| fs::remove_dir(&run));
            match removed {
                // Files of somebody else stay, and their folder with them.
                Err(source) if source.kind() != io::ErrorKind::DirectoryNotEmpty => return Err(unwritable(source)),
                _ => {}
            }
        }
        write_whole(&path.join(BRANCHES_FILE), b"{ \"status\": \"running\" }\n")?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Runs the first replicate of all futures into folders; false where the user stopped it.
pub(super) fn run_all(
    out: &Out,
    burn_ins: &[BurnIn],
    futures: &[Vec<Future>],
    options: &BranchOptions,
    stop: &AtomicBool,
) -> Result<bool, BranchError> {
    let jobs: Vec<(&BurnIn, &Future)> =
        burn_ins.iter().zip(futures).flat_map(|(burn_in, futures)| futures.iter().map(move |future| (burn_in, future))).collect();
    // Many worlds run one a core; few share the cores.
    let (at_once, threads) = if jobs.len() >= options.threads { (options.threads, 1) } else { (1, options.threads) };
    let session = SessionOptions {
        threads,
        checkpoint_every_years: CHECKPOINT_EVERY_YEARS,
        program: options.program.clone(),
        model: options.model.clone(),
    };
    let run = |(burn_in, future): &(&BurnIn, &Future)| {
        let name = folder_name(burn_ins, burn_in, future);
        plant(&out.file(&name), burn_in, future, options)?;
        let report = resume_folder(&out.file(&name), &session, &mut Silent, stop)?;
        // A branch that diverges is done, too.
        Ok(report.manifest.status != Status::Interrupted)
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(at_once).build()?;
    let complete: Result<Vec<bool>, BranchError> = pool.install(|| jobs.par_iter().with_max_len(1).map(run).collect());
    Ok(complete?.into_iter().all(|complete| complete))
}

/// Name of a branch's folder: with several burn-ins each has its seed in it.
fn folder_name(burn_ins: &[BurnIn], burn_in: &BurnIn, future: &Future) -> String {
    if burn_ins.len() == 1 { future.branch.clone() } else { format!("{}-seed{}", future.branch, burn_in.configuration.seed) }
}

/// Makes the folder of a run that stands at the branch: configuration, tables so far, checkpoint.
fn plant(path: &Path, burn_in: &BurnIn, future: &Future, options: &BranchOptions) -> Result<(), BranchError> {
    let configuration = &future.configuration;
    let plan = record_plan(configuration)?;
    let folder = RunFolder::claim_new(path, &options.model, false)?;
    write_whole(&folder.file(CONFIGURATION_FILE), configuration.to_toml(true).as_bytes())?;
    let format = configuration.outputs.format;
    let mut points = burn_in.checkpoint.points(&plan);
    if points.iter().all(|point| point.position.rows == 0 && point.open_rows.is_empty()) {
        points = TableSet::create(path, &plan, format)?.resume_points()?;
    } else {
        for point in &points {
            copy_start(burn_in.folder(), path, &point.position, format)
                .map_err(|source| BranchError::TablesMissing { checkpoint: burn_in.path.clone(), source })?;
        }
    }
    let (parameters, drivers, seed) = (configuration.parameters.clone(), configuration.drivers.clone(), configuration.seed);
    let mut simulation = Simulation::branch(parameters, drivers, seed, plan, &burn_in.checkpoint.model, 0)?;
    let ticks_done = simulation.clock().done;
    let checkpoint = Checkpoint::new(Origin::of(options.program.clone(), configuration), ticks_done, simulation.checkpoint());
    checkpoint.write(&folder.file(CHECKPOINT_FILE), &points)?;
    Ok(())
}

/// Copies the rows that a table had at the checkpoint; the run compares their digest when it goes on.
fn copy_start(from: &Path, to: &Path, position: &TablePosition, format: TableFormat) -> io::Result<()> {
    let name = match format {
        TableFormat::Csv => table_file(position.table, format),
        TableFormat::Parquet => parts_file(position.table),
    };
    let source = from.join(&name);
    let mut start =
        File::open(&source).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", source.display())))?.take(position.bytes);
    let mut copy = File::create(to.join(&name))?;
    let copied = io::copy(&mut start, &mut copy)?;
    if copied < position.bytes {
        let message = format!("{} has {copied} bytes; {} were written to it", source.display(), position.bytes);
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
    }
    copy.sync_all()
}

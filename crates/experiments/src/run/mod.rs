//! One run into one folder: started, watched, stopped, resumed.
//!
//! The folder is whole at every moment: `config.toml` and the manifest are there before the first row,
//! tables end at a row, and `checkpoint.bin` is replaced in one step. A run that was stopped or killed
//! goes on from its last checkpoint to the same bytes.

mod checkpoint;
mod error;
mod folder;
mod progress;
mod session;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tripath_model::observe::RecordPlan;
use tripath_model::world::start::start_violations;
use tripath_model::{Model, ModelError};
use tripath_outputs::{DATA_PACKAGE_FILE, MANIFEST_FORMAT, Manifest, Program, Status, data_package, write_whole};

use crate::configuration::{Configuration, Source, load_for};
use crate::memory;
pub use checkpoint::{CHECKPOINT_FILE, CheckpointError};
pub(crate) use checkpoint::{Checkpoint, Origin};
pub use error::RunError;
pub(crate) use folder::RunFolder;
pub use folder::{CONFIGURATION_FILE, LOCK_FILE};
pub use progress::{Progress, Silent, Until};
use session::Session;

/// Most threads that can be asked for.
pub const MOST_THREADS: usize = 1024;

/// How to work, as far as it leaves the bytes of the tables as they are.
#[derive(Debug, Clone)]
pub struct SessionOptions {
    /// Threads, 1 to [`MOST_THREADS`].
    pub threads: usize,
    /// Simulated years between checkpoints; 0 for one at an interruption only.
    pub checkpoint_every_years: u32,
    /// Which program, for the manifest.
    pub program: Program,
    /// Its model: a run that goes on is of the same one.
    pub model: Model,
}

/// Where and how to run.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Folder to write.
    pub out: PathBuf,
    /// Replace an earlier run in the folder.
    pub overwrite: bool,
    /// How to work.
    pub session: SessionOptions,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct RunReport {
    /// The folder.
    pub folder: PathBuf,
    /// Its manifest; the status is complete, interrupted or diverged.
    pub manifest: Manifest,
    /// Nothing was left to do.
    pub was_complete: bool,
}

/// Runs a configuration into a new folder. Setting `stop` ends it after the tick at work.
///
/// # Errors
/// The folder is taken or cannot be written, the configuration breaks rules, or the run failed;
/// the manifest then says so and all rows written so far are readable.
pub fn run_to_folder(
    configuration: &Configuration,
    options: &RunOptions,
    progress: &mut dyn Progress,
    stop: &AtomicBool,
) -> Result<RunReport, RunError> {
    let plan = record_plan(configuration)?;
    check_threads(&options.session)?;
    let mut violations = configuration.parameters.violations();
    if violations.is_empty() {
        violations = start_violations(&configuration.parameters);
    }
    if !violations.is_empty() {
        return Err(RunError::Model(ModelError::Invalid(violations)));
    }
    must_fit(configuration, &options.session)?;
    let folder = RunFolder::claim_new(&options.out, configuration.model(), options.overwrite)?;
    write_whole(&folder.file(CONFIGURATION_FILE), configuration.to_toml(true).as_bytes())?;
    let manifest = new_manifest(configuration, &options.session);
    go_on(&folder, configuration, &plan, &options.session, manifest, None, progress, stop)
}

/// Goes on with a run that was stopped, killed or failed, to the same bytes as if it had never been.
///
/// # Errors
/// As [`run_to_folder`]; the folder holds no run, or its files are not those that the run left.
pub fn resume_folder(
    folder: &Path,
    options: &SessionOptions,
    progress: &mut dyn Progress,
    stop: &AtomicBool,
) -> Result<RunReport, RunError> {
    check_threads(options)?;
    let folder = RunFolder::claim_existing(folder)?;
    let found = Manifest::read(folder.path())?;
    let mut configuration = load_for(&options.model, &Source::File(folder.file(CONFIGURATION_FILE)), &[])?;
    if let Some(manifest) = &found {
        configuration.name.clone_from(&manifest.name);
        if manifest.configuration_digest != configuration.digest() {
            return Err(RunError::ConfigurationChanged { file: folder.file(CONFIGURATION_FILE) });
        }
    }
    if let Some(manifest) = found.clone().filter(|manifest| manifest.status == Status::Complete) {
        return Ok(RunReport { folder: folder.path().to_owned(), manifest, was_complete: true });
    }
    if let Some(divergence) = found.as_ref().and_then(|manifest| manifest.diverged.clone()) {
        return Err(RunError::Diverged { folder: folder.path().to_owned(), divergence });
    }
    let plan = record_plan(&configuration)?;
    must_fit(&configuration, options)?;
    let checkpoint = Checkpoint::read(&folder.file(CHECKPOINT_FILE))?;
    if let Some(checkpoint) = &checkpoint {
        checkpoint.must_belong_to(&configuration, &options.program, &folder.file(CHECKPOINT_FILE))?;
    }
    let mut manifest = new_manifest(&configuration, options);
    manifest.wall_time_seconds = found.map_or(0.0, |manifest| manifest.wall_time_seconds);
    go_on(&folder, &configuration, &plan, options, manifest, checkpoint, progress, stop)
}

#[allow(clippy::too_many_arguments, reason = "the one seam between starting afresh and going on")]
fn go_on(
    folder: &RunFolder,
    configuration: &Configuration,
    plan: &RecordPlan,
    options: &SessionOptions,
    manifest: Manifest,
    checkpoint: Option<Checkpoint>,
    progress: &mut dyn Progress,
    stop: &AtomicBool,
) -> Result<RunReport, RunError> {
    manifest.write(folder.path())?;
    let package = data_package(&configuration.name, plan, configuration.outputs.format);
    write_whole(&folder.file(DATA_PACKAGE_FILE), format!("{package:#}\n").as_bytes())?;
    let manifest = Session { folder, configuration, plan, options, stop }.work(manifest, checkpoint, progress)?;
    Ok(RunReport { folder: folder.path().to_owned(), manifest, was_complete: false })
}

fn check_threads(options: &SessionOptions) -> Result<(), RunError> {
    let threads = options.threads;
    if (1..=MOST_THREADS).contains(&threads) { Ok(()) } else { Err(RunError::Threads { threads }) }
}

/// Refuses a run that does not fit into memory, before it has taken half of it.
fn must_fit(configuration: &Configuration, options: &SessionOptions) -> Result<(), RunError> {
    Ok(memory::Need::of_run(configuration, options.checkpoint_every_years > 0).must_fit(memory::available())?)
}

/// What a panic says.
pub(crate) fn words_of_panic(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    words.unwrap_or_else(|| "without a word".to_owned())
}

/// What a configuration records.
///
/// # Errors
/// A table does not exist, or the sample of enterprises is not one.
pub fn record_plan(configuration: &Configuration) -> Result<RecordPlan, RunError> {
    let outputs = &configuration.outputs;
    let sample = outputs.enterprises.clone();
    if !(0.0..=1.0).contains(&sample.fraction) {
        return Err(RunError::SampleFraction { fraction: sample.fraction });
    }
    if sample.every_ticks == 0 {
        return Err(RunError::SampleInterval);
    }
    let mut plan = if outputs.tables.is_empty() {
        configuration.model().record_plan()
    } else {
        configuration
            .model()
            .record_plan()
            .keeping(outputs.tables.iter().map(String::as_str))
            .map_err(|name| RunError::unknown_table(configuration.model(), &name))?
    };
    plan.enterprises = sample;
    debug_assert!(plan.kept().next().is_some());
    Ok(plan)
}

fn new_manifest(configuration: &Configuration, options: &SessionOptions) -> Manifest {
    let time = &configuration.parameters.time;
    let burn_in = time.burn_in_years * time.ticks_per_year;
    Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        name: configuration.name.clone(),
        status: Status::Running,
        reason: None,
        diverged: None,
        seed: configuration.seed,
        configuration_digest: configuration.digest(),
        program: options.program.clone(),
        ticks_done: 0,
        ticks_total: burn_in + time.years * time.ticks_per_year,
        ticks_burn_in: burn_in,
        threads: options.threads,
        wall_time_seconds: 0.0,
        tables: Default::default(),
    }
}

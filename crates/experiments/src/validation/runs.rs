//! Runs made for the sake of their facts: written, read back, and thrown away unless they are to be kept.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tripath_model::ModelError;
use tripath_outputs::Program;

use super::fact::Fact;
use super::measured::{MeasuredRun, at_once};
use super::{RunTables, ValidationError};
use crate::configuration::Configuration;
use crate::evidence::{Progress, Seeds};
use crate::run::{RunError, RunOptions, SessionOptions, Silent, run_to_folder};

/// What to run.
pub struct RunPlan<'a> {
    /// Economies.
    pub configurations: &'a [Configuration],
    /// Seeds of each.
    pub seeds: &'a Seeds,
    /// Folder to keep the runs in, whole; nothing to throw them away once they are measured.
    pub keep: Option<&'a Path>,
    /// Replace earlier runs there.
    pub overwrite: bool,
    /// Runs at once.
    pub threads: usize,
    /// Which program, for manifests.
    pub program: Program,
}

/// Runs every configuration with every seed, and measures what each leaves.
///
/// # Errors
/// A run breaks off, or its folder cannot be written or read.
pub fn measure_runs(
    plan: &RunPlan<'_>,
    facts: &[&Fact],
    judged_as: Option<&str>,
    stop: &AtomicBool,
    progress: Progress<'_>,
) -> Result<Vec<MeasuredRun>, ValidationError> {
    let scratch = tempfile::tempdir().map_err(ValidationError::Folder)?;
    let base = plan.keep.unwrap_or(scratch.path());
    let mut work: Vec<(Configuration, PathBuf)> = Vec::new();
    for (index, configuration) in plan.configurations.iter().enumerate() {
        let twin = plan.configurations[..index].iter().any(|other| other.name == configuration.name);
        for seed in &plan.seeds.0 {
            let mut configuration = configuration.clone();
            configuration.seed = *seed;
            configuration.outputs.enterprises.every_ticks = configuration.parameters.time.ticks_per_year;
            if plan.keep.is_none() {
                let read = |table: &str| facts.iter().any(|fact| fact.tables.contains(&table));
                let tables = configuration.model().tables();
                configuration.outputs.tables = tables.iter().filter(|table| read(table.name)).map(|table| table.name.to_owned()).collect();
            }
            let twin = if twin { format!("-{index}") } else { String::new() };
            let folder = base.join(format!("{}{twin}-seed{seed}", configuration.name));
            work.push((configuration, folder));
        }
    }
    at_once(&work, plan.threads, progress, |(configuration, folder)| {
        let session =
            SessionOptions { threads: 1, checkpoint_every_years: 0, program: plan.program.clone(), model: configuration.model().clone() };
        let options = RunOptions { out: folder.clone(), overwrite: plan.overwrite, session };
        match run_to_folder(configuration, &options, &mut Silent, stop) {
            // A world that breaks off is judged on what it left, and the others go on.
            Ok(_) => {}
            Err(RunError::Model(error)) if !matches!(error, ModelError::Invalid(_) | ModelError::Checkpoint(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let measured = MeasuredRun::of(&RunTables::open(folder)?, facts, judged_as)?;
        if plan.keep.is_none() {
            std::fs::remove_dir_all(folder).map_err(|source| RunError::FolderUnwritable { folder: folder.clone(), source })?;
        }
        Ok(measured)
    })
}

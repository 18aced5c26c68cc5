//! The past that branches share: a checkpoint and the configuration that led to it.

use std::path::{Path, PathBuf};

use tripath_model::parameters::Parameters;
use tripath_model::{Model, Simulation};
use tripath_outputs::{Program, sha256_hex};

use super::BranchError;
use crate::configuration::{Configuration, load_over};
use crate::run::{CHECKPOINT_FILE, Checkpoint};

/// A checkpoint and the configuration that led to it.
pub(super) struct BurnIn {
    /// The checkpoint's file.
    pub(super) path: PathBuf,
    /// From where worlds go on.
    pub(super) checkpoint: Checkpoint,
    /// The configuration of the run that left it.
    pub(super) configuration: Configuration,
    /// Parameters at the checkpoint, after the events so far.
    pub(super) now: Parameters,
    /// SHA-256 of the model's state.
    pub(super) digest: String,
}

impl BurnIn {
    /// Reads the checkpoint of a folder, or a checkpoint file.
    pub(super) fn read(model: &Model, path: &Path, program: &Program) -> Result<Self, BranchError> {
        let file = if path.is_dir() { path.join(CHECKPOINT_FILE) } else { path.to_owned() };
        let checkpoint = Checkpoint::read(&file)?.ok_or_else(|| BranchError::Missing { path: path.to_owned() })?;
        checkpoint.must_be_of_program(program, &file)?;
        let configuration = load_over(model, checkpoint.name(), checkpoint.configuration(), &[])?;
        checkpoint.must_belong_to(&configuration, program, &file)?;
        if i64::try_from(configuration.seed).is_err() {
            return Err(BranchError::Seed(configuration.seed));
        }
        let Configuration { parameters, drivers, seed, .. } = configuration.clone();
        let simulation = Simulation::resume(parameters, drivers, seed, model.record_plan(), &checkpoint.model)?;
        let now = simulation.parameters().clone();
        let digest = sha256_hex(&checkpoint.model);
        Ok(Self { path: file, checkpoint, configuration, now, digest })
    }

    /// Years from the first recorded tick to the branch.
    pub(super) fn year(&self) -> f64 {
        let time = &self.configuration.parameters.time;
        let burn_in = time.burn_in_years * time.ticks_per_year;
        (f64::from(self.checkpoint.ticks_done()) - f64::from(burn_in)) / f64::from(time.ticks_per_year)
    }

    /// Folder of the run that left the checkpoint.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// Sees that checkpoints of one call are the same economy at the same tick, each of its own seed.
pub(super) fn must_agree(burn_ins: &[BurnIn]) -> Result<(), BranchError> {
    for (index, other) in burn_ins.iter().enumerate() {
        for first in &burn_ins[..index] {
            let differ = |what| Err(BranchError::Differ { first: first.path.clone(), other: other.path.clone(), what });
            if first.configuration.seed == other.configuration.seed {
                return Err(BranchError::Differ {
                    first: first.path.clone(),
                    other: other.path.clone(),
                    what: "nothing: they have one seed",
                });
            }
            if first.checkpoint.ticks_done() != other.checkpoint.ticks_done() {
                return differ("their tick");
            }
            if first.configuration.parameters != other.configuration.parameters
                || first.configuration.drivers != other.configuration.drivers
            {
                return differ("their parameters");
            }
        }
    }
    Ok(())
}

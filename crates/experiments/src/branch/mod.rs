//! Many futures of one past: worlds that leave a checkpoint with other settings and the same draws.
//!
//! A branch is the configuration of its burn-in with events added to the timeline at the year of the checkpoint. Its folder is
//! therefore a run like any other: its `config.toml` run from the start gives the same bytes.

mod burn_in;
mod error;
mod folders;
mod responses;
mod rows;
mod statistics;
mod timeline;
mod worlds;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use tripath_model::Model;
use tripath_outputs::Program;

pub use error::BranchError;
pub use responses::{BRANCHES_FILE, Failed, Headline, RESPONSES_FILE, SUMMARY_FILE};
pub use rows::{ResponseRow, ResponseSummaryRow};

use burn_in::BurnIn;

/// Name of the branch without any change.
pub const BASELINE: &str = "baseline";

/// Most replicates of one burn-in.
pub const MOST_REPLICATES: u32 = 100_000;

/// Settings of one branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Name of the branch, and of its folder.
    pub name: String,
    /// `path.to.key=value`, from the branch on.
    pub settings: Vec<String>,
    /// `NAME={…}`: events for the timeline; their year is that of the branch where they give none.
    pub events: Vec<String>,
    /// A file of settings and events, as a configuration is written; it extends nothing.
    pub file: Option<PathBuf>,
}

/// What to branch, and how to work.
#[derive(Debug, Clone)]
pub struct BranchOptions {
    /// Folders of runs that have a checkpoint, or checkpoint files.
    pub checkpoints: Vec<PathBuf>,
    /// Branches besides the baseline.
    pub branches: Vec<Branch>,
    /// Years from the branch on; to the end of the burn-in's configuration if not given.
    pub years: Option<u32>,
    /// Futures of each checkpoint: the first keeps the draws of its seed, the others draw anew from the branch on.
    pub replicates: u32,
    /// Columns of the table `macro`; all if empty.
    pub variables: Vec<String>,
    /// Share of replicates between the bounds of a band.
    pub band: f64,
    /// Whether the first replicate of each branch leaves the folder of a run.
    pub keep_runs: bool,
    /// Folder to write.
    pub out: PathBuf,
    /// Replace earlier branches in the folder.
    pub overwrite: bool,
    /// Worlds at once.
    pub threads: usize,
    /// Which program.
    pub program: Program,
    /// The model of the checkpoints.
    pub model: Model,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub struct BranchReport {
    /// The folder.
    pub folder: PathBuf,
    /// Years from the first recorded tick at which worlds branch off.
    pub year: f64,
    /// Branches besides the baseline.
    pub branches: usize,
    /// Worlds that ran to the end, the baselines counted.
    pub worlds: usize,
    /// Worlds that broke off.
    pub failed: Vec<Failed>,
    /// The user stopped it before all was written.
    pub interrupted: bool,
    /// A few numbers for the screen.
    pub headlines: Vec<Headline>,
}

/// Told how many worlds of how many are done.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Runs all branches of all checkpoints and writes their runs and responses. Setting `stop` ends it after the ticks at work.
///
/// # Errors
/// A checkpoint cannot be used or belongs to another program, a setting is not allowed or cannot change any more, the folder is
/// taken or cannot be written.
pub fn branch(options: &BranchOptions, progress: Progress<'_>, stop: &AtomicBool) -> Result<BranchReport, BranchError> {
    check(options)?;
    let burn_ins: Vec<BurnIn> =
        options.checkpoints.iter().map(|path| BurnIn::read(&options.model, path, &options.program)).collect::<Result<_, _>>()?;
    let first = burn_ins.first().ok_or(BranchError::NoCheckpoint)?;
    burn_in::must_agree(&burn_ins)?;
    let variables = worlds::variables(&options.variables)?;
    let futures = burn_ins.iter().map(|burn_in| timeline::futures(burn_in, options)).collect::<Result<Vec<_>, _>>()?;
    let out = folders::Out::claim(&options.out, &options.model, options.overwrite)?;
    let runs = if options.keep_runs { folders::run_all(&out, &burn_ins, &futures, options, stop)? } else { true };
    let mut report = BranchReport {
        folder: options.out.clone(),
        year: first.year(),
        branches: options.branches.len(),
        worlds: 0,
        failed: Vec::new(),
        interrupted: !runs,
        headlines: Vec::new(),
    };
    if report.interrupted {
        return Ok(report);
    }
    let worlds = worlds::run_all(&burn_ins, &futures, options, &variables, progress, stop)?;
    let Some(worlds) = worlds else {
        report.interrupted = true;
        return Ok(report);
    };
    report.worlds = worlds.iter().filter(|world| world.outcome.is_ok()).count();
    let written = responses::write(&out, &burn_ins, &futures, options, &variables, &worlds)?;
    report.failed = written.failed;
    report.headlines = written.headlines;
    Ok(report)
}

fn check(options: &BranchOptions) -> Result<(), BranchError> {
    if !(1..=crate::run::MOST_THREADS).contains(&options.threads) {
        return Err(crate::run::RunError::Threads { threads: options.threads }.into());
    }
    if !(1..=MOST_REPLICATES).contains(&options.replicates) {
        return Err(BranchError::Replicates(options.replicates));
    }
    if !(options.band > 0.0 && options.band < 1.0) {
        return Err(BranchError::Band(options.band));
    }
    for (index, branch) in options.branches.iter().enumerate() {
        let name = &branch.name;
        let plain = !name.is_empty() && name.len() <= 60 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !plain {
            return Err(BranchError::Name(name.clone()));
        }
        if name == BASELINE || options.branches[..index].iter().any(|other| other.name == *name) {
            return Err(BranchError::NameTaken(name.clone()));
        }
    }
    Ok(())
}

//! What the commands of a sweep share.

use std::path::PathBuf;
use std::thread::available_parallelism;
use std::time::Duration;

use tripath_experiments::sweep::{Design, Located, Stride, SweepError, SweepFolder, WorkOptions, WorkReport, locate, work};

use super::words;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::sweep_progress;
use crate::{interrupt, print};

/// Which sweep.
#[derive(Debug, clap::Args)]
pub(crate) struct Which {
    /// A design (TOML file), or the folder of its sweep
    #[arg(value_name = "DESIGN|FOLDER")]
    design: PathBuf,
    /// Folder of the sweep
    #[arg(help = "Folder of the sweep [default: outputs/<NAME>-sweep]", long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Which {
    pub(crate) fn locate(&self, home: &Home) -> Result<Located, Failure> {
        Ok(locate(&home.model, &self.design, self.out.as_deref())?)
    }

    /// A sweep that was begun.
    pub(crate) fn open(&self, home: &Home) -> Result<(SweepFolder, Design), Failure> {
        let Located { design, folder } = self.locate(home)?;
        Ok((SweepFolder::open(&folder, &design, &home.program())?, design))
    }
}

/// How to work and what to print; leaves all results as they are.
#[derive(Debug, clap::Args)]
pub(crate) struct Work {
    /// Worlds run at once, one a core [default: SLURM_CPUS_PER_TASK, else the cores that may be used]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    threads: Option<usize>,
    /// Take over another number of replicates from the design; what is done stays
    #[arg(long)]
    extend: bool,
    /// Try runs again that broke off
    #[arg(long)]
    retry_failed: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

impl Work {
    pub(crate) fn threads(&self) -> usize {
        let slurm = || std::env::var("SLURM_CPUS_PER_TASK").ok()?.trim().parse().ok();
        self.threads.or_else(slurm).unwrap_or_else(|| available_parallelism().map_or(1, usize::from))
    }

    /// Checks the design, and does the runs of a stride.
    pub(crate) fn work(
        &self,
        home: &Home,
        which: &Which,
        stride: Stride,
        patience: Duration,
    ) -> Result<(SweepFolder, Design, WorkReport), Failure> {
        let Located { design, folder } = which.locate(home)?;
        let folder = match SweepFolder::open(&folder, &design, &home.program()) {
            Err(SweepError::NoSweep { .. }) => {
                // Whoever made the folder has checked every point: tasks of an array need not all do it again.
                design.check_points()?;
                SweepFolder::claim(&folder, &design, &home.program())?
            }
            Err(SweepError::OtherDesign { .. }) if self.extend => SweepFolder::extend(&folder, &design, &home.program())?,
            other => other?,
        };
        let stop = interrupt::watch();
        let progress = sweep_progress::choose(self.quiet);
        let options = WorkOptions { threads: self.threads(), stride, retry_failed: self.retry_failed, patience, program: home.program() };
        let report = work(&folder, &design, &options, progress.as_ref(), &stop)?;
        Ok((folder, design, report))
    }

    /// Prints how the work ended.
    pub(crate) fn conclude(&self, folder: &SweepFolder, report: &WorkReport) -> Result<Outcome, Failure> {
        if self.json {
            print::json(report)?;
        } else if !self.quiet {
            print::stdout(&words::work(folder, report))?;
        }
        if report.interrupted {
            print::stderr(&format!("interrupted; run the same command again to go on: {} runs are safe\n", report.tally.done));
            return Ok(Outcome::Interrupted);
        }
        Ok(if report.tally.failed + report.tally.diverged + report.tally.not_finite > 0 { Outcome::NotPassed } else { Outcome::Done })
    }
}

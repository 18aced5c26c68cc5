//! `tripath sweep run`: all runs of a design, then their tables.

use std::time::Duration;

use tripath_experiments::sweep::{MergeOptions, Stride, merge};

use super::options::{Which, Work};
use super::words;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::print;

const RULES: &str = "\
Results are written as they come. Ctrl-C, a crash or a full disk cost at most the runs at work: the same command goes on, does no run twice and \
comes to the same bytes, with any number of threads. At the end the results are put together as by `tripath sweep merge`.

Exit code 1 also where runs diverged, broke off or have a metric that is not finite: their rows say why.";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    work: Work,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let work = &arguments.work;
    let (folder, design, report) = work.work(home, &arguments.which, Stride::ALL, Duration::ZERO)?;
    let mut outcome = work.conclude(&folder, &report)?;
    if !report.interrupted {
        let merged = merge(&folder, &design, MergeOptions::default())?;
        if !work.quiet && !work.json {
            print::stdout(&words::merged(&folder, &merged))?;
        }
        if !merged.refused.is_empty() {
            outcome = Outcome::NotPassed;
        }
    }
    Ok(outcome)
}

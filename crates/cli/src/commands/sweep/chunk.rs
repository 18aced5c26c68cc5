//! `tripath sweep chunk`: every n-th run of a design.

use std::time::Duration;

use tripath_experiments::sweep::Stride;

use super::options::{Which, Work};
use crate::exit::{Failure, Outcome};
use crate::home::Home;

/// A task that is sent anew may begin before the one whose place it takes has ended.
const PATIENCE: Duration = Duration::from_secs(120);

const RULES: &str = "\
Chunks of one folder may run at once, on one machine or many that share it, and may be run again: what is done is not done twice. \
A termination signal or USR1 ends the ticks at work and leaves checkpoints, from which the same chunk goes on. Where replicates are sequential, \
chunks are dealt points and not runs, so that rounds are decided in one place.";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Which runs: i/n is every n-th from the i-th, counted from 0
    #[arg(long, value_name = "I/N", value_parser = |text: &str| text.parse::<Stride>().map_err(|error| error.to_string()))]
    stride: Stride,
    #[command(flatten)]
    work: Work,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let (folder, _, report) = arguments.work.work(home, &arguments.which, arguments.stride, PATIENCE)?;
    arguments.work.conclude(&folder, &report)
}

//! `tripath sweep verify`: a sample of runs again, compared digest by digest.

use std::thread::available_parallelism;

use tripath_experiments::sweep::verify;

use super::options::Which;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{interrupt, print};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Runs to make again, spread evenly over those that are done
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
    /// Worlds run at once; as many as the machine has cores if not given
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    threads: Option<usize>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let (folder, design) = arguments.which.open(home)?;
    let threads = arguments.threads.unwrap_or_else(|| available_parallelism().map_or(1, usize::from));
    let stop = interrupt::watch();
    let verification = verify(&folder, &design, &home.program(), arguments.runs, threads, &stop)?;
    if arguments.json {
        print::json(&verification)?;
    } else {
        let same = &verification.same;
        print::stdout(&format!(
            "{} of {} runs made again: the same tables and metrics\n  {}\n",
            same.len(),
            verification.done,
            same.join(" ")
        ))?;
    }
    let stopped = stop.load(std::sync::atomic::Ordering::Relaxed);
    Ok(if stopped { Outcome::Interrupted } else { Outcome::Done })
}

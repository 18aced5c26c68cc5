//! `tripath sweep merge`: one set of tables.

use tripath_experiments::sweep::{MergeOptions, merge};

use super::options::Which;
use super::words;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::print;

const RULES: &str = "\
runs.csv has a row for each run, in the order of points and replicates; points.csv a row for each point, with means and 95 % half-widths over \
replicates; each kept table is one file, every row with its run. They hold nothing that depends on how or when runs were computed.";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Put together what is there, though runs are missing
    #[arg(long)]
    partial: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let (folder, design) = arguments.which.open(home)?;
    let report = merge(&folder, &design, MergeOptions { partial: arguments.partial })?;
    if arguments.json {
        print::json(&report)?;
    } else {
        print::stdout(&words::merged(&folder, &report))?;
    }
    Ok(if report.refused.is_empty() { Outcome::Done } else { Outcome::NotPassed })
}

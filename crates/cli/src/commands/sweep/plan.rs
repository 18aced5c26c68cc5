//! `tripath sweep plan`: what a design is, and what it will take.

use tripath_experiments::sweep::plan;

use super::options::Which;
use super::words;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::print;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Make no pilot run: tell nothing of time, memory and disk
    #[arg(long)]
    no_pilot: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let located = arguments.which.locate(home)?;
    let plan = plan(&located.design, !arguments.no_pilot)?;
    if arguments.json {
        print::json(&plan)?;
    } else {
        print::stdout(&words::plan(&located.folder, &plan))?;
    }
    Ok(Outcome::Done)
}

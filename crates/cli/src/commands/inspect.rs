//! `tripath inspect`: what a run shows, from its tables alone.

use std::path::PathBuf;

use tripath_experiments::summary::Summary;

use crate::exit::{Failure, Outcome};
use crate::{print, summary_text};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the run
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn execute(arguments: &Arguments) -> Result<Outcome, Failure> {
    let summary = Summary::of_folder(&arguments.folder)?;
    if arguments.json {
        print::json(&summary)?;
    } else {
        print::stdout(&summary_text::whole(&summary))?;
    }
    Ok(Outcome::Done)
}

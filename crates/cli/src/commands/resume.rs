//! `tripath resume`: a stopped run goes on to the same bytes.

use std::path::PathBuf;

use tripath_experiments::run::resume_folder;

use super::session::{Options, Stop};
use crate::exit::{Failure, Outcome};
use crate::home::Home;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the run
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    stop: Stop,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let session = arguments.options.session(home);
    arguments.stop.work(&arguments.options, |progress, stop| resume_folder(&arguments.folder, &session, progress, stop))
}

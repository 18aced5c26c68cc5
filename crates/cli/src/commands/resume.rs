//! `tripath resume`: a stopped run goes on to the same bytes.

use std::path::PathBuf;

use tripath_experiments::run::resume_folder;

use super::session::Options;
use crate::exit::{Failure, Outcome};
use crate::{interrupt, progress};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the run
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn execute(arguments: &Arguments) -> Result<Outcome, Failure> {
    let stop = interrupt::watch();
    let mut progress = progress::choose(arguments.options.quiet);
    let report = resume_folder(&arguments.folder, &arguments.options.session(), progress.as_mut(), &stop)?;
    arguments.options.conclude(&report)
}

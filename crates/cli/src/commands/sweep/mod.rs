//! `tripath sweep …`: many runs of one design.

mod chunk;
mod merge;
mod options;
mod run;
mod status;
mod words;

use clap::Subcommand;

use crate::exit::{Failure, Outcome};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// One for each file beside this one.
#[derive(Debug, Subcommand)]
enum Command {
    /// Do all runs of a design, on all cores; running it again goes on where it stopped
    Run(run::Arguments),
    /// Do every n-th run of a design: the unit that clusters call, safe beside other chunks of the same folder
    Chunk(chunk::Arguments),
    /// Tell how a sweep stands: runs by status, with reasons
    Status(status::Arguments),
    /// Put all results together into one set of tables, the same bytes however they were computed
    Merge(merge::Arguments),
}

pub(crate) fn execute(arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Run(arguments) => run::execute(arguments),
        Command::Chunk(arguments) => chunk::execute(arguments),
        Command::Status(arguments) => status::execute(arguments),
        Command::Merge(arguments) => merge::execute(arguments),
    }
}

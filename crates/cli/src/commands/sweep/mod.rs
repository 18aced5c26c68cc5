//! `tripath sweep …`: many runs of one design.

mod bench;
mod chunk;
mod merge;
mod options;
mod plan;
mod run;
mod status;
mod submit;
mod verify;
mod words;

use clap::Subcommand;

use crate::exit::{Failure, Outcome};
use crate::home::Home;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// One for each file beside this one.
#[derive(Debug, Subcommand)]
enum Command {
    /// Tell what a design is and what it will take: points, runs, and from a pilot its time, memory and disk
    Plan(plan::Arguments),
    /// Do all runs of a design, on all cores; running it again goes on where it stopped
    Run(run::Arguments),
    /// Do every n-th run of a design: the unit that clusters call, safe beside other chunks of the same folder
    Chunk(chunk::Arguments),
    /// Send a design to a cluster, as job arrays whose tasks hold many runs each
    Submit(submit::Arguments),
    /// Tell how a sweep stands: runs by status, with reasons
    Status(status::Arguments),
    /// Put all results together into one set of tables, the same bytes however they were computed
    Merge(merge::Arguments),
    /// Make a sample of the runs again and compare them
    Verify(verify::Arguments),
    /// Measure what the machinery of sweeps costs on this machine
    Bench(bench::Arguments),
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Plan(arguments) => plan::execute(arguments, home),
        Command::Run(arguments) => run::execute(arguments, home),
        Command::Chunk(arguments) => chunk::execute(arguments, home),
        Command::Submit(arguments) => submit::execute(arguments, home),
        Command::Status(arguments) => status::execute(arguments, home),
        Command::Merge(arguments) => merge::execute(arguments, home),
        Command::Verify(arguments) => verify::execute(arguments, home),
        Command::Bench(arguments) => bench::execute(arguments, home),
    }
}

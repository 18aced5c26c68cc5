//! One file for each command.

pub(crate) mod ablate;
pub(crate) mod bench;
pub(crate) mod branch;
pub(crate) mod config;
pub(crate) mod inspect;
pub(crate) mod presets;
pub(crate) mod removed;
pub(crate) mod replay;
pub(crate) mod resume;
pub(crate) mod run;
mod session;
pub(crate) mod stress;
pub(crate) mod sweep;
pub(crate) mod trace;
pub(crate) mod validate;
mod worlds;

use crate::arguments::Command;
use crate::exit::{Failure, Outcome};
use crate::home::Home;

/// Does what the command line asks for.
pub(crate) fn execute(command: Command, home: &Home) -> Result<Outcome, Failure> {
    match command {
        Command::Run(arguments) => run::execute(&arguments, home),
        Command::Resume(arguments) => resume::execute(&arguments, home),
        Command::Branch(arguments) => branch::execute(&arguments, home),
        Command::Inspect(arguments) => inspect::execute(&arguments),
        Command::Stress(arguments) => stress::execute(&arguments, home),
        Command::Sanity(_) => removed::refuse("sanity", "--facts S"),
        Command::Drift(_) => removed::refuse("drift", "--years 100 --facts A13,S"),
        Command::Ablate(arguments) => ablate::execute(&arguments, home),
        Command::Trace(arguments) => trace::execute(&arguments),
        Command::Validate(arguments) => validate::execute(&arguments, home),
        Command::Replay(arguments) => replay::execute(&arguments, home),
        Command::Sweep(arguments) => sweep::execute(&arguments, home),
        Command::Presets => presets::execute(),
        Command::Bench(arguments) => bench::execute(&arguments, home),
        Command::Config(arguments) => config::execute(&arguments, home),
    }
}

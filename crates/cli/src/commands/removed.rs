//! Commands that are gone, and what answers their question now.

use crate::exit::{Failure, Outcome};

/// Whatever was asked of the command.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
    _rest: Vec<String>,
}

/// Says which command to use instead.
pub(crate) fn refuse(command: &str, options: &str) -> Result<Outcome, Failure> {
    Err(Failure::refusal(format!("`tripath {command}` is gone: use `tripath validate --run PRESET… --seeds 1-10 {options}`")))
}

//! `tripath presets`: the configurations that the program brings along.

use tripath_experiments::configuration::presets;

use crate::exit::{Failure, Outcome};
use crate::print;

pub(crate) fn execute() -> Result<Outcome, Failure> {
    let width = presets().iter().map(|preset| preset.name.len()).max().unwrap_or(0);
    let lines = presets().iter().map(|preset| format!("{:width$}  {}\n", preset.name, preset.description));
    print::stdout(&lines.collect::<String>())?;
    Ok(Outcome::Done)
}

//! `tripath sweep status`: how a sweep stands.

use tripath_experiments::sweep::{Stride, status};

use super::options::Which;
use super::words;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::print;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Only every n-th run from the i-th, as `tripath sweep chunk` does them
    #[arg(long, value_name = "I/N", default_value = "0/1", value_parser = |text: &str| text.parse::<Stride>().map_err(|error| error.to_string()))]
    stride: Stride,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let (folder, design) = arguments.which.open(home)?;
    let status = status(&folder, &design, arguments.stride)?;
    if arguments.json {
        print::json(&status)?;
    } else {
        print::stdout(&words::status(&folder, &status))?;
    }
    Ok(Outcome::Done)
}

//! `tripath trace`: the life of one enterprise, from the tables of its run.

use std::path::PathBuf;

use tripath_experiments::trace::{candidates, life};

use crate::exit::{Failure, Outcome};
use crate::print;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the run
    #[arg(value_name = "RUN")]
    folder: PathBuf,
    /// Id of the enterprise, as in the tables; without it, some that are worth a look
    #[arg(value_name = "ENTERPRISE", value_parser = enterprise)]
    enterprise: Option<u64>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// An id, as the tables write it.
fn enterprise(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| {
        "an enterprise is named by its id, a whole number as in the column `enterprise` of the tables; `tripath trace RUN` without one lists \
         some that are worth a look"
            .to_owned()
    })
}

pub(crate) fn execute(arguments: &Arguments) -> Result<Outcome, Failure> {
    match arguments.enterprise {
        Some(enterprise) => {
            let life = life(&arguments.folder, enterprise)?;
            if arguments.json { print::json(&life)? } else { print::stdout(&life.story())? }
        }
        None => {
            let found = candidates(&arguments.folder)?;
            if arguments.json {
                print::json(&found)?;
            } else {
                let lines: String = found.iter().map(|one| format!("{:>16}  {}\n", one.enterprise, one.why)).collect();
                let folder = arguments.folder.display();
                print::stdout(&format!("Enterprises worth a look: tripath trace {folder} ENTERPRISE\n{lines}"))?;
            }
        }
    }
    Ok(Outcome::Done)
}

//! `tripath sanity`: whether presets make sane economies.

use std::path::PathBuf;

use tripath_experiments::evidence::{Seeds, sanity, sanity_csv};

use super::worlds::{Bar, Options, write_csv};
use crate::exit::{Failure, Outcome};
use crate::{evidence_text, print};

const RULES: &str = "\
Gates hold for every seed, over the recorded years: no missing cell in `macro`; real growth 1 to 10 %, inflation -1 to 6 %, \
unemployment 2 to 12 %, entry and exit 4 to 18 % of enterprises a year; enterprises at the end a third to three times those at the \
start; R&D, grants, taxes, rounds and listings above 0; wages the largest income of households; the largest ledger residual below \
1e-9 of gross flows. Debt of governments over annual output is explosive if its mean over the last quarter of the run is more than \
1.5 times that over the middle half, and above 1.5 as well.

Exit code 1 if a gate is not passed.";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    /// Names of presets, or TOML files
    #[arg(value_name = "PRESET|FILE", default_values = ["baseline", "china-like", "us-like"])]
    sources: Vec<String>,
    /// Seeds, such as 1-10, 3 or 1-4,8
    #[arg(long, value_name = "SEEDS", default_value = "1-10", allow_hyphen_values = true)]
    seeds: Seeds,
    /// Years recorded
    #[arg(long, value_name = "N", default_value = "40", allow_hyphen_values = true)]
    years: String,
    /// CSV file to write, one row for each preset and seed
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn execute(arguments: &Arguments) -> Result<Outcome, Failure> {
    let options = &arguments.options;
    let configurations = options.load_all(&arguments.sources, &arguments.years)?;
    let bar = Bar::new();
    let presets = sanity(&configurations, &arguments.seeds, options.threads(), &|done, all| bar.advance(done, all))?;
    drop(bar);
    write_csv(arguments.csv.as_ref(), || sanity_csv(&presets))?;
    if options.json {
        print::json(&evidence_text::sanity_json(&presets))?;
    } else {
        print::stdout(&evidence_text::sanity(&presets))?;
    }
    Ok(if presets.iter().all(|preset| preset.passed) { Outcome::Done } else { Outcome::NotPassed })
}

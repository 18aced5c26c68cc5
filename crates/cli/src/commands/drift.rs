//! `tripath drift`: slow drift over a century.

use tripath_experiments::evidence::{Seeds, drift};

use super::worlds::{Bar, Options};
use crate::exit::{Failure, Outcome};
use crate::{evidence_text, print};

const RULES: &str = "\
Means of years 20 to 60 are held against those of years 60 to 100, or the same shares of a run of another length. The standard error \
(se) of the difference comes from means of blocks of ten years, or a tenth of the run. Drift is: of the wage share, more than 0.03; of \
enterprises, more than 15 %; of unemployment, debt over output, concentration and growth, more than 2 se and 25 %; of net foreign \
assets, whose mean may be nought, more than 2 se and 0.25 of annual output; of inflation, more than 2 se and 1 point. Debt is \
explosive if its mean over the last quarter of the run is more than 1.5 times that over the middle half, and above 1.5 as well.

Exit code 1 if debt is explosive; drift is shown and leaves the exit code 0.";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    /// Names of presets, or TOML files
    #[arg(value_name = "PRESET|FILE", default_values = ["baseline", "china-like", "us-like"])]
    sources: Vec<String>,
    /// Seeds, such as 1-10, 3 or 1-4,8
    #[arg(long, value_name = "SEEDS", default_value = "1", allow_hyphen_values = true)]
    seeds: Seeds,
    /// Years recorded, 20 at least
    #[arg(long, value_name = "N", default_value = "100", allow_hyphen_values = true)]
    years: String,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn execute(arguments: &Arguments) -> Result<Outcome, Failure> {
    let options = &arguments.options;
    let configurations = options.load_all(&arguments.sources, &arguments.years)?;
    let bar = Bar::new();
    let drifts = drift(&configurations, &arguments.seeds, options.threads(), &|done, all| bar.advance(done, all))?;
    drop(bar);
    if options.json {
        print::json(&drifts)?;
    } else {
        print::stdout(&evidence_text::drift(&drifts))?;
    }
    Ok(if drifts.iter().any(|drift| drift.explosive) { Outcome::NotPassed } else { Outcome::Done })
}

//! `tripath ablate`: what each mechanism does.

use std::path::PathBuf;

use tripath_experiments::evidence::{Mechanism, ablate, mechanism, mechanisms};

use super::worlds::{Bar, Options, write_csv};
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{evidence_text, print};

const RULES: &str = "\
Each mechanism is off from the first tick of the burn-in on. Runs with and without it share seeds and draws; the effect is the mean of \
off less on over pairs, with its standard error over pairs. * marks effects beyond two standard errors: with many outcomes, about one \
in twenty is marked by chance, and more with fewer than ten pairs. What a preset does not have cannot be switched off: its row says so.";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    /// Name of a preset, or a TOML file
    #[arg(value_name = "PRESET|FILE", default_value = "china-like")]
    source: String,
    /// Pairs: seeds 1 to N
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=100_000), allow_hyphen_values = true)]
    pairs: u64,
    /// Years recorded
    #[arg(long, value_name = "N", default_value = "40", allow_hyphen_values = true)]
    years: String,
    /// Mechanisms, such as grants,funds; all if not given
    #[arg(long, value_name = "NAMES", value_delimiter = ',', num_args = 1..)]
    mechanism: Vec<String>,
    /// CSV file to write, one row for each mechanism and outcome
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let options = &arguments.options;
    let mechanisms: Vec<Mechanism> = if arguments.mechanism.is_empty() {
        mechanisms(&home.model)
    } else {
        arguments.mechanism.iter().map(|name| mechanism(&home.model, name)).collect::<Result<_, _>>()?
    };
    let configuration = options.load(home, &arguments.source, &arguments.years)?;
    let bar = Bar::new();
    let ablation = ablate(&configuration, &mechanisms, arguments.pairs, options.threads(), &|done, all| bar.advance(done, all))?;
    drop(bar);
    write_csv(arguments.csv.as_ref(), || ablation.to_csv())?;
    if options.json {
        print::json(&ablation)?;
    } else {
        print::stdout(&evidence_text::ablation(&ablation))?;
    }
    Ok(Outcome::Done)
}

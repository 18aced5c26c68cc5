//! `tripath config`: what can be set, what is set, and whether it can be run.

use tripath_experiments::configuration::{Configuration, ConfigurationError, Source, json_schema, load_for, parameter_table_markdown};

use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{mechanisms_text, print};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Print a configuration as resolved: every parameter with its meaning, unit and allowed values
    Show(Show),
    /// Say whether configurations can be run, and what is wrong with those that cannot
    Check(Check),
    /// Print the JSON Schema of configuration files, for editors
    Schema,
    /// Print all parameters as a Markdown table
    Parameters,
    /// Print the mechanisms of the model, and what acts in which phase of a tick
    Mechanisms,
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Name of a preset, or a TOML file
    #[arg(value_name = "PRESET|FILE", default_value = "china-like")]
    source: String,
    /// Set a parameter, such as --set banking.leverage_limit=12; repeatable
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct Check {
    /// TOML files, or names of presets
    #[arg(value_name = "FILE", required = true)]
    sources: Vec<String>,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Show(show) => print::stdout(&load_for(&home.model, &Source::from_argument(&show.source), &show.set)?.to_toml(true))?,
        Command::Check(check) => checked(&check.sources, home)?,
        Command::Schema => print::stdout(&json_schema(&home.model))?,
        Command::Mechanisms => print::stdout(&mechanisms_text::whole(&home.model))?,
        Command::Parameters => print::stdout(&parameter_table_markdown(&home.model))?,
    }
    Ok(Outcome::Done)
}

/// All sources are looked at, so that one wrong file does not hide another.
fn checked(sources: &[String], home: &Home) -> Result<(), Failure> {
    let mut wrong: Option<ConfigurationError> = None;
    for source in sources {
        match load_for(&home.model, &Source::from_argument(source), &[]) {
            Ok(configuration) => print::stdout(&format!("{source}: {}\n", in_brief(&configuration)))?,
            Err(error) => {
                wrong = Some(match wrong.take() {
                    Some(earlier) => earlier.and(error),
                    None => error,
                });
            }
        }
    }
    wrong.map_or(Ok(()), |error| Err(error.into()))
}

fn in_brief(configuration: &Configuration) -> String {
    let parameters = &configuration.parameters;
    format!(
        "can be run: {} years, {} enterprises, {} sectors, {} regions, {} programmes, {} events, {} drivers",
        parameters.time.years,
        parameters.population.enterprises,
        parameters.sectors.len(),
        parameters.regions.len(),
        parameters.programmes.len(),
        parameters.events.len(),
        parameters.drivers.len()
    )
}

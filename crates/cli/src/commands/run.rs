//! `tripath run`: an economy from its configuration to its tables.

use std::path::{Path, PathBuf};

use tripath_experiments::configuration::{Configuration, Source, load_for};
use tripath_experiments::memory::{Need, available, gigabytes};
use tripath_experiments::run::{RunOptions, run_to_folder};
use tripath_outputs::TableFormat;

use super::session::{Options, Stop};
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::print;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Name of a preset, or a TOML file
    #[arg(value_name = "PRESET|FILE", default_value = "china-like")]
    source: String,
    /// Seed of all draws; the same seed gives the same bytes
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    seed: Option<u64>,
    /// Years recorded: short for --set time.years=N
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    years: Option<String>,
    /// Set a parameter, such as --set banking.leverage_limit=12; repeatable
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Folder to write
    #[arg(help = "Folder to write [default: outputs/<NAME>-seed<SEED>]", long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace an earlier run in the folder
    #[arg(long)]
    overwrite: bool,
    /// Tables to keep, such as macro,returns; all if not given
    #[arg(long, value_name = "TABLES", value_delimiter = ',')]
    tables: Option<Vec<String>>,
    /// Share of enterprises in the table `enterprises`, 0 to 1
    #[arg(long, value_name = "FRACTION", allow_hyphen_values = true)]
    sample: Option<f64>,
    /// Ticks between rows of the table `enterprises`
    #[arg(long, value_name = "TICKS", allow_hyphen_values = true)]
    sample_every: Option<u32>,
    /// Format of the tables; as configured if not given, which is csv unless it says otherwise
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    stop: Stop,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// RFC 4180, UTF-8, one header line
    Csv,
    /// Apache Parquet, compressed by Zstandard
    Parquet,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let configuration = configuration(arguments, home)?;
    let out = arguments.out.clone().unwrap_or_else(|| default_folder(&configuration));
    let options = RunOptions { out, overwrite: arguments.overwrite, session: arguments.options.session(home) };
    let need = Need::of_run(&configuration, options.session.checkpoint_every_years > 0);
    if need.is_notable() && !arguments.options.quiet {
        let available = available().map(|bytes| format!("; {} are available", gigabytes(bytes))).unwrap_or_default();
        print::stderr(&format!("this run takes about {} of memory{available}\n", gigabytes(need.bytes())));
    }
    arguments.stop.work(&arguments.options, |progress, stop| run_to_folder(&configuration, &options, progress, stop))
}

fn configuration(arguments: &Arguments, home: &Home) -> Result<Configuration, Failure> {
    let years = arguments.years.iter().map(|years| format!("time.years={years}"));
    let overrides: Vec<String> = arguments.set.iter().cloned().chain(years).collect();
    let mut configuration = load_for(&home.model, &Source::from_argument(&arguments.source), &overrides)?;
    if let Some(seed) = arguments.seed {
        configuration.seed = seed;
    }
    let outputs = &mut configuration.outputs;
    match arguments.format {
        Some(Format::Csv) => outputs.format = TableFormat::Csv,
        Some(Format::Parquet) => outputs.format = TableFormat::Parquet,
        None => {}
    }
    if let Some(tables) = &arguments.tables {
        outputs.tables.clone_from(tables);
    }
    if let Some(fraction) = arguments.sample {
        outputs.enterprises.fraction = fraction;
    }
    if let Some(ticks) = arguments.sample_every {
        outputs.enterprises.every_ticks = ticks;
    }
    Ok(configuration)
}

fn default_folder(configuration: &Configuration) -> PathBuf {
    Path::new("outputs").join(format!("{}-seed{}", configuration.name, configuration.seed))
}

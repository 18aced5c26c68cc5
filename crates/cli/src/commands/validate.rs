//! `tripath validate`: runs held against stylised facts, from their tables.

use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use tripath_experiments::configuration::{Configuration, Source, load_for};
use tripath_experiments::evidence::Seeds;
use tripath_experiments::validation::{
    MeasuredRun, RunPlan, Validation, ValidationError, facts_markdown, facts_named, judge, measure_folders, measure_runs,
};
use tripath_outputs::write_whole;

use super::worlds::Bar;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{interrupt, print, validation_text};

const RULES: &str = "\
Facts S ask whether a run is plausible at all; facts A are the gate; B and C speak of the capital and the policy path. Runs of one economy \
under several seeds are a group. A fact is in target if it is for 8 of 10 of them, every statistic at once (S: for all of them). A group \
passes the gate if each of its facts is in target, and 6 of 10 runs are in target for all of them at once. Facts that follow from one \
parameter or from data that drive the run are calibrated, and no evidence. What tables do not show is not measurable and passes nothing. \
Targets differ between us-like, china-like and india-like economies and what extends them, files too; other runs are held to the range of the \
first two (--as judges all runs as one preset). `tripath validate --definitions` prints how every fact is computed; the CSV file has sources.

Exit code 1 if the gate is not passed, or a run is not sane. Exit code 0 says so of the facts that were asked and judged: the gate is passed \
only if all of it was (--facts leaves some out, A13 needs 100 years).

Examples:
  tripath validate outputs/china-like-seed1
  tripath validate --run baseline us-like china-like --seeds 1-10
  tripath validate --run baseline --seeds 1-10 --facts S
  tripath validate --run baseline --seeds 1-10 --years 100 --facts A13
  tripath validate --run us-like --switched --facts B4,B5";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    /// Folders of runs
    #[arg(value_name = "RUN", required_unless_present_any = ["run", "definitions"], conflicts_with = "run")]
    folders: Vec<PathBuf>,
    /// Make runs of these presets or TOML files, and validate them
    #[arg(long, value_name = "PRESET|FILE", num_args = 1..)]
    run: Vec<String>,
    /// Seeds of the runs to make, such as 1-10, 3 or 1-4,8
    #[arg(long, value_name = "SEEDS", default_value = "1-10", allow_hyphen_values = true, requires = "run")]
    seeds: Seeds,
    /// Years of the runs to make; as the preset says if not given
    #[arg(long, value_name = "N", allow_hyphen_values = true, requires = "run")]
    years: Option<String>,
    /// Set a parameter of the runs to make; repeatable
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true, requires = "run")]
    set: Vec<String>,
    /// Make every run also with the regime of listing switched, for B5
    #[arg(long, requires = "run")]
    switched: bool,
    /// Make every run also with this parameter set otherwise, for facts that compare two kinds of runs; several are set together
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true, requires = "run")]
    against: Vec<String>,
    /// Keep the runs to make, with all their tables, in this folder
    #[arg(long, value_name = "DIR", requires = "run")]
    keep: Option<PathBuf>,
    /// Replace earlier runs there
    #[arg(long, requires = "keep")]
    overwrite: bool,
    /// Facts to compute, such as A1,A2 or S,B; all if not given
    #[arg(long, value_name = "FACTS", value_delimiter = ',')]
    facts: Vec<String>,
    /// Judge all runs as this preset: its targets, and what is asked of it
    #[arg(long = "as", value_name = "PRESET")]
    judged_as: Option<String>,
    /// CSV file to write [default: validation.csv beside the first run; in this folder for runs that are not kept]
    #[arg(long, visible_alias = "csv", value_name = "FILE")]
    out: Option<PathBuf>,
    /// Runs worked on at once; as many as the machine has cores if not given
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    threads: Option<usize>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Print the definitions of all facts as Markdown, and do nothing else
    #[arg(long)]
    definitions: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    if arguments.definitions {
        print::stdout(&facts_markdown())?;
        return Ok(Outcome::Done);
    }
    let facts = facts_named(&arguments.facts)?;
    let bar = Bar::new();
    let measured = measure(arguments, home, &facts, &bar)?;
    drop(bar);
    let Some(measured) = measured else { return Ok(Outcome::Interrupted) };
    let validation = judge(&facts, &measured);
    if arguments.json {
        print::json(&validation)?;
    } else {
        print::stdout(&validation_text::whole(&validation))?;
    }
    // Last: a folder that cannot be written costs the file, not the verdicts.
    write_csv(&out(arguments), &validation)?;
    Ok(if validation.passed { Outcome::Done } else { Outcome::NotPassed })
}

/// Readings of all runs; nothing where the user stopped the work.
fn measure(
    arguments: &Arguments,
    home: &Home,
    facts: &[&'static tripath_experiments::validation::Fact],
    bar: &Bar,
) -> Result<Option<Vec<MeasuredRun>>, Failure> {
    let threads = arguments.threads.unwrap_or_else(|| available_parallelism().map_or(1, usize::from));
    let judged_as = arguments.judged_as.as_deref();
    let progress = |done, all| bar.advance(done, all);
    if arguments.run.is_empty() {
        return Ok(Some(measure_folders(&arguments.folders, facts, judged_as, threads, &progress)?));
    }
    let configurations = configurations(arguments, home)?;
    let plan = RunPlan {
        configurations: &configurations,
        seeds: &arguments.seeds,
        keep: arguments.keep.as_deref(),
        overwrite: arguments.overwrite,
        threads,
        program: home.program(),
    };
    let stop = interrupt::watch();
    let measured = measure_runs(&plan, facts, judged_as, &stop, &progress)?;
    Ok((!stop.load(std::sync::atomic::Ordering::Relaxed)).then_some(measured))
}

fn configurations(arguments: &Arguments, home: &Home) -> Result<Vec<Configuration>, Failure> {
    let years = arguments.years.iter().map(|years| format!("time.years={years}"));
    let overrides: Vec<String> = arguments.set.iter().cloned().chain(years).collect();
    let mut configurations = Vec::new();
    for source in &arguments.run {
        let source = Source::from_argument(source);
        let configuration = load_for(&home.model, &source, &overrides)?;
        let other = if configuration.parameters.capital_market.regime == "approval" { "registration" } else { "approval" };
        configurations.push(configuration);
        let switch = arguments.switched.then(|| vec![format!("capital_market.regime={other}")]);
        let against = Some(arguments.against.clone()).filter(|against| !against.is_empty());
        for changes in switch.into_iter().chain(against) {
            configurations.push(load_for(&home.model, &source, &overrides.iter().cloned().chain(changes).collect::<Vec<_>>())?);
        }
    }
    Ok(configurations)
}

fn out(arguments: &Arguments) -> PathBuf {
    let beside = |folder: &PathBuf| folder.parent().map(Path::to_owned).unwrap_or_default();
    let folder = arguments.keep.clone().or_else(|| arguments.folders.first().map(beside)).unwrap_or_default();
    arguments.out.clone().unwrap_or_else(|| folder.join("validation.csv"))
}

fn write_csv(path: &Path, validation: &Validation) -> Result<(), Failure> {
    let text = validation.to_csv().map_err(std::io::Error::from)?;
    let replaced = if path.exists() { ", in place of an earlier one (--out FILE writes elsewhere)" } else { "" };
    write_whole(path, text.as_bytes()).map_err(|source| ValidationError::Csv { path: path.to_owned(), source })?;
    print::stderr(&format!("wrote {}{replaced}\n", path.display()));
    Ok(())
}

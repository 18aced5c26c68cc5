//! `tripath stress`: whatever the definitions of parameters allow is tried.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::thread::available_parallelism;

use tripath_experiments::evidence::EvidenceError;
use tripath_experiments::stress::{Ended, StressOptions, StressRow, Summary, csv, stress};
use tripath_outputs::write_whole;

use super::worlds::Bar;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{interrupt, print};

const RULES: &str = "\
Every case ends as complete, refused (the configuration breaks a rule, which is said), diverged (a variable left its bounds, which \
ended the run) or failed (a panic or a broken accounting identity: a fault of the program, worth a report with its command). Bounds and \
words are those of `tripath config parameters`, for members of lists those of one member; shares that sum to 1 make room for one that is \
set. Without --bounds, --pairs or --random, bounds are tried.

Exit code 1 if a case failed.

Examples:
  tripath stress --threads 2
  tripath stress china-like us-like --bounds --pairs --random 1000 --out stress.csv";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    /// Names of presets, or TOML files
    #[arg(value_name = "PRESET|FILE", default_values = ["baseline"])]
    sources: Vec<String>,
    /// Both bounds of every parameter, and every word of those that take one of a list
    #[arg(long)]
    bounds: bool,
    /// Bounds of important parameters, two by two
    #[arg(long)]
    pairs: bool,
    /// Draws of 2 to 64 parameters over their whole ranges
    #[arg(long, value_name = "N", default_value_t = 0, allow_hyphen_values = true)]
    random: usize,
    /// Years recorded
    #[arg(long, value_name = "N", default_value_t = 60, allow_hyphen_values = true)]
    years: u32,
    /// Enterprises at the start
    #[arg(long, value_name = "N", default_value_t = 200, allow_hyphen_values = true)]
    enterprises: u32,
    /// Seed of the worlds and of the draws
    #[arg(long, value_name = "N", default_value_t = 1, allow_hyphen_values = true)]
    seed: u64,
    /// Set a parameter in every case, such as --set time.burn_in_years=5; repeatable
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Worlds run at once; as many as the machine has cores if not given
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    threads: Option<usize>,
    /// CSV file to write, one row for each case
    #[arg(long, value_name = "FILE", default_value = "stress.csv")]
    out: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let nothing_asked = !arguments.bounds && !arguments.pairs && arguments.random == 0;
    let options = StressOptions {
        model: home.model.clone(),
        sources: arguments.sources.clone(),
        settings: arguments.set.clone(),
        bounds: arguments.bounds || nothing_asked,
        pairs: arguments.pairs,
        random: arguments.random,
        years: arguments.years,
        enterprises: arguments.enterprises,
        seed: arguments.seed,
        threads: arguments.threads.unwrap_or_else(|| available_parallelism().map_or(1, usize::from)),
    };
    let stop = interrupt::watch();
    let bar = Bar::new();
    let rows = stress(&options, &|done, all| bar.advance(done, all), &stop)?;
    drop(bar);
    let text = csv(&rows).map_err(std::io::Error::from)?;
    write_whole(&arguments.out, text.as_bytes()).map_err(EvidenceError::from)?;
    let summary = Summary::of(&rows);
    if arguments.json {
        print::json(&summary)?;
    } else {
        print::stdout(&words(&rows, &summary))?;
    }
    print::stderr(&format!("wrote {}\n", arguments.out.display()));
    if stop.load(Ordering::Relaxed) {
        return Ok(Outcome::Interrupted);
    }
    Ok(if summary.failed == 0 { Outcome::Done } else { Outcome::NotPassed })
}

fn words(rows: &[StressRow], summary: &Summary) -> String {
    let Summary { complete, refused, diverged, failed, missing, refusals, divergences } = summary;
    let mut text = format!("{} cases: {complete} complete, {refused} refused, {diverged} diverged, {failed} failed\n", rows.len());
    for (head, causes) in [("refused", refusals), ("diverged", divergences)] {
        if !causes.is_empty() {
            let _ = writeln!(text, "\n{head}");
        }
        for (cause, count) in causes {
            let _ = writeln!(text, "  {count:>5} ×  {cause}");
        }
    }
    let of = |status: Ended| rows.iter().filter(move |row| row.status == status);
    if *diverged > 0 {
        let _ = writeln!(text, "\ncases that diverged");
    }
    for row in of(Ended::Diverged).filter(|row| row.settings.len() < 200) {
        let tick = row.tick.map(|tick| format!("tick {tick}: ")).unwrap_or_default();
        let _ = writeln!(text, "  {} {}: {tick}{}", row.source, row.settings, row.cause);
    }
    if *missing > 0 {
        let _ = writeln!(text, "\n{missing} complete cases have an empty cell in the table macro (column missing)");
    }
    if *failed > 0 {
        let _ = writeln!(text, "\nfailed");
    }
    for row in of(Ended::Failed) {
        let _ = writeln!(text, "  {}\n    {}", row.cause, row.command);
    }
    text
}

//! `tripath bench`: how fast this machine runs the economy, in one table.

use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use clap::builder::ArgPredicate;
use tripath_experiments::configuration::{Source, load_for};
use tripath_experiments::run::MOST_THREADS;
use tripath_experiments::speed::{SpeedError, SpeedOptions, TickWork, count, measure, mechanisms};
use tripath_outputs::write_whole;

use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{print, speed_text};

const RULES: &str = "\
--mechanisms takes two worlds for each mechanism, one with everything and one in which the mechanism is off from the first tick on, \
and after four years of warm-up times a year of the one, a year of the other, and so on. What a mechanism costs is the median of the \
differences of such pairs, an enterprise there is and tick, with the least and the greatest of them. It is net of what the economy \
becomes without the mechanism: other enterprises, projects, rounds and listings take time as well, so that a mechanism can cost less \
than nothing, and costs do not add up to a tick. The first line has two worlds with everything: differences of that size are noise.";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    /// Name of a preset, or a TOML file
    #[arg(value_name = "PRESET|FILE", default_value = "china-like")]
    source: String,
    /// Set a parameter, such as --set banking.leverage_limit=12; repeatable
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Enterprises of the worlds whose ticks are timed, 10000 with --mechanisms; a world that the memory cannot hold is left out
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "1000,10000,100000,1000000",
          default_value_if("mechanisms", ArgPredicate::Equals("true".into()), Some("10000")),
          value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    sizes: Vec<u32>,
    /// Ticks timed at each size after a warm-up of four years, rounded up to years; fewer in big worlds if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4000))]
    ticks: Option<u32>,
    /// Numbers of threads
    #[arg(long, value_name = "N|all,…", value_delimiter = ',', default_value = "1,all", value_parser = threads)]
    threads: Vec<usize>,
    /// Time, on one thread, what each mechanism costs that `tripath ablate` can switch off, in place of all else
    #[arg(long, conflicts_with_all = ["threads", "count", "counts"])]
    mechanisms: bool,
    /// Count what ticks of these sizes do, in place of timing them, and write it to a file; needs a program built with --features counting
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "counts", "ticks", "threads"])]
    count: Option<PathBuf>,
    /// Counts as --count has written them: the table then has the lower bound of a tick
    #[arg(long, value_name = "FILE")]
    counts: Option<PathBuf>,
    /// Print the measurements as one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let configuration = load_for(&home.model, &Source::from_argument(&arguments.source), &arguments.set)?;
    if let Some(file) = &arguments.count {
        let work = count(&configuration, &arguments.sizes, &mut |what| print::stderr(&format!("{what}\n")))?;
        let text =
            serde_json::to_string_pretty(&work).map_err(|error| SpeedError::Counts { path: file.clone(), message: error.to_string() })?;
        write_whole(file, format!("{text}\n").as_bytes()).map_err(SpeedError::Output)?;
        return Ok(Outcome::Done);
    }
    let years = arguments.ticks.map(|ticks| ticks.div_ceil(configuration.parameters.time.ticks_per_year));
    let mut say = |what: &str| print::stderr(&format!("measuring {what}\n"));
    if arguments.mechanisms {
        let report = mechanisms(&configuration, &arguments.sizes, years, &mut say)?;
        if arguments.json {
            print::json(&report)?;
        } else {
            print::stdout(&speed_text::mechanisms(&report))?;
        }
        return Ok(Outcome::Done);
    }
    let work = arguments.counts.as_deref().map_or(Ok(Vec::new()), read_counts)?;
    let mut threads = arguments.threads.clone();
    threads.sort_unstable();
    threads.dedup();
    let options = SpeedOptions { sizes: arguments.sizes.clone(), years, threads, work, program: home.program() };
    let report = measure(&configuration, &options, &mut say)?;
    if arguments.json {
        print::json(&report)?;
    } else {
        print::stdout(&speed_text::table(&report))?;
    }
    Ok(Outcome::Done)
}

fn read_counts(path: &Path) -> Result<Vec<TickWork>, SpeedError> {
    let refused = |message: String| SpeedError::Counts { path: path.to_owned(), message };
    let text = std::fs::read_to_string(path).map_err(|error| refused(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| refused(error.to_string()))
}

fn threads(text: &str) -> Result<usize, String> {
    if text == "all" {
        return Ok(available_parallelism().map_or(1, usize::from));
    }
    let number = text.parse().ok().filter(|number| (1..=MOST_THREADS).contains(number));
    number.ok_or_else(|| format!("a number from 1 to {MOST_THREADS}, or all"))
}

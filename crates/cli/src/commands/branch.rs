//! `tripath branch`: many futures of one burn-in, and responses to what changes.

use std::fmt::Write;
use std::path::PathBuf;
use std::thread::available_parallelism;

use tripath_experiments::branch::{
    BASELINE, Branch, BranchError, BranchOptions, BranchReport, Headline, RESPONSES_FILE, SUMMARY_FILE, branch,
};

use super::worlds::Bar;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{interrupt, print};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folders of runs that stopped with a checkpoint (tripath run … --until YEAR), or checkpoint files
    #[arg(value_name = "CHECKPOINT", required = true)]
    checkpoints: Vec<PathBuf>,
    /// Set a parameter from the branch on, such as --set government.rd_credit_rate=0.3; repeatable
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Add an event, at the year of the branch if it names none, such as --event 'slump={action="demand_shock", value=-0.1}'; repeatable
    #[arg(long, value_name = "NAME={…}")]
    event: Vec<String>,
    /// Name of the branch with the settings of --set and --event
    #[arg(long, value_name = "NAME", default_value = "branch")]
    name: String,
    /// One more branch, with the settings and events of a TOML file; repeatable
    #[arg(long, value_name = "NAME=FILE")]
    branch: Vec<String>,
    /// Years after the branch; to the end of the burn-in's configuration if not given
    #[arg(long, value_name = "N")]
    years: Option<u32>,
    /// Futures of each checkpoint: the first keeps the draws of its seed, the others draw anew from the branch on
    #[arg(long, value_name = "N", default_value_t = 1)]
    replicates: u32,
    /// Columns of the table macro whose responses are written; all if not given
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    variables: Vec<String>,
    /// Share of replicates between the bounds of a band
    #[arg(long, value_name = "SHARE", default_value_t = 0.9, allow_hyphen_values = true)]
    band: f64,
    /// Write responses only, not the run of each branch
    #[arg(long)]
    responses_only: bool,
    /// Folder to write
    #[arg(long, value_name = "DIR", default_value = "outputs/branches")]
    out: PathBuf,
    /// Replace earlier branches in the folder
    #[arg(long)]
    overwrite: bool,
    /// Worlds at once; as many as the machine has cores if not given
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    threads: Option<usize>,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let options = options(arguments, home)?;
    let stop = interrupt::watch();
    let bar = Bar::new();
    let report = branch(&options, &|done, all| bar.advance(done, all), &stop)?;
    drop(bar);
    if report.interrupted {
        print::stderr("interrupted; branch again with --overwrite, or go on with the run of one branch by tripath resume\n");
        return Ok(Outcome::Interrupted);
    }
    if !arguments.quiet {
        print::stdout(&words(&report))?;
    }
    for failed in &report.failed {
        let (branch, seed, replicate) = (&failed.branch, failed.burn_in_seed, failed.replicate);
        print::stderr(&format!("branch {branch}, burn-in of seed {seed}, replicate {replicate} {}: {}\n", failed.status, failed.reason));
    }
    Ok(if report.failed.is_empty() { Outcome::Done } else { Outcome::NotPassed })
}

fn options(arguments: &Arguments, home: &Home) -> Result<BranchOptions, Failure> {
    let mut branches = Vec::new();
    if !(arguments.set.is_empty() && arguments.event.is_empty()) {
        branches.push(Branch {
            name: arguments.name.clone(),
            settings: arguments.set.clone(),
            events: arguments.event.clone(),
            file: None,
        });
    }
    for text in &arguments.branch {
        let Some((name, file)) = text.split_once('=') else {
            return Err(BranchError::NoFile(text.clone()).into());
        };
        branches.push(Branch { name: name.to_owned(), settings: Vec::new(), events: Vec::new(), file: Some(PathBuf::from(file)) });
    }
    Ok(BranchOptions {
        checkpoints: arguments.checkpoints.clone(),
        branches,
        years: arguments.years,
        replicates: arguments.replicates,
        variables: arguments.variables.clone(),
        band: arguments.band,
        keep_runs: !arguments.responses_only,
        out: arguments.out.clone(),
        overwrite: arguments.overwrite,
        threads: arguments.threads.unwrap_or_else(|| available_parallelism().map_or(1, usize::from)),
        program: home.program(),
        model: home.model.clone(),
    })
}

fn words(report: &BranchReport) -> String {
    let folder = report.folder.display();
    if report.branches == 0 {
        return format!("{BASELINE} from year {} in {folder}; no branch was asked for\n", report.year);
    }
    let mut text = format!(
        "{} branches from year {}, {} worlds: {folder}/{RESPONSES_FILE}, {folder}/{SUMMARY_FILE}\n\n",
        report.branches, report.year, report.worlds
    );
    let _ = writeln!(text, "{:<20} {:<22} {:>6} {:>12} {:>27} {:>9}", "branch", "response of", "years", "mean", "band", "relative");
    for Headline { branch, variable, years_since, mean, band, relative, .. } in &report.headlines {
        let number = |value: f64| format!("{value:.4}");
        let mean = mean.map_or("–".to_owned(), number);
        let band = band.map_or("–".to_owned(), |(low, high)| format!("{low:.4} … {high:.4}"));
        let relative = relative.map_or("–".to_owned(), |share| format!("{:.3} %", share * 100.0));
        let _ = writeln!(text, "{branch:<20} {variable:<22} {years_since:>6} {mean:>12} {band:>27} {relative:>9}");
    }
    text
}

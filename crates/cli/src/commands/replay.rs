//! `tripath replay`: any run of a sweep again, exactly, with all its tables.

use std::path::{Path, PathBuf};

use tripath_experiments::run::RunOptions;
use tripath_experiments::sweep::{ReplayOptions, SweepFolder, find_sweep, locate, replay};
use tripath_experiments::trace::life;

use super::session::Options;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{interrupt, print, progress};

const RULES: &str = "\
The run is made from the design in the folder of its sweep, with its seed. Tables that the sweep recorded are compared with it, byte for byte.

Examples:
  tripath replay r7de8794690e37c18
  tripath replay r7de87946 --sweep outputs/grid-sweep --tables enterprises,events
  tripath replay r7de87946 --trace 4294967311";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    /// Name of the run, as in the column run_id of runs.csv; its first digits do
    #[arg(value_name = "RUN_ID")]
    run: String,
    /// Folder of the sweep [default: the one below outputs that has the run]
    #[arg(long, value_name = "DIR")]
    sweep: Option<PathBuf>,
    /// Folder to write [default: outputs/replay-<RUN_ID>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace an earlier run in the folder
    #[arg(long)]
    overwrite: bool,
    /// Tables to keep, besides those that the sweep recorded; all if not given
    #[arg(long, value_name = "TABLES", value_delimiter = ',')]
    tables: Vec<String>,
    /// Tell the life of this enterprise afterwards
    #[arg(long, value_name = "ENTERPRISE")]
    trace: Option<u64>,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let sweep = match &arguments.sweep {
        Some(folder) => folder.clone(),
        None => find_sweep(&home.model, Path::new("outputs"), &arguments.run)?,
    };
    let located = locate(&home.model, &sweep, None)?;
    let folder = SweepFolder::open(&located.folder, &located.design, &home.program())?;
    let out = arguments.out.clone().unwrap_or_else(|| Path::new("outputs").join(format!("replay-{}", arguments.run)));
    let run_options = RunOptions { out, overwrite: arguments.overwrite, session: arguments.options.session(home) };
    let options = ReplayOptions { run: arguments.run.clone(), tables: arguments.tables.clone(), run_options };
    let stop = interrupt::watch();
    let mut progress = progress::choose(arguments.options.quiet);
    let replayed = replay(&folder, &located.design, &options, progress.as_mut(), &stop)?;
    let outcome = arguments.options.conclude(&replayed.report)?;
    if outcome == Outcome::Done && !arguments.options.quiet {
        let record = &replayed.record;
        print::stderr(&format!(
            "run {} (point {}, replicate {}, seed {}): {} as in the sweep, byte for byte\n",
            record.run_id,
            record.point,
            record.replicate,
            record.seed,
            if replayed.same.is_empty() { "no table".to_owned() } else { replayed.same.join(", ") }
        ));
    }
    if let Some(enterprise) = arguments.trace.filter(|_| outcome == Outcome::Done) {
        print::stdout(&life(&replayed.report.folder, enterprise)?.story())?;
    }
    Ok(outcome)
}

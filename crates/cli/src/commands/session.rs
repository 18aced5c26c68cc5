//! What `run` and `resume` share: options of work, and the last words.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;

use tripath_experiments::run::{Progress, RunError, RunReport, SessionOptions, Until};
use tripath_experiments::summary::Summary;
use tripath_outputs::{Divergence, Status};

use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::{interrupt, print, progress, summary_text};

/// How to work and what to print; leaves the bytes of the tables as they are.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Threads; as many as the machine has cores if not given
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    threads: Option<usize>,
    /// Simulated years between checkpoints; 0 for one at an interruption only
    #[arg(long, value_name = "YEARS", default_value_t = 10, allow_hyphen_values = true)]
    checkpoint_every: u32,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
}

impl Options {
    pub(crate) fn session(&self, home: &Home) -> SessionOptions {
        let threads = self.threads.unwrap_or_else(|| available_parallelism().map_or(1, usize::from));
        home.session(threads, self.checkpoint_every)
    }

    /// Prints how the run ended.
    pub(crate) fn conclude(&self, report: &RunReport) -> Result<Outcome, Failure> {
        self.conclude_so(report, false)
    }

    /// Prints how the run ended, `as_asked` where the user said when to stop.
    fn conclude_so(&self, report: &RunReport, as_asked: bool) -> Result<Outcome, Failure> {
        let folder = report.folder.as_path();
        if self.json || !self.quiet {
            let summary = Summary::of_folder(folder)?;
            if self.json {
                print::json(&summary)?;
            } else {
                print::stdout(&format!("{}\n{}", headline(report), summary_text::returns_and_warnings(&summary)))?;
            }
        }
        match report.manifest.status {
            Status::Interrupted if as_asked => {
                if !self.quiet {
                    let folder = quoted(folder);
                    print::stderr(&format!("stopped as asked; go on with: tripath resume {folder}, or tripath branch {folder} --set …\n"));
                }
                Ok(Outcome::Done)
            }
            Status::Interrupted => {
                print::stderr(&format!("interrupted; go on with: tripath resume {}\n", quoted(folder)));
                Ok(Outcome::Interrupted)
            }
            Status::Diverged => {
                if let Some(Divergence { tick, year, cause }) = &report.manifest.diverged {
                    let folder = quoted(folder);
                    print::stderr(&format!(
                        "the economy diverged at tick {tick}, year {year:.2}: {cause}\nall rows up to there are in {folder}; the run cannot be resumed, since its settings lead there\n"
                    ));
                }
                Ok(Outcome::NotPassed)
            }
            _ => Ok(Outcome::Done),
        }
    }
}

/// Where to stop.
#[derive(Debug, clap::Args)]
pub(crate) struct Stop {
    /// Stop with a checkpoint at so many years from the first recorded tick, 0 for the end of the burn-in; `tripath branch` and
    /// `tripath resume` go on from there
    #[arg(long, value_name = "YEAR", allow_hyphen_values = true)]
    until: Option<f64>,
}

impl Stop {
    /// Works, and prints how the run ended.
    pub(crate) fn work(
        &self,
        options: &Options,
        run: impl FnOnce(&mut dyn Progress, &AtomicBool) -> Result<RunReport, RunError>,
    ) -> Result<Outcome, Failure> {
        let stop = interrupt::watch();
        let mut watcher = progress::choose(options.quiet);
        let Some(year) = self.until else {
            return options.conclude(&run(watcher.as_mut(), &stop)?);
        };
        let mut until = Until::new(watcher.as_mut(), year, &stop);
        let report = run(&mut until, &stop)?;
        options.conclude_so(&report, until.reached())
    }
}

fn headline(report: &RunReport) -> String {
    let manifest = &report.manifest;
    let folder = report.folder.display();
    let rows: u64 = manifest.tables.values().map(|table| table.rows).sum();
    if report.was_complete {
        return format!("{folder} is complete already: nothing left to do\n");
    }
    format!(
        "{}, seed {}: {} in {:.1} s; {rows} rows in {} tables in {folder}\n",
        manifest.name,
        manifest.seed,
        manifest.status.word(),
        manifest.wall_time_seconds,
        manifest.tables.len(),
    )
}

/// A path as it can be typed in a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(|c: char| c.is_whitespace() || "'\"$&;()*?[]|<>\\`".contains(c)) {
        format!("'{}'", text.replace('\'', r"'\''"))
    } else {
        text
    }
}

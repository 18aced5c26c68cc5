//! What commands that run many worlds share.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use indicatif::{ProgressBar, ProgressStyle};
use tripath_experiments::configuration::{Configuration, ConfigurationError, Source, load_for};
use tripath_experiments::evidence::EvidenceError;
use tripath_outputs::write_whole;

use crate::exit::Failure;
use crate::home::Home;

/// Options of every command that runs many worlds.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Set a parameter, such as --set banking.leverage_limit=12; repeatable
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Worlds run at once; as many as the machine has cores if not given
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    threads: Option<usize>,
    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

impl Options {
    /// Loads a preset or file for so many years.
    pub(crate) fn load(&self, home: &Home, source: &str, years: &str) -> Result<Configuration, ConfigurationError> {
        let overrides: Vec<String> = self.set.iter().cloned().chain([format!("time.years={years}")]).collect();
        load_for(&home.model, &Source::from_argument(source), &overrides)
    }

    pub(crate) fn threads(&self) -> usize {
        self.threads.unwrap_or_else(|| available_parallelism().map_or(1, usize::from))
    }
}

/// A bar on a terminal, nothing elsewhere: tables are what these commands print.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new() -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        // The template is a constant that parses; the plain bar would do as well.
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos} of {len} worlds, {eta} left") {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub(crate) fn advance(&self, done: usize, all: usize) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Writes a CSV file whole, where one is asked for.
pub(crate) fn write_csv(path: Option<&PathBuf>, text: impl FnOnce() -> String) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    write_whole(Path::new(path), text().as_bytes()).map_err(EvidenceError::from)?;
    Ok(())
}

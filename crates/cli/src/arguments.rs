//! The command line.

use clap::{Parser, Subcommand};

use crate::commands::{ablate, bench, branch, config, inspect, removed, replay, resume, run, stress, sweep, trace, validate};

/// Agent-based simulation of how technological innovation becomes real productivity.
#[derive(Debug, Parser)]
#[command(name = "tripath", version = concat!(env!("CARGO_PKG_VERSION"), " (", env!("TRIPATH_COMMIT"), ")"), propagate_version = true)]
#[command(
    after_help = "Exit codes: 0 done, 1 something in the input (also a folder that cannot be written, a full disk), a run that diverged or a gate that is not passed, 2 a fault of the program, 130 interrupted."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One for each file in `commands`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run an economy and write its tables
    Run(Box<run::Arguments>),
    /// Go on with a run that was interrupted, killed or failed
    Resume(resume::Arguments),
    /// Let worlds leave a checkpoint with other settings, and write their responses
    Branch(Box<branch::Arguments>),
    /// Sum up a run from its tables
    Inspect(inspect::Arguments),
    /// Try bounds, pairs and random draws of all parameters: what completes, is refused, diverges or fails
    Stress(stress::Arguments),
    /// Switch mechanisms off, one at a time, and show what each of them does
    Ablate(ablate::Arguments),
    /// Validate runs against stylised facts
    Validate(Box<validate::Arguments>),
    /// Do many runs of one design: grids, samples, scenarios and policies, with replicates
    Sweep(sweep::Arguments),
    /// Make any run of a sweep again, exactly, with all its tables
    Replay(Box<replay::Arguments>),
    /// Tell the life of one enterprise from the tables of its run
    Trace(trace::Arguments),
    /// List the configurations that the program brings along
    Presets,
    /// Measure how fast this machine runs the economy
    Bench(bench::Arguments),
    /// Show, check and describe configurations
    Config(config::Arguments),
    /// Gone: `tripath validate` answers it
    #[command(hide = true, disable_help_flag = true)]
    Sanity(removed::Arguments),
    /// Gone: `tripath validate` answers it
    #[command(hide = true, disable_help_flag = true)]
    Drift(removed::Arguments),
}

/// Reads the command line.
pub(crate) fn parse() -> Result<Arguments, clap::Error> {
    Arguments::try_parse()
}

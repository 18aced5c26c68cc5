//! How fast this machine runs the economy: ticks by size and phase, start-up, output, a sweep, and the machine's own limits.
//!
//! Figures are medians with the least and the greatest of the measurements beside them: on a machine that is
//! shared, the spread says how far they can be trusted.

mod bound;
mod error;
mod machine;
mod mechanisms;
mod output;
mod statistics;
mod sweep;
mod system;
mod worlds;

use serde::Serialize;

pub use bound::{PhaseBound, PhaseWork, TickBound, TickWork, count};
pub use error::SpeedError;
pub use machine::{MachineLimits, ThreadedRate};
pub use mechanisms::{MechanismCost, MechanismReport, MechanismTable, mechanisms};
pub use output::{DefaultRun, PanelOutput, PanelRun};
pub use statistics::Measured;
pub use sweep::{SWEEP_ENTERPRISES, SWEEP_YEARS, SweepRate};
pub use system::Machine;
pub(crate) use system::{peak_bytes, processor_seconds, resident_bytes};
pub(crate) use worlds::forget;
pub use worlds::{PhaseCost, SizeNotMeasured, StartUp, TickCost};

use crate::configuration::Configuration;
use tripath_outputs::{Program, TableFormat};

/// What to measure.
#[derive(Debug, Clone)]
pub struct SpeedOptions {
    /// Enterprises of the worlds whose ticks are timed.
    pub sizes: Vec<u32>,
    /// Years timed at each size; fewer in big worlds if not given.
    pub years: Option<u32>,
    /// Numbers of threads.
    pub threads: Vec<usize>,
    /// What ticks do, as counted by a program that was built to count: for the lower bound.
    pub work: Vec<TickWork>,
    /// Which program, for the manifest of the run into a folder.
    pub program: Program,
}

/// All that was measured.
#[derive(Debug, Clone, Serialize)]
pub struct SpeedReport {
    /// Name of the configuration.
    pub configuration: String,
    /// The machine.
    pub machine: Machine,
    /// Start-up of the configuration as it is.
    pub start_up: StartUp,
    /// Cost of a tick by size and threads.
    pub ticks: Vec<TickCost>,
    /// Sizes left out.
    pub not_measured: Vec<SizeNotMeasured>,
    /// The configuration as it is, end to end into a folder, by format of its tables.
    pub default_runs: Vec<DefaultRun>,
    /// Writing a panel from memory, by format.
    pub panels: Vec<PanelOutput>,
    /// Writing a panel while its economy runs, by format.
    pub panel_runs: Vec<PanelRun>,
    /// Runs a second in a sweep of small worlds.
    pub sweep: Vec<SweepRate>,
    /// What the machine itself can do.
    pub limits: MachineLimits,
    /// What a tick takes at least, for sizes that were counted.
    pub bounds: Vec<TickBound>,
}

/// Measures everything, and tells `say` what is being measured.
///
/// # Errors
/// The configuration cannot be run, or the folder for temporary files cannot be written.
pub fn measure(configuration: &Configuration, options: &SpeedOptions, say: &mut dyn FnMut(&str)) -> Result<SpeedReport, SpeedError> {
    let machine = Machine::read();
    // Memory is read as growth from here on, so worlds come first, the small ones before the big ones.
    let resident_at_start = system::resident_bytes();
    say("start-up");
    let start_up = worlds::start_up(configuration)?;
    let mut ticks = Vec::new();
    let mut not_measured = Vec::new();
    for enterprises in each_once(&options.sizes) {
        if let Some(missing) = SizeNotMeasured::check(enterprises, 1) {
            not_measured.push(missing);
            continue;
        }
        for threads in &options.threads {
            say(&format!("ticks of {enterprises} enterprises on {threads} thread(s)"));
            ticks.push(worlds::tick_cost(configuration, enterprises, options.years, *threads, resident_at_start)?);
        }
    }
    say("the configuration end to end, with tables and without");
    let formats = TableFormat::ALL.into_iter();
    let default_runs =
        formats.clone().map(|format| output::default_run(configuration, format, &options.program)).collect::<Result<_, _>>()?;
    say("writing a panel");
    let panels = output::panels(configuration)?;
    let panel_runs = formats.map(|format| output::panel_run(configuration, format, &options.program)).collect::<Result<_, _>>()?;
    let mut rates = Vec::new();
    for threads in &options.threads {
        say(&format!("a sweep on {threads} thread(s)"));
        rates.push(sweep::rate(configuration, *threads)?);
    }
    say("the machine's own limits");
    let limits = machine::limits(&options.threads)?;
    let bounds = bound::bounds(&options.work, &ticks, &limits);
    Ok(SpeedReport {
        configuration: configuration.name.clone(),
        machine,
        start_up,
        ticks,
        not_measured,
        default_runs,
        panels,
        panel_runs,
        sweep: rates,
        limits,
        bounds,
    })
}

/// Sizes from the smallest, each once.
fn each_once(sizes: &[u32]) -> Vec<u32> {
    let mut sizes = sizes.to_vec();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// The configuration with another number of enterprises, from its first recorded tick on, without burn-in.
fn scaled(configuration: &Configuration, enterprises: u32, years: u32) -> Configuration {
    let mut scaled = configuration.clone();
    scaled.parameters.population.enterprises = enterprises;
    scaled.parameters.time.burn_in_years = 0;
    scaled.parameters.time.years = years;
    scaled
}

//! What a run takes: a few seconds of the first one, here.

use std::time::{Duration, Instant};

use tripath_model::Simulation;
use tripath_model::observe::RecordPlan;

use super::SubmitError;
use crate::sweep::Design;

/// The pilot ends after this time and the rest is reckoned from its ticks.
const LONGEST: Duration = Duration::from_secs(5);

/// What a run takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cost {
    /// Time of a run on a core of this machine.
    pub(super) seconds: f64,
    /// Memory of the program, in MB.
    pub(super) base_mb: f64,
    /// Memory of a world, in MB.
    pub(super) world_mb: f64,
}

/// Runs the first run of a design for a while.
pub(super) fn measure(design: &Design) -> Result<Cost, SubmitError> {
    let configuration = design.configuration(0)?;
    let before = peak_mb();
    let began = Instant::now();
    let plan = RecordPlan::only(design.recorded()).unwrap_or_default();
    let mut simulation = Simulation::new(configuration.parameters, configuration.drivers, design.replicates.seed(0, 0), plan)?;
    let (founded, mut ticks) = (began.elapsed(), 0);
    while !simulation.finished() && began.elapsed() < LONGEST {
        simulation.tick()?;
        let _ = simulation.records().take(|_, _| Ok::<(), ()>(()));
        ticks += 1;
    }
    let running = (began.elapsed() - founded).as_secs_f64();
    let seconds = founded.as_secs_f64() + running * f64::from(simulation.clock().total) / f64::from(ticks.max(1));
    let (before, after) = (before.unwrap_or(64.0), peak_mb().unwrap_or(256.0));
    // Worlds grow as they age.
    Ok(Cost { seconds: seconds.max(1e-4), base_mb: before, world_mb: (2.0 * (after - before)).max(16.0) })
}

/// Greatest memory of this process so far, where the system tells.
fn peak_mb() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

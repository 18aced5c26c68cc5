//! What a sweep will take: points, runs, and from a short pilot its time, memory and room on disk.

use std::time::{Duration, Instant};

use serde::Serialize;
use tripath_model::{ModelError, Simulation};
use tripath_outputs::TableDigest;

use super::{Design, SweepError};
use crate::memory;
use crate::run::RunError;
use crate::speed::{peak_bytes, resident_bytes};

/// Longest time of the pilot.
const PILOT_TIME: Duration = Duration::from_secs(10);

/// Bytes of a line of results beside its metrics.
const LINE_BYTES: usize = 700;

/// What a sweep will take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Name of the design.
    pub name: String,
    /// How points are chosen.
    pub kind: String,
    /// Points, scenarios and levers counted.
    pub points: usize,
    /// Points that filters left out, scenarios and levers not counted.
    pub filtered_out: usize,
    /// Scenarios.
    pub scenarios: Vec<String>,
    /// Levers.
    pub levers: Vec<String>,
    /// Parameters with what they are.
    pub parameters: Vec<String>,
    /// Fewest runs.
    pub least_runs: usize,
    /// Most runs.
    pub most_runs: usize,
    /// Metrics as the design says them.
    pub metrics: Vec<String>,
    /// Tables kept of every run.
    pub keep: Vec<String>,
    /// The first points.
    pub first_points: Vec<String>,
    /// Memory of the largest world by its number of enterprises, in bytes.
    pub estimated_world_bytes: u64,
    /// Memory that can be had, where it is known.
    pub available_bytes: Option<u64>,
    /// What a run takes.
    pub pilot: Option<Pilot>,
}

/// What a run takes, from the first run of the first point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pilot {
    /// Part of the run that was made.
    pub share_of_run: f64,
    /// Seconds on one core of a run.
    pub seconds_per_run: f64,
    /// Hours on one core of the most runs there can be.
    pub core_hours: f64,
    /// Bytes on disk of the most runs there can be, results and kept tables.
    pub disk_bytes: u64,
    /// Memory of one world, as far as it can be told.
    pub world_bytes: Option<u64>,
    /// Memory of this process at its greatest.
    pub peak_bytes: Option<u64>,
}

const FIRST_POINTS: usize = 5;

/// What a sweep will take; with `with_pilot`, a run is made for as long as ten seconds.
///
/// # Errors
/// A point breaks a rule, or the first world cannot begin or go on.
pub fn plan(design: &Design, with_pilot: bool) -> Result<Plan, SweepError> {
    design.check_points()?;
    let names = |arms: &[super::design::Arm]| arms.iter().map(|arm| arm.name.clone()).collect::<Vec<_>>();
    let points = design.point_count();
    let (need, available_bytes) = (design.need(1), memory::available());
    if with_pilot {
        need.must_fit(available_bytes).map_err(RunError::from)?;
    }
    Ok(Plan {
        name: design.name.clone(),
        kind: design.points.kind.word().to_owned(),
        points,
        filtered_out: design.points.filtered_out(),
        scenarios: names(&design.scenarios),
        levers: names(&design.levers),
        parameters: design.points.axes.iter().map(ToString::to_string).collect(),
        least_runs: points * design.replicates.least as usize,
        most_runs: design.most_runs(),
        metrics: design.metrics.iter().map(|metric| format!("{} = {}", metric.name, metric.text)).collect(),
        keep: design.keep.iter().map(|table| (*table).to_owned()).collect(),
        first_points: (0..points.min(FIRST_POINTS)).map(|point| design.point(point).to_string()).collect(),
        estimated_world_bytes: need.bytes(),
        available_bytes,
        pilot: if with_pilot { Some(pilot(design)?) } else { None },
    })
}

fn pilot(design: &Design) -> Result<Pilot, SweepError> {
    let mut configuration = design.configuration(0)?;
    configuration.seed = design.replicates.seed(0, 0);
    let plan = design.record_plan(&configuration)?;
    let before = resident_bytes();
    let began = Instant::now();
    let mut kept: Vec<Option<TableDigest>> =
        design.tables.iter().map(|schema| design.keep.contains(&schema.name).then(|| TableDigest::new(schema))).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let (share, recorded_share, world_bytes) = pool.install(|| -> Result<_, SweepError> {
        let mut simulation = Simulation::new(configuration.parameters, configuration.drivers, configuration.seed, plan)?;
        while !simulation.finished() && began.elapsed() < PILOT_TIME {
            match simulation.tick() {
                // What a run takes is told from the part that it made.
                Err(ModelError::Diverged { .. }) => break,
                other => other?,
            }
            let taken: Result<(), std::convert::Infallible> = simulation.records().take(|table, row| {
                if let Some(digest) = &mut kept[table] {
                    digest.write(row);
                }
                Ok(())
            });
            taken.unwrap_or_else(|never| match never {});
        }
        let clock = simulation.clock();
        let recorded = f64::from(clock.done.saturating_sub(clock.burn_in)) / f64::from(clock.total - clock.burn_in);
        let grown = resident_bytes().zip(before).map(|(now, before)| now.saturating_sub(before));
        Ok((f64::from(clock.done) / f64::from(clock.total), recorded, grown))
    })?;
    let seconds = began.elapsed().as_secs_f64() / share;
    let kept_bytes: u64 = kept.iter().flatten().map(|digest| digest.position().bytes).sum();
    // Kept tables stand once with their run and once put together; a burn-in leaves no row to judge by.
    let kept_bytes = if recorded_share > 0.0 { kept_bytes as f64 / recorded_share * 2.0 } else { 0.0 };
    let line = LINE_BYTES + 25 * (design.metrics.len() + design.points.axes.len());
    let runs = design.most_runs() as f64;
    Ok(Pilot {
        share_of_run: share,
        seconds_per_run: seconds,
        core_hours: seconds * runs / 3600.0,
        disk_bytes: (runs * (2.0 * line as f64 + kept_bytes)) as u64,
        world_bytes,
        peak_bytes: peak_bytes(),
    })
}

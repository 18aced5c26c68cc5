//! All futures of all burn-ins, one world a core, in memory: a few columns of each tick are kept.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;
use tripath_model::observe::{Cell, Column, MacroRow, Row};
use tripath_model::{ModelError, Simulation};

use super::burn_in::BurnIn;
use super::timeline::Future;
use super::{BranchError, BranchOptions, Progress};
use crate::configuration::nearest::did_you_mean;

/// Columns of the table `macro` that identify a row.
const KEYS: &[&str] = &["tick", "year"];

/// A column whose response is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Variable {
    pub(super) column: &'static Column,
    place: usize,
}

/// Ticks of one world, from the branch on.
#[derive(Debug, Clone, Default)]
pub(super) struct Series {
    /// Tick and year of each row.
    pub(super) times: Vec<(u32, f64)>,
    /// Values, variable by variable within a row; not a number where a cell is missing.
    pub(super) values: Vec<f64>,
}

/// One world and how it ended.
pub(super) struct Branched {
    pub(super) burn_in: usize,
    pub(super) replicate: u32,
    pub(super) future: usize,
    pub(super) outcome: Result<Series, ModelError>,
}

/// Variables by name; all columns of the table `macro` if no name is given.
pub(super) fn variables(names: &[String]) -> Result<Vec<Variable>, BranchError> {
    let all: Vec<Variable> = MacroRow::COLUMNS
        .iter()
        .enumerate()
        .filter(|(_, column)| !KEYS.contains(&column.name))
        .map(|(place, column)| Variable { column, place })
        .collect();
    if names.is_empty() {
        return Ok(all);
    }
    let known = || all.iter().map(|variable| variable.column.name);
    let find = |name: &String| {
        all.iter().find(|variable| variable.column.name == *name).copied().ok_or_else(|| BranchError::Variable {
            name: name.clone(),
            hint: did_you_mean(name, known()).unwrap_or_else(|| format!("variables are {}", known().collect::<Vec<_>>().join(", "))),
        })
    };
    let mut chosen: Vec<Variable> = Vec::new();
    for name in names {
        let variable = find(name)?;
        if !chosen.iter().any(|other| other.place == variable.place) {
            chosen.push(variable);
        }
    }
    Ok(chosen)
}

/// Runs every future of every replicate of every burn-in, in this order; nothing where the user stopped it.
pub(super) fn run_all(
    burn_ins: &[BurnIn],
    futures: &[Vec<Future>],
    options: &BranchOptions,
    variables: &[Variable],
    progress: Progress<'_>,
    stop: &AtomicBool,
) -> Result<Option<Vec<Branched>>, BranchError> {
    let jobs: Vec<(usize, u32, usize)> = (0..burn_ins.len())
        .flat_map(|burn_in| {
            (0..options.replicates).flat_map(move |replicate| (0..futures[burn_in].len()).map(move |f| (burn_in, replicate, f)))
        })
        .collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build()?;
    let done = AtomicUsize::new(0);
    progress(0, jobs.len());
    let work = |&(burn_in, replicate, future): &(usize, u32, usize)| {
        let outcome = run_one(&burn_ins[burn_in], &futures[burn_in][future], replicate, variables, stop).transpose()?;
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
        Some(Branched { burn_in, replicate, future, outcome })
    };
    Ok(pool.install(|| jobs.par_iter().with_max_len(1).map(work).collect()))
}

fn run_one(
    burn_in: &BurnIn,
    future: &Future,
    replicate: u32,
    variables: &[Variable],
    stop: &AtomicBool,
) -> Result<Option<Series>, ModelError> {
    let configuration = future.configuration.clone();
    let plan = configuration.model().record_plan().keeping([MacroRow::TABLE]).map_err(ModelError::Checkpoint)?;
    let (parameters, drivers, seed) = (configuration.parameters, configuration.drivers, configuration.seed);
    let mut simulation = Simulation::branch(parameters, drivers, seed, plan, &burn_in.checkpoint.model, replicate)?;
    let mut series = Series::default();
    let mut cells = Vec::with_capacity(MacroRow::COLUMNS.len());
    while !simulation.finished() {
        if stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        simulation.tick()?;
        let records = simulation.records();
        for row in records.macro_economy.drain(..) {
            cells.clear();
            row.cells(&mut |cell| {
                cells.push(match cell {
                    Cell::Real(number) => number,
                    Cell::Integer(number) => number as f64,
                    Cell::Text(_) | Cell::Flag(_) | Cell::Missing => f64::NAN,
                });
            });
            series.times.push((row.tick, row.year));
            series.values.extend(variables.iter().map(|variable| cells[variable.place]));
        }
        // The panel of enterprises is gathered even where it is not kept.
        let _ = records.take(|_, _| Ok::<(), ()>(()));
    }
    Ok(Some(series))
}

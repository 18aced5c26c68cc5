//! Ticks of worlds of any size, phase by phase, and what a world takes to begin and to hold.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde::Serialize;
use tripath_model::Simulation;
use tripath_model::observe::RecordPlan;
use tripath_model::tick::{Phase, Probe};

use super::statistics::Measured;
use super::system::{available_bytes, resident_bytes, thread_seconds};
use super::{SpeedError, scaled};
use crate::configuration::{Configuration, Source, load};

/// Years before the first that is timed: projects, portfolios and listings must have begun.
pub(super) const WARM_UP_YEARS: u32 = 4;

/// Memory that a world may take at its greatest, by enterprise, before it is left out; half as much again as is resident in big worlds.
const GREATEST_BYTES: u64 = 1700;

/// Cost of a tick.
#[derive(Debug, Clone, Serialize)]
pub struct TickCost {
    /// Enterprises at the start.
    pub enterprises: u32,
    /// Enterprises in the last tick.
    pub enterprises_at_end: u64,
    /// Threads.
    pub threads: usize,
    /// Nanoseconds an enterprise there is and tick; a measurement is the mean of a year.
    pub nanoseconds: Measured,
    /// The same without the time in which other processes had the core; a mean, for one thread only.
    pub on_core_nanoseconds: Option<f64>,
    /// The same as `nanoseconds` by phase.
    pub phases: Vec<PhaseCost>,
    /// Resident memory an enterprise, bytes: growth of the process since its start, with all it keeps beside.
    pub resident_bytes: Option<f64>,
}

/// Cost of a phase.
#[derive(Debug, Clone, Serialize)]
pub struct PhaseCost {
    /// Name.
    pub phase: String,
    /// Nanoseconds an enterprise and tick.
    pub nanoseconds: Measured,
}

/// A size that was left out.
#[derive(Debug, Clone, Serialize)]
pub struct SizeNotMeasured {
    /// Enterprises.
    pub enterprises: u32,
    /// Memory it may need, bytes.
    pub needed_bytes: u64,
    /// Memory there is, bytes.
    pub available_bytes: u64,
}

impl SizeNotMeasured {
    /// Whether the memory there is may not do for so many worlds at once.
    pub(super) fn check(enterprises: u32, worlds: u64) -> Option<Self> {
        let available_bytes = available_bytes()?;
        let needed_bytes = u64::from(enterprises) * GREATEST_BYTES * worlds;
        (needed_bytes > available_bytes).then_some(Self { enterprises, needed_bytes, available_bytes })
    }
}

/// What it takes before the first tick.
#[derive(Debug, Clone, Serialize)]
pub struct StartUp {
    /// Seconds to read and check the default preset.
    pub configuration_seconds: Measured,
    /// Seconds to build the world of the configuration as it is.
    pub world_seconds: Measured,
    /// Its enterprises.
    pub enterprises: u32,
}

pub(super) fn start_up(configuration: &Configuration) -> Result<StartUp, SpeedError> {
    let source = Source::from_argument("china-like");
    let read = (0..15).map(|_| {
        let began = Instant::now();
        // The preset is embedded and checked by tests; were it broken, the time would be that of the message.
        let _ = load(&source, &[]);
        began.elapsed().as_secs_f64()
    });
    let configuration_seconds = Measured::of(read.collect());
    let mut built = Vec::new();
    for _ in 0..15 {
        let ready = configuration.clone();
        let began = Instant::now();
        let simulation = simulation(ready, RecordPlan::default())?;
        built.push(began.elapsed().as_secs_f64());
        drop(simulation);
    }
    let enterprises = configuration.parameters.population.enterprises;
    Ok(StartUp { configuration_seconds, world_seconds: Measured::of(built), enterprises })
}

pub(super) fn simulation(configuration: Configuration, plan: RecordPlan) -> Result<Simulation, SpeedError> {
    let enterprises = configuration.parameters.population.enterprises;
    let Configuration { parameters, drivers, seed, .. } = configuration;
    Simulation::new(parameters, drivers, seed, plan).map_err(|source| SpeedError::World { enterprises, source })
}

/// All tables but the panel of enterprises, whose cost is that of its rows.
pub(super) fn without_panel() -> RecordPlan {
    let mut plan = RecordPlan::default();
    plan.enterprises.fraction = 0.0;
    plan
}

/// Seconds by phase since they were last taken.
struct Watch {
    last: Instant,
    spent: [f64; Phase::ALL.len()],
}

/// Years timed where nothing else is asked for: fewer in big worlds.
pub(super) fn usual_years(enterprises: u32) -> u32 {
    match enterprises {
        0..=20_000 => 20,
        20_001..=200_000 => 7,
        _ => 3,
    }
}

/// A year of ticks.
pub(super) struct Year {
    /// Seconds by the clock.
    pub(super) seconds: f64,
    /// Seconds that this thread stood on a core; not a number where the system does not say.
    pub(super) on_core: f64,
    /// Enterprises there were, summed over ticks.
    pub(super) enterprise_ticks: u64,
    /// Enterprises in the last tick.
    pub(super) present: u64,
}

/// Times a year of a world of so many enterprises at its start; `before_tick` is told when each tick begins.
pub(super) fn year(
    simulation: &mut Simulation,
    enterprises: u32,
    ticks_per_year: u32,
    mut before_tick: impl FnMut(Instant),
) -> Result<Year, SpeedError> {
    let mut year = Year { seconds: 0.0, on_core: 0.0, enterprise_ticks: 0, present: 0 };
    for _ in 0..ticks_per_year {
        let stood = thread_seconds().unwrap_or(f64::NAN);
        let began = Instant::now();
        before_tick(began);
        simulation.tick().map_err(|source| SpeedError::World { enterprises, source })?;
        year.seconds += began.elapsed().as_secs_f64();
        year.on_core += thread_seconds().unwrap_or(f64::NAN) - stood;
        year.present = simulation.records().macro_economy.last().map_or(u64::from(enterprises), |row| row.enterprise_count);
        year.enterprise_ticks += year.present;
        forget(simulation);
    }
    Ok(year)
}

pub(super) fn tick_cost(
    configuration: &Configuration,
    enterprises: u32,
    years: Option<u32>,
    threads: usize,
    resident_at_start: Option<u64>,
) -> Result<TickCost, SpeedError> {
    let years = years.unwrap_or_else(|| usual_years(enterprises));
    let ticks_per_year = configuration.parameters.time.ticks_per_year;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    pool.install(|| {
        let mut simulation = simulation(scaled(configuration, enterprises, WARM_UP_YEARS + years), without_panel())?;
        let watch = Arc::new(Mutex::new(Watch { last: Instant::now(), spent: [0.0; Phase::ALL.len()] }));
        let probe = Arc::clone(&watch);
        let probe: Probe = Arc::new(move |phase: Phase| {
            let mut watch = probe.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            watch.spent[phase as usize] += (now - watch.last).as_secs_f64();
            watch.last = now;
        });
        simulation.set_probe(&probe);
        let mut whole = Vec::new();
        let mut phases = vec![Vec::new(); Phase::ALL.len()];
        let mut on_core = 0.0;
        let (mut present, mut present_in_all) = (0, 0);
        for number in 0..WARM_UP_YEARS + years {
            let year = year(&mut simulation, enterprises, ticks_per_year, |began| {
                watch.lock().unwrap_or_else(PoisonError::into_inner).last = began;
            })?;
            present = year.present;
            let spent = std::mem::replace(&mut watch.lock().unwrap_or_else(PoisonError::into_inner).spent, [0.0; Phase::ALL.len()]);
            if number >= WARM_UP_YEARS {
                on_core += year.on_core;
                present_in_all += year.enterprise_ticks;
                let nanoseconds = 1e9 / year.enterprise_ticks.max(1) as f64;
                whole.push(year.seconds * nanoseconds);
                for (list, seconds) in phases.iter_mut().zip(spent) {
                    list.push(seconds * nanoseconds);
                }
            }
        }
        let grown = resident_bytes().zip(resident_at_start).map(|(now, start)| now.saturating_sub(start));
        Ok(TickCost {
            enterprises,
            enterprises_at_end: present,
            threads,
            nanoseconds: Measured::of(whole),
            on_core_nanoseconds: (threads == 1 && on_core.is_finite()).then(|| on_core * 1e9 / present_in_all.max(1) as f64),
            phases: Phase::ALL
                .iter()
                .zip(phases)
                .map(|(phase, values)| PhaseCost { phase: format!("{phase:?}"), nanoseconds: Measured::of(values) })
                .collect(),
            resident_bytes: grown.map(|bytes| bytes as f64 / present.max(1) as f64),
        })
    })
}

/// Forgets a tick's rows and keeps their room.
pub(crate) fn forget(simulation: &mut Simulation) {
    let nobody: Result<(), std::convert::Infallible> = simulation.records().take(|_, _| Ok(()));
    nobody.unwrap_or_else(|never| match never {});
}

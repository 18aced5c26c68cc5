//! How fast a tick could be at best: what it does, counted, times what that costs on this machine.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tripath_engine::counting::{self, Counts};
use tripath_model::state::enterprise::Enterprise;
use tripath_model::tick::{Phase, Probe};

use super::machine::MachineLimits;
use super::worlds::{WARM_UP_YEARS, forget, simulation, without_panel};
use super::{SpeedError, TickCost, each_once, scaled};
use crate::configuration::Configuration;

/// Years counted, after the same warm-up as when ticks are timed.
const YEARS: u32 = 2;

/// Worlds of fewer enterprises are taken to stay in the caches: their bytes cost nothing in the bound.
const OUT_OF_CACHE: u32 = 50_000;

/// What a phase does, an enterprise and tick.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhaseWork {
    /// Name.
    pub phase: String,
    /// Exponentials.
    pub exponentials: f64,
    /// Logarithms.
    pub logarithms: f64,
    /// Powers.
    pub powers: f64,
    /// Random words.
    pub draw_words: f64,
    /// Bytes of rows that loops in chunks read.
    pub bytes_read: f64,
    /// Bytes of rows that they may write.
    pub bytes_written: f64,
}

/// What a tick does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TickWork {
    /// Enterprises at the start.
    pub enterprises: u32,
    /// Bytes of all components of an enterprise.
    pub state_bytes: usize,
    /// By phase.
    pub phases: Vec<PhaseWork>,
}

/// Counts what ticks do; the program must have been built to count.
///
/// # Errors
/// It was not, or the configuration cannot be run.
pub fn count(configuration: &Configuration, sizes: &[u32], say: &mut dyn FnMut(&str)) -> Result<Vec<TickWork>, SpeedError> {
    if !counting::COUNTING {
        return Err(SpeedError::NotCounting);
    }
    each_once(sizes)
        .into_iter()
        .map(|enterprises| {
            say(&format!("counting ticks of {enterprises} enterprises"));
            count_ticks(configuration, enterprises)
        })
        .collect()
}

fn count_ticks(configuration: &Configuration, enterprises: u32) -> Result<TickWork, SpeedError> {
    let ticks_per_year = configuration.parameters.time.ticks_per_year;
    let mut simulation = simulation(scaled(configuration, enterprises, WARM_UP_YEARS + YEARS), without_panel())?;
    let state = Arc::new(Mutex::new((Counts::default(), vec![[0u64; 6]; Phase::ALL.len()])));
    let seen = Arc::clone(&state);
    let probe: Probe = Arc::new(move |phase: Phase| {
        let mut state = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = counting::now();
        let done = now.since(state.0);
        let row = [done.exponentials, done.logarithms, done.powers, done.draw_words, done.bytes_read, done.bytes_written];
        for (sum, count) in state.1[phase as usize].iter_mut().zip(row) {
            *sum += count;
        }
        state.0 = now;
    });
    simulation.set_probe(&probe);
    let mut enterprise_ticks = 0;
    for tick in 0..(WARM_UP_YEARS + YEARS) * ticks_per_year {
        if tick == WARM_UP_YEARS * ticks_per_year {
            enterprise_ticks = 0;
            state.lock().unwrap_or_else(PoisonError::into_inner).1.iter_mut().for_each(|row| *row = [0; 6]);
        }
        state.lock().unwrap_or_else(PoisonError::into_inner).0 = counting::now();
        simulation.tick().map_err(|source| SpeedError::World { enterprises, source })?;
        enterprise_ticks += simulation.records().macro_economy.last().map_or(u64::from(enterprises), |row| row.enterprise_count);
        forget(&mut simulation);
    }
    let state = state.lock().unwrap_or_else(PoisonError::into_inner);
    let phases = Phase::ALL.iter().zip(&state.1).map(|(phase, row)| {
        let of = |place: usize| row[place] as f64 / enterprise_ticks.max(1) as f64;
        PhaseWork {
            phase: format!("{phase:?}"),
            exponentials: of(0),
            logarithms: of(1),
            powers: of(2),
            draw_words: of(3),
            bytes_read: of(4),
            bytes_written: of(5),
        }
    });
    Ok(TickWork { enterprises, state_bytes: Enterprise::BYTES, phases: phases.collect() })
}

/// A lower bound of a tick on one thread, nanoseconds an enterprise.
#[derive(Debug, Clone, Serialize)]
pub struct TickBound {
    /// Enterprises at the start.
    pub enterprises: u32,
    /// Counted.
    pub work: TickWork,
    /// Transcendental calls and draws at what one of them costs here.
    pub arithmetic_nanoseconds: f64,
    /// All components of an enterprise read once and written once at the bandwidth of memory; nothing where worlds stay in the caches.
    pub memory_nanoseconds: f64,
    /// Bytes of rows as the loops of today take them, at the same bandwidth.
    pub passes_nanoseconds: f64,
    /// The bound by phase: arithmetic, and the bytes of its loops.
    pub phases: Vec<PhaseBound>,
    /// Measured over the bound of arithmetic and memory.
    pub ratio: f64,
}

/// What a phase takes at least.
#[derive(Debug, Clone, Serialize)]
pub struct PhaseBound {
    /// Name.
    pub phase: String,
    /// Transcendental calls and draws.
    pub arithmetic_nanoseconds: f64,
    /// Bytes of its loops.
    pub passes_nanoseconds: f64,
    /// Measured.
    pub measured_nanoseconds: f64,
}

/// Bounds for all sizes that were counted and, on one thread, timed.
pub(super) fn bounds(work: &[TickWork], ticks: &[TickCost], limits: &MachineLimits) -> Vec<TickBound> {
    let Some(bandwidth) = limits.triad.iter().min_by_key(|triad| triad.threads).map(|triad| triad.bytes_per_second.median) else {
        return Vec::new();
    };
    let timed = |enterprises: u32| ticks.iter().find(|cost| cost.threads == 1 && cost.enterprises == enterprises);
    work.iter().filter_map(|work| timed(work.enterprises).map(|cost| bound(work, cost, limits, bandwidth))).collect()
}

fn bound(work: &TickWork, cost: &TickCost, limits: &MachineLimits, bandwidth: f64) -> TickBound {
    let in_memory = |bytes: f64| if work.enterprises < OUT_OF_CACHE { 0.0 } else { bytes * 1e9 / bandwidth };
    let arithmetic = |phase: &PhaseWork| {
        // What is called one by one today might be called for a batch.
        phase.exponentials * limits.exp_of_batch_nanoseconds.median
            + phase.logarithms * limits.ln_of_batch_nanoseconds.median
            + phase.powers * limits.pow_nanoseconds.median
            + phase.draw_words * limits.draws_nanoseconds.median / 3.0
    };
    let measured = |name: &str| cost.phases.iter().find(|phase| phase.phase == name).map_or(f64::NAN, |phase| phase.nanoseconds.median);
    let phases: Vec<PhaseBound> = work
        .phases
        .iter()
        .map(|phase| PhaseBound {
            phase: phase.phase.clone(),
            arithmetic_nanoseconds: arithmetic(phase),
            passes_nanoseconds: in_memory(phase.bytes_read + phase.bytes_written),
            measured_nanoseconds: measured(&phase.phase),
        })
        .collect();
    let arithmetic_nanoseconds = phases.iter().map(|phase| phase.arithmetic_nanoseconds).sum();
    let memory_nanoseconds = in_memory(2.0 * work.state_bytes as f64);
    TickBound {
        enterprises: work.enterprises,
        work: work.clone(),
        arithmetic_nanoseconds,
        memory_nanoseconds,
        passes_nanoseconds: phases.iter().map(|phase| phase.passes_nanoseconds).sum(),
        phases,
        ratio: cost.nanoseconds.median / (arithmetic_nanoseconds + memory_nanoseconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speed::{Measured, PhaseCost, ThreadedRate};

    fn exactly(value: f64) -> Measured {
        Measured { median: value, least: value, greatest: value, measurements: 1 }
    }

    #[test]
    fn a_bound_by_hand() {
        let phase = PhaseWork {
            phase: "Market".to_owned(),
            exponentials: 2.0,
            logarithms: 1.0,
            powers: 0.5,
            draw_words: 3.0,
            bytes_read: 80.0,
            bytes_written: 20.0,
        };
        let limits = MachineLimits {
            triad: vec![ThreadedRate { threads: 1, bytes_per_second: exactly(10e9) }],
            gather_nanoseconds: exactly(15.0),
            exp_nanoseconds: exactly(60.0),
            exp_of_batch_nanoseconds: exactly(10.0),
            ln_nanoseconds: exactly(70.0),
            ln_of_batch_nanoseconds: exactly(20.0),
            pow_nanoseconds: exactly(40.0),
            draws_nanoseconds: exactly(5.0),
        };
        for (enterprises, memory, passes) in [(1_000, 0.0, 0.0), (1_000_000, 100.0, 10.0)] {
            let work = TickWork { enterprises, state_bytes: 500, phases: vec![phase.clone()] };
            let cost = TickCost {
                enterprises,
                enterprises_at_end: 1,
                threads: 1,
                nanoseconds: exactly(350.0),
                on_core_nanoseconds: None,
                phases: vec![PhaseCost { phase: "Market".to_owned(), nanoseconds: exactly(90.0) }],
                resident_bytes: None,
            };
            let bounds = bounds(&[work], &[cost], &limits);
            let bound = &bounds[0];
            assert_eq!((bound.arithmetic_nanoseconds, bound.memory_nanoseconds, bound.passes_nanoseconds), (65.0, memory, passes));
            assert_eq!(bound.ratio, 350.0 / (65.0 + memory));
            assert_eq!(bound.phases[0].measured_nanoseconds, 90.0);
        }
    }
}

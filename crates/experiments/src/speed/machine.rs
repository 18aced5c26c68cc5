//! What the machine itself can do, measured in the same run: memory, transcendental functions, draws.

use std::hint::black_box;
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;
use tripath_engine::math;
use tripath_engine::parallel::BATCH;
use tripath_engine::random::Seed;
use tripath_model::streams::Draw;

use super::SpeedError;
use super::statistics::Measured;

/// Numbers in each of the three arrays of the triad: 64 MiB, more than caches hold.
const TRIAD: usize = 8 << 20;
/// Numbers that a thread takes at a time.
const PIECE: usize = 64 << 10;
/// Lines of 64 bytes that are gathered from.
const LINES: usize = 4 << 20;
/// Calls in a measurement.
const CALLS: usize = 1 << 20;
/// Measurements.
const ROUNDS: usize = 7;

/// Limits of the machine.
#[derive(Debug, Clone, Serialize)]
pub struct MachineLimits {
    /// Bytes a second of `a = b + k c` over arrays beyond the caches.
    pub triad: Vec<ThreadedRate>,
    /// Nanoseconds to read a line of 64 bytes at random.
    pub gather_nanoseconds: Measured,
    /// Nanoseconds of an exponential by itself.
    pub exp_nanoseconds: Measured,
    /// Nanoseconds of an exponential among those of a batch of rows.
    pub exp_of_batch_nanoseconds: Measured,
    /// Nanoseconds of a logarithm by itself.
    pub ln_nanoseconds: Measured,
    /// Nanoseconds of a logarithm among those of a batch of rows.
    pub ln_of_batch_nanoseconds: Measured,
    /// Nanoseconds of a power.
    pub pow_nanoseconds: Measured,
    /// Nanoseconds of a generator at its address and three draws, where mechanism and tick are those of the loop.
    pub draws_nanoseconds: Measured,
}

/// A rate with some threads.
#[derive(Debug, Clone, Serialize)]
pub struct ThreadedRate {
    /// Threads.
    pub threads: usize,
    /// Bytes a second.
    pub bytes_per_second: Measured,
}

#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line([u64; 8]);

pub(super) fn limits(threads: &[usize]) -> Result<MachineLimits, SpeedError> {
    let triad = threads.iter().map(|threads| triad(*threads)).collect::<Result<_, _>>()?;
    let calls = |work: &mut dyn FnMut(usize) -> f64| {
        let rounds = (0..ROUNDS).map(|_| {
            let began = Instant::now();
            let mut sum = 0.0;
            for call in 0..CALLS {
                sum += work(call);
            }
            black_box(sum);
            began.elapsed().as_secs_f64() * 1e9 / CALLS as f64
        });
        Measured::of(rounds.collect())
    };
    let stream = Seed(1).stream(Draw::Search, 7);
    let argument = |call: usize| (call % 4093) as f64 / 4093.0;
    let batches = |work: fn(&mut [f64]), least: f64| {
        let arguments: [f64; BATCH] = std::array::from_fn(|at| least + at as f64 / BATCH as f64);
        let rounds = (0..ROUNDS).map(|_| {
            let began = Instant::now();
            for _ in 0..CALLS / BATCH {
                let mut values = arguments;
                work(black_box(&mut values));
            }
            began.elapsed().as_secs_f64() * 1e9 / CALLS as f64
        });
        Measured::of(rounds.collect())
    };
    Ok(MachineLimits {
        triad,
        gather_nanoseconds: gather(),
        exp_nanoseconds: calls(&mut |call| math::exp(argument(call) - 0.5)),
        exp_of_batch_nanoseconds: batches(math::exp_all, -0.5),
        ln_nanoseconds: calls(&mut |call| math::ln(argument(call) + 0.5)),
        ln_of_batch_nanoseconds: batches(math::ln_all, 0.5),
        pow_nanoseconds: calls(&mut |call| math::pow(argument(call) + 0.5, -0.3)),
        draws_nanoseconds: calls(&mut |call| {
            let mut draws = stream.draws(call as u64);
            draws.uniform() + draws.uniform() + draws.uniform()
        }),
    })
}

fn triad(threads: usize) -> Result<ThreadedRate, SpeedError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let mut sum = vec![0.0f64; TRIAD];
    let (b, c) = (vec![1.0f64; TRIAD], vec![2.0f64; TRIAD]);
    let rates = (0..ROUNDS).map(|round| {
        let factor = black_box(round as f64);
        let began = Instant::now();
        pool.install(|| {
            let pieces = sum.par_chunks_mut(PIECE).zip(b.par_chunks(PIECE)).zip(c.par_chunks(PIECE));
            pieces.for_each(|((sum, b), c)| {
                for ((sum, b), c) in sum.iter_mut().zip(b).zip(c) {
                    *sum = b + factor * c;
                }
            });
        });
        black_box(&mut sum);
        (3 * TRIAD * size_of::<f64>()) as f64 / began.elapsed().as_secs_f64()
    });
    let mut rates: Vec<f64> = rates.collect();
    // The first round also fetches the pages.
    rates.remove(0);
    Ok(ThreadedRate { threads, bytes_per_second: Measured::of(rates) })
}

/// Reads lines in an order that no prefetcher knows but that does not depend on what was read.
fn gather() -> Measured {
    let lines: Vec<Line> = (0..LINES).map(|line| Line([line as u64; 8])).collect();
    let rounds = (0..ROUNDS).map(|round| {
        let mut state = round as u64 + 1;
        let began = Instant::now();
        let mut sum = 0u64;
        for _ in 0..CALLS {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            sum = sum.wrapping_add(lines[(state >> 33) as usize % LINES].0[3]);
        }
        black_box(sum);
        began.elapsed().as_secs_f64() * 1e9 / CALLS as f64
    });
    Measured::of(rounds.collect())
}

//! The machine of tripath: what the economy runs on and knows nothing of.
//!
//! One door each for transcendental functions ([`math`]), randomness ([`random`]), parallel loops and sums ([`parallel`]) and the processor's SIMD
//! vectors ([`vectors`]), for which [`batch`](mod@batch) puts fields of rows side by side. Whatever goes through them gives the same bytes for any
//! number of threads and on any x86-64 machine. [`rows`] gives tables of entities as slices. [`counting`] counts what
//! a tick costs.

pub mod batch;
pub mod counting;
pub mod math;
pub mod parallel;
pub mod random;
pub mod rows;
pub mod vectors;

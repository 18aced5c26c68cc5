//! Points of a design as shares of the way along each axis.
//!
//! Every number is addressed by (seed, axis, row): the first rows of a larger random sample are the smaller one, and
//! no version of a library decides what is drawn.

mod latin_hypercube;
mod morris;
mod random;
mod saltelli;

pub(super) use latin_hypercube::latin_hypercube;
pub(super) use morris::{morris, step};
pub(super) use random::random;
pub(super) use saltelli::{MOST_AXES, rows_per_base, saltelli};

use tripath_engine::random::philox;

/// Rows of shares in [0, 1), one after the other.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Shares {
    /// Numbers in a row.
    pub(super) axes: usize,
    /// All numbers, row by row.
    pub(super) numbers: Vec<f64>,
}

impl Shares {
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.numbers[row * self.axes..(row + 1) * self.axes]
    }
}

/// What a word of the generator is for; part of its address.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
pub(super) enum Purpose {
    /// Place in a stratum, or in the whole range.
    Place = 1,
    /// Order of strata.
    Order = 2,
    /// Shift of a sequence.
    Shift = 3,
    /// Direction of a step.
    Direction = 4,
    /// Resampling of base rows.
    Resample = 6,
    /// Seeds of runs that share no draws.
    Seed = 5,
}

/// 64 random bits at an address.
pub(super) fn word(seed: u64, purpose: Purpose, axis: usize, row: usize) -> u64 {
    const SWEEP: u64 = 0x7377_6565_7000_0000;
    philox([row as u64, axis as u64, 0, 0], [seed, SWEEP | purpose as u64])[0]
}

/// A number of [0, 1) with 53 random bits at an address.
fn share(seed: u64, purpose: Purpose, axis: usize, row: usize) -> f64 {
    (word(seed, purpose, axis, row) >> 11) as f64 / 9_007_199_254_740_992.0
}

/// A permutation of 0 to `count` − 1 at an address: indices in the order of their random words.
fn permutation(seed: u64, purpose: Purpose, axis: usize, first: usize, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    // Equal words, one pair in 10¹⁹, keep the order of their rows.
    order.sort_by_cached_key(|index| word(seed, purpose, axis, first + index));
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_random_sample_begins_with_the_smaller_one(seed: u64, rows in 1..40_usize, axes in 1..6_usize) {
            let (small, large) = (random(seed, rows, axes), random(seed, rows * 2, axes));
            prop_assert_eq!(&small.numbers[..], &large.numbers[..rows * axes]);
            prop_assert!(large.numbers.iter().all(|share| (0.0..1.0).contains(share)));
        }

        #[test]
        fn a_latin_hypercube_has_one_point_in_every_stratum_of_every_axis(seed: u64, rows in 1..60_usize, axes in 1..6_usize) {
            let sample = latin_hypercube(seed, rows, axes);
            for axis in 0..axes {
                let mut strata: Vec<usize> = (0..rows).map(|row| (sample.row(row)[axis] * rows as f64) as usize).collect();
                strata.sort_unstable();
                prop_assert_eq!(strata, (0..rows).collect::<Vec<_>>());
            }
        }

        #[test]
        fn another_seed_gives_another_sample(seed in 0..u64::MAX) {
            prop_assert_ne!(random(seed, 8, 2), random(seed + 1, 8, 2));
            prop_assert_ne!(latin_hypercube(seed, 8, 2), latin_hypercube(seed + 1, 8, 2));
        }
    }

    #[test]
    fn a_permutation_holds_every_index_once() {
        let mut order = permutation(3, Purpose::Order, 0, 0, 100);
        assert_ne!(order, (0..100).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }
}

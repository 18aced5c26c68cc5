//! How many runs a point gets, with which seeds, and when they are enough.

use super::sampling::{Purpose, word};
use crate::evidence::standard_deviation;
use crate::validation::student_95;

/// Seeds are kept below 2⁵³, so that every reader of the tables holds them exactly.
const SEED_BITS: u32 = 53;

/// How many runs a point gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicates {
    /// Runs of the first round: the fewest that a point gets.
    pub least: u32,
    /// Runs of each round after it.
    pub batch: u32,
    /// The most that a point gets.
    pub most: u32,
    /// Metrics by index, each with the 95 % half-width that its mean must reach; empty for a fixed number.
    pub targets: Vec<(usize, f64)>,
    /// Seed of the first replicate.
    pub first_seed: u64,
    /// Whether replicate r has the same seed at every point.
    pub common_random_numbers: bool,
}

/// What becomes of a point after a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The fixed number is done.
    Fixed,
    /// Every half-width is below its target.
    Reached,
    /// The budget ended before.
    OutOfBudget,
    /// Another round is needed, up to so many replicates.
    More(u32),
}

impl Verdict {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Reached => "reached",
            Self::OutOfBudget => "out_of_budget",
            Self::More(_) => "unfinished",
        }
    }
}

impl Replicates {
    /// Whether the number depends on results.
    pub fn is_sequential(&self) -> bool {
        !self.targets.is_empty()
    }

    /// Seed of a replicate at a point.
    pub fn seed(&self, point: usize, replicate: u32) -> u64 {
        if self.common_random_numbers {
            return self.first_seed + u64::from(replicate);
        }
        word(self.first_seed, Purpose::Seed, point, replicate as usize) >> (64 - SEED_BITS)
    }

    /// Decides after `done` replicates, the end of a round, from their metrics alone: whoever computed them, and in what order,
    /// decides the same. A metric that is missing in a run does not count for its half-width.
    pub fn verdict<'a>(&self, done: u32, metrics: impl Fn(u32) -> &'a [f64]) -> Verdict {
        if !self.is_sequential() {
            return if done >= self.most { Verdict::Fixed } else { Verdict::More(self.most) };
        }
        if done < self.least {
            return Verdict::More(self.least);
        }
        let reached = self.targets.iter().all(|(metric, target)| {
            let values: Vec<f64> = (0..done).filter_map(|replicate| metrics(replicate).get(*metric).copied()).collect();
            half_width(&values) <= *target
        });
        if reached {
            Verdict::Reached
        } else if done >= self.most {
            Verdict::OutOfBudget
        } else {
            Verdict::More(done.saturating_add(self.batch).min(self.most))
        }
    }
}

/// 95 % half-width of the mean of independent values, t s ⁄ √n, those that are missing left out; not a number for fewer than two.
pub fn half_width(values: &[f64]) -> f64 {
    let count = values.iter().filter(|value| value.is_finite()).count();
    if count < 2 {
        return f64::NAN;
    }
    student_95(count - 1) * standard_deviation(values) / (count as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequential(target: f64) -> Replicates {
        Replicates { least: 3, batch: 2, most: 8, targets: vec![(0, target)], first_seed: 7, common_random_numbers: true }
    }

    #[test]
    fn half_width_by_hand() {
        // Three values of standard deviation 1: 4.303 / √3.
        assert!((half_width(&[1.0, 2.0, 3.0]) - 4.303 / 3.0_f64.sqrt()).abs() < 1e-12);
        assert!((half_width(&[1.0, f64::NAN, 2.0, 3.0]) - 4.303 / 3.0_f64.sqrt()).abs() < 1e-12);
        assert!(half_width(&[1.0]).is_nan());
    }

    #[test]
    fn rounds_go_on_until_the_target_or_the_budget() {
        let values: Vec<[f64; 1]> = (0..8).map(|index| [f64::from(index % 3)]).collect();
        let metrics = |replicate: u32| values[replicate as usize].as_slice();
        assert_eq!(sequential(0.01).verdict(0, metrics), Verdict::More(3));
        assert_eq!(sequential(0.01).verdict(3, metrics), Verdict::More(5));
        assert_eq!(sequential(0.01).verdict(7, metrics), Verdict::More(8));
        assert_eq!(sequential(0.01).verdict(8, metrics), Verdict::OutOfBudget);
        assert_eq!(sequential(3.0).verdict(3, metrics), Verdict::Reached);
    }

    #[test]
    fn a_metric_that_is_never_there_ends_with_the_budget_and_not_before() {
        let metrics = |_: u32| [f64::NAN].as_slice();
        assert_eq!(sequential(1e9).verdict(3, metrics), Verdict::More(5));
        assert_eq!(sequential(1e9).verdict(8, metrics), Verdict::OutOfBudget);
    }

    #[test]
    fn seeds_are_common_or_all_different() {
        let mut replicates = sequential(1.0);
        assert_eq!((replicates.seed(0, 2), replicates.seed(9, 2)), (9, 9));
        replicates.common_random_numbers = false;
        let mut seeds: Vec<u64> =
            (0..50).flat_map(|point| (0..8).map(move |replicate| (point, replicate))).map(|(p, r)| replicates.seed(p, r)).collect();
        assert!(seeds.iter().all(|seed| *seed < 1 << 53));
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 400);
    }
}

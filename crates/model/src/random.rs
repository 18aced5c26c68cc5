//! The one door for randomness: addressed draws.
//!
//! A generator is built from its address (seed, mechanism, agent, tick) by the Philox 4×64-10 block
//! function (Salmon, Moraes, Dror, Shaw 2011). No stream is shared, so a new mechanism or one more
//! agent leaves every other draw as it was, and two scenarios share their draws agent by agent.

use std::convert::Infallible;

use rand::{RngExt, TryRng};

use crate::math;

/// What a draw is for. The number is part of the address: append, never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Mechanism {
    /// Initial endowments of an enterprise.
    Endowment = 1,
    /// Endowments of entrants and their number.
    Entry = 2,
    /// Jumps of market shares.
    MarketShare = 3,
    /// Search for inventions.
    Search = 4,
    /// Ends of project stages.
    ProjectStage = 5,
    /// Applications for support and their appraisal.
    Application = 6,
    /// Sector choice of governments.
    SectorChoice = 7,
    /// Candidates that funds meet and the signals they see.
    Deal = 8,
    /// Choice to go public and its pricing.
    Listing = 9,
    /// Sentiment of a board and idiosyncratic prices.
    Trading = 10,
    /// Think-tank endowments, calls and their errors.
    ThinkTank = 11,
    /// Endowments of financiers.
    Financier = 12,
    /// Exits of funds.
    FundExit = 13,
    /// Buyers of a closed enterprise's fixed capital.
    Liquidation = 15,
    /// Buyers in corporate sales.
    Merger = 16,
    /// Errors of programmes' evaluations.
    Evaluation = 17,
    /// Milestones of whole-nation programmes and the appraisal of their members.
    Mission = 18,
    /// The world's business cycle.
    WorldCycle = 19,
    /// Adoption of the world's techniques.
    Adoption = 20,
    /// Scruples of an enterprise, and exposure of dressed earnings.
    Integrity = 24,
    /// What money can make of an enterprise, and what its owners see of it.
    Promise = 25,
    /// Yearly choice among the paths of return.
    PathChoice = 14,
}

/// Addresses draws of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Seed(pub u64);

impl Seed {
    /// Generator for one mechanism, agent and tick.
    #[inline]
    pub fn draws(self, mechanism: Mechanism, agent: u64, tick: u32) -> Draws {
        Draws { key: [self.0, mechanism as u64], counter: [0, agent, u64::from(tick), 0], block: [0; 4], used: 4 }
    }
}

/// A generator at one address. Draws are taken in blocks of four words.
#[derive(Debug, Clone)]
pub struct Draws {
    key: [u64; 2],
    counter: [u64; 4],
    block: [u64; 4],
    used: usize,
}

#[inline]
fn multiply_wide(a: u64, b: u64) -> (u64, u64) {
    let wide = u128::from(a) * u128::from(b);
    ((wide >> 64) as u64, wide as u64)
}

/// The Philox 4×64 block function with ten rounds.
#[inline]
pub fn philox(counter: [u64; 4], key: [u64; 2]) -> [u64; 4] {
    let (mut c, mut k) = (counter, key);
    for _ in 0..10 {
        let (high0, low0) = multiply_wide(0xD2E7_470E_E14C_6C93, c[0]);
        let (high1, low1) = multiply_wide(0xCA5A_8263_9512_1157, c[2]);
        c = [high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0];
        k = [k[0].wrapping_add(0x9E37_79B9_7F4A_7C15), k[1].wrapping_add(0xBB67_AE85_84CA_A73B)];
    }
    c
}

impl TryRng for Draws {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if self.used == 4 {
            self.block = philox(self.counter, self.key);
            self.counter[0] += 1;
            self.used = 0;
        }
        let word = self.block[self.used];
        self.used += 1;
        Ok(word)
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        for chunk in destination.chunks_mut(8) {
            let bytes = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
        Ok(())
    }
}

impl Draws {
    /// Uniform on [0, 1).
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        self.random::<f64>()
    }

    /// True with the given probability.
    #[inline]
    pub fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// True with probability `1 − exp(−hazard)`, for a hazard from its rate and the length of a tick.
    ///
    /// The same draw decides in the same way as `happens(1.0 - exp(-hazard))`; but since `1 − exp(−h) ≤ h`, a draw that
    /// is clearly above the hazard is decided without the exponential.
    #[inline]
    pub fn strikes(&mut self, hazard: f64) -> bool {
        let draw = self.uniform();
        // The allowance is far above the error of an exponential.
        if draw > hazard + 1e-12 {
            return false;
        }
        draw < 1.0 - math::exp(-hazard)
    }

    /// Whole number in `0..bound`; 0 where the bound is 0.
    #[inline]
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { self.random_range(0..bound as u64) as usize }
    }

    /// Standard normal, by the polar method of Marsaglia.
    #[inline]
    pub fn normal(&mut self) -> f64 {
        loop {
            let x = 2.0 * self.uniform() - 1.0;
            let y = 2.0 * self.uniform() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                return x * math::sqrt(-2.0 * math::ln(square) / square);
            }
        }
    }

    /// Exponential with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        -math::ln(1.0 - self.uniform())
    }

    /// Laplace with mean 0 and the given standard deviation.
    #[inline]
    pub fn laplace(&mut self, deviation: f64) -> f64 {
        let magnitude = self.exponential() * deviation * std::f64::consts::FRAC_1_SQRT_2;
        if self.uniform() < 0.5 { -magnitude } else { magnitude }
    }

    /// Poisson, by counting unit-rate arrivals.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let mut count = 0;
        let mut time = self.exponential();
        while time < mean {
            count += 1;
            time += self.exponential();
        }
        count
    }

    /// Index drawn in proportion to non-negative weights; `None` where their sum is not positive.
    pub fn weighted(&mut self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        if total <= 0.0 || !total.is_finite() {
            return None;
        }
        let mut left = self.uniform() * total;
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return Some(index);
            }
        }
        weights.iter().rposition(|weight| *weight > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_known_answers() {
        // Known-answer vectors of the Random123 distribution.
        assert_eq!(philox([0; 4], [0; 2]), [0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b]);
        assert_eq!(philox([u64::MAX; 4], [u64::MAX; 2]), [0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0]);
    }

    #[test]
    fn addresses_are_independent() {
        let seed = Seed(1);
        let mut first = seed.draws(Mechanism::Search, 7, 3);
        let mut again = seed.draws(Mechanism::Search, 7, 3);
        let mut other = seed.draws(Mechanism::Search, 8, 3);
        assert_eq!(first.uniform(), again.uniform());
        assert_ne!(first.uniform(), other.uniform());
    }

    #[test]
    fn a_hazard_strikes_as_its_probability_says() {
        for agent in 0..200_000 {
            let hazard = [-0.5, 0.0, 1e-300, 1e-9, 0.003, 0.1, 0.9, 3.0, 800.0, f64::INFINITY, f64::NAN][agent as usize % 11];
            let (mut one, mut other) = (Seed(2).draws(Mechanism::Search, agent, 1), Seed(2).draws(Mechanism::Search, agent, 1));
            assert_eq!(one.strikes(hazard), other.happens(1.0 - math::exp(-hazard)));
            assert_eq!(one.uniform(), other.uniform());
        }
    }

    #[test]
    fn moments() {
        let mut draws = Seed(5).draws(Mechanism::Entry, 0, 0);
        let n = 200_000;
        let normal: Vec<f64> = (0..n).map(|_| draws.normal()).collect();
        let mean = normal.iter().sum::<f64>() / f64::from(n);
        let variance = normal.iter().map(|x| x * x).sum::<f64>() / f64::from(n);
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02);
        let laplace = (0..n).map(|_| draws.laplace(0.3)).map(|x| x * x).sum::<f64>() / f64::from(n);
        assert!((laplace.sqrt() - 0.3).abs() < 0.01);
        let poisson = (0..n).map(|_| f64::from(draws.poisson(2.5))).sum::<f64>() / f64::from(n);
        assert!((poisson - 2.5).abs() < 0.03);
    }
}

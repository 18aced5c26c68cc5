//! The one door for randomness: addressed draws.
//!
//! A generator stands at an address (seed, purpose, tick, agent). Philox 4×64-10 (Salmon, Moraes, Dror, Shaw 2011) turns seed,
//! purpose and tick into the key of a [`Stream`]; Squares (Widynski 2020) turns that key and the agent into words, one at a time. A
//! loop over agents makes the stream once and then pays six multiplications a draw. No state is shared, so a new mechanism or one more
//! agent leaves every other draw as it was, and two scenarios share their draws agent by agent.

mod block;
mod many;
mod ziggurat;

use std::convert::Infallible;

use rand::{RngExt, TryRng};

use crate::{counting, math};

pub use block::philox;
use block::{squares, unit};

/// What a draw is for: a number that is part of its address. A model gives each of its mechanisms one of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose(pub u64);

/// Seeds of the replicates of a branch.
const REPLICATE: Purpose = Purpose(1000);

/// Addresses draws of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Seed(pub u64);

impl Seed {
    /// Draws of all agents for one purpose and tick: to be made once before a loop.
    pub fn stream(self, purpose: impl Into<Purpose>, tick: u32) -> Stream {
        let [key, offset, ..] = philox([0, 0, u64::from(tick), 0], [self.0, purpose.into().0]);
        // Squares wants an odd key.
        Stream { key: key | 1, offset }
    }

    /// Generator for one purpose, agent and tick.
    #[inline]
    pub fn draws(self, purpose: impl Into<Purpose>, agent: u64, tick: u32) -> Draws {
        self.stream(purpose, tick).draws(agent)
    }

    /// Seed of a replicate that branches off at a tick: replicate 0 keeps the seed, others have the upper 53 bits of the first
    /// word at the address (1000, replicate, tick), which every reader of tables holds exactly.
    pub fn replicate(self, replicate: u32, tick: u32) -> Self {
        if replicate == 0 {
            return self;
        }
        Self(philox([0, u64::from(replicate), u64::from(tick), 0], [self.0, REPLICATE.0])[0] >> 11)
    }
}

/// Draws of all agents for one purpose and tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    key: u64,
    offset: u64,
}

impl Stream {
    /// Generator for one agent.
    #[inline]
    pub fn draws(&self, agent: u64) -> Draws {
        Draws { counter: agent.wrapping_add(self.offset), key: self.key }
    }
}

/// A generator at one address. Word `i` of an agent is `squares(agent + offset, key + i · step)`.
#[derive(Debug, Clone)]
pub struct Draws {
    counter: u64,
    key: u64,
}

/// From the key of a word to that of the next: twice the golden ratio's bits, so that keys stay odd and far apart.
const STEP: u64 = 0x3C6E_F372_FE94_F82A;

impl TryRng for Draws {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.word())
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
    #[inline]
    fn word(&mut self) -> u64 {
        counting::draw_words(1);
        let word = squares(self.counter, self.key);
        self.key = self.key.wrapping_add(STEP);
        word
    }

    /// Uniform on [0, 1), a multiple of 2⁻⁵³.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        unit(self.word())
    }

    /// True with the given probability.
    #[inline]
    pub fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// True with probability `1 − exp(−hazard)`, for a hazard from its rate and the length of a tick.
    ///
    /// The same draw decides in the same way as `happens(1.0 - exp(-hazard))`, nearly always without the exponential.
    #[inline]
    pub fn strikes(&mut self, hazard: f64) -> bool {
        strikes_within(self.uniform(), hazard, hazard, || hazard)
    }

    /// As [`Draws::strikes`] for a hazard of `rate · exp(exponent)`, with the exponent between −3 and 3: neither this exponential is computed
    /// where the draw does not leave it open.
    #[inline]
    pub fn strikes_at(&mut self, rate: f64, exponent: f64) -> bool {
        let near = near(rate, exponent);
        strikes_within(self.uniform(), 0.96 * near, 1.04 * near, || rate * math::exp(exponent))
    }

    /// As `happens(logistic(log_odds))`, nearly always without the exponential.
    #[inline]
    pub fn happens_at(&mut self, log_odds: f64) -> bool {
        let draw = self.uniform();
        if log_odds.abs() <= 3.0 {
            let near = near(1.0, -log_odds);
            // Far above the error of a logistic.
            if draw > 1.0 / (1.0 + 0.96 * near) + 1e-12 {
                return false;
            }
            if draw < 1.0 / (1.0 + 1.04 * near) - 1e-12 {
                return true;
            }
        }
        draw < math::logistic(log_odds)
    }

    /// Whole number in `0..bound`; 0 where the bound is 0.
    #[inline]
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { self.random_range(0..bound as u64) as usize }
    }

    /// Standard normal, by the ziggurat of Marsaglia and Tang (2000): one word in 99 of 100 cases.
    #[inline]
    pub fn normal(&mut self) -> f64 {
        ziggurat::normal(|| self.word())
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

/// `rate · exp(exponent)` to within 4 %, with the exponent between −3 and 3.
#[inline(always)]
fn near(rate: f64, exponent: f64) -> f64 {
    debug_assert!(exponent.abs() <= 3.0);
    // The logarithm of the eighth power is 16 artanh(y/16) = y + y³/768 + …, which is within 0.036 of y.
    let root = (16.0 + exponent) / (16.0 - exponent);
    let fourth = (root * root) * (root * root);
    rate * (fourth * fourth)
}

/// The greatest that the hazard of [`Draws::strikes_at`] can be, without its exponential.
#[inline(always)]
pub fn greatest_hazard(rate: f64, exponent: f64) -> f64 {
    1.04 * near(rate, exponent)
}

/// Whether a uniform draw is above `1 − exp(−most)` for certain, so that no hazard up to `most` strikes.
#[inline(always)]
fn spares(draw: f64, most: f64) -> bool {
    draw > most - most * most * (0.5 - most * (1.0 / 6.0 - most * (1.0 / 24.0 - most / 120.0))) + ALLOWANCE
}

/// Far above the error of an exponential.
const ALLOWANCE: f64 = 1e-12;

/// Whether a uniform draw is below `1 − exp(−hazard)`, for a hazard between bounds.
///
/// Since `h − h²/2 + h³/6 − h⁴/24 ≤ 1 − exp(−h) ≤ h − h²/2 + h³/6 − h⁴/24 + h⁵/120`, the hazard and its exponential need only be known where
/// the draw falls in between (Marsaglia's squeeze, 1977).
#[inline]
fn strikes_within(draw: f64, least: f64, most: f64, hazard: impl FnOnce() -> f64) -> bool {
    if spares(draw, most) {
        return false;
    }
    if draw < least - least * least * (0.5 - least * (1.0 / 6.0 - least / 24.0)) - ALLOWANCE {
        return true;
    }
    draw < 1.0 - math::exp(-hazard())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_independent() {
        let seed = Seed(1);
        let mut first = seed.draws(Purpose(4), 7, 3);
        let mut again = seed.draws(Purpose(4), 7, 3);
        let mut other = seed.draws(Purpose(4), 8, 3);
        assert_eq!(first.uniform(), again.uniform());
        assert_ne!(first.uniform(), other.uniform());
    }

    #[test]
    fn neighbours_share_nothing() {
        // Ids as they are, of entrants and of those there at the start: draws of neighbours, and of one enterprise in a row, fill the square evenly.
        let stream = Seed(3).stream(Purpose(3), 9);
        let (mut neighbours, mut in_a_row) = (vec![0.0f64; 256], vec![0.0f64; 256]);
        let n = 300_000u64;
        let mut before = 0;
        let place = |draws: &mut Draws| (16.0 * draws.uniform()) as usize;
        for agent in 0..n {
            let mut draws = stream.draws(((agent % 50) << 32) | ((agent % 6) << 24) | (agent / 150 + 1));
            let (first, second) = (place(&mut draws), place(&mut draws));
            neighbours[16 * before + first] += 1.0;
            in_a_row[16 * first + second] += 1.0;
            before = first;
        }
        let expected = n as f64 / 256.0;
        for counts in [neighbours, in_a_row] {
            let chi_square: f64 = counts.iter().map(|count| (count - expected) * (count - expected) / expected).sum();
            // 255 degrees of freedom: mean 255, standard deviation 22.6.
            assert!((chi_square - 255.0).abs() < 100.0, "chi² {chi_square}");
        }
    }

    #[test]
    fn a_hazard_strikes_as_its_probability_says() {
        for agent in 0..200_000 {
            let hazard = [-0.5, 0.0, 1e-300, 1e-9, 0.003, 0.1, 0.9, 3.0, 800.0, f64::INFINITY, f64::NAN][agent as usize % 11];
            let (mut one, mut other) = (Seed(2).draws(Purpose(4), agent, 1), Seed(2).draws(Purpose(4), agent, 1));
            assert_eq!(one.strikes(hazard), other.happens(1.0 - math::exp(-hazard)));
            assert_eq!(one.uniform(), other.uniform());
        }
        for agent in 0..200_000 {
            let mut draws = Seed(3).draws(Purpose(4), agent, 1);
            let (rate, exponent) = (2.0 * draws.uniform(), 6.0 * draws.uniform() - 3.0);
            assert!(rate * math::exp(exponent) <= greatest_hazard(rate, exponent));
            assert_eq!(draws.clone().strikes_at(rate, exponent), draws.happens(1.0 - math::exp(-rate * math::exp(exponent))));
        }
    }

    #[test]
    fn log_odds_decide_as_their_probability_does() {
        for agent in 0..300_000 {
            let mut draws = Seed(4).draws(Purpose(5), agent, 1);
            let log_odds = 8.0 * draws.uniform() - 4.0;
            assert_eq!(draws.clone().happens_at(log_odds), draws.happens(math::logistic(log_odds)), "{log_odds}");
        }
        for log_odds in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 3.0, -3.0, 800.0] {
            let mut draws = Seed(4).draws(Purpose(5), 1, 2);
            assert_eq!(draws.clone().happens_at(log_odds), draws.happens(math::logistic(log_odds)), "{log_odds}");
        }
    }

    #[test]
    fn moments() {
        let mut draws = Seed(5).draws(Purpose(2), 0, 0);
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

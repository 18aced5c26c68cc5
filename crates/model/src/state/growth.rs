//! Growth accounting: where growth of output per person comes from, by sector, channel and who paid. What is told sums up to what is measured.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::state::sector::SectorState;
use crate::state::technology::KINDS;
use tripath_engine::math;

/// Log points of productivity and of quality by who paid and kind.
pub type Steps = [[[f64; 2]; KINDS]; 3];

/// Share, and share times what is known over the sector's mean at the last close: log productivity, log quality.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// By share, log productivity.
    productivity: f64,
    /// By share, log quality.
    quality: f64,
    /// Share.
    share: f64,
}

impl Moved {
    /// Counts an enterprise by its share of the sector.
    #[inline]
    pub fn add(&mut self, share: f64, log_productivity: f64, quality: f64) {
        self.productivity += share * log_productivity;
        self.quality += share * quality;
        self.share += share;
    }

    /// What these stand above a level, by share: log productivity and log quality.
    fn above(&self, level: &Level) -> [f64; 2] {
        [self.productivity - self.share * level.productivity, self.quality - self.share * level.quality]
    }
}

impl tripath_engine::parallel::Merge for Moved {
    fn merge(&mut self, other: Self) {
        self.productivity += other.productivity;
        self.quality += other.quality;
        self.share += other.share;
    }
}

/// What moved the knowledge of a sector since its level was last measured.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Moves {
    /// Conversions: log points of productivity and quality by market share, by who paid and kind.
    pub steps: Steps,
    /// What diffused for nothing: log points of productivity and quality by market share.
    pub diffused: [f64; 2],
    /// Enterprises that went to work.
    pub entered: Moved,
    /// Enterprises that were wound up.
    pub left: Moved,
}

/// Knowledge of a sector: means by market share, and what it learned by doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Level {
    productivity: f64,
    quality: f64,
    learning: f64,
}

impl Level {
    pub(crate) fn of(state: &SectorState) -> Self {
        Self { productivity: state.log_productivity, quality: state.quality, learning: math::ln(state.learning) }
    }
}

/// What a log point of a sector's knowledge adds to growth of output, log points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct GrowthWeights {
    /// Of output per worker: the sector's share of value added.
    pub labour: f64,
    /// Of quality: what is sold beyond home enterprises over all value added, times `technology.quality_in_output`.
    pub quality: f64,
    /// Of inputs saved by learning: inputs over all value added.
    pub inputs: f64,
}

/// Contributions to growth of output per person, log points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct SectorGrowth {
    /// Projects by who paid and [kind](crate::state::technology::Kind).
    pub projects: [[f64; KINDS]; 3],
    /// [`GROWTH_CHANNELS`] that no source pays.
    pub others: [f64; 5],
}

/// Channels of growth that no source of funding pays, in the order of [`SectorGrowth::others`]: what diffuses for nothing, learning by doing, enterprises that go to
/// work, that are wound up, and market shares that move, mergers among them.
pub const GROWTH_CHANNELS: [&str; 5] = ["diffusion", "learning", "entry", "exit", "reallocation"];

impl SectorGrowth {
    /// Contributions of a sector whose level has moved, by what moved it: what none of it explains is reallocation.
    pub(crate) fn of(moves: &Moves, last: &Level, now: &Level, weights: &GrowthWeights) -> Self {
        let mut growth = Self::default();
        let mut left = [now.productivity - last.productivity, now.quality - last.quality];
        let mut take = |points: [f64; 2]| {
            left[0] -= points[0];
            left[1] -= points[1];
            weights.labour * points[0] + weights.quality * points[1]
        };
        for (cells, steps) in growth.projects.iter_mut().zip(&moves.steps) {
            for (cell, step) in cells.iter_mut().zip(steps) {
                *cell = take(*step);
            }
        }
        let diffusion = take(moves.diffused);
        let entry = take(moves.entered.above(last));
        let exit = take(moves.left.above(last).map(|above| -above));
        let learning = (weights.labour + weights.inputs) * (now.learning - last.learning);
        growth.others = [diffusion, learning, entry, exit, weights.labour * left[0] + weights.quality * left[1]];
        growth
    }

    /// Sum of all contributions.
    pub fn sum(&self) -> f64 {
        self.projects.iter().flatten().chain(&self.others).sum()
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.projects.iter_mut().flatten().zip(other.projects.iter().flatten()) {
            *mine += theirs;
        }
        for (mine, theirs) in self.others.iter_mut().zip(other.others) {
            *mine += theirs;
        }
    }
}

/// Growth of output per person since the year began, and what it is made of.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Growth {
    /// What moves the knowledge of each sector.
    pub moves: Vec<Moves>,
    /// Weights of this tick, by sector.
    pub weights: Vec<GrowthWeights>,
    /// Contributions of the year so far, by sector.
    pub sectors: Vec<SectorGrowth>,
    /// Growth of the year so far, log points of quality-adjusted real output per person employed.
    pub measured: f64,
    /// Total factor productivity, 1 at the start of the burn-in.
    pub total_factor_productivity: f64,
    pub(crate) levels: Vec<Level>,
    /// Logs of quality-adjusted real output, of persons employed and of capital.
    pub(crate) last: [f64; 3],
}

impl Growth {
    /// Nothing has grown yet.
    pub fn new(sectors: usize) -> Self {
        Self {
            moves: vec![Moves::default(); sectors],
            weights: vec![GrowthWeights::default(); sectors],
            sectors: vec![SectorGrowth::default(); sectors],
            total_factor_productivity: 1.0,
            ..Self::default()
        }
    }

    /// What no channel explains: shares of sectors, use of capacity, staff whose work does not vary with output.
    pub fn other(&self) -> f64 {
        self.measured - self.sectors.iter().map(SectorGrowth::sum).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::technology::Kind;

    #[test]
    fn what_is_told_is_what_there_is() {
        let mut moves = Moves::default();
        // Own money brought 0.02 of productivity, policy 0.01 of quality; an entrant of a tenth stands 0.5 below the mean, one of a twentieth that left 0.2 below.
        moves.steps[0][Kind::Process as usize] = [0.02, 0.0];
        moves.steps[1][Kind::Product as usize] = [0.0, 0.01];
        moves.entered.add(0.1, 0.5, 1.0);
        moves.left.add(0.05, 0.8, 1.0);
        let last = Level { productivity: 1.0, quality: 1.0, learning: 0.0 };
        let now = Level { productivity: 1.03, quality: 1.01, learning: 0.1 };
        let weights = GrowthWeights { labour: 0.5, quality: 0.4, inputs: 0.3 };
        let growth = SectorGrowth::of(&moves, &last, &now, &weights);
        assert!((growth.projects[0][0] - 0.01).abs() < 1e-15 && (growth.projects[1][1] - 0.004).abs() < 1e-15);
        let expected = [0.0, 0.08, -0.025, 0.005, 0.5 * (0.03 - 0.02 + 0.05 - 0.01)];
        assert!(growth.others.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-15), "{growth:?}");
        assert!((growth.sum() - (0.5 * 0.03 + 0.4 * 0.01 + 0.8 * 0.1)).abs() < 1e-15);
        let all = Growth { sectors: vec![growth; 2], measured: 1.0, ..Growth::new(2) };
        assert!((all.other() + 2.0 * growth.sum() - 1.0).abs() < 1e-15);
    }
}

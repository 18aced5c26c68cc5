//! How the market shares of a batch of enterprises move: all side by side, those who jump one by one.

use crate::parameters::Market;
use tripath_engine::math;
use tripath_engine::parallel::BATCH;
use tripath_engine::random::Stream;
use tripath_engine::vectors::{self, Places};

use super::demand::{mobilities, share_step, won_by_pull};

/// Market shares of a batch of enterprises, field by field.
pub(super) struct Contest {
    pub(super) ids: [u64; BATCH],
    pub(super) shares: [f64; BATCH],
    /// What pulls buyers: competitiveness, and money of a round.
    pub(super) pulls: [f64; BATCH],
    pub(super) unfilled: [f64; BATCH],
    /// Sizes over the sectors' means, and then mobilities.
    pub(super) sizes: [f64; BATCH],
    /// What is left of the last round.
    pub(super) round_money: [f64; BATCH],
    pub(super) noises: [f64; BATCH],
    /// Draws that tell whether a share jumps.
    pub(super) jumps: [f64; BATCH],
    /// Log moves, and then factors.
    pub(super) moves: [f64; BATCH],
    pub(super) growths: [f64; BATCH],
}

impl Contest {
    pub(super) fn new() -> Self {
        let none = [0.0; BATCH];
        Self {
            ids: [0; BATCH],
            shares: none,
            pulls: none,
            unfilled: none,
            sizes: none,
            round_money: none,
            noises: none,
            jumps: none,
            moves: none,
            growths: none,
        }
    }

    /// Enterprises with money of a round.
    pub(super) fn backed(&self) -> Places {
        vectors::widest(
            #[inline(always)]
            || {
                let mut backed = Places::default();
                for at in 0..BATCH {
                    backed.add_where(at, self.round_money[at] > 0.0);
                }
                backed
            },
        )
    }

    /// Draws of the first `rows`: common noise of everyone, then the jumps of those few who have one.
    pub(super) fn draw(&mut self, stream: &Stream, rows: usize, small: f64, jump_probability: f64, jump_size: f64) {
        let ids = &self.ids[..rows];
        if small > 0.0 {
            stream.normals_and_uniforms(0, ids, &mut self.noises[..rows], &mut self.jumps[..rows]);
        } else {
            stream.uniforms(ids, |id| *id, &mut self.jumps[..rows]);
        }
        let jumping = vectors::widest(
            #[inline(always)]
            || {
                let mut jumping = Places::default();
                for at in 0..BATCH {
                    self.noises[at] *= small;
                    jumping.add_where(at, self.jumps[at] < jump_probability);
                }
                jumping
            },
        );
        for at in jumping.below(rows) {
            let mut draws = stream.draws(self.ids[at]);
            if small > 0.0 {
                draws.normal();
            }
            draws.uniform();
            self.noises[at] += draws.laplace(jump_size);
        }
    }

    /// Moves the shares of the first `rows`.
    pub(super) fn settle(&mut self, market: &Market, rows: usize, years: f64) {
        mobilities(market, &mut self.sizes[..rows]);
        vectors::widest(
            #[inline(always)]
            || {
                for at in 0..BATCH {
                    let drift = years * won_by_pull(self.pulls[at], self.unfilled[at]);
                    self.moves[at] = share_step(drift, self.noises[at], self.sizes[at]);
                }
            },
        );
        math::exp_all(&mut self.moves[..rows]);
        vectors::widest(
            #[inline(always)]
            || {
                for at in 0..BATCH {
                    let before = self.shares[at];
                    self.shares[at] *= self.moves[at];
                    self.growths[at] = self.shares[at] / before.max(1e-300) - 1.0;
                }
            },
        );
    }
}

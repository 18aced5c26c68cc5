//! How the market shares of a batch of enterprises move: all side by side, those who jump one by one.

use crate::parameters::Market;
use crate::rules::market_share::{mobilities, newcomer_growth, second_sources, share_step, won_by_pull};
use crate::rules::sector_view::SectorView;
use crate::state::enterprise::{Identity, Position, Treasury};
use tripath_engine::parallel::BATCH;
use tripath_engine::random::Stream;
use tripath_engine::vectors::Places;
use tripath_engine::{batch, math, vectors};

batch! {
    /// Market shares of a batch of enterprises, field by field.
    pub(super) struct Contest[BATCH] {
        pub(super) ids: u64 = who.id,
        pub(super) share: f64 = position.share => position.share,
        /// What pulls buyers: competitiveness, and money of a round.
        pub(super) pull: f64 = market.selection * (position.competitiveness - second_sources(market, position.share) - sector.competitiveness)
            + newcomer_growth(market, who.age_ticks(tick) / per_year),
        unfilled: f64 = position.unfilled,
        /// Size over the sector's mean, and then mobility.
        size: f64 = position.share * sector.count,
        /// What is left of the last round.
        pub(super) round_money: f64 = treasury.capital_money,
        noise: f64,
        /// Draw that tells whether a share jumps.
        jump: f64,
        /// Log move, and then factor.
        step: f64,
        growth: f64 => position.share_growth,
    }
    gather(who: Identity, treasury: Treasury, position: Position; market: &Market, sectors: &[SectorView], tick: u32, per_year: f64) {
        let sector = &sectors[usize::from(who.sector)];
    }
    write(position: Position)
}

impl Contest {
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
            stream.normals_and_uniforms(0, ids, &mut self.noise[..rows], &mut self.jump[..rows]);
        } else {
            stream.uniforms(ids, |id| *id, &mut self.jump[..rows]);
        }
        let jumping = vectors::widest(
            #[inline(always)]
            || {
                let mut jumping = Places::default();
                for at in 0..BATCH {
                    self.noise[at] *= small;
                    jumping.add_where(at, self.jump[at] < jump_probability);
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
            self.noise[at] += draws.laplace(jump_size);
        }
    }

    /// Moves the shares of the first `rows`.
    pub(super) fn settle(&mut self, market: &Market, rows: usize, years: f64) {
        mobilities(market, &mut self.size[..rows]);
        vectors::widest(
            #[inline(always)]
            || {
                for at in 0..BATCH {
                    let drift = years * won_by_pull(self.pull[at], self.unfilled[at]);
                    self.step[at] = share_step(drift, self.noise[at], self.size[at]);
                }
            },
        );
        math::exp_all(&mut self.step[..rows]);
        vectors::widest(
            #[inline(always)]
            || {
                for at in 0..BATCH {
                    let before = self.share[at];
                    self.share[at] *= self.step[at];
                    self.growth[at] = self.share[at] / before.max(1e-300) - 1.0;
                }
            },
        );
    }
}

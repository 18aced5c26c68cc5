//! Market shares by replication, and orders by share.

use bevy_ecs::prelude::{Res, ResMut, Single};

use crate::columns::{Column, Slices};
use crate::finance::{log_scalability, promise, promises};
use crate::markets::Sectors;
use crate::math;
use crate::parallel::{BATCH, Merge, batches, fold, map_chunks};
use crate::parameters::{Government, Market, Parameters};
use crate::random::{Mechanism, Stream};
use crate::vectors::{self, Places};
use crate::world::Calendar;

use super::{Identity, Operation, Plant, Position, Technology, Treasury};

/// How fast the shares of enterprises move by their sizes over their sectors' means: `clip((f n)^−κ, 0.55, 4)`; small ones move faster.
///
/// Takes a slice of relative sizes and leaves mobilities in it.
pub fn mobilities(market: &Market, relative_sizes: &mut [f64]) {
    vectors::widest(
        #[inline(always)]
        || relative_sizes.iter_mut().for_each(|size| *size = size.max(1e-9)),
    );
    math::quick_pow_all(relative_sizes, -market.size_scaling);
    vectors::widest(
        #[inline(always)]
        || relative_sizes.iter_mut().for_each(|mobility| *mobility = mobility.clamp(0.55, 4.0)),
    );
}

/// Log move of a market share in a tick: `clip((χ Δ edge + support + noise) · size, ±1)`, with `size` its mobility ([`mobilities`]).
#[inline(always)]
pub fn share_step(drift: f64, noise: f64, mobility: f64) -> f64 {
    ((drift + noise) * mobility).clamp(-1.0, 1.0)
}

/// Growth of a market share by what pulls buyers: `pull (1 − unfilled)` where it pulls them in, for who leaves orders unfilled has nothing to
/// offer to new ones; `pull` where it loses them.
///
/// Without it an enterprise that no bank lends to would gather orders for years that it cannot fill, and the others' capital, planned by their
/// shares, would be short for as long.
#[inline(always)]
pub fn won_by_pull(pull: f64, unfilled: f64) -> f64 {
    if pull > 0.0 { pull * (1.0 - unfilled) } else { pull }
}

/// Weight of a supplier in procurement beyond its market share: `exp(γ (q − q̄)) (1 + b z)`, `z` its standing with the state ([`Identity::standing`]).
pub fn supplier_weight(government: &Government, quality_lead: f64, standing: f64) -> f64 {
    math::exp((government.procurement_quality * quality_lead).clamp(-3.0, 3.0)) * (1.0 + government.procurement_preference * standing)
}

/// Sums of market shares and of weights in procurement, by sector.
struct Weights(Vec<[f64; 2]>);

impl Merge for Weights {
    fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            mine[0] += theirs[0];
            mine[1] += theirs[1];
        }
    }
}

/// Market shares of a batch of enterprises, field by field.
struct Contest {
    ids: [u64; BATCH],
    shares: [f64; BATCH],
    /// What pulls buyers: competitiveness, and money of a round.
    pulls: [f64; BATCH],
    unfilled: [f64; BATCH],
    /// Sizes over the sectors' means, and then mobilities.
    sizes: [f64; BATCH],
    /// What is left of the last round.
    round_money: [f64; BATCH],
    noises: [f64; BATCH],
    /// Draws that tell whether a share jumps.
    jumps: [f64; BATCH],
    /// Log moves, and then factors.
    moves: [f64; BATCH],
    growths: [f64; BATCH],
}

impl Contest {
    fn new() -> Self {
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
    fn backed(&self) -> Places {
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
    fn draw(&mut self, stream: &Stream, rows: usize, small: f64, jump_probability: f64, jump_size: f64) {
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
        for at in jumping {
            let mut draws = stream.draws(self.ids[at]);
            if small > 0.0 {
                draws.normal();
            }
            draws.uniform();
            self.noises[at] += draws.laplace(jump_size);
        }
    }

    /// Moves the shares of the first `rows`.
    fn settle(&mut self, market: &Market, rows: usize, years: f64) {
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

/// Moves market shares by competitiveness and by rare fat-tailed jumps.
pub fn compete(
    enterprises: Single<(&Column<Identity>, &Column<Treasury>, &Column<Operation>, &Column<Technology>, &mut Column<Position>)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    mut sectors: ResMut<Sectors>,
) {
    let (market, government, venture) = (&parameters.market, &parameters.government, &parameters.venture);
    let (years, per_year) = (calendar.years_per_tick(), calendar.ticks_per_year());
    let jump_probability = 1.0 - math::exp(-market.jump_rate * years);
    let small = market.noise * math::sqrt(years);
    let (selection, diversification, jump_size) = (market.selection, market.diversification, market.jump_size);
    let count = sectors.len();
    let (identity, treasury, operation, technology, position) = enterprises.into_inner().slices();
    let states: &Sectors = &sectors;
    let rivals: Vec<[f64; 2]> = states.iter().map(|state| [state.competitiveness, state.count]).collect();
    let procuring = states.iter().any(|state| state.procurement > 0.0);
    let stream = calendar.seed.stream(Mechanism::MarketShare, calendar.tick);
    let promises = promises(&calendar);
    let parts =
        map_chunks((identity, treasury, operation, technology, position), |_, (identity, treasury, operation, technology, position)| {
            let mut sums = vec![[0.0; 2]; count];
            let mut contest = Contest::new();
            for batch in batches(identity.len()) {
                let (identity, treasury, operation) = (&identity[batch.clone()], &treasury[batch.clone()], &operation[batch.clone()]);
                let (technology, position) = (&technology[batch.clone()], &mut position[batch]);
                let rows = identity.len().min(BATCH);
                // What is worked out for rows without an enterprise at work is not looked at.
                for at in 0..rows {
                    let (who, position) = (&identity[at], &position[at]);
                    let [competitiveness, count] = rivals[who.sector as usize];
                    contest.ids[at] = who.id;
                    contest.shares[at] = position.share;
                    contest.pulls[at] = selection * (position.competitiveness - diversification * position.share - competitiveness);
                    contest.unfilled[at] = position.unfilled;
                    contest.sizes[at] = position.share * count;
                    contest.round_money[at] = treasury[at].capital_money;
                }
                // Money of a round pays for people and market entry: the enterprise grows while it lasts.
                let backed = contest.backed();
                let mut growth = [0.0; BATCH];
                let mut number = 0;
                for at in backed {
                    growth[number] = log_scalability(venture.promise_spread, promise(&promises, contest.ids[at]));
                    number += 1;
                }
                math::exp_all(&mut growth[..number]);
                for (at, growth) in backed.zip(growth).take_while(|(at, _)| *at < rows) {
                    let annual_sales = operation[at].sales * per_year;
                    contest.pulls[at] +=
                        venture.growth_support * growth * math::ratio(contest.round_money[at], 0.1 * annual_sales, 0.0).min(1.0);
                }
                contest.draw(&stream, rows, small, jump_probability, jump_size);
                contest.settle(market, rows, years);
                for at in 0..rows {
                    let who = &identity[at];
                    if !who.active() {
                        continue;
                    }
                    position[at].share = contest.shares[at];
                    position[at].share_growth = contest.growths[at];
                    sums[who.sector as usize][0] += contest.shares[at];
                }
                for at in 0..if procuring { rows } else { 0 } {
                    let (who, index) = (&identity[at], identity[at].sector as usize);
                    let state = &states[index];
                    if who.active() && state.procurement > 0.0 {
                        let lead = technology[at].quality - state.quality;
                        sums[index][1] += position[at].share * supplier_weight(government, lead, who.standing(government));
                    }
                }
            }
            Weights(sums)
        });
    let sums = fold(parts).map_or_else(|| vec![[0.0; 2]; count], |Weights(sums)| sums);
    for (state, [shares, weights]) in sectors.iter_mut().zip(sums) {
        state.share_sum = shares;
        state.procurement_weight = weights;
    }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    filled: f64,
    filled_value: f64,
    spare: f64,
    spare_value: f64,
    short: f64,
}

impl Merge for Sums {
    fn merge(&mut self, other: Self) {
        self.filled += other.filled;
        self.filled_value += other.filled_value;
        self.spare += other.spare;
        self.spare_value += other.spare_value;
        self.short += other.short;
    }
}

/// Splits the sector's orders by market share; what one cannot fill goes to those with spare capacity.
pub fn take_orders(
    enterprises: Single<(&Column<Identity>, &Column<Technology>, &Column<Plant>, &mut Column<Position>, &mut Column<Operation>)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    mut sectors: ResMut<Sectors>,
) {
    let years = calendar.years_per_tick();
    let count = sectors.len();
    let (identity, technology, plant, position, operation) = enterprises.into_inner().slices();
    let states: &Sectors = &sectors;
    let columns = (identity, technology, plant, position, operation);
    let parts = map_chunks(columns, |_, (identity, technology, plant, position, operation)| {
        let mut sums = vec![Sums::default(); count];
        for row in 0..identity.len() {
            if !identity[row].active() {
                continue;
            }
            let index = identity[row].sector as usize;
            let state = &states[index];
            let position = &mut position[row];
            let mut orders = position.share / state.share_sum * (state.orders - state.procurement_orders);
            if state.procurement_orders > 0.0 {
                let (government, lead) = (&parameters.government, technology[row].quality - state.quality);
                let weight = supplier_weight(government, lead, identity[row].standing(government));
                orders += math::ratio(position.share * weight, state.procurement_weight, 0.0) * state.procurement_orders;
            }
            position.share /= state.share_sum;
            let capacity = usable_capacity(
                plant[row].capital,
                technology[row].capital_factor,
                parameters.sectors[index].value.capital_output,
                state.learning,
                state.limit,
                years,
            );
            let filled = orders.min(capacity);
            position.unfilled = math::ratio(orders - filled, orders, 0.0);
            operation[row].output = filled;
            let sum = &mut sums[index];
            sum.filled += filled;
            sum.filled_value += filled * position.price;
            sum.spare += capacity - filled;
            sum.spare_value += (capacity - filled) * position.price;
            sum.short += orders - filled;
        }
        sums
    });
    let sums = fold(parts).unwrap_or_else(|| vec![Sums::default(); count]);
    for (state, sum) in sectors.iter_mut().zip(sums) {
        state.spare_fill = math::ratio(sum.short, sum.spare, 0.0).min(1.0);
        state.output = sum.filled + state.spare_fill * sum.spare;
        state.sales = sum.filled_value + state.spare_fill * sum.spare_value;
        state.seller_price = math::ratio(state.sales, state.output, state.price);
        state.share_sum = 1.0;
    }
}

/// Capacity of a tick that inputs and labour allow to use.
pub fn usable_capacity(capital: f64, capital_factor: f64, capital_output: f64, learning: f64, limit: f64, years: f64) -> f64 {
    capital * learning * years * limit / (capital_output * capital_factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn procurement_prefers_the_good_and_the_supported() {
        let government = Government { procurement_quality: 2.0, procurement_preference: 0.5, ..Government::default() };
        assert_eq!(supplier_weight(&government, 0.0, 0.0), 1.0);
        assert_eq!(supplier_weight(&government, 0.0, 1.0), 1.5);
        assert_eq!(supplier_weight(&government, 0.0, 0.5), 1.25);
        assert!((supplier_weight(&government, 0.5, 0.0) - math::exp(1.0)).abs() < 1e-12);
    }

    #[test]
    fn small_ones_move_faster_and_no_one_moves_too_far() {
        let market = Market::default();
        let mut sizes = [0.1, 1.0, 1e12, 0.0];
        mobilities(&market, &mut sizes);
        let [small, mean, giant, nothing] = sizes;
        assert!(share_step(0.01, 0.0, small) > share_step(0.01, 0.0, mean));
        assert_eq!((giant, nothing), (0.55, 4.0));
        assert_eq!(share_step(5.0, 0.0, mean), 1.0);
        // Who fills half of its orders wins half as many new ones, and loses as before.
        assert_eq!((won_by_pull(0.4, 0.5), won_by_pull(-0.4, 0.5), won_by_pull(0.4, 1.0)), (0.2, -0.4, 0.0));
        assert!((share_step(0.01, 0.02, mean) - 0.03).abs() < 1e-12);
    }
}

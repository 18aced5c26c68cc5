//! Market shares by replication, and orders by share.

use bevy_ecs::prelude::{Res, ResMut, Single};

use crate::columns::{Column, Slices};
use crate::finance::{promise, promises, scalability};
use crate::markets::Sectors;
use crate::math;
use crate::parallel::{BATCH, Merge, batches, fold, map_chunks};
use crate::parameters::{Government, Market, Parameters};
use crate::random::Mechanism;
use crate::world::Calendar;

use super::{Identity, Operation, Plant, Position, Technology, Treasury};

/// How fast the shares of enterprises move by their sizes over their sectors' means: `clip((f n)^−κ, 0.55, 4)`; small ones move faster.
///
/// Takes a slice of relative sizes and leaves mobilities in it.
pub fn mobilities(market: &Market, relative_sizes: &mut [f64]) {
    for size in &mut *relative_sizes {
        *size = size.max(1e-9);
    }
    math::quick_pow_all(relative_sizes, -market.size_scaling);
    for mobility in relative_sizes {
        *mobility = mobility.clamp(0.55, 4.0);
    }
}

/// Log move of a market share in a tick: `clip((χ Δ edge + support + noise) · size, ±1)`, with `size` its mobility ([`mobilities`]).
pub fn share_step(drift: f64, noise: f64, mobility: f64) -> f64 {
    ((drift + noise) * mobility).clamp(-1.0, 1.0)
}

/// Growth of a market share by what pulls buyers: `pull (1 − unfilled)` where it pulls them in, for who leaves orders unfilled has nothing to
/// offer to new ones; `pull` where it loses them.
///
/// Without it an enterprise that no bank lends to would gather orders for years that it cannot fill, and the others' capital, planned by their
/// shares, would be short for as long.
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

/// Moves market shares by competitiveness and by rare fat-tailed jumps.
pub fn compete(
    enterprises: Single<(&Column<Identity>, &Column<Treasury>, &Column<Operation>, &Column<Technology>, &mut Column<Position>)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    mut sectors: ResMut<Sectors>,
) {
    let market = &parameters.market;
    let years = calendar.years_per_tick();
    let jump_probability = 1.0 - math::exp(-market.jump_rate * years);
    let small = market.noise * math::sqrt(years);
    let count = sectors.len();
    let (identity, treasury, operation, technology, position) = enterprises.into_inner().slices();
    let states: &Sectors = &sectors;
    let stream = calendar.seed.stream(Mechanism::MarketShare, calendar.tick);
    let promises = promises(&calendar);
    let parts =
        map_chunks((identity, treasury, operation, technology, position), |_, (identity, treasury, operation, technology, position)| {
            let mut sums = vec![[0.0; 2]; count];
            for batch in batches(identity.len()) {
                let (mut drifts, mut noises, mut sizes) = ([0.0; BATCH], [0.0; BATCH], [1.0; BATCH]);
                for (at, row) in batch.clone().enumerate() {
                    if !identity[row].active() {
                        continue;
                    }
                    let state = &states[identity[row].sector as usize];
                    let position = &position[row];
                    let mut draws = stream.draws(identity[row].id);
                    noises[at] = if small > 0.0 { small * draws.normal() } else { 0.0 };
                    if draws.happens(jump_probability) {
                        noises[at] += draws.laplace(market.jump_size);
                    }
                    let annual_sales = operation[row].sales * calendar.ticks_per_year();
                    // Money of a round pays for people and market entry: the enterprise grows while it lasts.
                    let support = if treasury[row].capital_money > 0.0 {
                        let venture = &parameters.venture;
                        let promise = scalability(venture.promise_spread, promise(&promises, identity[row].id));
                        venture.growth_support * promise * math::ratio(treasury[row].capital_money, 0.1 * annual_sales, 0.0).min(1.0)
                    } else {
                        0.0
                    };
                    let pull = market.selection
                        * (position.competitiveness - market.diversification * position.share - state.competitiveness)
                        + support;
                    drifts[at] = years * won_by_pull(pull, position.unfilled);
                    sizes[at] = position.share * state.count;
                }
                let rows = batch.len();
                mobilities(market, &mut sizes[..rows]);
                let mut factors: [f64; BATCH] = std::array::from_fn(|at| share_step(drifts[at], noises[at], sizes[at]));
                math::exp_all(&mut factors[..rows]);
                for (at, row) in batch.enumerate() {
                    if !identity[row].active() {
                        continue;
                    }
                    let index = identity[row].sector as usize;
                    let (state, position) = (&states[index], &mut position[row]);
                    let before = position.share;
                    position.share *= factors[at];
                    position.share_growth = position.share / before.max(1e-300) - 1.0;
                    sums[index][0] += position.share;
                    if state.procurement > 0.0 {
                        let lead = technology[row].quality - state.quality;
                        let standing = identity[row].standing(&parameters.government);
                        sums[index][1] += position.share * supplier_weight(&parameters.government, lead, standing);
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

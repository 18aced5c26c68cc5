//! Prices: a mark-up over full unit cost that gives way in a glut and rises with a competitive edge.

use bevy_ecs::prelude::{Res, ResMut, Single};

use crate::accounts::Economy;
use crate::columns::{Column, Slices};
use crate::finance::payable_investment;
use crate::markets::goods::FinalDemand;
use crate::markets::{Sectors, typical_share};
use crate::math;
use crate::parallel::{BATCH, Merge, batches, fold, map_chunks};
use crate::parameters::{Parameters, Pricing};
use crate::world::{Calendar, Tables};

use super::{Identity, Operation, Plant, Position, Technology, Treasury};

/// Full unit cost at normal utilisation: labour, intermediate goods, capital.
///
/// `c = w / (A Λ) + m + (δ + r̄) v κ P_K / (u* Λ)`, with `m` the cost of inputs a unit (learning included).
pub fn full_unit_cost(wage: f64, productivity: f64, learning: f64, inputs: f64, capital_cost: f64) -> f64 {
    wage / (productivity * learning) + inputs + capital_cost
}

/// Price: `p = (1 + μ) c / (1 − ρ − τ φ)`: R&D and value added tax are earned on top of the mark-up.
pub fn markup_price(unit_cost: f64, markup: f64, rd_share: f64, tax_share: f64) -> f64 {
    (1.0 + markup) * unit_cost / (1.0 - (rd_share + tax_share).min(0.8))
}

/// Mark-up of the next tick.
///
/// `μ ← μ (1 + ν Δf/f) + λ Δ (μ0 + α edge + β (u − u*) − μ)`, within bounds; edge clipped to ±1.
pub fn markup_step(pricing: &Pricing, markup: f64, share_growth: f64, edge: f64, utilisation_gap: f64, years: f64) -> f64 {
    let target = pricing.normal_markup + pricing.edge_response * edge.clamp(-1.0, 1.0) + pricing.utilisation_response * utilisation_gap;
    let moved = markup * (1.0 + pricing.share_response * share_growth) + (pricing.reversion * years).min(1.0) * (target - markup);
    moved.clamp(pricing.floor, pricing.ceiling)
}

#[derive(Clone, Copy, Default)]
struct Sums {
    share: f64,
    root: f64,
    price: f64,
    competitiveness: f64,
    quality: f64,
    quality_square: f64,
    productivity: f64,
    productivity_square: f64,
    unit_cost: f64,
    capital_factor: f64,
    labour_need: f64,
    capacity: f64,
    count: f64,
}

impl Merge for Sums {
    fn merge(&mut self, other: Self) {
        self.share += other.share;
        self.root += other.root;
        self.price += other.price;
        self.competitiveness += other.competitiveness;
        self.quality += other.quality;
        self.quality_square += other.quality_square;
        self.productivity += other.productivity;
        self.productivity_square += other.productivity_square;
        self.unit_cost += other.unit_cost;
        self.capital_factor += other.capital_factor;
        self.labour_need += other.labour_need;
        self.capacity += other.capacity;
        self.count += other.count;
    }
}

/// What a sector's enterprises have in common when they set prices.
struct SectorTerms {
    inputs: f64,
    capital_cost: f64,
    rd_share: f64,
    tax_share: f64,
    capacity_per_capital: f64,
}

/// Cuts investment to what can be paid, sets unit costs, mark-ups, prices and competitiveness, and the sectors' means.
pub fn set_prices(
    enterprises: Single<(
        &Column<Identity>,
        &Column<Technology>,
        &Column<Operation>,
        &Column<Treasury>,
        &mut Column<Plant>,
        &mut Column<Position>,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    mut sectors: ResMut<Sectors>,
    mut demand: ResMut<FinalDemand>,
) {
    let years = calendar.years_per_tick();
    let per_year = calendar.ticks_per_year();
    let terms: Vec<SectorTerms> = sectors
        .iter()
        .enumerate()
        .map(|(index, state)| {
            let sector = &parameters.sectors[index].value;
            let inputs: f64 = tables.inputs[index].iter().zip(sectors.iter()).map(|(need, supplier)| need * supplier.buyer_price).sum();
            let user_cost = parameters.production.depreciation + parameters.pricing.required_return;
            let credit = 1.0 - parameters.government.rd_credit_rate;
            SectorTerms {
                inputs: inputs / state.learning,
                capital_cost: user_cost * sector.capital_output * economy.capital_price
                    / (parameters.production.normal_utilisation * state.learning),
                rd_share: state.rd_intensity * credit,
                tax_share: parameters.government.vat_rate * state.value_added_share,
                capacity_per_capital: state.learning * years / sector.capital_output,
            }
        })
        .collect();
    let (identity, technology, operation, treasury, plant, position) = enterprises.into_inner().slices();
    let states: &Sectors = &sectors;
    let market = &parameters.market;
    let parts = map_chunks(
        (identity, technology, operation, treasury, plant, position),
        |_, (identity, technology, operation, treasury, plant, position)| {
            let mut sums = vec![Sums::default(); terms.len()];
            let mut planned = 0.0;
            for batch in batches(identity.len()) {
                let (mut costs, mut capacities, mut log_prices) = ([0.0; BATCH], [0.0; BATCH], [1.0; BATCH]);
                for (at, row) in batch.clone().enumerate() {
                    let plan = &mut plant[row].planned;
                    if !identity[row].active() {
                        planned += *plan;
                        continue;
                    }
                    // What was planned is cut to what can be paid, loans of this tick included.
                    if *plan > 0.0 {
                        let payable = payable_investment(&parameters, per_year, economy.capital_price, &operation[row], &treasury[row]);
                        *plan = plan.min(payable);
                    }
                    planned += *plan;
                    let index = identity[row].sector as usize;
                    let (term, state) = (&terms[index], &states[index]);
                    let (technology, position) = (&technology[row], &mut position[row]);
                    capacities[at] = plant[row].capital * term.capacity_per_capital / technology.capital_factor;
                    let utilisation = math::ratio(operation[row].output, capacities[at], parameters.production.normal_utilisation);
                    let edge = position.competitiveness - state.competitiveness;
                    costs[at] = full_unit_cost(
                        economy.wage,
                        technology.productivity,
                        state.learning,
                        term.inputs,
                        term.capital_cost * technology.capital_factor,
                    );
                    position.markup = markup_step(
                        &parameters.pricing,
                        position.markup,
                        position.share_growth,
                        edge,
                        utilisation - parameters.production.normal_utilisation,
                        years,
                    );
                    position.price = markup_price(costs[at], position.markup, term.rd_share, term.tax_share);
                    log_prices[at] = position.price;
                }
                math::ln_all(&mut log_prices[..batch.len()]);
                for (at, row) in batch.enumerate() {
                    if !identity[row].active() {
                        continue;
                    }
                    let (technology, position) = (&technology[row], &mut position[row]);
                    position.competitiveness = -market.price_weight * log_prices[at] + market.quality_weight * technology.quality
                        - market.unfilled_weight * position.unfilled;
                    let share = position.share;
                    let sum = &mut sums[identity[row].sector as usize];
                    sum.share += share;
                    sum.root += math::sqrt(share);
                    sum.price += share * position.price;
                    sum.competitiveness += share * position.competitiveness;
                    sum.quality += share * technology.quality;
                    sum.quality_square += share * technology.quality * technology.quality;
                    sum.productivity += share * technology.log_productivity;
                    sum.productivity_square += share * technology.log_productivity * technology.log_productivity;
                    sum.unit_cost += share * costs[at];
                    sum.capital_factor += share * technology.capital_factor;
                    sum.labour_need += share / technology.productivity;
                    sum.capacity += capacities[at];
                    sum.count += 1.0;
                }
            }
            (planned, sums)
        },
    );
    let (planned, parts): (Vec<f64>, Vec<_>) = parts.into_iter().unzip();
    demand.capital = fold(planned).unwrap_or(0.0);
    let sums = fold(parts).unwrap_or_else(|| vec![Sums::default(); terms.len()]);
    for (state, sum) in sectors.iter_mut().zip(sums) {
        state.capacity = sum.capacity;
        state.count = sum.count;
        state.share_sum = sum.share;
        state.typical_share = typical_share(sum.root, sum.share, sum.count);
        if sum.share > 0.0 {
            let mean = |total: f64| total / sum.share;
            state.price = mean(sum.price);
            state.competitiveness = mean(sum.competitiveness);
            state.quality = mean(sum.quality);
            state.quality_spread = math::sqrt(mean(sum.quality_square) - state.quality * state.quality);
            state.log_productivity = mean(sum.productivity);
            state.productivity_spread = math::sqrt(mean(sum.productivity_square) - state.log_productivity * state.log_productivity);
            state.unit_cost = mean(sum.unit_cost);
            state.capital_factor = mean(sum.capital_factor);
            state.labour_need = mean(sum.labour_need);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_and_price_by_hand() {
        let cost = full_unit_cost(1.0, 2.0, 1.0, 0.3, 0.1);
        assert!((cost - 0.9).abs() < 1e-12);
        assert!((markup_price(cost, 0.1, 0.05, 0.07) - 0.99 / 0.88).abs() < 1e-12);
    }

    #[test]
    fn a_glut_is_a_price_war() {
        let pricing = Pricing::default();
        let normal = markup_step(&pricing, pricing.normal_markup, 0.0, 0.0, 0.0, 0.25);
        assert!((normal - pricing.normal_markup).abs() < 1e-12);
        assert!(markup_step(&pricing, pricing.normal_markup, 0.0, 0.0, -0.3, 0.25) < normal);
        assert!(markup_step(&pricing, pricing.normal_markup, 0.0, 0.5, 0.0, 0.25) > normal);
    }
}

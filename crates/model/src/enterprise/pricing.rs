//! Prices: a mark-up over full unit cost that gives way in a glut and rises with a competitive edge.

use bevy_ecs::prelude::{Res, ResMut};

use crate::accounts::Economy;
use crate::finance::Spending;
use crate::markets::goods::FinalDemand;
use crate::markets::{SectorState, Sectors, typical_share};
use crate::parameters::{Parameters, Pricing};
use crate::rows::Rows;
use crate::world::{Calendar, Tables};
use tripath_engine::math;
use tripath_engine::parallel::{BATCH, Merge, batches, fold, map_chunks};
use tripath_engine::vectors::{self, Ahead, Soon};

use super::{Identity, Operation, Plant, Position, Technology, Treasury};

/// Full unit cost at normal utilisation: labour, intermediate goods, capital.
///
/// `c = w / (A Λ) + m + c_K v κ P_K / (u* Λ)`, with `m` the cost of inputs a unit (learning included) and `c_K` the cost of capital a year over its
/// price ([`Economy::user_cost`]).
#[inline(always)]
pub fn full_unit_cost(wage: f64, productivity: f64, learning: f64, inputs: f64, capital_cost: f64) -> f64 {
    wage / (productivity * learning) + inputs + capital_cost
}

/// Part of a price that is left for costs and the mark-up: `1 − ρ − τ φ`, for R&D and value added tax are earned on top of it.
pub fn part_kept(rd_share: f64, tax_share: f64) -> f64 {
    1.0 - (rd_share + tax_share).min(0.8)
}

/// Price: `p = (1 + μ) c / (1 − ρ − τ φ)`, the divisor from what is kept of it (`part_kept`).
#[inline(always)]
pub fn markup_price(unit_cost: f64, markup: f64, part_kept: f64) -> f64 {
    (1.0 + markup) * unit_cost / part_kept
}

/// Mark-up of the next tick.
///
/// `μ ← μ (1 + ν Δf/f) + λ Δ (μ0 + α edge + β (u − u*) − μ)`, within bounds; edge clipped to ±1.
#[inline(always)]
pub fn markup_step(pricing: &Pricing, markup: f64, share_growth: f64, edge: f64, utilisation_gap: f64, years: f64) -> f64 {
    let target = pricing.normal_markup + pricing.edge_response * edge.clamp(-1.0, 1.0) + pricing.utilisation_response * utilisation_gap;
    let moved = markup * (1.0 + pricing.share_response * share_growth) + (pricing.reversion * years).min(1.0) * (target - markup);
    moved.clamp(pricing.floor, pricing.ceiling)
}

/// Sums over a sector's enterprises, by four so that vectors add what an enterprise brings.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// By share, what enterprises know: log productivity, productivity, quality, capital factor.
    knowledge: [f64; 4],
    /// By share, the squares of these.
    squares: [f64; 4],
    /// Shares, and by share prices, competitiveness, full unit costs.
    offers: [f64; 4],
    /// By share workers a unit; capacities, roots of shares, enterprises.
    sizes: [f64; 4],
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, share: f64, technology: &Technology, offer: &[f64; 4], size: &[f64; 4]) {
        let fields = [technology.log_productivity, technology.productivity, technology.quality, technology.capital_factor];
        let knowledge = fields.map(|field| share * field);
        let squares = std::array::from_fn(|field| knowledge[field] * fields[field]);
        *self = Self {
            knowledge: plus(&self.knowledge, &knowledge),
            squares: plus(&self.squares, &squares),
            offers: plus(&self.offers, offer),
            sizes: plus(&self.sizes, size),
        };
    }
}

impl Sums {
    /// Leaves what enterprises offer in all, and their means by market share, to their sector.
    fn tell(&self, state: &mut SectorState) {
        let [shares, price, competitiveness, unit_cost] = self.offers;
        let [labour_need, capacity, roots, count] = self.sizes;
        let [productivity, _, quality, capital_factor] = self.knowledge;
        let [productivity_square, _, quality_square, _] = self.squares;
        state.capacity = capacity;
        state.count = count;
        state.share_sum = shares;
        state.typical_share = typical_share(roots, shares, count);
        if shares > 0.0 {
            let mean = |total: f64| total / shares;
            state.price = mean(price);
            state.competitiveness = mean(competitiveness);
            state.quality = mean(quality);
            state.quality_spread = math::sqrt(mean(quality_square) - state.quality * state.quality);
            state.log_productivity = mean(productivity);
            state.productivity_spread = math::sqrt(mean(productivity_square) - state.log_productivity * state.log_productivity);
            state.unit_cost = mean(unit_cost);
            state.capital_factor = mean(capital_factor);
            state.labour_need = mean(labour_need);
        }
    }
}

#[inline(always)]
fn plus(one: &[f64; 4], other: &[f64; 4]) -> [f64; 4] {
    std::array::from_fn(|place| one[place] + other[place])
}

impl Merge for Sums {
    fn merge(&mut self, other: Self) {
        self.knowledge.merge(other.knowledge);
        self.squares.merge(other.squares);
        self.offers.merge(other.offers);
        self.sizes.merge(other.sizes);
    }
}

/// What a sector's enterprises have in common when they set prices.
struct SectorTerms {
    inputs: f64,
    capital_cost: f64,
    part_kept: f64,
    capacity_per_capital: f64,
    learning: f64,
    competitiveness: f64,
}

impl SectorTerms {
    /// Terms of all sectors.
    fn of(parameters: &Parameters, tables: &Tables, economy: &Economy, sectors: &Sectors, years: f64) -> Vec<Self> {
        let user_cost = economy.user_cost(parameters);
        let credit = 1.0 - parameters.government.rd_credit_rate;
        let of = |(index, state): (usize, &SectorState)| {
            let sector = &parameters.sectors[index].value;
            let inputs: f64 = tables.inputs[index].iter().zip(sectors.iter()).map(|(need, supplier)| need * supplier.buyer_price).sum();
            Self {
                inputs: inputs / state.learning,
                capital_cost: user_cost * sector.capital_output * economy.capital_price
                    / (parameters.production.normal_utilisation * state.learning),
                part_kept: part_kept(state.rd_intensity * credit, parameters.government.vat_rate * state.value_added_share),
                capacity_per_capital: state.learning * years / sector.capital_output,
                learning: state.learning,
                competitiveness: state.competitiveness,
            }
        };
        sectors.iter().enumerate().map(of).collect()
    }
}

/// Offers of a batch of enterprises, field by field: what they are made of, and what comes of it.
struct Offers {
    /// Investment that is planned, cash that nothing is earmarked for, and costs of a tick.
    planned: [f64; BATCH],
    unmarked: [f64; BATCH],
    spent: [f64; BATCH],
    /// Of the sector: [`SectorTerms`].
    inputs: [f64; BATCH],
    part_kept: [f64; BATCH],
    learning: [f64; BATCH],
    /// Capacity of the plant if it needs no more capital a unit than the sector's norm.
    norm_capacity: [f64; BATCH],
    capital_factor: [f64; BATCH],
    capital_cost: [f64; BATCH],
    output: [f64; BATCH],
    productivity: [f64; BATCH],
    quality: [f64; BATCH],
    share: [f64; BATCH],
    share_growth: [f64; BATCH],
    unfilled: [f64; BATCH],
    edge: [f64; BATCH],
    markup: [f64; BATCH],
    capacity: [f64; BATCH],
    cost: [f64; BATCH],
    price: [f64; BATCH],
    log_price: [f64; BATCH],
    competitiveness: [f64; BATCH],
    /// What each brings to [`Sums`].
    offers: [[f64; 4]; BATCH],
    sizes: [[f64; 4]; BATCH],
}

impl Offers {
    fn new() -> Self {
        let (none, none4) = ([0.0; BATCH], [0.0; 4]);
        Self {
            planned: none,
            unmarked: none,
            spent: none,
            inputs: none,
            part_kept: none,
            learning: none,
            norm_capacity: none,
            capital_factor: none,
            capital_cost: none,
            output: none,
            productivity: none,
            quality: none,
            share: none,
            share_growth: none,
            unfilled: none,
            edge: none,
            markup: none,
            capacity: none,
            cost: none,
            price: none,
            log_price: none,
            competitiveness: none,
            offers: [none4; BATCH],
            sizes: [none4; BATCH],
        }
    }

    /// Cuts what is planned to what can be paid, and sets mark-ups and prices.
    #[inline(always)]
    fn set(&mut self, pricing: &Pricing, spending: &Spending, wage: f64, normal_utilisation: f64, years: f64) {
        for at in 0..BATCH {
            let payable = spending.payable_investment(self.unmarked[at], self.spent[at]);
            self.planned[at] = if self.planned[at] > 0.0 { self.planned[at].min(payable) } else { self.planned[at] };
            let capacity = self.norm_capacity[at] / self.capital_factor[at];
            let utilisation = math::ratio(self.output[at], capacity, normal_utilisation);
            let gap = utilisation - normal_utilisation;
            let cost = full_unit_cost(wage, self.productivity[at], self.learning[at], self.inputs[at], self.capital_cost[at]);
            let markup = markup_step(pricing, self.markup[at], self.share_growth[at], self.edge[at], gap, years);
            let price = markup_price(cost, markup, self.part_kept[at]);
            self.capacity[at] = capacity;
            self.cost[at] = cost;
            self.markup[at] = markup;
            self.price[at] = price;
            self.log_price[at] = price;
        }
    }

    /// Competitiveness by price, quality and delivery, and what comes into sums.
    #[inline(always)]
    fn compare(&mut self, price_weight: f64, quality_weight: f64, unfilled_weight: f64) {
        for at in 0..BATCH {
            let share = self.share[at];
            let competitiveness =
                -price_weight * self.log_price[at] + quality_weight * self.quality[at] - unfilled_weight * self.unfilled[at];
            self.competitiveness[at] = competitiveness;
            self.offers[at] = [share, share * self.price[at], share * competitiveness, share * self.cost[at]];
            self.sizes[at] = [share / self.productivity[at], self.capacity[at], math::sqrt(share), 1.0];
        }
    }

    /// Writes offers into the rows of those at work and adds what they bring to the sums of their sectors; plans are cut for all rows, and
    /// added to `planned`.
    #[allow(clippy::too_many_arguments, reason = "all that offers are written to, and what comes next")]
    #[inline(always)]
    fn write(
        &self,
        identity: &[Identity],
        technology: &[Technology],
        plant: &mut [Plant],
        position: &mut [Position],
        sums: &mut [Sums],
        planned: f64,
        next: &Soon<3>,
    ) -> f64 {
        let rows = identity.len().min(BATCH);
        let (technology, plant, position) = (&technology[..rows], &mut plant[..rows], &mut position[..rows]);
        let mut planned = planned;
        for at in 0..rows {
            next.ask(at);
            plant[at].planned = self.planned[at];
            planned += self.planned[at];
            if !identity[at].active() {
                continue;
            }
            position[at].markup = self.markup[at];
            position[at].price = self.price[at];
            position[at].competitiveness = self.competitiveness[at];
            sums[identity[at].sector as usize].add(self.share[at], &technology[at], &self.offers[at], &self.sizes[at]);
        }
        planned
    }
}

/// Cuts investment to what can be paid, sets unit costs, mark-ups, prices and competitiveness, and the sectors' means.
pub fn set_prices(
    enterprises: Rows<(
        &'static Identity,
        &'static Technology,
        &'static Operation,
        &'static Treasury,
        &'static mut Plant,
        &'static mut Position,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    mut sectors: ResMut<Sectors>,
    mut demand: ResMut<FinalDemand>,
) {
    let years = calendar.years_per_tick();
    let terms = SectorTerms::of(&parameters, &tables, &economy, &sectors, years);
    let (identity, technology, operation, treasury, plant, position) = enterprises.slices();
    let (pricing, wage, normal_utilisation) = (&parameters.pricing, economy.wage, parameters.production.normal_utilisation);
    let spending = Spending::new(&parameters, calendar.ticks_per_year(), economy.capital_price);
    let (price_weight, quality_weight) = (parameters.market.price_weight, parameters.market.quality_weight);
    let unfilled_weight = parameters.market.unfilled_weight;
    let parts = map_chunks(
        (identity, technology, operation, treasury, plant, position),
        |_, (identity, technology, operation, treasury, plant, position)| {
            let mut sums = vec![Sums::default(); terms.len()];
            let mut planned = 0.0;
            let mut offers = Offers::new();
            for batch in batches(identity.len()) {
                let next = (identity, operation, treasury).soon(batch.end);
                let next_written = (technology, &*plant, &*position).soon(batch.end);
                let (identity, technology, operation) = (&identity[batch.clone()], &technology[batch.clone()], &operation[batch.clone()]);
                let (treasury, plant, position) = (&treasury[batch.clone()], &mut plant[batch.clone()], &mut position[batch]);
                let rows = identity.len().min(BATCH);
                // What is worked out for rows without an enterprise at work is not looked at, but for what is planned there.
                for at in 0..rows {
                    next.ask(at);
                    let term = &terms[identity[at].sector as usize];
                    let (technology, position) = (&technology[at], &position[at]);
                    offers.planned[at] = plant[at].planned;
                    offers.unmarked[at] = if identity[at].active() { spending.unmarked(&treasury[at]) } else { f64::INFINITY };
                    offers.spent[at] = operation[at].costs();
                    offers.inputs[at] = term.inputs;
                    offers.part_kept[at] = term.part_kept;
                    offers.learning[at] = term.learning;
                    offers.norm_capacity[at] = plant[at].capital * term.capacity_per_capital;
                    offers.capital_factor[at] = technology.capital_factor;
                    offers.capital_cost[at] = term.capital_cost * technology.capital_factor;
                    offers.output[at] = operation[at].output;
                    offers.productivity[at] = technology.productivity;
                    offers.quality[at] = technology.quality;
                    offers.share[at] = position.share;
                    offers.share_growth[at] = position.share_growth;
                    offers.unfilled[at] = position.unfilled;
                    offers.edge[at] = position.competitiveness - term.competitiveness;
                    offers.markup[at] = position.markup;
                }
                vectors::widest(
                    #[inline(always)]
                    || offers.set(pricing, &spending, wage, normal_utilisation, years),
                );
                math::ln_all(&mut offers.log_price[..rows]);
                vectors::widest(
                    #[inline(always)]
                    || offers.compare(price_weight, quality_weight, unfilled_weight),
                );
                planned = vectors::widest(
                    #[inline(always)]
                    || offers.write(identity, technology, plant, position, &mut sums, planned, &next_written),
                );
            }
            (planned, sums)
        },
    );
    let (planned, parts): (Vec<f64>, Vec<_>) = parts.into_iter().unzip();
    demand.capital = fold(planned).unwrap_or(0.0);
    let sums = fold(parts).unwrap_or_else(|| vec![Sums::default(); terms.len()]);
    for (state, sum) in sectors.iter_mut().zip(sums) {
        sum.tell(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_and_price_by_hand() {
        let cost = full_unit_cost(1.0, 2.0, 1.0, 0.3, 0.1);
        assert!((cost - 0.9).abs() < 1e-12);
        assert!((markup_price(cost, 0.1, part_kept(0.05, 0.07)) - 0.99 / 0.88).abs() < 1e-12);
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

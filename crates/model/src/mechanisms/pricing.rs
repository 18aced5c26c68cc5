//! Prices of a tick: offers of all enterprises, and what sectors learn of them.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::{Parameters, Pricing};
use crate::rules::credit::Spending;
use crate::rules::price::{full_unit_cost, markup_price, markup_step};
use crate::rules::sector_view::{SectorView, SectorViews};
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::economy::Economy;
use crate::state::enterprise::{Identity, Operation, Plant, Position, Rows, Technology, Treasury};
use crate::state::final_demand::FinalDemand;
use crate::state::sector::{SectorState, Sectors, typical_share};
use tripath_engine::parallel::{BATCH, Merge, batches, fold, map_chunks};
use tripath_engine::vectors::{Ahead, Soon};
use tripath_engine::{batch, math, vectors};

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

batch! {
    /// Offers of a batch of enterprises, field by field: what they are made of, and what comes of it.
    struct Offers[BATCH] {
        /// Investment that is planned, cash that nothing is earmarked for, and costs of a tick.
        planned: f64 = plant.planned,
        unmarked: f64 = if who.active() { spending.unmarked(treasury) } else { f64::INFINITY },
        spent: f64 = operation.costs(),
        inputs: f64 = sector.inputs,
        part_kept: f64 = sector.part_kept,
        learning: f64 = sector.learning,
        /// Capacity of the plant if it needs no more capital a unit than the sector's norm.
        norm_capacity: f64 = plant.capital * sector.capacity_per_capital,
        capital_factor: f64 = technology.capital_factor,
        capital_cost: f64 = sector.capital_cost * technology.capital_factor,
        output: f64 = operation.output,
        productivity: f64 = technology.productivity,
        quality: f64 = technology.quality,
        share: f64 = position.share,
        share_growth: f64 = position.share_growth,
        unfilled: f64 = position.unfilled,
        edge: f64 = position.competitiveness - sector.past_competitiveness,
        markup: f64 = position.markup => position.markup,
        capacity: f64,
        cost: f64,
        price: f64 => position.price,
        log_price: f64,
        competitiveness: f64 => position.competitiveness,
        /// What each brings to [`Sums`].
        offers: batch::Whole<[f64; 4]>,
        sizes: batch::Whole<[f64; 4]>,
    }
    gather(
        who: Identity, technology: Technology, operation: Operation, treasury: Treasury, plant: Plant, position: Position;
        spending: &Spending, sectors: &[SectorView]
    ) {
        let sector = &sectors[usize::from(who.sector)];
    }
    write(position: Position)
}

impl Offers {
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
    #[inline(always)]
    fn tell(
        &self,
        (identity, technology): (&[Identity], &[Technology]),
        (plant, position): (&mut [Plant], &mut [Position]),
        sums: &mut [Sums],
        mut planned: f64,
        next: &Soon<3>,
    ) -> f64 {
        let rows = identity.len().min(BATCH);
        let (identity, technology, plant) = (&identity[..rows], &technology[..rows], &mut plant[..rows]);
        self.write(
            (&mut position[..rows],),
            #[inline(always)]
            |at| {
                next.ask(at);
                plant[at].planned = self.planned[at];
                planned += self.planned[at];
                let at_work = identity[at].active();
                if at_work {
                    sums[usize::from(identity[at].sector)].add(self.share[at], &technology[at], &self.offers[at], &self.sizes[at]);
                }
                at_work
            },
        );
        planned
    }
}

/// Cuts investment to what can be paid, sets unit costs, mark-ups, prices and competitiveness, and the sectors' means.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
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
    views: Res<SectorViews>,
    economy: Res<Economy>,
    decisions: Res<Decisions>,
    mut sectors: ResMut<Sectors>,
    mut demand: ResMut<FinalDemand>,
) {
    let years = calendar.years_per_tick();
    let views: &[SectorView] = &views;
    let (identity, technology, operation, treasury, plant, position) = enterprises.slices();
    let (pricing, wage, normal_utilisation) = (&parameters.pricing, economy.wage, parameters.production.normal_utilisation);
    let spending = Spending::new(&parameters, calendar.ticks_per_year(), economy.capital_price);
    let (price_weight, quality_weight) = (parameters.market.price_weight, parameters.market.quality_weight);
    let unfilled_weight = parameters.market.unfilled_weight;
    let parts = map_chunks(
        (identity, technology, operation, treasury, plant, position),
        |first, (identity, technology, operation, treasury, plant, position)| {
            let mut sums = vec![Sums::default(); views.len()];
            let mut planned = 0.0;
            let mut offers = Offers::new();
            for batch in batches(identity.len()) {
                let next = (identity, operation, treasury).soon(batch.end);
                let next_written = (technology, &*plant, &*position).soon(batch.end);
                let begin = first + batch.start;
                let (identity, technology, operation) = (&identity[batch.clone()], &technology[batch.clone()], &operation[batch.clone()]);
                let (treasury, plant, position) = (&treasury[batch.clone()], &mut plant[batch.clone()], &mut position[batch]);
                // What is worked out for rows without an enterprise at work is not looked at, but for what is planned there.
                let columns = (identity, technology, operation, treasury, &*plant, &*position);
                let rows = offers.gather(columns, &spending, views, |at| next.ask(at));
                vectors::widest(
                    #[inline(always)]
                    || offers.set(pricing, &spending, wage, normal_utilisation, years),
                );
                decisions.price.through_all(begin, &mut offers.price[..rows]);
                offers.log_price = offers.price;
                math::ln_all(&mut offers.log_price[..rows]);
                vectors::widest(
                    #[inline(always)]
                    || offers.compare(price_weight, quality_weight, unfilled_weight),
                );
                planned = vectors::widest(
                    #[inline(always)]
                    || offers.tell((identity, technology), (plant, position), &mut sums, planned, &next_written),
                );
            }
            (planned, sums)
        },
    );
    let (planned, parts): (Vec<f64>, Vec<_>) = parts.into_iter().unzip();
    demand.capital = fold(planned).unwrap_or(0.0);
    let sums = fold(parts).unwrap_or_else(|| vec![Sums::default(); views.len()]);
    for (state, sum) in sectors.iter_mut().zip(sums) {
        sum.tell(state);
    }
}

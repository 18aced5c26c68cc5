//! Market shares by replication, and orders by share.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::{Labour, Parameters};
use crate::rules::labour::most_at_work;
use crate::rules::market_share::supplier_weight;
use crate::rules::promise::{log_scalability, promise, promises};
use crate::rules::sector_view::SectorViews;
use crate::state::calendar::Calendar;
use crate::state::economy::{Economy, Staffing, Tally};
use crate::state::enterprise::{Identity, Operation, Plant, Position, Rows, Technology, Treasury};
use crate::state::sector::{SectorState, Sectors};
use crate::streams::Draw;
use tripath_engine::parallel::{BATCH, Merge, batches, fold, map_chunks};
use tripath_engine::vectors::Ahead;
use tripath_engine::{math, sums, vectors};

use super::contest::Contest;
use super::orders::Orders;

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
    enterprises: Rows<(&'static Identity, &'static Treasury, &'static Operation, &'static Technology, &'static mut Position)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    mut sectors: ResMut<Sectors>,
    mut views: ResMut<SectorViews>,
) {
    let (market, government, venture) = (&parameters.market, &parameters.government, &parameters.venture);
    let (years, per_year) = (calendar.years_per_tick(), calendar.ticks_per_year());
    let jump_probability = 1.0 - math::exp(-market.jump_rate * years);
    let small = market.noise * math::sqrt(years);
    let count = sectors.len();
    let (identity, treasury, operation, technology, position) = enterprises.slices();
    let states: &Sectors = &sectors;
    let views = views.after_prices(states);
    let procuring = states.iter().any(|state| state.procurement > 0.0);
    let stream = calendar.seed.stream(Draw::MarketShare, calendar.tick);
    let promises = promises(&calendar);
    let parts =
        map_chunks((identity, treasury, operation, technology, position), |_, (identity, treasury, operation, technology, position)| {
            let mut sums = vec![[0.0; 2]; count];
            let mut contest = Contest::new();
            for batch in batches(identity.len()) {
                let next = (identity, treasury, &*position).soon(batch.end);
                let (identity, treasury, operation) = (&identity[batch.clone()], &treasury[batch.clone()], &operation[batch.clone()]);
                let (technology, position) = (&technology[batch.clone()], &mut position[batch]);
                // What is worked out for rows without an enterprise at work is not looked at.
                let rows = contest.gather((identity, treasury, position), market, views, calendar.tick, per_year, |at| next.ask(at));
                // Money of a round pays for people and market entry: the enterprise grows while it lasts.
                let backed = contest.backed().below(rows);
                let mut growth = [0.0; BATCH];
                let mut number = 0;
                for at in backed {
                    growth[number] = log_scalability(venture.promise_spread, promise(&promises, contest.ids[at]));
                    number += 1;
                }
                math::exp_all(&mut growth[..number]);
                for (at, growth) in backed.zip(growth) {
                    let annual_sales = operation[at].sales * per_year;
                    contest.pull[at] +=
                        venture.growth_support * growth * math::ratio(contest.round_money[at], 0.1 * annual_sales, 0.0).min(1.0);
                }
                contest.draw(&stream, rows, small, jump_probability, market.jump_size);
                contest.settle(market, rows, years);
                contest.write((position,), |at| {
                    let (who, at_work) = (&identity[at], identity[at].active());
                    if at_work {
                        sums[usize::from(who.sector)][0] += contest.share[at];
                    }
                    at_work
                });
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

sums! {
    /// What enterprises of a sector at work fill and could fill.
    #[derive(Clone, Copy, Default)]
    struct Sums {
        filled: f64 = sheet.filled[at],
        filled_value: f64 = sheet.filled_value[at],
        spare: f64 = sheet.spare[at],
        spare_value: f64 = sheet.spare_value[at],
        short: f64 = sheet.short[at],
        filled_work: f64 = sheet.filled_work[at],
        spare_work: f64 = sheet.spare_work[at],
        capacity_work: f64 = sheet.capacity_work[at],
    }
    add(sheet: &Orders, at: usize)
}

impl Sums {
    /// Gives what some cannot fill to those with spare capacity, and works out a sector's output, sales and people; `overhead` is the overhead
    /// share at normal utilisation. Returns the people whose number varies with output.
    fn share_out(&self, state: &mut SectorState, labour: &Labour, overhead: f64, years: f64) -> f64 {
        state.spare_fill = math::ratio(self.short, self.spare, 0.0).min(1.0);
        state.output = self.filled + state.spare_fill * self.spare;
        state.sales = self.filled_value + state.spare_fill * self.spare_value;
        state.seller_price = math::ratio(state.sales, state.output, state.price);
        state.share_sum = 1.0;
        let person_years = 1.0 / (state.learning * years);
        // Who lacks inputs makes less of what was asked for, and needs fewer people.
        state.output *= state.limit;
        state.sales *= state.limit;
        let work = (1.0 - labour.overhead_share) * state.limit * (self.filled_work + state.spare_fill * self.spare_work) * person_years
            + state.makeshift * state.output / years;
        state.persons_per_unit = math::ratio(work, state.output, state.persons_per_unit);
        state.overhead_persons = overhead * self.capacity_work * person_years;
        work
    }
}

/// Splits the sector's orders by market share; what one cannot fill goes to those with spare capacity. Then people are rationed by what each asks for.
pub fn take_orders(
    enterprises: Rows<(&'static Identity, &'static Technology, &'static Plant, &'static mut Position, &'static mut Operation)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tally: Res<Tally>,
    mut economy: ResMut<Economy>,
    mut sectors: ResMut<Sectors>,
    mut views: ResMut<SectorViews>,
) {
    let years = calendar.years_per_tick();
    let government = &parameters.government;
    let count = sectors.len();
    let (identity, technology, plant, position, operation) = enterprises.slices();
    let states: &Sectors = &sectors;
    let views = views.after_orders(states);
    let procuring = states.iter().any(|state| state.procurement_orders > 0.0);
    let columns = (identity, technology, plant, position, operation);
    let parts = map_chunks(columns, |_, (identity, technology, plant, position, operation)| {
        let mut sums = vec![Sums::default(); count];
        let mut sheet = Orders::new();
        for batch in batches(identity.len()) {
            let next = (identity, technology, plant).soon(batch.end);
            let next_written = (&*position, &*operation).soon(batch.end);
            let (identity, technology, plant) = (&identity[batch.clone()], &technology[batch.clone()], &plant[batch.clone()]);
            let (position, operation) = (&mut position[batch.clone()], &mut operation[batch]);
            // What is worked out for rows without an enterprise at work is not looked at.
            let rows = sheet.gather((identity, technology, plant, position), views, |at| next.ask(at));
            vectors::widest(
                #[inline(always)]
                || sheet.split(),
            );
            for at in 0..if procuring { rows } else { 0 } {
                let (who, state) = (&identity[at], &states[identity[at].sector as usize]);
                if who.active() && state.procurement_orders > 0.0 {
                    let lead = technology[at].quality - state.quality;
                    let weight = supplier_weight(government, lead, who.standing(government));
                    sheet.orders[at] += math::ratio(position[at].share * weight, state.procurement_weight, 0.0) * state.procurement_orders;
                }
            }
            vectors::widest(
                #[inline(always)]
                || sheet.fill(years),
            );
            sheet.write((position, operation), |at| {
                next_written.ask(at);
                let (who, at_work) = (&identity[at], identity[at].active());
                if at_work {
                    sums[usize::from(who.sector)].add(&sheet, at);
                }
                at_work
            });
        }
        sums
    });
    let sums = fold(parts).unwrap_or_else(|| vec![Sums::default(); count]);
    let labour = &parameters.labour;
    let overhead = labour.overhead_share * parameters.production.normal_utilisation;
    let (mut variable_persons, mut overhead_persons) = (0.0, 0.0);
    for (state, sum) in sectors.iter_mut().zip(sums) {
        let work = sum.share_out(state, labour, overhead, years);
        variable_persons += work;
        overhead_persons += state.overhead_persons;
    }
    let researchers = tally.rd / (economy.wage * years);
    let most = most_at_work(labour, economy.labour_force);
    economy.staffing = Staffing::of(most, overhead_persons, researchers, variable_persons);
    for state in sectors.iter_mut() {
        state.output *= economy.staffing.output;
        state.sales *= economy.staffing.output;
        state.supplied = state.limit * economy.staffing.output;
    }
}

//! What enterprises of a batch look ahead by and what they see, field by field.
//!
//! Nobody can foretell who is in a spell, young or listed, so there is no branch here: what does not apply is computed and not chosen. The
//! fields of a batch stand beside each other, so that the processor's vectors take four or eight enterprises at a time.

use crate::enterprise::{
    Attention, Equity, Footing, Identity, Operation, Outlook, Pipeline, Plan, Plant, Position, Status, Technology, Treasury, relative_size,
    second_sources,
};
use crate::parameters::Market;
use crate::technology::CAPITAL;
use tripath_engine::parallel::BATCH;
use tripath_engine::vectors::{self, Places, Soon};

use super::listing::Window;
use super::valuation::{Appearance, Appraiser};

/// What a sector's enterprises have in common when they look ahead.
#[derive(Debug, Clone, Copy)]
pub(super) struct SectorTerms {
    pub(super) competitiveness: f64,
    /// Enterprises at work.
    pub(super) count: f64,
    pub(super) profit_share: f64,
    pub(super) typical_share: f64,
}

/// What all look ahead by.
pub(super) struct View<'a> {
    pub(super) market: &'a Market,
    pub(super) sectors: Vec<SectorTerms>,
    pub(super) outlook: Outlook,
    pub(super) appraiser: Appraiser,
    pub(super) footing: Footing,
    pub(super) window: Window<'a>,
    pub(super) tick: u32,
    pub(super) per_year: f64,
}

/// Components of the enterprises of a batch, to read.
#[derive(Clone, Copy)]
pub(super) struct Enterprises<'a> {
    pub(super) identity: &'a [Identity],
    pub(super) technology: &'a [Technology],
    pub(super) position: &'a [Position],
    pub(super) operation: &'a [Operation],
    pub(super) treasury: &'a [Treasury],
    pub(super) pipeline: &'a [Pipeline],
    pub(super) plant: &'a [Plant],
    pub(super) equity: &'a [Equity],
    pub(super) attention: &'a [Attention],
}

type Field = [f64; BATCH];
/// 1 where something holds, 0 where not.
type Mark = [u64; BATCH];

/// A batch of enterprises that look ahead.
pub(super) struct Foresight {
    pub(super) ids: [u64; BATCH],
    status: [u64; BATCH],
    born: [i32; BATCH],
    listed: Mark,
    share: Field,
    typical_share: Field,
    /// Edges on the market, and in their place the growth that they promise.
    growth: Field,
    relative_sizes: Field,
    capital_output: Field,
    capital_factor: Field,
    expected: Field,
    learning: Field,
    relief: Field,
    capital: Field,
    backlog: Field,
    capital_money: Field,
    cash: Field,
    policy_money: Field,
    debt: Field,
    earnings: Field,
    annual_costs: Field,
    annual_sales: Field,
    value_added: Field,
    profit_share: Field,
    expected_edge: Field,
    attention: Field,
    /// In an investment spell.
    expanding: Mark,
    /// A spell begins or ends.
    turns: Mark,
    /// Investment planned for the next tick.
    planned: Field,
    /// Fundamental value of equity.
    fundamental: Field,
    /// At work and in a spell, so that it wants capital.
    wants: Mark,
    /// At work and without what it needs to go on.
    ailing: Mark,
    /// At work and on an exchange.
    traded: Mark,
    /// The greatest hazard of an application for a listing.
    pub(super) listing_hazard: Field,
}

/// Those of a batch whom more concerns.
pub(super) struct Concerned {
    /// At work and without what they need to go on.
    pub(super) ailing: Places,
    /// At work and on an exchange.
    pub(super) traded: Places,
    /// At work and in a spell, so that they want capital.
    pub(super) wanting: Places,
}

impl Foresight {
    /// Empty.
    pub(super) fn new() -> Self {
        let (none, nothing) = ([0.0; BATCH], [0; BATCH]);
        Self {
            ids: nothing,
            status: nothing,
            born: [0; BATCH],
            listed: nothing,
            share: none,
            typical_share: none,
            growth: none,
            relative_sizes: none,
            capital_output: none,
            capital_factor: none,
            expected: none,
            learning: none,
            relief: none,
            capital: none,
            backlog: none,
            capital_money: none,
            cash: none,
            policy_money: none,
            debt: none,
            earnings: none,
            annual_costs: none,
            annual_sales: none,
            value_added: none,
            profit_share: none,
            expected_edge: none,
            attention: none,
            expanding: nothing,
            turns: nothing,
            planned: none,
            fundamental: none,
            wants: nothing,
            ailing: nothing,
            traded: nothing,
            listing_hazard: none,
        }
    }

    /// Brings what a batch of enterprises has beside each other, and works out what they see.
    pub(super) fn look(&mut self, view: &View, enterprises: Enterprises, next: &Soon<5>) {
        let rows = self.gather(view, enterprises, next);
        view.appraiser.growth(view.market, &mut self.growth[..rows], &mut self.relative_sizes[..rows]);
        vectors::widest(
            #[inline(always)]
            || self.see(view),
        );
    }

    /// Brings in the enterprises; returns how many there are.
    fn gather(&mut self, view: &View, enterprises: Enterprises, next: &Soon<5>) -> usize {
        let rows = enterprises.identity.len().min(BATCH);
        let Enterprises { identity, technology, position, operation, treasury, pipeline, plant, equity, attention } = enterprises;
        let (identity, technology, position, operation) = (&identity[..rows], &technology[..rows], &position[..rows], &operation[..rows]);
        let (treasury, pipeline, plant, equity) = (&treasury[..rows], &pipeline[..rows], &plant[..rows], &equity[..rows]);
        let attention = &attention[..rows];
        for at in 0..rows {
            next.ask(at);
            let who = &identity[at];
            let (place, sector) = (view.outlook.place(who), &view.sectors[who.sector as usize]);
            self.ids[at] = who.id;
            self.status[at] = who.status as u64;
            self.born[at] = who.born;
            self.listed[at] = u64::from(who.listed);
            self.expanding[at] = u64::from(who.expanding);
            let position = &position[at];
            let share = position.share;
            let buyers_spread = second_sources(view.market, share);
            self.share[at] = share;
            self.typical_share[at] = sector.typical_share;
            self.growth[at] = view.market.selection * (position.competitiveness - buyers_spread - sector.competitiveness);
            self.relative_sizes[at] = share * sector.count;
            self.capital_output[at] = place.capital_output;
            self.capital_factor[at] = technology[at].capital_factor;
            self.expected[at] = place.expected(share);
            self.learning[at] = place.learning;
            self.relief[at] = place.relief;
            self.capital[at] = plant[at].capital;
            self.backlog[at] = plant[at].backlog;
            let treasury = &treasury[at];
            self.capital_money[at] = treasury.capital_money;
            self.cash[at] = treasury.cash;
            self.policy_money[at] = treasury.policy_money;
            self.debt[at] = treasury.debt;
            self.earnings[at] = treasury.earnings;
            let operation = &operation[at];
            self.annual_costs[at] = operation.annual_costs(view.per_year);
            self.annual_sales[at] = operation.sales * view.per_year;
            self.value_added[at] = operation.value_added;
            self.profit_share[at] = sector.profit_share;
            self.expected_edge[at] = pipeline[at].expected_edge;
            self.fundamental[at] = equity[at].fundamental;
            self.attention[at] = attention[at].shares[CAPITAL];
        }
        rows
    }

    /// Plans, values, and whom what may concern.
    #[inline(always)]
    fn see(&mut self, view: &View) {
        let (rules, appraiser, footing, motives) = (view.outlook.rules.clone(), view.appraiser, view.footing, view.window.motives);
        let (least_sales, least_age) = (view.window.least_sales, view.window.least_age);
        let (tick, per_year) = (view.tick as i32, view.per_year);
        for at in 0..BATCH {
            let active = self.status[at] == Status::Active as u64;
            let listed = self.listed[at] != 0;
            let plan = rules.plan(Plan {
                capital_output: self.capital_output[at],
                capital_factor: self.capital_factor[at],
                expected: self.expected[at],
                learning: self.learning[at],
                relief: self.relief[at],
                capital: self.capital[at],
                backlog: self.backlog[at],
                backed: (self.capital_money[at] > 0.0) & !listed,
                expanding: self.expanding[at] != 0,
                mobility: self.relative_sizes[at],
            });
            self.planned[at] = if active { plan.bought } else { rules.build(self.backlog[at], tick.wrapping_sub(self.born[at])) };
            self.backlog[at] = if active { plan.backlog } else { self.backlog[at] };
            let before = self.expanding[at];
            let expanding = if active { u64::from(plan.expanding) } else { before };
            self.turns[at] = expanding ^ before;
            let age_years = f64::from(tick.wrapping_sub(self.born[at])) / per_year;
            let value = appraiser.value(Appearance {
                growth: self.growth[at],
                cash: self.cash[at],
                policy_money: self.policy_money[at],
                debt: self.debt[at],
                capital: self.capital[at],
                earnings: self.earnings[at],
                annual_costs: self.annual_costs[at],
                annual_sales: self.annual_sales[at],
                value_added: self.value_added[at],
                profit_share: self.profit_share[at],
                age_years,
                expected_edge: self.expected_edge[at],
            });
            self.fundamental[at] = value;
            let relative_size = relative_size(self.share[at], self.typical_share[at]);
            self.wants[at] = u64::from(active) & expanding;
            self.ailing[at] = u64::from(active & !footing.holds(self.cash[at], relative_size, age_years));
            self.traded[at] = u64::from(active & listed);
            let barred = listed | !active | (self.annual_sales[at] < least_sales) | (age_years < least_age);
            let hazard = motives.greatest_hazard(self.attention[at], expanding != 0);
            self.listing_hazard[at] = if barred { 0.0 } else { hazard };
        }
    }

    /// Writes down what all have come to, and finds those whom more concerns.
    pub(super) fn write(&self, identity: &mut [Identity], plant: &mut [Plant], equity: &mut [Equity], next: &Soon<4>) -> Concerned {
        let rows = identity.len().min(BATCH);
        let (identity, plant, equity) = (&mut identity[..rows], &mut plant[..rows], &mut equity[..rows]);
        for at in 0..rows {
            next.ask(at);
            plant[at].planned = self.planned[at];
            plant[at].backlog = self.backlog[at];
            equity[at].fundamental = self.fundamental[at];
        }
        let [turning, ailing, traded, wanting] = vectors::widest(
            #[inline(always)]
            || [Places::marked(&self.turns), Places::marked(&self.ailing), Places::marked(&self.traded), Places::marked(&self.wants)],
        )
        .map(|places| places.below(rows));
        // Few change: what is not written need not go back to memory.
        for at in turning {
            identity[at].expanding = !identity[at].expanding;
        }
        Concerned { ailing, traded, wanting }
    }
}

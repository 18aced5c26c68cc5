//! What enterprises of a batch look ahead by and what they see, field by field.
//!
//! Nobody can foretell who is in a spell, young or listed, so there is no branch here: what does not apply is computed and not chosen. The
//! fields of a batch stand beside each other, so that the processor's vectors take four or eight enterprises at a time.

use crate::parameters::Market;
use crate::rules::failure::{Footing, relative_size};
use crate::rules::investment::Plan;
use crate::rules::market_share::second_sources;
use crate::rules::sector_view::SectorView;
use crate::sources::CAPITAL;
use crate::state::enterprise::{Attention, Equity, Identity, Operation, Pipeline, Plant, Position, Status, Technology, Treasury};
use tripath_engine::parallel::BATCH;
use tripath_engine::vectors::{Places, Soon};
use tripath_engine::{batch, vectors};

use super::appraiser::{Appearance, Appraiser};
use super::plans::Outlook;
use super::window::Window;

/// What all look ahead by.
pub(super) struct View<'a> {
    pub(super) market: &'a Market,
    pub(super) sectors: &'a [SectorView],
    pub(super) outlook: Outlook,
    pub(super) appraiser: Appraiser,
    pub(super) footing: Footing,
    pub(super) window: Window<'a>,
    pub(super) tick: u32,
    pub(super) per_year: f64,
}

batch! {
    /// A batch of enterprises that look ahead. Marks are 1 where something holds, 0 where not.
    pub(super) struct Foresight[BATCH] {
        pub(super) ids: u64 = who.id,
        status: u64 = who.status as u64,
        born: i32 = who.born,
        listed: u64 = u64::from(who.listed),
        share: f64 = position.share,
        typical_share: f64 = sector.typical_share,
        /// Edge on the market, and in its place the growth that it promises.
        growth: f64 = view.market.selection * (position.competitiveness - second_sources(view.market, position.share) - sector.competitiveness),
        relative_size: f64 = position.share * sector.count,
        capital_output: f64 = place.capital_output,
        capital_factor: f64 = technology.capital_factor,
        expected: f64 = place.expected(position.share),
        learning: f64 = place.learning,
        relief: f64 = place.relief,
        capital: f64 = plant.capital,
        backlog: f64 = plant.backlog => plant.backlog,
        capital_money: f64 = treasury.capital_money,
        cash: f64 = treasury.cash,
        policy_money: f64 = treasury.policy_money,
        debt: f64 = treasury.debt,
        earnings: f64 = treasury.earnings,
        annual_costs: f64 = operation.annual_costs(view.per_year),
        annual_sales: f64 = operation.sales * view.per_year,
        value_added: f64 = operation.value_added,
        profit_share: f64 = sector.profit_share,
        expected_edge: f64 = pipeline.expected_edge,
        attention: f64 = attention.shares[CAPITAL],
        /// In an investment spell.
        expanding: u64 = u64::from(who.expanding),
        /// A spell begins or ends.
        turns: u64,
        /// Investment planned for the next tick.
        pub(super) planned: f64 => plant.planned,
        /// Fundamental value of equity.
        fundamental: f64 => equity.fundamental,
        /// At work and in a spell, so that it wants capital.
        wants: u64,
        /// At work and without what it needs to go on.
        ailing: u64,
        /// At work and on an exchange.
        traded: u64,
        /// The greatest hazard of an application for a listing.
        pub(super) listing_hazard: f64,
    }
    gather(
        who: Identity, technology: Technology, position: Position, operation: Operation, treasury: Treasury, pipeline: Pipeline,
        attention: Attention, plant: Plant;
        view: &View<'_>
    ) {
        let (place, sector) = (view.outlook.place(who), &view.sectors[usize::from(who.sector)]);
    }
    write(plant: Plant, equity: Equity)
}

/// Components of the enterprises of a batch, to read.
pub(super) type Enterprises<'a> =
    (&'a [Identity], &'a [Technology], &'a [Position], &'a [Operation], &'a [Treasury], &'a [Pipeline], &'a [Attention], &'a [Plant]);

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
    /// Brings what a batch of enterprises has beside each other, and works out what they see.
    pub(super) fn look(&mut self, view: &View, enterprises: Enterprises, next: &Soon<5>) {
        let rows = self.gather(enterprises, view, |at| next.ask(at));
        view.appraiser.growth(view.market, &mut self.growth[..rows], &mut self.relative_size[..rows]);
        vectors::widest(
            #[inline(always)]
            || self.see(view),
        );
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
                mobility: self.relative_size[at],
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
    pub(super) fn tell(&self, identity: &mut [Identity], plant: &mut [Plant], equity: &mut [Equity], next: &Soon<4>) -> Concerned {
        let rows = identity.len().min(BATCH);
        self.write((plant, equity), |at| {
            next.ask(at);
            true
        });
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

//! What the enterprises of a sector have in common in a tick, brought together for loops over all of them.
//!
//! The [state of a sector](SectorState) is ten lines of memory, of which a loop over enterprises needs one or two; and what follows from it alone is
//! worked out once a sector. There is one view of a sector, each field of it is named once, and it is read off as the tick goes on: what R&D and
//! prices go by cannot wait for the market, and what the market makes known (means of the offers, orders, output, profits) is final only when
//! the systems before have run, and looked at right afterwards. So there are five moments, and no order of a tick would do with fewer.

use bevy_ecs::prelude::Resource;

use crate::parameters::{Parameters, Sector};
use crate::rules::money::required_payoff;
use crate::rules::price::part_kept;
use crate::rules::search::{opportunity, own_part, research_cost};
use crate::rules::self_sufficiency::{cost_shares, edge_kept};
use crate::state::economy::Economy;
use crate::state::government::ProgrammeBudgets;
use crate::state::sector::{SectorState, Sectors};
use crate::state::tables::Tables;

macro_rules! sector_view {
    ($($(#[$when:meta])* $moment:ident($($seen:ident: $of:ty),+) {
        $($(#[$meaning:meta])* $field:ident: $type:ty = $value:expr,)+
    })+) => {
        /// What the enterprises of a sector have in common.
        #[derive(Debug, Clone, Default)]
        pub struct SectorView {
            $($($(#[$meaning])* pub $field: $type,)+)+
        }

        impl SectorView {
            $($(#[$when])*
            fn $moment(&mut self, $($seen: $of),+) {
                $(self.$field = $value;)+
            }
            )+
        }
    };
}

sector_view! {
    /// As R&D begins. Nothing of it changes until prices are set, or in the tick at all.
    when_research_begins(state: &SectorState, sector: &Sector, common: &Common, inputs: f64, interest_relief: f64) {
        /// Capital a unit of output.
        capital_output: f64 = sector.capital_output,
        /// Divisor of needs by learning.
        learning: f64 = state.learning,
        /// Part of interest that is subsidised.
        interest_relief: f64 = interest_relief,
        /// Normal R&D over sales.
        rd_intensity: f64 = state.rd_intensity,
        /// Least sales a year that the research norm goes by.
        least_sales: f64 = common.parameters.technology.small_enterprise_floor * state.typical_sales(),
        /// Part of search that looks for what nobody has.
        own_part: f64 = own_part(state.distance()),
        /// Quasi-rents of own edges over own R&D that R&D has to pay.
        required_payoff: f64 = required_payoff(common.parameters, sector, state.distance()),
        /// What of these it pays in the mean.
        payoff: f64 = state.rd_payoff,
        /// Multiplier on the size of inventions.
        opportunity: f64 = opportunity(
            sector.opportunity,
            state.breakthrough_lift + state.laboratory_lift,
            research_cost(&common.parameters.technology, state.opportunities_used, sector.opportunity),
        ),
        /// Part of an edge that is left after the tick.
        kept: f64 = edge_kept(&common.parameters.technology, sector, common.years),
        /// Shares of labour and of capital in unit cost.
        cost_shares: [f64; 2] = cost_shares(state, common.wage),
        /// Cost of intermediate goods a unit.
        inputs: f64 = inputs / state.learning,
        /// Cost of capital a unit, at normal utilisation and the norm of capital.
        capital_cost: f64 = common.user_cost * sector.capital_output * common.capital_price
            / (common.parameters.production.normal_utilisation * state.learning),
        /// Part of a price that is left for costs and the mark-up.
        part_kept: f64 = part_kept(state.rd_intensity * common.credit, common.parameters.government.vat_rate * state.value_added_share),
        /// Capacity of a tick of a unit of capital at its norm.
        capacity_per_capital: f64 = state.learning * common.years / sector.capital_output,
        /// Mean competitiveness at the last tick's prices.
        past_competitiveness: f64 = state.competitiveness,
    }
    /// As prices are set.
    when_prices_are_set(state: &SectorState) {
        /// Mean competitiveness.
        competitiveness: f64 = state.competitiveness,
        /// Enterprises at work.
        count: f64 = state.count,
        /// Market share of the typical enterprise.
        typical_share: f64 = state.typical_share,
    }
    /// As orders are placed, and market shares have moved.
    when_orders_are_placed(state: &SectorState) {
        /// What market shares sum to.
        share_sum: f64 = state.share_sum,
        /// Orders that are split by market share: all but procurement.
        orders: f64 = state.orders - state.procurement_orders,
    }
    /// As goods are sold.
    when_goods_are_sold(state: &SectorState) {
        /// Part of the output asked for that is made.
        supplied: f64 = state.supplied,
        /// Person-years a unit of output that replace inputs.
        makeshift: f64 = state.makeshift,
        /// Part of spare capacity that orders take up.
        spare_fill: f64 = state.spare_fill,
        /// Output of the sector.
        output: f64 = state.output,
        /// Cost of intermediate goods a unit of output that is paid.
        intermediate_cost: f64 = state.intermediate_cost,
    }
    /// As enterprises have settled.
    when_all_is_settled(state: &SectorState) {
        /// Net profit over sales, averaged.
        profit_share: f64 = state.profit_share,
    }
}

/// What all sectors have in common before the market.
struct Common<'a> {
    parameters: &'a Parameters,
    years: f64,
    wage: f64,
    capital_price: f64,
    user_cost: f64,
    /// Part of R&D that no tax credit pays.
    credit: f64,
}

/// The views of all sectors; made anew in each tick.
#[derive(Debug, Default, Resource)]
pub struct SectorViews(Vec<SectorView>);

impl SectorViews {
    /// What R&D and prices go by.
    pub fn before_market(
        &mut self,
        parameters: &Parameters,
        tables: &Tables,
        economy: &Economy,
        programmes: &ProgrammeBudgets,
        sectors: &Sectors,
        years: f64,
    ) {
        let common = Common {
            parameters,
            years,
            wage: economy.wage,
            capital_price: economy.capital_price,
            user_cost: economy.user_cost(parameters),
            credit: 1.0 - parameters.government.rd_credit_rate,
        };
        self.0.resize_with(sectors.len(), SectorView::default);
        for (index, (view, state)) in self.0.iter_mut().zip(sectors.iter()).enumerate() {
            let inputs = tables.inputs[index].iter().zip(sectors.iter()).map(|(need, supplier)| need * supplier.buyer_price).sum();
            view.when_research_begins(state, &parameters.sectors[index].value, &common, inputs, programmes.interest_relief(index));
        }
    }

    /// Reads off what is known from a moment on.
    fn read_off(&mut self, sectors: &Sectors, moment: fn(&mut SectorView, &SectorState)) -> &[SectorView] {
        for (view, state) in self.0.iter_mut().zip(sectors.iter()) {
            moment(view, state);
        }
        &self.0
    }

    /// Reads off what set prices made known.
    pub fn after_prices(&mut self, sectors: &Sectors) -> &[SectorView] {
        self.read_off(sectors, SectorView::when_prices_are_set)
    }

    /// Reads off what placed orders made known.
    pub fn after_orders(&mut self, sectors: &Sectors) -> &[SectorView] {
        self.read_off(sectors, SectorView::when_orders_are_placed)
    }

    /// Reads off what sales made known.
    pub fn after_sales(&mut self, sectors: &Sectors) -> &[SectorView] {
        self.read_off(sectors, SectorView::when_goods_are_sold)
    }

    /// Reads off what the settlement made known.
    pub fn after_settlement(&mut self, sectors: &Sectors) -> &[SectorView] {
        self.read_off(sectors, SectorView::when_all_is_settled)
    }
}

impl std::ops::Deref for SectorViews {
    type Target = [SectorView];
    fn deref(&self) -> &[SectorView] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_prices_go_by_is_worked_out_once_a_sector() {
        let mut parameters = Parameters::default();
        parameters.production.normal_utilisation = 0.8;
        parameters.government.vat_rate = 0.1;
        let sector = Sector { capital_output: 2.0, ..Sector::default() };
        let state =
            SectorState { learning: 1.25, rd_intensity: 0.04, value_added_share: 0.5, competitiveness: -0.1, ..SectorState::default() };
        let common = Common { parameters: &parameters, years: 0.25, wage: 1.0, capital_price: 3.0, user_cost: 0.1, credit: 0.75 };
        let mut view = SectorView::default();
        view.when_research_begins(&state, &sector, &common, 0.5, 0.02);
        // 0.1 × 2 × 3 / (0.8 × 1.25), 1 − 0.04 × 0.75 − 0.1 × 0.5, 1.25 × 0.25 / 2.
        for (found, expected) in [
            (view.inputs, 0.4),
            (view.capital_cost, 0.6),
            (view.part_kept, 0.92),
            (view.capacity_per_capital, 0.156_25),
            (view.past_competitiveness, -0.1),
            (view.interest_relief, 0.02),
        ] {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }

    #[test]
    fn a_moment_reads_off_what_is_its_own() {
        let mut views = SectorViews(vec![SectorView { past_competitiveness: 0.1, ..SectorView::default() }]);
        let of = |competitiveness, orders| {
            Sectors(vec![SectorState { competitiveness, orders, procurement_orders: 2.0, profit_share: 0.05, ..SectorState::default() }])
        };
        let [view] = views.after_prices(&of(0.3, 5.0)) else { panic!("one sector") };
        assert_eq!((view.past_competitiveness, view.competitiveness, view.orders), (0.1, 0.3, 0.0));
        let [view] = views.after_orders(&of(9.0, 7.0)) else { panic!("one sector") };
        assert_eq!((view.competitiveness, view.orders, view.profit_share), (0.3, 5.0, 0.0));
        let [view] = views.after_settlement(&of(9.0, 8.0)) else { panic!("one sector") };
        assert_eq!((view.competitiveness, view.orders, view.profit_share), (0.3, 5.0, 0.05));
    }
}

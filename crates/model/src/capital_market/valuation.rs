//! Fundamental value of equity.

use crate::accounts::Economy;
use crate::enterprise::{Equity, Identity, Operation, Pipeline, Plant, Position, Treasury, mobility};
use crate::markets::{SectorState, Sectors};
use crate::math;
use crate::parameters::{CapitalMarket, Parameters};
use crate::world::Calendar;

/// Fundamental value: `V = max(0.6 book, earnings · exp(h g) / (r_e − g_e)) + value of projects`,
/// with `g` the growth relative to the sector that today's edge promises for `h` years.
pub fn fundamental_value(market: &CapitalMarket, book: f64, earnings: f64, relative_growth: f64, projects: f64) -> f64 {
    let growth = math::exp(market.edge_years * relative_growth.clamp(-0.15, 0.3));
    let going = earnings.max(0.0) * growth / (market.discount_rate - market.long_growth).max(0.01);
    (0.6 * book).max(going).max(0.0) + projects
}

/// Most growth that an edge may promise: `exp(0.3 h)`, and a little to spare.
fn greatest_growth(market: &CapitalMarket) -> f64 {
    1.000_1 * math::exp(0.3 * market.edge_years)
}

/// Whether earnings could be worth more than books at any growth that an edge may promise: no more than `greatest`,
/// and 1 where there is no edge. Where they could not, the value is that of books, and growth need not be known.
fn earnings_may_count(market: &CapitalMarket, greatest: f64, book: f64, earnings: f64, edge: f64) -> bool {
    let most = if edge > 0.0 { greatest } else { 1.000_001 };
    let below_books = earnings * most / (market.discount_rate - market.long_growth).max(0.01) < 0.599_999 * book;
    !below_books
}

/// Cash beyond three buffers of costs: it is not needed, will be paid out, and counts in full on top of what the business is worth.
fn spare_cash(treasury: &Treasury, annual_costs: f64, buffer_years: f64) -> f64 {
    (treasury.cash - treasury.policy_money - 3.0 * buffer_years * annual_costs.max(0.0)).max(0.0)
}

/// Earnings that investors count: smoothed profit, and for the young the sector's margin on sales.
fn counted_earnings(treasury: &Treasury, annual_sales: f64, state: &SectorState, age_years: f64) -> f64 {
    let usual = state.profit_share.max(0.01) * annual_sales;
    let weight = (age_years / 6.0).clamp(0.0, 1.0);
    (weight * treasury.earnings + (1.0 - weight) * usual.max(treasury.earnings)).max(0.0)
}

/// What investors look at when they value equity.
pub(super) struct Appraiser<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    sectors: &'a Sectors,
    capital_price: f64,
    /// Most growth that an edge may promise.
    greatest_growth: f64,
    /// Marks of venture-backed enterprises follow value slowly.
    mark_speed: f64,
}

impl<'a> Appraiser<'a> {
    pub(super) fn new(parameters: &'a Parameters, calendar: &'a Calendar, sectors: &'a Sectors, economy: &Economy) -> Self {
        let mark_speed = math::smoothing(calendar.ticks_per_year(), 2.0);
        let greatest_growth = greatest_growth(&parameters.capital_market);
        Self { parameters, calendar, sectors, capital_price: economy.capital_price, greatest_growth, mark_speed }
    }

    /// Values the equity of an enterprise.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline]
    pub(super) fn value(
        &self,
        who: &Identity,
        position: &Position,
        operation: &Operation,
        plant: &Plant,
        treasury: &Treasury,
        pipeline: &Pipeline,
        equity: &mut Equity,
    ) {
        let parameters = self.parameters;
        let market = &parameters.capital_market;
        let per_year = self.calendar.ticks_per_year();
        let state = &self.sectors[who.sector as usize];
        let costs = operation.annual_costs(per_year);
        let spare = spare_cash(treasury, costs, parameters.investment.cash_buffer_years);
        let book = treasury.cash + plant.capital * self.capital_price - treasury.debt - spare;
        let age = who.age_ticks(self.calendar.tick) / per_year;
        let earnings = counted_earnings(treasury, operation.sales * per_year, state, age);
        let buyers_spread = parameters.market.diversification * position.share;
        let edge = parameters.market.selection * (position.competitiveness - buyers_spread - state.competitiveness);
        let (earnings, relative_growth) = if earnings_may_count(market, self.greatest_growth, book, earnings, edge) {
            (earnings, edge * mobility(&parameters.market, position.share * state.count))
        } else {
            (0.0, 0.0)
        };
        // Projects under way: years of quasi-rent on value added, times the odds of conversion.
        let projects = pipeline.expected_edge * (parameters.technology.project_value_years * operation.value_added.max(0.0) * per_year);
        equity.fundamental = fundamental_value(market, book, earnings, relative_growth, projects) + spare;
        if !who.listed && equity.fund_share > 0.0 {
            equity.market_value += self.mark_speed * (equity.fundamental - equity.market_value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spare_cash_by_hand() {
        let treasury = Treasury { cash: 10.0, policy_money: 1.0, ..Treasury::default() };
        assert!((spare_cash(&treasury, 8.0, 0.25) - 3.0).abs() < 1e-12);
        assert_eq!(spare_cash(&treasury, 40.0, 0.25), 0.0);
    }

    #[test]
    fn value_by_hand() {
        let market = CapitalMarket { discount_rate: 0.09, long_growth: 0.04, ..CapitalMarket::default() };
        assert!((fundamental_value(&market, 10.0, 5.0, 0.0, 0.0) - 100.0).abs() < 1e-9);
        assert!((fundamental_value(&market, 10.0, -5.0, 0.0, 3.0) - 9.0).abs() < 1e-9);
        assert!(fundamental_value(&market, 10.0, 5.0, 0.1, 0.0) > 100.0);
    }

    #[test]
    fn earnings_that_may_not_count_never_do() {
        let market = CapitalMarket { discount_rate: 0.09, long_growth: 0.04, ..CapitalMarket::default() };
        for step in 0..4000 {
            let earnings = 0.002 * f64::from(step % 50);
            let edge = 0.02 * f64::from(step / 50 - 40);
            if !earnings_may_count(&market, greatest_growth(&market), 1.0, earnings, edge) {
                for size in [0.4, 1.0, 4.0] {
                    assert_eq!(fundamental_value(&market, 1.0, earnings, edge * size, 0.5), fundamental_value(&market, 1.0, 0.0, 0.0, 0.5));
                }
            }
        }
    }
}

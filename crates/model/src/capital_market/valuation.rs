//! Fundamental value of equity.

use crate::accounts::Economy;
use crate::enterprise::{Equity, Identity, Operation, Pipeline, Plant, Position, Treasury, mobilities};
use crate::markets::{SectorState, Sectors};
use crate::math;
use crate::parallel::BATCH;
use crate::parameters::{CapitalMarket, Parameters};
use crate::world::Calendar;

/// Log of the growth that an edge promises: `h g`, with `g` the yearly growth relative to the sector, for `h` years.
pub fn promised_growth(market: &CapitalMarket, relative_growth: f64) -> f64 {
    market.edge_years * relative_growth.clamp(-0.15, 0.3)
}

/// Fundamental value: `V = max(0.6 book, earnings · growth / (r_e − g_e)) + value of projects`,
/// with the growth relative to the sector that today's edge promises (`exp` of [`promised_growth`]).
pub fn fundamental_value(market: &CapitalMarket, book: f64, earnings: f64, growth: f64, projects: f64) -> f64 {
    let going = earnings.max(0.0) * growth / (market.discount_rate - market.long_growth).max(0.01);
    (0.6 * book).max(going).max(0.0) + projects
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
    /// Marks of venture-backed enterprises follow value slowly.
    mark_speed: f64,
}

impl<'a> Appraiser<'a> {
    pub(super) fn new(parameters: &'a Parameters, calendar: &'a Calendar, sectors: &'a Sectors, economy: &Economy) -> Self {
        let mark_speed = math::smoothing(calendar.ticks_per_year(), 2.0);
        Self { parameters, calendar, sectors, capital_price: economy.capital_price, mark_speed }
    }

    /// What the edges of some enterprises promise: by how much earnings will have grown relative to the sector. Those that exist no more
    /// are passed over.
    pub(super) fn growth(&self, who: &[Identity], position: &[Position]) -> [f64; BATCH] {
        let market = &self.parameters.market;
        let (mut edges, mut mobility) = ([0.0; BATCH], [1.0; BATCH]);
        for (at, (who, position)) in who.iter().zip(position).enumerate().filter(|(_, (who, _))| who.exists()) {
            let state = &self.sectors[who.sector as usize];
            let buyers_spread = market.diversification * position.share;
            edges[at] = market.selection * (position.competitiveness - buyers_spread - state.competitiveness);
            mobility[at] = position.share * state.count;
        }
        mobilities(market, &mut mobility[..who.len()]);
        let mut growth = std::array::from_fn(|at| promised_growth(&self.parameters.capital_market, edges[at] * mobility[at]));
        math::exp_all(&mut growth[..who.len()]);
        growth
    }

    /// Values the equity of an enterprise, with the growth that its edge promises.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline]
    pub(super) fn value(
        &self,
        who: &Identity,
        growth: f64,
        operation: &Operation,
        plant: &Plant,
        treasury: &Treasury,
        pipeline: &Pipeline,
        equity: &mut Equity,
        fund_share: f64,
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
        // Projects under way: years of quasi-rent on value added, times the odds of conversion.
        let projects = pipeline.expected_edge * (parameters.technology.project_value_years * operation.value_added.max(0.0) * per_year);
        equity.fundamental = fundamental_value(market, book, earnings, growth, projects) + spare;
        if !who.listed && fund_share > 0.0 {
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
        assert!((fundamental_value(&market, 10.0, 5.0, 1.0, 0.0) - 100.0).abs() < 1e-9);
        assert!((fundamental_value(&market, 10.0, -5.0, 1.0, 3.0) - 9.0).abs() < 1e-9);
        assert!((fundamental_value(&market, 10.0, 5.0, 1.5, 0.0) - 150.0).abs() < 1e-9);
    }

    #[test]
    fn an_edge_promises_growth_within_bounds() {
        let market = CapitalMarket { edge_years: 5.0, ..CapitalMarket::default() };
        assert!((promised_growth(&market, 0.1) - 0.5).abs() < 1e-12);
        assert_eq!([promised_growth(&market, 2.0), promised_growth(&market, -2.0)], [1.5, -0.75]);
    }
}

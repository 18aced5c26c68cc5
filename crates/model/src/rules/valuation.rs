//! Fundamental value of equity.

use crate::mechanisms::competition::mobilities;
use crate::parameters::{CapitalMarket, Market, Parameters};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use tripath_engine::math;

/// Log of the growth that an edge promises: `h g`, with `g` the yearly growth relative to the sector, for `h` years.
#[inline(always)]
pub fn promised_growth(edge_years: f64, relative_growth: f64) -> f64 {
    edge_years * relative_growth.clamp(-0.15, 0.3)
}

/// Earnings over value that investors ask for: `r_e − g_e`, floored.
fn required_yield(market: &CapitalMarket) -> f64 {
    (market.discount_rate - market.long_growth).max(0.01)
}

/// Fundamental value: `V = max(0.6 book, earnings · growth / (r_e − g_e)) + value of projects`,
/// with the growth relative to the sector that today's edge promises (`exp` of [`promised_growth`]).
#[inline(always)]
pub fn fundamental_value(required_yield: f64, book: f64, earnings: f64, growth: f64, projects: f64) -> f64 {
    let going = earnings.max(0.0) * growth / required_yield;
    (0.6 * book).max(going).max(0.0) + projects
}

/// Cash beyond three buffers of costs: it is not needed, will be paid out, and counts in full on top of what the business is worth.
#[inline(always)]
fn spare_cash(cash: f64, policy_money: f64, annual_costs: f64, buffer_years: f64) -> f64 {
    (cash - policy_money - 3.0 * buffer_years * annual_costs.max(0.0)).max(0.0)
}

/// Earnings that investors count: smoothed profit, and for the young the sector's margin on sales.
#[inline(always)]
fn counted_earnings(earnings: f64, annual_sales: f64, profit_share: f64, age_years: f64) -> f64 {
    let usual = profit_share.max(0.01) * annual_sales;
    let weight = (age_years / 6.0).clamp(0.0, 1.0);
    (weight * earnings + (1.0 - weight) * usual.max(earnings)).max(0.0)
}

/// What investors see of an enterprise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Appearance {
    /// By how much its edge promises that earnings will have grown relative to the sector.
    pub(crate) growth: f64,
    pub(crate) cash: f64,
    pub(crate) policy_money: f64,
    pub(crate) debt: f64,
    pub(crate) capital: f64,
    /// Annual net profit, averaged.
    pub(crate) earnings: f64,
    pub(crate) annual_costs: f64,
    pub(crate) annual_sales: f64,
    /// Value added of the tick.
    pub(crate) value_added: f64,
    /// Profit over sales in its sector.
    pub(crate) profit_share: f64,
    pub(crate) age_years: f64,
    /// Expected edge of all projects under way.
    pub(crate) expected_edge: f64,
}

/// How investors value equity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Appraiser {
    required_yield: f64,
    buffer_years: f64,
    capital_price: f64,
    project_value_years: f64,
    per_year: f64,
    edge_years: f64,
}

impl Appraiser {
    pub(crate) fn new(parameters: &Parameters, calendar: &Calendar, economy: &Economy) -> Self {
        Self {
            required_yield: required_yield(&parameters.capital_market),
            buffer_years: parameters.investment.cash_buffer_years,
            capital_price: economy.capital_price,
            project_value_years: parameters.technology.project_value_years,
            per_year: calendar.ticks_per_year(),
            edge_years: parameters.capital_market.edge_years,
        }
    }

    /// What edges promise, in place: takes the edges, in log points a year, and their enterprises' relative sizes, and leaves in the former
    /// by how much earnings will have grown relative to the sector.
    pub(crate) fn growth(&self, market: &Market, edges: &mut [f64], relative_sizes: &mut [f64]) {
        mobilities(market, relative_sizes);
        for (edge, mobility) in edges.iter_mut().zip(relative_sizes) {
            *edge = promised_growth(self.edge_years, *edge * *mobility);
        }
        math::exp_all(edges);
    }

    /// Fundamental value of an enterprise.
    #[inline(always)]
    pub(crate) fn value(&self, seen: Appearance) -> f64 {
        let spare = spare_cash(seen.cash, seen.policy_money, seen.annual_costs, self.buffer_years);
        let book = seen.cash + seen.capital * self.capital_price - seen.debt - spare;
        let earnings = counted_earnings(seen.earnings, seen.annual_sales, seen.profit_share, seen.age_years);
        // Projects under way: years of quasi-rent on value added, times the odds of conversion.
        let projects = seen.expected_edge * (self.project_value_years * seen.value_added.max(0.0) * self.per_year);
        fundamental_value(self.required_yield, book, earnings, seen.growth, projects) + spare
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spare_cash_by_hand() {
        assert!((spare_cash(10.0, 1.0, 8.0, 0.25) - 3.0).abs() < 1e-12);
        assert_eq!(spare_cash(10.0, 1.0, 40.0, 0.25), 0.0);
    }

    #[test]
    fn value_by_hand() {
        let market = CapitalMarket { discount_rate: 0.09, long_growth: 0.04, ..CapitalMarket::default() };
        let required = required_yield(&market);
        assert!((fundamental_value(required, 10.0, 5.0, 1.0, 0.0) - 100.0).abs() < 1e-9);
        assert!((fundamental_value(required, 10.0, -5.0, 1.0, 3.0) - 9.0).abs() < 1e-9);
        assert!((fundamental_value(required, 10.0, 5.0, 1.5, 0.0) - 150.0).abs() < 1e-9);
    }

    #[test]
    fn an_edge_promises_growth_within_bounds() {
        assert!((promised_growth(5.0, 0.1) - 0.5).abs() < 1e-12);
        assert_eq!([promised_growth(5.0, 2.0), promised_growth(5.0, -2.0)], [1.5, -0.75]);
    }
}

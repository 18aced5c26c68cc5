//! Fundamental values of enterprises, one by one.

use crate::parameters::{Market, Parameters};
use crate::rules::market_share::mobilities;
use crate::rules::valuation::{counted_earnings, fundamental_value, promised_growth, required_yield, spare_cash};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use tripath_engine::math;

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
    fn an_enterprise_by_hand() {
        let mut parameters = Parameters::default();
        (parameters.capital_market.discount_rate, parameters.capital_market.long_growth) = (0.09, 0.04);
        (parameters.investment.cash_buffer_years, parameters.technology.project_value_years) = (0.25, 6.0);
        parameters.capital_market.edge_years = 2.0;
        parameters.market.size_scaling = 0.5;
        let calendar = Calendar::new(&parameters, 1);
        let appraiser = Appraiser::new(&parameters, &calendar, &Economy { capital_price: 2.0, ..Economy::default() });
        let seen = Appearance {
            growth: 1.5,
            cash: 20.0,
            policy_money: 1.0,
            debt: 30.0,
            capital: 50.0,
            earnings: 4.0,
            annual_costs: 16.0,
            annual_sales: 40.0,
            value_added: 5.0,
            profit_share: 0.05,
            age_years: 3.0,
            expected_edge: 0.1,
        };
        // Three buffers are 12 of the 19 that are not earmarked: 7 to spare. Half young, it is thought to earn half of the greater of 4 and 2, and half of 4: times
        // 1.5 over a yield of 5 %. Projects: a tenth of 6 years of 20.
        assert!((appraiser.value(seen) - (4.0 * 1.5 / 0.05 + 12.0 + 7.0)).abs() < 1e-9);
        // Who earns nothing is worth three fifths of its books: 20 + 100 − 30 − 7. A young one is counted on for 5 % of sales.
        let idle = Appearance { earnings: -1.0, age_years: 9.0, ..seen };
        assert!((appraiser.value(idle) - (0.6 * 83.0 + 12.0 + 7.0)).abs() < 1e-9);
        let young = Appearance { earnings: -1.0, age_years: 0.0, ..seen };
        assert!((appraiser.value(young) - (2.0 * 1.5 / 0.05 + 12.0 + 7.0)).abs() < 1e-9);
        // A quarter of the mean's size, and so twice as mobile: an edge of 0.05 a year is 0.1, for two years.
        let (mut edges, mut sizes) = ([0.05], [0.25]);
        appraiser.growth(&parameters.market, &mut edges, &mut sizes);
        assert!((edges[0] - math::exp(0.2)).abs() < 1e-6);
    }
}

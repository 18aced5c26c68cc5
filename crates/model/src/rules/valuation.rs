//! Fundamental value of equity.

use crate::parameters::CapitalMarket;

/// Log of the growth that an edge promises: `h g`, with `g` the yearly growth relative to the sector, for `h` years.
#[inline(always)]
pub fn promised_growth(edge_years: f64, relative_growth: f64) -> f64 {
    edge_years * relative_growth.clamp(-0.15, 0.3)
}

/// Earnings over value that investors ask for: `r_e − g_e`, floored.
pub(crate) fn required_yield(market: &CapitalMarket) -> f64 {
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
pub(crate) fn spare_cash(cash: f64, policy_money: f64, annual_costs: f64, buffer_years: f64) -> f64 {
    (cash - policy_money - 3.0 * buffer_years * annual_costs.max(0.0)).max(0.0)
}

/// Earnings that investors count: smoothed profit, and for the young the sector's margin on sales.
#[inline(always)]
pub(crate) fn counted_earnings(earnings: f64, annual_sales: f64, profit_share: f64, age_years: f64) -> f64 {
    let usual = profit_share.max(0.01) * annual_sales;
    let weight = (age_years / 6.0).clamp(0.0, 1.0);
    (weight * earnings + (1.0 - weight) * usual.max(earnings)).max(0.0)
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

//! Credit: what enterprises ask banks for.

use crate::parameters::Parameters;
use crate::state::enterprise::Treasury;

/// Loan an enterprise asks for: outlay and overdraft beyond free cash, within its collateral.
///
/// `min(outlay − free cash, c (capital + outlay) − debt)`, at least 0.
#[inline(always)]
pub fn loan_request(outlay: f64, free_cash: f64, collateral_share: f64, capital_value: f64, debt: f64) -> f64 {
    (outlay - free_cash).min(collateral_share * (capital_value + outlay) - debt).max(0.0)
}

/// What of their cash enterprises may spend, by what all have in common in a tick.
#[derive(Debug, Clone, Copy)]
pub struct Spending {
    /// Part of a round's money that is for R&D.
    rd_use: f64,
    /// Costs that cash is kept for, years.
    buffer_years: f64,
    per_year: f64,
    pub(crate) capital_price: f64,
}

impl Spending {
    /// As it is in this tick.
    pub fn new(parameters: &Parameters, per_year: f64, capital_price: f64) -> Self {
        Self { rd_use: parameters.venture.rd_use, buffer_years: parameters.investment.cash_buffer_years, per_year, capital_price }
    }

    /// Cash beyond what is earmarked.
    #[inline(always)]
    pub fn unmarked(&self, treasury: &Treasury) -> f64 {
        treasury.cash - (treasury.policy_money + treasury.capital_money * self.rd_use)
    }

    /// Unmarked cash beyond a buffer of costs, from the costs of a tick ([`Operation::costs`](crate::state::enterprise::Operation::costs)).
    #[inline(always)]
    pub(crate) fn free_cash(&self, unmarked: f64, costs: f64) -> f64 {
        unmarked - self.buffer_years * (costs * self.per_year)
    }

    /// Investment that an enterprise can pay for, units: spending on capital may use half of the cash buffer.
    #[inline(always)]
    pub fn payable_investment(&self, unmarked: f64, costs: f64) -> f64 {
        let buffer = 0.5 * self.buffer_years * (costs * self.per_year);
        ((self.free_cash(unmarked, costs) + buffer) / self.capital_price).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_by_hand() {
        assert_eq!(loan_request(10.0, 4.0, 0.75, 100.0, 50.0), 6.0);
        // Within collateral: 0.75 × 110 − 80 = 2.5.
        assert_eq!(loan_request(10.0, 4.0, 0.75, 100.0, 80.0), 2.5);
        assert_eq!(loan_request(10.0, 40.0, 0.75, 100.0, 0.0), 0.0);
        assert_eq!(loan_request(0.0, -5.0, 0.75, 100.0, 0.0), 5.0);
    }
}

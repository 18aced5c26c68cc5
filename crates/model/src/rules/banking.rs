//! Banks: room for new loans, the rate on loans, dividends.

use crate::parameters::{Banking, Parameters};
use crate::state::accounts::Ledger;

/// Own funds over loans above which a bank pays out what it earns: `max(capital target, 1.3/leverage limit)`, so that what owners take leaves room to lend.
pub fn payout_target(banking: &Banking) -> f64 {
    banking.capital_target.max(1.3 / banking.leverage_limit)
}

/// What a bank may yet lend, whatever for: `leverage_limit × own funds − loans`, at least 0.
pub fn room(banking: &Banking, ledger: &Ledger, bank: usize) -> f64 {
    (banking.leverage_limit * ledger.own_funds(bank) - ledger.loans(bank)).max(0.0)
}

/// Rate on a new loan of usual leverage: what it costs an enterprise to pay for fixed capital with a loan.
pub fn usual_loan_rate(parameters: &Parameters, effective_rate: f64, expected_loss: f64) -> f64 {
    let banking = &parameters.banking;
    effective_rate + banking.base_spread + banking.leverage_spread * parameters.investment.loan_share + expected_loss
}

/// Parts of a bank's dividend that go to the state, until what it paid for a rescue is back, and to the owners.
pub(crate) fn divide_dividend(dividend: f64, owed: f64) -> (f64, f64) {
    let to_state = dividend.min(owed);
    (to_state, dividend - to_state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::accounts::Account;

    #[test]
    fn room_by_hand() {
        let banking = Banking { leverage_limit: 10.0, ..Banking::default() };
        let mut ledger = Ledger::new(1, 2);
        // Own funds of 5 carry loans of 50: 20 are lent. Lending takes room and no own funds.
        ledger.endow(Account::Bank(1), 5.0);
        let (mut cash, mut debt) = (0.0, 0.0);
        ledger.book().lend(1, &mut cash, &mut debt, 20.0);
        assert!((room(&banking, &ledger, 1) - 30.0).abs() < 1e-12);
        // Own funds of 1 would carry 10.
        ledger.book().write_off(1, &mut debt, 4.0);
        assert!((room(&banking, &ledger, 1) - 0.0).abs() < 1e-12);
        assert_eq!(room(&banking, &ledger, 0), 0.0);
    }

    #[test]
    fn a_rescue_costs_the_owners() {
        assert_eq!(divide_dividend(5.0, 0.0), (0.0, 5.0));
        assert_eq!(divide_dividend(5.0, 3.0), (3.0, 2.0));
        assert_eq!(divide_dividend(5.0, 30.0), (5.0, 0.0));
    }

    #[test]
    fn dividends_leave_room_to_lend() {
        let banking = |limit| Banking { capital_target: 0.1, leverage_limit: limit, ..Banking::default() };
        assert!((payout_target(&banking(26.0)) - 0.1).abs() < 1e-12);
        // A limit of ten times own funds: with 0.13 of loans as own funds a third more can be lent.
        assert!((payout_target(&banking(10.0)) - 0.13).abs() < 1e-12);
    }
}

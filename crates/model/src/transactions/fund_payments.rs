//! Payments between a fund, its partners and its managers.

use crate::kinds::FlowKind;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::venture::Fund;

impl Fund {
    /// Calls a management fee and pays it to the managers.
    pub fn charge(&mut self, ledger: &mut Ledger, calendar: &Calendar, fee: f64) {
        self.call(ledger, calendar, fee);
        ledger.pay(FlowKind::ManagementFees, End::Fund(&mut self.cash), End::Of(Account::Households), fee);
        self.fees += fee;
    }

    /// Calls capital from limited partners.
    pub fn call(&mut self, ledger: &mut Ledger, calendar: &Calendar, amount: f64) {
        let public = amount * self.public_share;
        ledger.pay(FlowKind::CapitalCalls, End::Of(self.government()), End::Fund(&mut self.cash), public);
        if let Some(mandate) = &mut self.mandate {
            mandate.called += public;
        }
        ledger.pay(FlowKind::CapitalCalls, End::Of(Account::Households), End::Fund(&mut self.cash), amount - public);
        self.paid_in += amount;
        self.remember(calendar, -amount);
    }

    /// Distributes all cash: limited partners first get back what they paid in, of gains the managers keep the carry. Returns what they keep.
    pub fn distribute(&mut self, ledger: &mut Ledger, calendar: &Calendar, carry: f64) -> f64 {
        let amount = self.cash;
        if amount <= 0.0 {
            return 0.0;
        }
        let returned = amount.min((self.paid_in - self.distributed).max(0.0));
        let managers = carry * (amount - returned);
        let partners = amount - managers;
        ledger.pay(FlowKind::CarriedInterest, End::Fund(&mut self.cash), End::Of(Account::Households), managers);
        let public = partners * self.public_share;
        let government = self.government();
        ledger.pay(FlowKind::Distributions, End::Fund(&mut self.cash), End::Of(government), public);
        ledger.pay(FlowKind::Distributions, End::Fund(&mut self.cash), End::Of(Account::Households), partners - public);
        // Rounding leaves nothing behind.
        self.cash = 0.0;
        self.distributed += partners;
        self.remember(calendar, partners);
        managers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Venture;
    use crate::rules::funds::reserved_for_fees;
    use crate::worked::{calendar, stake};

    #[test]
    fn fees_of_a_life_by_hand() {
        // 2 % of 1,100 for five years, then of what is at work, at most 900: 110 and 90.
        let venture = Venture { fee: 0.02, life_years: 10.0, investment_years: 5.0, ..Venture::default() };
        let mut fund = Fund::vacant(0);
        fund.close(&venture, 1, 0, 1100.0, 0.0);
        assert!((fund.fee_reserve - 200.0).abs() < 1e-9);
        assert!((fund.uncalled() - 900.0).abs() < 1e-9);
        fund.invest(stake(7, 900.0));
        let mut ledger = Ledger::new(1, 1);
        for tick in 0..40 {
            let due = fund.fee_due(&venture, &calendar(tick));
            assert!((due - if tick < 20 { 5.5 } else { 4.5 }).abs() < 1e-9, "{tick}: {due}");
            fund.charge(&mut ledger, &calendar(tick), due);
        }
        assert!((fund.fees - 200.0).abs() < 1e-9 && (fund.paid_in - 200.0).abs() < 1e-9);
        // What is reserved is all that there is for fees.
        assert!(fund.fee_due(&venture, &calendar(39)) < 1e-9);
        // A life of fees that would take more than there is takes all.
        assert_eq!(reserved_for_fees(&Venture { fee: 0.1, life_years: 30.0, investment_years: 20.0, ..venture }), 1.0);
    }
}

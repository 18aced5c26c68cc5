//! Payments of many enterprises, summed before they are booked.
//!
//! Each payment moves the enterprise's own cash at once; the ledger's side is one sum a kind and account, booked at the end of a loop. A
//! chunk of enterprises has its own batches, and they are merged in chunk order like any other sum.

use crate::parallel::Merge;

use super::ledger::{Account, End, Ledger};
use super::{FlowKind, InstitutionalSector};

/// Payments of one kind between enterprises and accounts of one type, in one direction.
#[derive(Debug, Clone)]
pub struct Batch {
    kind: FlowKind,
    to_enterprises: bool,
    account: fn(usize) -> Account,
    totals: Vec<f64>,
}

impl Batch {
    /// Payments of enterprises to `places` accounts.
    pub fn paid(kind: FlowKind, places: usize, account: fn(usize) -> Account) -> Self {
        Self { kind, to_enterprises: false, account, totals: vec![0.0; places] }
    }

    /// Payments of `places` accounts to enterprises.
    pub fn received(kind: FlowKind, places: usize, account: fn(usize) -> Account) -> Self {
        Self { kind, to_enterprises: true, account, totals: vec![0.0; places] }
    }

    /// An enterprise pays.
    #[inline]
    pub fn pay(&mut self, place: usize, cash: &mut f64, amount: f64) {
        debug_assert!(!self.to_enterprises);
        *cash -= amount;
        self.totals[place] += amount;
    }

    /// An enterprise receives.
    #[inline]
    pub fn receive(&mut self, place: usize, cash: &mut f64, amount: f64) {
        debug_assert!(self.to_enterprises);
        *cash += amount;
        self.totals[place] += amount;
    }

    /// An enterprise pays back a loan.
    #[inline]
    pub fn repay(&mut self, bank: usize, cash: &mut f64, debt: &mut f64, amount: f64) {
        debug_assert!(self.kind == FlowKind::Repayments);
        self.pay(bank, cash, amount);
        *debt -= amount;
    }

    /// Sums by account.
    pub fn totals(&self) -> &[f64] {
        &self.totals
    }

    /// Writes the sums into the ledger.
    pub fn book(&self, ledger: &mut Ledger) {
        for (place, total) in self.totals.iter().enumerate() {
            // The enterprises' own cash has moved already: what stands here for it is thrown away.
            let mut moved = 0.0;
            let account = (self.account)(place);
            if self.to_enterprises {
                ledger.pay(self.kind, End::Of(account), End::Enterprise(&mut moved), *total);
            } else {
                ledger.pay(self.kind, End::Enterprise(&mut moved), End::Of(account), *total);
            }
            if let (FlowKind::Repayments, InstitutionalSector::Banks) = (self.kind, account.sector()) {
                ledger.book().repaid(place, *total);
            }
        }
    }
}

impl Merge for Batch {
    fn merge(&mut self, other: Self) {
        debug_assert!(self.kind == other.kind && self.to_enterprises == other.to_enterprises);
        self.totals.merge(other.totals);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::InstitutionalSector as S;

    #[test]
    fn a_batch_books_what_its_payments_would() {
        let mut ledger = Ledger::new(2, 2);
        let mut debt = [0.0; 2];
        ledger.endow_loan(0, &mut debt[0], 5.0);
        ledger.endow_loan(1, &mut debt[1], 4.0);
        let mut cash = [10.0, 20.0];
        let mut one_by_one = ledger.clone();
        let (mut taxes, mut interest) =
            (Batch::paid(FlowKind::Vat, 2, Account::Local), Batch::received(FlowKind::DepositInterest, 2, Account::Bank));
        let mut repayments = Batch::paid(FlowKind::Repayments, 2, Account::Bank);
        for (row, amount) in [(0, 1.0), (1, 2.0), (1, 0.5)] {
            taxes.pay(row, &mut cash[row], amount);
            interest.receive(row, &mut cash[row], 0.25 * amount);
            repayments.repay(row, &mut cash[row], &mut debt[row], amount);
        }
        for batch in [&taxes, &interest, &repayments] {
            batch.book(&mut ledger);
        }
        let (mut cash_then, mut debt_then) = ([10.0, 20.0], [5.0, 4.0]);
        for (row, amount) in [(0, 1.0), (1, 2.0), (1, 0.5)] {
            one_by_one.pay(FlowKind::Vat, End::Enterprise(&mut cash_then[row]), End::Of(Account::Local(row)), amount);
            one_by_one.pay(FlowKind::DepositInterest, End::Of(Account::Bank(row)), End::Enterprise(&mut cash_then[row]), 0.25 * amount);
            one_by_one.book().repay(row, &mut cash_then[row], &mut debt_then[row], amount);
        }
        assert_eq!((cash, debt), (cash_then, debt_then));
        assert_eq!(ledger, one_by_one);
        assert_eq!(ledger.received(FlowKind::Vat, S::LocalGovernments), 3.5);
        assert_eq!(ledger.loans(1), 1.5);
    }
}

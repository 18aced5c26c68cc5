//! Payments of many enterprises, summed before they are booked.
//!
//! Each payment moves the enterprise's own cash at once; the ledger's side is one sum a kind and account, booked at the end of a loop. A
//! chunk of enterprises has its own batches, and they are merged in chunk order like any other sum.

use crate::kinds::{FlowKind, InstitutionalSector};
use tripath_engine::parallel::Merge;

use super::ledger::{Account, End, Ledger};

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

    /// An enterprise receives.
    #[inline]
    pub fn receive(&mut self, place: usize, cash: &mut f64, amount: f64) {
        debug_assert!(self.to_enterprises);
        *cash += amount;
        self.totals[place] += amount;
    }

    /// Enterprises side by side pay one kind after the other. What they paid is still to be added to the totals.
    #[inline(always)]
    pub fn pay_all<const KINDS: usize, const ROWS: usize>(batches: [&Self; KINDS], cash: &mut [f64; ROWS], amounts: [&[f64; ROWS]; KINDS]) {
        debug_assert!(batches.iter().all(|batch| !batch.to_enterprises));
        for row in 0..ROWS {
            let mut left = cash[row];
            for kind in 0..KINDS {
                left -= amounts[kind][row];
            }
            cash[row] = left;
        }
    }

    /// Enterprises side by side receive one kind after the other. What they received is still to be added to the totals.
    #[inline(always)]
    pub fn receive_all<const KINDS: usize, const ROWS: usize>(
        batches: [&Self; KINDS],
        cash: &mut [f64; ROWS],
        amounts: [&[f64; ROWS]; KINDS],
    ) {
        debug_assert!(batches.iter().all(|batch| batch.to_enterprises));
        for row in 0..ROWS {
            let mut held = cash[row];
            for kind in 0..KINDS {
                held += amounts[kind][row];
            }
            cash[row] = held;
        }
    }

    /// Enterprises side by side pay back loans. What they repaid is still to be added to the totals.
    #[inline(always)]
    pub fn repay_all<const ROWS: usize>(&self, cash: &mut [f64; ROWS], debt: &mut [f64; ROWS], amounts: &[f64; ROWS]) {
        debug_assert!(self.kind == FlowKind::Repayments);
        Self::pay_all([self], cash, [amounts]);
        for row in 0..ROWS {
            debt[row] -= amounts[row];
        }
    }

    /// Adds payments of enterprises, one after the other, to the total of a kind that has one account.
    #[inline(always)]
    pub fn add<const ROWS: usize>(&mut self, amounts: &[f64; ROWS]) {
        add_in_turn(&mut self.totals[0], amounts);
    }

    /// Adds payments of enterprises, one after the other, to the totals of the accounts whose places are given; where an enterprise pays
    /// more than once, one after the other.
    #[inline(always)]
    pub fn add_by_place<const TIMES: usize, const ROWS: usize>(&mut self, places: &[u16], amounts: [&[f64; ROWS]; TIMES]) {
        let totals = &mut self.totals[..];
        for row in 0..places.len().min(ROWS) {
            let total = &mut totals[places[row] as usize];
            for time in 0..TIMES {
                *total += amounts[time][row];
            }
        }
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

/// Adds amounts of enterprises to a sum, one after the other.
#[inline(always)]
pub fn add_in_turn<const ROWS: usize>(sum: &mut f64, amounts: &[f64; ROWS]) {
    let mut total = *sum;
    for amount in amounts {
        total += amount;
    }
    *sum = total;
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
    use crate::kinds::InstitutionalSector as S;

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
        let mut purchases = Batch::paid(FlowKind::Intermediate, 1, |_| Account::Goods);
        for amounts in [[1.0, 2.0], [0.0, 0.5]] {
            Batch::pay_all([&taxes, &purchases], &mut cash, [&amounts, &amounts]);
            repayments.repay_all(&mut cash, &mut debt, &amounts);
            taxes.add_by_place(&[0, 1], [&amounts]);
            repayments.add_by_place(&[0, 1], [&amounts]);
            purchases.add(&amounts);
            Batch::receive_all([&interest], &mut cash, [&amounts.map(|amount| 0.25 * amount)]);
            interest.add_by_place(&[0, 1], [&amounts.map(|amount| 0.25 * amount)]);
        }
        for batch in [&taxes, &interest, &repayments, &purchases] {
            batch.book(&mut ledger);
        }
        let (mut cash_then, mut debt_then) = ([10.0, 20.0], [5.0, 4.0]);
        for (row, amount) in [(0, 1.0), (1, 2.0), (1, 0.5)] {
            one_by_one.pay(FlowKind::Vat, End::Enterprise(&mut cash_then[row]), End::Of(Account::Local(row)), amount);
            one_by_one.pay(FlowKind::Intermediate, End::Enterprise(&mut cash_then[row]), End::Of(Account::Goods), amount);
            one_by_one.pay(FlowKind::DepositInterest, End::Of(Account::Bank(row)), End::Enterprise(&mut cash_then[row]), 0.25 * amount);
            one_by_one.book().repay(row, &mut cash_then[row], &mut debt_then[row], amount);
        }
        assert_eq!((cash, debt), (cash_then, debt_then));
        assert_eq!(ledger, one_by_one);
        assert_eq!(ledger.received(FlowKind::Vat, S::LocalGovernments), 3.5);
        assert_eq!(ledger.loans(1), 1.5);
    }
}

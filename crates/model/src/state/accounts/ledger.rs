//! The one door for money.
//!
//! Every account is a balance in a closed system: a payment lowers one and raises another by the same
//! amount, so the balances of all holders, banks and the central bank included, sum to zero for ever.
//! A bank's balance is its reserves less its deposits; the central bank's is minus the reserves it owes.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::kinds::{FlowKind, InstitutionalSector, Instrument, SECTOR_COUNT};

const CELLS: usize = SECTOR_COUNT * SECTOR_COUNT;
const STOCK_COUNT: usize = Instrument::ALL.len() * SECTOR_COUNT;

/// An account kept by the ledger itself. Enterprises, funds and think tanks carry theirs with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// All households.
    Households,
    /// The central government.
    Central,
    /// The central bank.
    CentralBank,
    /// The rest of the world.
    RestOfWorld,
    /// The goods and services account.
    Goods,
    /// What think tanks were paid together and have not yet divided.
    ThinkTanks,
    /// A local government, by region.
    Local(usize),
    /// A bank.
    Bank(usize),
}

/// Accounts before those of local governments.
const FIRST_LOCAL: usize = 6;

impl Account {
    /// Institutional sector of its holder.
    pub fn sector(self) -> InstitutionalSector {
        match self {
            Account::Households => InstitutionalSector::Households,
            Account::Central => InstitutionalSector::CentralGovernment,
            Account::CentralBank => InstitutionalSector::CentralBank,
            Account::RestOfWorld => InstitutionalSector::RestOfWorld,
            Account::Goods => InstitutionalSector::Goods,
            Account::ThinkTanks => InstitutionalSector::ThinkTanks,
            Account::Local(_) => InstitutionalSector::LocalGovernments,
            Account::Bank(_) => InstitutionalSector::Banks,
        }
    }

    fn slot(self, regions: usize) -> usize {
        match self {
            Account::Households => 0,
            Account::Central => 1,
            Account::CentralBank => 2,
            Account::RestOfWorld => 3,
            Account::Goods => 4,
            Account::ThinkTanks => 5,
            Account::Local(region) => FIRST_LOCAL + region,
            Account::Bank(bank) => FIRST_LOCAL + regions + bank,
        }
    }
}

/// One end of a payment.
pub enum End<'a> {
    /// An account of the ledger.
    Of(Account),
    /// The cash of an enterprise.
    Enterprise(&'a mut f64),
    /// The cash of a fund.
    Fund(&'a mut f64),
    /// The cash of a think tank.
    ThinkTank(&'a mut f64),
}

impl End<'_> {
    /// Index of the government at this end: 0 central, then by region.
    #[inline(always)]
    fn government(&self) -> Option<usize> {
        match self {
            End::Of(Account::Central) => Some(0),
            End::Of(Account::Local(region)) => Some(region + 1),
            _ => None,
        }
    }
}

/// A loan that stands in the books of a bank and has not yet reached the enterprise: where many are granted, memory is written in the
/// order of rows afterwards.
#[must_use = "the enterprise must receive what the bank has booked"]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Granted(f64);

impl Granted {
    /// The enterprise receives the money and owes it.
    pub fn receive(self, cash: &mut f64, debt: &mut f64) {
        *cash += self.0;
        *debt += self.0;
    }
}

/// The book of the ledger: balances and loans to date, what was paid in this tick.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Book {
    regions: usize,
    /// Kinds of payment beyond those of the standard model, as mechanisms declared them; one that nobody did joins them at its first payment.
    #[serde(skip)]
    own: Vec<FlowKind>,
    balances: Vec<f64>,
    loans: Vec<f64>,
    /// New loans of this tick, by bank.
    granted: Vec<f64>,
    flows: Vec<f64>,
    /// Changes of stocks that are no payment, by instrument and sector.
    other_changes: Vec<f64>,
    /// Receipts and payments of each kind by government, central first.
    receipts: Vec<f64>,
    payments: Vec<f64>,
    /// Reclassifications between listed and unlisted equity count as transactions that are no payment.
    reclassified: Vec<f64>,
}

impl Book {
    fn new(regions: usize, banks: usize) -> Self {
        Self {
            regions,
            own: Vec::new(),
            balances: vec![0.0; FIRST_LOCAL + regions + banks],
            loans: vec![0.0; banks],
            granted: vec![0.0; banks],
            flows: vec![0.0; FlowKind::STANDARD.len() * CELLS],
            other_changes: vec![0.0; STOCK_COUNT],
            receipts: vec![0.0; (regions + 1) * FlowKind::STANDARD.len()],
            payments: vec![0.0; (regions + 1) * FlowKind::STANDARD.len()],
            reclassified: vec![0.0; STOCK_COUNT],
        }
    }

    #[inline(always)]
    fn move_balance(&mut self, end: End<'_>, amount: f64) -> InstitutionalSector {
        match end {
            End::Of(account) => {
                self.balances[account.slot(self.regions)] += amount;
                account.sector()
            }
            End::Enterprise(cash) => {
                *cash += amount;
                InstitutionalSector::Enterprises
            }
            End::Fund(cash) => {
                *cash += amount;
                InstitutionalSector::Funds
            }
            End::ThinkTank(cash) => {
                *cash += amount;
                InstitutionalSector::ThinkTanks
            }
        }
    }

    /// Kinds that mechanisms from outside declare, in their order.
    pub(crate) fn declare(&mut self, kinds: &[FlowKind]) {
        kinds.iter().for_each(|kind| {
            self.place_to_book(*kind);
        });
    }

    /// Place of a kind in the books; none where it was never declared nor paid.
    #[inline(always)]
    fn place(&self, kind: FlowKind) -> Option<usize> {
        kind.index().or_else(|| Some(FlowKind::STANDARD.len() + self.own.iter().position(|own| *own == kind)?))
    }

    /// Place of a kind in the books, which is made where there is none.
    #[inline(always)]
    fn place_to_book(&mut self, kind: FlowKind) -> usize {
        self.place(kind).unwrap_or_else(|| self.open(kind))
    }

    #[cold]
    fn open(&mut self, kind: FlowKind) -> usize {
        self.own.push(kind);
        let kinds = FlowKind::STANDARD.len() + self.own.len();
        self.flows.resize(kinds * CELLS, 0.0);
        self.receipts.resize(kinds * (self.regions + 1), 0.0);
        self.payments.resize(kinds * (self.regions + 1), 0.0);
        kinds - 1
    }

    /// Books a payment: moves both balances and adds to the flow matrix. A negative amount is paid the other way.
    pub fn pay(&mut self, kind: FlowKind, payer: End<'_>, payee: End<'_>, amount: f64) {
        self.transfer(kind, payer, payee, amount);
    }

    /// The same for loops in which kind and ends are always of one sort, so that nothing is asked of each payment.
    #[inline(always)]
    fn transfer(&mut self, kind: FlowKind, payer: End<'_>, payee: End<'_>, amount: f64) {
        let place = self.place_to_book(kind);
        if let Some(government) = payer.government() {
            let governments = self.regions + 1;
            self.payments[place * governments + government] += amount;
        }
        if let Some(government) = payee.government() {
            let governments = self.regions + 1;
            self.receipts[place * governments + government] += amount;
        }
        let from = self.move_balance(payer, -amount);
        let to = self.move_balance(payee, amount);
        self.flows[place * CELLS + from as usize * SECTOR_COUNT + to as usize] += amount;
    }

    /// A bank grants a loan; what it is for the enterprise follows when it receives it.
    #[inline]
    pub fn grant(&mut self, bank: usize, amount: f64) -> Granted {
        let (mut cash, mut debt) = (0.0, 0.0);
        self.lend(bank, &mut cash, &mut debt, amount);
        Granted(amount)
    }

    /// A debt passes to another debtor of the same bank: it has the same loans, and nothing is paid.
    pub fn assume(&mut self, from: &mut f64, to: &mut f64) {
        *to += std::mem::take(from);
    }

    /// A bank lends to an enterprise.
    #[inline]
    pub fn lend(&mut self, bank: usize, cash: &mut f64, debt: &mut f64, amount: f64) {
        self.transfer(FlowKind::NewLoans, End::Of(Account::Bank(bank)), End::Enterprise(cash), amount);
        self.loans[bank] += amount;
        self.granted[bank] += amount;
        *debt += amount;
    }

    /// An enterprise pays back a loan.
    pub fn repay(&mut self, bank: usize, cash: &mut f64, debt: &mut f64, amount: f64) {
        self.pay(FlowKind::Repayments, End::Enterprise(cash), End::Of(Account::Bank(bank)), amount);
        self.repaid(bank, amount);
        *debt -= amount;
    }

    /// Loans of a bank fall by what was paid back.
    pub(super) fn repaid(&mut self, bank: usize, amount: f64) {
        self.loans[bank] -= amount;
    }

    /// A bank loses a loan: no payment, a change of stocks.
    pub fn write_off(&mut self, bank: usize, debt: &mut f64, amount: f64) {
        self.loans[bank] -= amount;
        *debt -= amount;
        self.revalue(Instrument::Loans, InstitutionalSector::Banks, -amount);
        self.revalue(Instrument::Loans, InstitutionalSector::Enterprises, amount);
    }

    /// A stock changes without a payment: price, depreciation, default.
    #[inline]
    pub fn revalue(&mut self, instrument: Instrument, sector: InstitutionalSector, amount: f64) {
        self.other_changes[instrument as usize * SECTOR_COUNT + sector as usize] += amount;
    }

    /// Equity moves from unlisted to listed (or back, if negative) without a payment.
    pub fn reclassify_equity(&mut self, sector: InstitutionalSector, amount: f64) {
        self.reclassified[Instrument::Listed as usize * SECTOR_COUNT + sector as usize] += amount;
        self.reclassified[Instrument::Unlisted as usize * SECTOR_COUNT + sector as usize] -= amount;
    }
}

/// All accounts that the ledger keeps, and the flows of the current tick.
#[derive(Debug, Clone, PartialEq, Resource, Serialize, Deserialize)]
pub struct Ledger {
    /// Balances and loans to date, flows and stock changes of this tick.
    book: Book,
    /// Bonds outstanding, central government first, then local ones.
    pub debts: Vec<f64>,
    /// Bonds held by households.
    pub household_bonds: f64,
    /// Bonds held by each bank.
    pub bank_bonds: Vec<f64>,
    /// Bonds held by the central bank.
    pub central_bank_bonds: f64,
}

impl Ledger {
    /// Empty books.
    pub fn new(regions: usize, banks: usize) -> Self {
        Self {
            book: Book::new(regions, banks),
            debts: vec![0.0; regions + 1],
            household_bonds: 0.0,
            bank_bonds: vec![0.0; banks],
            central_bank_bonds: 0.0,
        }
    }

    /// The book itself.
    pub fn book(&mut self) -> &mut Book {
        &mut self.book
    }

    /// Books a payment.
    pub fn pay(&mut self, kind: FlowKind, payer: End<'_>, payee: End<'_>, amount: f64) {
        self.book.pay(kind, payer, payee, amount);
    }

    /// Balance of an account.
    pub fn balance(&self, account: Account) -> f64 {
        self.book.balances[account.slot(self.book.regions)]
    }

    /// Endows an account at the start of a run, against the central bank.
    pub fn endow(&mut self, account: Account, amount: f64) {
        let regions = self.book.regions;
        self.book.balances[account.slot(regions)] += amount;
        self.book.balances[Account::CentralBank.slot(regions)] -= amount;
    }

    /// Endows a holder's own cash at the start of a run, against the central bank.
    pub fn endow_cash(&mut self, cash: &mut f64, amount: f64) {
        *cash += amount;
        self.book.balances[Account::CentralBank.slot(self.book.regions)] -= amount;
    }

    /// Books a loan that exists at the start of a run; its money is endowed elsewhere.
    pub fn endow_loan(&mut self, bank: usize, debt: &mut f64, amount: f64) {
        self.book.loans[bank] += amount;
        *debt += amount;
    }

    /// Loans of a bank.
    pub fn loans(&self, bank: usize) -> f64 {
        self.book.loans[bank]
    }

    /// New loans of a bank in this tick.
    pub fn granted(&self, bank: usize) -> f64 {
        self.book.granted[bank]
    }

    /// Number of banks.
    pub fn banks(&self) -> usize {
        self.book.loans.len()
    }

    /// Number of regions.
    pub fn regions(&self) -> usize {
        self.book.regions
    }

    /// Own funds of a bank: loans and bonds, and reserves less deposits.
    pub fn own_funds(&self, bank: usize) -> f64 {
        self.loans(bank) + self.bank_bonds[bank] + self.balance(Account::Bank(bank))
    }

    /// Bonds outstanding of all governments.
    pub fn total_debt(&self) -> f64 {
        self.debts.iter().sum()
    }

    /// Kinds of payment: those of the standard model, then those of mechanisms from outside.
    pub fn kinds(&self) -> impl Iterator<Item = FlowKind> {
        FlowKind::STANDARD.iter().chain(&self.book.own).copied()
    }

    /// Kinds of payment of mechanisms from outside.
    pub(crate) fn own_kinds(&self) -> &[FlowKind] {
        &self.book.own
    }

    /// All taxes among them, in order.
    pub fn taxes(&self) -> impl Iterator<Item = FlowKind> {
        self.kinds().filter(|kind| kind.class().is_tax())
    }

    /// A flow of this tick.
    pub fn flow(&self, kind: FlowKind, payer: InstitutionalSector, payee: InstitutionalSector) -> f64 {
        self.paid_to_each(kind, payer)[payee as usize]
    }

    /// What a sector paid of a kind in this tick, by the sector that was paid.
    pub fn paid_to_each(&self, kind: FlowKind, payer: InstitutionalSector) -> &[f64] {
        let Some(place) = self.book.place(kind) else { return &[0.0; SECTOR_COUNT] };
        &self.book.flows[place * CELLS + payer as usize * SECTOR_COUNT..][..SECTOR_COUNT]
    }

    /// All that a sector paid of a kind in this tick, whoever was paid.
    pub fn paid(&self, kind: FlowKind, payer: InstitutionalSector) -> f64 {
        self.paid_to_each(kind, payer).iter().sum()
    }

    /// All that a sector received of a kind in this tick, whoever paid.
    pub fn received(&self, kind: FlowKind, payee: InstitutionalSector) -> f64 {
        let Some(place) = self.book.place(kind) else { return 0.0 };
        self.book.flows[place * CELLS..][..CELLS].iter().skip(payee as usize).step_by(SECTOR_COUNT).sum()
    }

    /// What a government received of a kind in this tick; 0 is the central one, then by region.
    pub fn government_receipts(&self, government: usize, kind: FlowKind) -> f64 {
        self.book.place(kind).map_or(0.0, |place| self.book.receipts[place * (self.regions() + 1) + government])
    }

    /// What a government paid of a kind in this tick.
    pub fn government_payments(&self, government: usize, kind: FlowKind) -> f64 {
        self.book.place(kind).map_or(0.0, |place| self.book.payments[place * (self.regions() + 1) + government])
    }

    /// Gross flows of this tick.
    pub fn gross_flows(&self) -> f64 {
        self.book.flows.iter().map(|amount| amount.abs()).sum()
    }

    /// Stock changes of this tick that are no payment.
    pub fn other_change(&self, instrument: Instrument, sector: InstitutionalSector) -> f64 {
        self.book.other_changes[instrument as usize * SECTOR_COUNT + sector as usize]
    }

    /// Equity that changed between listed and unlisted in this tick.
    pub fn reclassified(&self, instrument: Instrument, sector: InstitutionalSector) -> f64 {
        self.book.reclassified[instrument as usize * SECTOR_COUNT + sector as usize]
    }

    /// Starts a new tick: balances stay, flows begin at zero.
    pub fn open_tick(&mut self) {
        self.book.flows.fill(0.0);
        self.book.other_changes.fill(0.0);
        self.book.granted.fill(0.0);
        self.book.receipts.fill(0.0);
        self.book.payments.fill(0.0);
        self.book.reclassified.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_moves_both_balances_and_the_matrix() {
        let mut ledger = Ledger::new(2, 1);
        let mut cash = 5.0;
        ledger.pay(FlowKind::Wages, End::Enterprise(&mut cash), End::Of(Account::Households), 2.0);
        assert_eq!(cash, 3.0);
        assert_eq!(ledger.balance(Account::Households), 2.0);
        assert_eq!(ledger.flow(FlowKind::Wages, InstitutionalSector::Enterprises, InstitutionalSector::Households), 2.0);
        assert_eq!(ledger.gross_flows(), 2.0);
    }

    #[test]
    fn lending_makes_deposits_and_leaves_own_funds() {
        let mut ledger = Ledger::new(1, 2);
        let (mut cash, mut debt) = (0.0, 0.0);
        ledger.book().lend(1, &mut cash, &mut debt, 10.0);
        assert_eq!((cash, debt, ledger.loans(1)), (10.0, 10.0, 10.0));
        assert_eq!(ledger.own_funds(1), 0.0);
        ledger.book().write_off(1, &mut debt, 4.0);
        assert_eq!(ledger.own_funds(1), -4.0);
        let mut later = ledger.clone();
        let (mut cash_later, mut debt_later) = (cash, debt);
        ledger.book().lend(1, &mut cash, &mut debt, 3.0);
        later.book().grant(1, 3.0).receive(&mut cash_later, &mut debt_later);
        assert_eq!((ledger, cash, debt), (later, cash_later, debt_later));
    }
}

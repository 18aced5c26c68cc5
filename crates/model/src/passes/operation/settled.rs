//! What enterprises settled: payments by kind and account, and sums of sectors, localities and think tanks.

use crate::kinds::FlowKind;
use crate::state::accounts::{Account, Batch, Ledger};
use crate::state::economy::Tally;
use crate::state::government::{GovernmentAccounts, ProgrammeBudgets};
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::think_tanks::ClientFees;
use tripath_engine::parallel::Merge;
use tripath_engine::{math, sums};

use super::sheet::{PLACES, Sheet};

sums! {
    /// What enterprises of a sector at work settled.
    #[derive(Clone, Copy, Default)]
    struct SectorSums {
        sales: f64 = sheet.sales[at],
        value_added: f64 = sheet.value_added[at],
        profit: f64 = sheet.profit[at],
        taxes: f64 = sheet.taxes[at],
        interest: f64 = sheet.interest[at],
        credits: f64 = sheet.credit[at],
        count: f64 = 1.0,
        /// Quasi-rents by source of funding.
        rents: [f64; 3] = sheet.rents.each_ref().map(|rents| rents[at]),
    }
    add(sheet: &Sheet, at: usize)
}

/// What a chunk of enterprises settled.
pub(super) struct Settled {
    /// Value added tax and corporate income tax to the central government, and to localities.
    central: [Batch; 2],
    local: [Batch; 2],
    loan_interest: Batch,
    deposit_interest: Batch,
    interest_subsidies: Batch,
    fees: Batch,
    repayments: Batch,
    dividends: Batch,
    buybacks: Batch,
    sums: Vec<SectorSums>,
    supported_tax: Vec<f64>,
    /// Fees by `[think tank × sectors + sector]`.
    fees_by_tank: Vec<f64>,
}

impl Settled {
    pub(super) fn nothing(regions: usize, banks: usize, sectors: usize, think_tanks: usize) -> Self {
        let central = |kind| Batch::paid(kind, 1, |_| Account::Central);
        let local = |kind| Batch::paid(kind, regions, Account::Local);
        let households = |kind| Batch::paid(kind, 1, |_| Account::Households);
        Self {
            central: [central(FlowKind::Vat), central(FlowKind::CorporateTax)],
            local: [local(FlowKind::Vat), local(FlowKind::CorporateTax)],
            loan_interest: Batch::paid(FlowKind::LoanInterest, banks, Account::Bank),
            deposit_interest: Batch::received(FlowKind::DepositInterest, banks, Account::Bank),
            interest_subsidies: Batch::received(FlowKind::InterestSubsidies, 1, |_| Account::Central),
            fees: Batch::paid(FlowKind::ThinkTankContracts, 1, |_| Account::ThinkTanks),
            repayments: Batch::paid(FlowKind::Repayments, banks, Account::Bank),
            dividends: households(FlowKind::Dividends),
            buybacks: households(FlowKind::Buybacks),
            sums: vec![SectorSums::default(); sectors],
            supported_tax: vec![0.0; regions],
            fees_by_tank: vec![0.0; think_tanks * sectors],
        }
    }

    /// Taxes, interest and fees.
    #[inline(always)]
    pub(super) fn pay_dues(&mut self, sheet: &mut Sheet) {
        let (cash, interest) = (&mut sheet.cash, &sheet.interest);
        let [(local_vat, central_vat), (local, central)] =
            [(&sheet.local_vat, &sheet.central_vat), (&sheet.local_corporate, &sheet.central_corporate)];
        Batch::pay_all(
            [&self.local[0], &self.central[0], &self.local[1], &self.central[1], &self.loan_interest],
            cash,
            [local_vat, central_vat, local, central, interest],
        );
        Batch::receive_all([&self.deposit_interest, &self.interest_subsidies], cash, [&sheet.earned, &sheet.relief]);
        Batch::pay_all([&self.fees], cash, [&sheet.fee]);
        self.central[0].add(central_vat);
        self.central[1].add(central);
        self.interest_subsidies.add(&sheet.relief);
        self.fees.add(&sheet.fee);
        self.local[0].add_by_place(&sheet.regions, [local_vat]);
        self.local[1].add_by_place(&sheet.regions, [local]);
        self.loan_interest.add_by_place(&sheet.banks, [interest]);
        self.deposit_interest.add_by_place(&sheet.banks, [&sheet.earned]);
    }

    /// What is repaid as agreed.
    #[inline(always)]
    pub(super) fn repay(&self, sheet: &mut Sheet) {
        self.repayments.repay_all(&mut sheet.cash, &mut sheet.debt, &sheet.repaid);
    }

    /// What is repaid under the covenant.
    #[inline(always)]
    pub(super) fn repay_early(&mut self, sheet: &mut Sheet) {
        self.repayments.repay_all(&mut sheet.cash, &mut sheet.debt, &sheet.repaid_early);
        self.repayments.add_by_place(&sheet.banks, [&sheet.repaid, &sheet.repaid_early]);
    }

    /// Dividends and buybacks.
    #[inline(always)]
    pub(super) fn pay_owners(&mut self, sheet: &mut Sheet) {
        let amounts = [&sheet.dividend, &sheet.buyback];
        Batch::pay_all([&self.dividends, &self.buybacks], &mut sheet.cash, amounts);
        self.dividends.add(&sheet.dividend);
        self.buybacks.add(&sheet.buyback);
    }

    /// Adds what the enterprises of a batch settled to the sums of their sectors, localities and think tanks.
    #[inline(always)]
    pub(super) fn add_up(&mut self, sheet: &Sheet) {
        let (sums, supported_tax) = (&mut self.sums[..], &mut self.supported_tax[..]);
        for at in 0..PLACES {
            supported_tax[sheet.regions[at] as usize] += sheet.supported_tax[at];
            if sheet.active[at] == 0 {
                continue;
            }
            sums[usize::from(sheet.sectors[at])].add(sheet, at);
        }
    }

    /// Adds the fees of clients to the sums of their think tanks.
    #[inline(always)]
    pub(super) fn add_fees(&mut self, sheet: &Sheet) {
        let sectors = self.sums.len();
        for at in sheet.clients() {
            self.fees_by_tank[usize::from(sheet.advisers[at]) * sectors + usize::from(sheet.sectors[at])] += sheet.fee[at];
        }
    }

    /// Writes the payments into the ledger.
    pub(super) fn book(&self, ledger: &mut Ledger) {
        let taxes = self.central.iter().chain(&self.local);
        let others = [
            &self.loan_interest,
            &self.deposit_interest,
            &self.interest_subsidies,
            &self.fees,
            &self.repayments,
            &self.dividends,
            &self.buybacks,
        ];
        for batch in taxes.chain(others) {
            batch.book(ledger);
        }
    }

    /// Tells governments, banks, think tanks and the sectors' averages what was settled.
    #[allow(clippy::too_many_arguments, reason = "all that keep sums of it")]
    pub(super) fn tell(
        self,
        years: f64,
        smooth: f64,
        client_fees: &mut ClientFees,
        programmes: &mut ProgrammeBudgets,
        governments: &mut GovernmentAccounts,
        tally: &mut Tally,
        returns: &mut Returns,
        sectors: &mut Sectors,
    ) {
        client_fees.0 = self.fees_by_tank;
        governments.tax_of_supported = self.supported_tax;
        for (bank, interest) in tally.banks.iter_mut().zip(self.loan_interest.totals()) {
            bank.interest += interest;
        }
        programmes.credits = self.sums.iter().map(|sum| sum.credits).collect();
        programmes.interest_paid = self.sums.iter().map(|sum| sum.interest).collect();
        for ((state, sum), cells) in sectors.iter_mut().zip(self.sums).zip(&mut returns.cells) {
            for (cell, rent) in cells.iter_mut().zip(sum.rents) {
                cell.industrial = rent;
            }
            state.profit_share += smooth * (math::ratio(sum.profit, sum.sales, state.profit_share) - state.profit_share);
            state.value_added_share +=
                smooth * (math::ratio(sum.value_added, sum.sales, state.value_added_share) - state.value_added_share);
            state.taxes += smooth * (sum.taxes / years - state.taxes);
            state.mean_sales = math::ratio(sum.sales, sum.count, 0.0) / years;
        }
    }
}

impl Merge for Settled {
    fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.central.iter_mut().chain(&mut self.local).zip(other.central.into_iter().chain(other.local)) {
            mine.merge(theirs);
        }
        self.loan_interest.merge(other.loan_interest);
        self.deposit_interest.merge(other.deposit_interest);
        self.interest_subsidies.merge(other.interest_subsidies);
        self.fees.merge(other.fees);
        self.repayments.merge(other.repayments);
        self.dividends.merge(other.dividends);
        self.buybacks.merge(other.buybacks);
        self.sums.merge(other.sums);
        self.supported_tax.merge(other.supported_tax);
        self.fees_by_tank.merge(other.fees_by_tank);
    }
}

//! What an enterprise owes at the end of a tick: taxes, interest, repayments, dividends.

use crate::accounts::{Account, Batch, Economy, FlowKind, Ledger, Tally};
use crate::finance::Rates;
use crate::government::{GovernmentAccounts, ProgrammeBudgets};
use crate::markets::Sectors;
use crate::math;
use crate::parallel::Merge;
use crate::parameters::{Government, Parameters};
use crate::technology::{Returns, quasi_rents};
use crate::think_tank::ClientFees;

use super::attention::path_payoffs;
use super::{Experience, Identity, Operation, Owners, Plant, TickAccount, Treasury};

/// Corporate income tax before credits, and losses left to carry forward.
///
/// Losses of earlier years reduce taxable profit; a loss of this tick adds to them.
pub fn corporate_tax(government: &Government, taxable: f64, losses: f64, high_tech: bool) -> (f64, f64) {
    if taxable <= 0.0 {
        return (0.0, if government.loss_carry_forward { losses - taxable } else { 0.0 });
    }
    let used = losses.min(taxable);
    let rate = if high_tech { government.high_tech_tax_rate.min(government.corporate_tax_rate) } else { government.corporate_tax_rate };
    (rate * (taxable - used), losses - used)
}

#[derive(Clone, Copy, Default)]
struct SectorSums {
    sales: f64,
    value_added: f64,
    profit: f64,
    taxes: f64,
    interest: f64,
    credits: f64,
    count: f64,
    /// Quasi-rents by source of funding.
    rents: [f64; 3],
}

impl Merge for SectorSums {
    fn merge(&mut self, other: Self) {
        self.sales += other.sales;
        self.value_added += other.value_added;
        self.profit += other.profit;
        self.taxes += other.taxes;
        self.interest += other.interest;
        self.credits += other.credits;
        self.count += other.count;
        self.rents.merge(other.rents);
    }
}

/// What all enterprises meet when they settle.
pub(super) struct Dues<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) economy: &'a Economy,
    pub(super) rates: &'a Rates,
    pub(super) programmes: &'a ProgrammeBudgets,
    pub(super) years: f64,
    /// Weight of the tick in averages over two years.
    pub(super) smooth: f64,
    /// Weight of the tick in the average of public money received.
    pub(super) support_weight: f64,
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

impl Dues<'_> {
    /// An enterprise pays taxes, interest, repayments and dividends, and what its paths of return paid is remembered. Returns the interest
    /// that it paid.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline]
    pub(super) fn settle(
        &self,
        who: &mut Identity,
        edge_parts: [f64; 3],
        own_rd: f64,
        plant: &Plant,
        operation: &mut Operation,
        treasury: &mut Treasury,
        account: &mut TickAccount,
        unsought: f64,
        experience: &mut Experience,
        mut owners: Option<&mut Owners>,
        settled: &mut Settled,
    ) -> f64 {
        let (years, parameters) = (self.years, self.parameters);
        let government = &parameters.government;
        let (region, bank, sector) = (who.region as usize, who.bank as usize, who.sector as usize);
        let capital_value = plant.capital * self.economy.capital_price;
        // A founding enterprise has made nothing yet; its value added and output are 0.
        let value_added = operation.value_added;
        let vat = government.vat_rate * value_added.max(0.0);
        let leverage = math::ratio(treasury.debt, capital_value, 1.0).min(1.0);
        let interest = self.rates.loan(leverage, &parameters.banking) * treasury.debt * years;
        let earned = self.rates.deposit * treasury.cash.max(0.0) * years;
        let relief = self.programmes.interest_relief(sector) * interest;
        let depreciation = capital_value * parameters.production.depreciation * years;
        // A contract pays for its research: neither costs nor earns.
        let before_tax = value_added - vat - operation.wages + account.contract - interest + earned + relief - depreciation;
        let taxable = before_tax - government.rd_super_deduction * own_rd;
        let high_tech = own_rd > government.high_tech_threshold * operation.sales;
        let (tax, losses) = corporate_tax(government, taxable, treasury.losses, high_tech);
        treasury.losses = losses;
        let credit = (government.rd_credit_rate * own_rd).min(tax);
        let corporate = tax - credit;

        for (kind, (tax, local_share)) in
            [(vat, government.local_vat_share), (corporate, government.local_corporate_share)].into_iter().enumerate()
        {
            let local = tax * local_share;
            settled.local[kind].pay(region, &mut treasury.cash, local);
            settled.central[kind].pay(0, &mut treasury.cash, tax - local);
        }
        settled.loan_interest.pay(bank, &mut treasury.cash, interest);
        settled.deposit_interest.receive(bank, &mut treasury.cash, earned);
        settled.interest_subsidies.receive(0, &mut treasury.cash, relief);
        let mut fee = 0.0;
        if who.advised {
            fee = parameters.think_tanks.client_fee * operation.wages;
            settled.fees.pay(0, &mut treasury.cash, fee);
            settled.fees_by_tank[who.adviser as usize * self.parameters.sectors.len() + sector] += fee;
        }
        operation.profit = before_tax - corporate - fee;
        account.taxes = vat + corporate;
        account.subsidies += relief + credit;
        if who.supported(government) {
            settled.supported_tax[region] += account.taxes;
        }

        let due = treasury.debt * (parameters.banking.repayment_rate * years).min(1.0);
        let repaid = due.min(treasury.cash.max(0.0));
        settled.repayments.repay(bank, &mut treasury.cash, &mut treasury.debt, repaid);
        let buffer = parameters.investment.cash_buffer_years * (operation.wages + operation.sales - value_added) / years;
        // A covenant: above it idle cash repays debt before anyone is paid a dividend.
        let spare = (treasury.cash - treasury.policy_money - treasury.capital_money - buffer).max(0.0);
        let above = (treasury.debt - parameters.banking.covenant * capital_value).max(0.0);
        settled.repayments.repay(bank, &mut treasury.cash, &mut treasury.debt, spare.min(above));

        if let Some(owners) = &mut owners {
            owners.dividends = 0.0;
        }
        // Enterprises backed by funds keep their profit; others pay out what they do not need as a buffer.
        if operation.profit > 0.0 && owners.as_ref().is_none_or(|owners| owners.fund_share <= 0.0) && who.active() {
            let idle = (treasury.cash - treasury.policy_money - treasury.capital_money - buffer).max(0.0);
            let excess = (idle - 2.0 * buffer).max(0.0) * (0.5 * years).min(1.0);
            let payout = (parameters.banking.payout * operation.profit).min(idle) + excess;
            let payout = payout.min(idle);
            let buyback = if who.listed { payout * parameters.capital_market.buyback_share } else { 0.0 };
            settled.dividends.pay(0, &mut treasury.cash, payout - buyback);
            if buyback > 0.0 {
                settled.buybacks.pay(0, &mut treasury.cash, buyback);
            }
            if let Some(owners) = owners {
                owners.bought_by_households -= buyback;
                owners.dividends = payout;
            }
        }
        treasury.bound_earmarks();
        treasury.earnings += self.smooth * (operation.profit / years - treasury.earnings);

        let rents = quasi_rents(value_added, edge_parts);
        // Tax credits, interest relief and subsidies on fixed capital (`unsought`) come without effort and speak for no path; a contract is spent
        // on its own research and leaves no money.
        let sought = account.subsidies - relief - credit - unsought - account.contract;
        who.remember_support(sought + account.contract, operation.sales, self.support_weight);
        let payoffs = path_payoffs(rents, sought, parameters.path_choice.liquidity_value);
        for (sum, payoff) in experience.payoff.iter_mut().zip(payoffs) {
            *sum += payoff;
        }
        experience.sales += operation.sales;

        if who.active() {
            let sum = &mut settled.sums[sector];
            sum.sales += operation.sales;
            sum.value_added += value_added;
            sum.profit += operation.profit;
            sum.taxes += account.taxes;
            sum.interest += interest;
            sum.credits += credit;
            sum.count += 1.0;
            for (sum, rent) in sum.rents.iter_mut().zip(rents) {
                *sum += rent;
            }
        }
        interest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_by_hand() {
        let government =
            Government { corporate_tax_rate: 0.25, high_tech_tax_rate: 0.15, loss_carry_forward: true, ..Government::default() };
        assert_eq!(corporate_tax(&government, 100.0, 0.0, false), (25.0, 0.0));
        assert_eq!(corporate_tax(&government, 100.0, 40.0, true), (9.0, 0.0));
        assert_eq!(corporate_tax(&government, -30.0, 10.0, false), (0.0, 40.0));
        let strict = Government { loss_carry_forward: false, ..government };
        assert_eq!(corporate_tax(&strict, -30.0, 0.0, false), (0.0, 0.0));
    }
}

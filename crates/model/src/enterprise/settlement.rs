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
use super::components::remembered_support;
use super::sheet::{PLACES, Sheet};

/// Rules of the corporate income tax.
#[derive(Debug, Clone, Copy)]
pub struct CorporateTax {
    rate: f64,
    high_tech_rate: f64,
    loss_carry_forward: bool,
}

impl CorporateTax {
    /// Rules in force.
    pub fn of(government: &Government) -> Self {
        let rate = government.corporate_tax_rate;
        Self { rate, high_tech_rate: government.high_tech_tax_rate.min(rate), loss_carry_forward: government.loss_carry_forward }
    }
}

/// Corporate income tax before credits, and losses left to carry forward.
///
/// Losses of earlier years reduce taxable profit; a loss of this tick adds to them.
#[inline(always)]
pub fn corporate_tax(rules: CorporateTax, taxable: f64, losses: f64, high_tech: bool) -> (f64, f64) {
    let used = losses.min(taxable);
    let rate = if high_tech { rules.high_tech_rate } else { rules.rate };
    let carried = if rules.loss_carry_forward { losses - taxable } else { 0.0 };
    if taxable <= 0.0 { (0.0, carried) } else { (rate * (taxable - used), losses - used) }
}

/// Part of earmarked money that is left: what was spent on something else is no longer earmarked, so that earmarks shrink in proportion to the
/// cash there is.
#[inline(always)]
fn kept_earmarks(earmarked: f64, cash: f64) -> f64 {
    let cash = cash.max(0.0);
    if earmarked > cash { cash / earmarked } else { 1.0 }
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
#[derive(Clone, Copy)]
pub(super) struct Dues {
    years: f64,
    capital_price: f64,
    rates: Rates,
    base_spread: f64,
    leverage_spread: f64,
    vat_rate: f64,
    local_vat_share: f64,
    corporate: CorporateTax,
    local_corporate_share: f64,
    depreciation: f64,
    super_deduction: f64,
    high_tech_threshold: f64,
    credit_rate: f64,
    client_fee: f64,
    support_threshold: f64,
    /// Part of debt that is repaid in a tick.
    repayment: f64,
    buffer_years: f64,
    covenant: f64,
    payout: f64,
    /// Part of excess cash that is paid out in a tick.
    excess: f64,
    buyback_share: f64,
    liquidity_value: f64,
    /// Weight of the tick in averages over two years.
    smooth: f64,
    /// Weight of the tick in the average of public money received.
    support_weight: f64,
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
    fn pay_dues(&mut self, sheet: &mut Sheet) {
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

    #[inline(always)]
    fn repay(&self, sheet: &mut Sheet) {
        self.repayments.repay_all(&mut sheet.cash, &mut sheet.debt, &sheet.repaid);
    }

    #[inline(always)]
    fn repay_early(&mut self, sheet: &mut Sheet) {
        self.repayments.repay_all(&mut sheet.cash, &mut sheet.debt, &sheet.repaid_early);
        self.repayments.add_by_place(&sheet.banks, [&sheet.repaid, &sheet.repaid_early]);
    }

    #[inline(always)]
    fn pay_owners(&mut self, sheet: &mut Sheet) {
        let amounts = [&sheet.dividend, &sheet.buyback];
        Batch::pay_all([&self.dividends, &self.buybacks], &mut sheet.cash, amounts);
        self.dividends.add(&sheet.dividend);
        self.buybacks.add(&sheet.buyback);
    }

    /// Adds what the enterprises of a batch settled to the sums of their sectors, localities and think tanks.
    #[inline(always)]
    fn add_up(&mut self, sheet: &Sheet) {
        let (sums, supported_tax) = (&mut self.sums[..], &mut self.supported_tax[..]);
        for at in 0..PLACES {
            supported_tax[sheet.regions[at] as usize] += sheet.supported_tax[at];
            if sheet.active[at] == 0 {
                continue;
            }
            let sum = &mut sums[sheet.sectors[at] as usize];
            sum.sales += sheet.sales[at];
            sum.value_added += sheet.value_added[at];
            sum.profit += sheet.profit[at];
            sum.taxes += sheet.taxes[at];
            sum.interest += sheet.interest[at];
            sum.credits += sheet.credit[at];
            sum.count += 1.0;
            for source in 0..3 {
                sum.rents[source] += sheet.rents[source][at];
            }
        }
    }

    /// Adds the fees of clients to the sums of their think tanks.
    #[inline(always)]
    fn add_fees(&mut self, sheet: &Sheet) {
        let sectors = self.sums.len();
        for client in sheet.clients() {
            let at = usize::from(client.at);
            self.fees_by_tank[usize::from(client.adviser) * sectors + usize::from(sheet.sectors[at])] += sheet.fee[at];
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

impl Dues {
    pub(super) fn new(parameters: &Parameters, economy: &Economy, rates: &Rates, years: f64, smooth: f64, support_weight: f64) -> Self {
        let (government, banking) = (&parameters.government, &parameters.banking);
        Self {
            years,
            capital_price: economy.capital_price,
            rates: *rates,
            base_spread: banking.base_spread,
            leverage_spread: banking.leverage_spread,
            vat_rate: government.vat_rate,
            local_vat_share: government.local_vat_share,
            corporate: CorporateTax::of(government),
            local_corporate_share: government.local_corporate_share,
            depreciation: parameters.production.depreciation,
            super_deduction: government.rd_super_deduction,
            high_tech_threshold: government.high_tech_threshold,
            credit_rate: government.rd_credit_rate,
            client_fee: parameters.think_tanks.client_fee,
            support_threshold: government.support_threshold,
            repayment: (banking.repayment_rate * years).min(1.0),
            buffer_years: parameters.investment.cash_buffer_years,
            covenant: banking.covenant,
            payout: banking.payout,
            excess: (0.5 * years).min(1.0),
            buyback_share: parameters.capital_market.buyback_share,
            liquidity_value: parameters.path_choice.liquidity_value,
            smooth,
            support_weight,
        }
    }

    /// A batch of enterprises pays taxes, interest, repayments and dividends, and learns what its paths of return paid.
    #[inline(always)]
    pub(super) fn settle(self, sheet: &mut Sheet, settled: &mut Settled) {
        self.charge(sheet);
        self.owe(sheet);
        settled.pay_dues(sheet);
        self.repay(sheet);
        settled.repay(sheet);
        self.repay_early(sheet);
        settled.repay_early(sheet);
        self.distribute(sheet);
        settled.pay_owners(sheet);
        self.remember(sheet);
        settled.add_up(sheet);
        settled.add_fees(sheet);
    }

    /// What clients owe their think tanks.
    #[inline(always)]
    fn charge(self, sheet: &mut Sheet) {
        sheet.fee = [0.0; PLACES];
        for client in 0..sheet.clients().len() {
            let at = usize::from(sheet.clients()[client].at) % PLACES;
            sheet.fee[at] = self.client_fee * sheet.wages[at];
        }
    }

    /// Taxes, interest, relief and profit.
    #[inline(always)]
    fn owe(self, sheet: &mut Sheet) {
        let years = self.years;
        for at in 0..PLACES {
            let capital_value = sheet.capital[at] * self.capital_price;
            // A founding enterprise has made nothing yet; its value added and output are 0.
            let (value_added, debt, own_rd, wages) = (sheet.value_added[at], sheet.debt[at], sheet.own_rd[at], sheet.wages[at]);
            let vat = self.vat_rate * value_added.max(0.0);
            let leverage = math::ratio(debt, capital_value, 1.0).min(1.0);
            let interest = self.rates.loan(leverage, self.base_spread, self.leverage_spread) * debt * years;
            let earned = self.rates.deposit * sheet.cash[at].max(0.0) * years;
            let relief = sheet.interest_relief[at] * interest;
            let depreciation = capital_value * self.depreciation * years;
            // A contract pays for its research: neither costs nor earns.
            let before_tax = value_added - vat - wages + sheet.contract[at] - interest + earned + relief - depreciation;
            let taxable = before_tax - self.super_deduction * own_rd;
            let high_tech = own_rd > self.high_tech_threshold * sheet.sales[at];
            let (tax, losses) = corporate_tax(self.corporate, taxable, sheet.losses[at], high_tech);
            let credit = (self.credit_rate * own_rd).min(tax);
            let corporate = tax - credit;
            let (local_vat, local_corporate) = (vat * self.local_vat_share, corporate * self.local_corporate_share);
            let taxes = vat + corporate;
            sheet.capital_value[at] = capital_value;
            sheet.interest[at] = interest;
            sheet.earned[at] = earned;
            sheet.relief[at] = relief;
            sheet.losses[at] = losses;
            sheet.credit[at] = credit;
            sheet.local_vat[at] = local_vat;
            sheet.central_vat[at] = vat - local_vat;
            sheet.local_corporate[at] = local_corporate;
            sheet.central_corporate[at] = corporate - local_corporate;
            sheet.profit[at] = before_tax - corporate - sheet.fee[at];
            sheet.taxes[at] = taxes;
            sheet.supported_tax[at] = if sheet.support[at] >= self.support_threshold { taxes } else { 0.0 };
            sheet.subsidies[at] += relief + credit;
        }
    }

    /// What is repaid as agreed, as cash allows.
    #[inline(always)]
    fn repay(self, sheet: &mut Sheet) {
        for at in 0..PLACES {
            let due = sheet.debt[at] * self.repayment;
            sheet.repaid[at] = due.min(sheet.cash[at].max(0.0));
        }
    }

    /// A covenant: above it idle cash repays debt before anyone is paid a dividend.
    #[inline(always)]
    fn repay_early(self, sheet: &mut Sheet) {
        for at in 0..PLACES {
            let buffer = self.buffer_years * (sheet.wages[at] + sheet.sales[at] - sheet.value_added[at]) / self.years;
            let spare = (sheet.cash[at] - sheet.policy_money[at] - sheet.capital_money[at] - buffer).max(0.0);
            let above = (sheet.debt[at] - self.covenant * sheet.capital_value[at]).max(0.0);
            sheet.buffer[at] = buffer;
            sheet.repaid_early[at] = spare.min(above);
        }
    }

    /// Enterprises backed by funds keep their profit; others pay out what they do not need as a buffer.
    #[inline(always)]
    fn distribute(self, sheet: &mut Sheet) {
        for at in 0..PLACES {
            let (profit, buffer) = (sheet.profit[at], sheet.buffer[at]);
            let idle = (sheet.cash[at] - sheet.policy_money[at] - sheet.capital_money[at] - buffer).max(0.0);
            let excess = (idle - 2.0 * buffer).max(0.0) * self.excess;
            let wanted = ((self.payout * profit).min(idle) + excess).min(idle);
            let pays = (profit > 0.0) & (sheet.backed[at] == 0) & (sheet.active[at] != 0);
            let payout = if pays { wanted } else { 0.0 };
            let buyback = if sheet.listed[at] != 0 { payout * self.buyback_share } else { 0.0 };
            sheet.payout[at] = payout;
            sheet.dividend[at] = payout - buyback;
            sheet.buyback[at] = buyback;
        }
    }

    /// Earmarks, averages and what the paths of return paid.
    #[inline(always)]
    fn remember(self, sheet: &mut Sheet) {
        for at in 0..PLACES {
            let kept = kept_earmarks(sheet.policy_money[at] + sheet.capital_money[at], sheet.cash[at]);
            sheet.policy_money[at] *= kept;
            sheet.capital_money[at] *= kept;
            sheet.earnings[at] += self.smooth * (sheet.profit[at] / self.years - sheet.earnings[at]);
            let parts = [sheet.rents[0][at], sheet.rents[1][at], sheet.rents[2][at]];
            let rents = quasi_rents(sheet.value_added[at], parts);
            // Tax credits, interest relief and subsidies on fixed capital come without effort and speak for no path; a contract is spent
            // on its own research and leaves no money.
            let contract = sheet.contract[at];
            let sought = sheet.subsidies[at] - sheet.relief[at] - sheet.credit[at] - sheet.capital_subsidies[at] - contract;
            sheet.support[at] = remembered_support(sheet.support[at], sought + contract, sheet.sales[at], self.support_weight);
            let payoffs = path_payoffs(rents, sought, self.liquidity_value);
            for path in 0..3 {
                sheet.rents[path][at] = rents[path];
                sheet.payoffs[path][at] = payoffs[path];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_by_hand() {
        let government =
            Government { corporate_tax_rate: 0.25, high_tech_tax_rate: 0.15, loss_carry_forward: true, ..Government::default() };
        assert_eq!(corporate_tax(CorporateTax::of(&government), 100.0, 0.0, false), (25.0, 0.0));
        assert_eq!(corporate_tax(CorporateTax::of(&government), 100.0, 40.0, true), (9.0, 0.0));
        assert_eq!(corporate_tax(CorporateTax::of(&government), -30.0, 10.0, false), (0.0, 40.0));
        let strict = Government { loss_carry_forward: false, ..government };
        assert_eq!(corporate_tax(CorporateTax::of(&strict), -30.0, 0.0, false), (0.0, 0.0));
    }
}

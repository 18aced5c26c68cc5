//! What an enterprise owes at the end of a tick: taxes, interest, repayments, dividends.

use crate::parameters::Parameters;
use crate::rules::attention::path_payoffs;
use crate::rules::corporate_tax::{CorporateTax, corporate_tax};
use crate::rules::returns::quasi_rents;
use crate::state::bank::Rates;
use crate::state::decisions::Door;
use crate::state::economy::Economy;
use crate::state::enterprise::remembered_support;
use tripath_engine::math;

use super::settled::Settled;
use super::sheet::{PLACES, Sheet};

/// Part of earmarked money that is left: what was spent on something else is no longer earmarked, so that earmarks shrink in proportion to the
/// cash there is.
#[inline(always)]
fn kept_earmarks(earmarked: f64, cash: f64) -> f64 {
    let cash = cash.max(0.0);
    if earmarked > cash { cash / earmarked } else { 1.0 }
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
    pub(super) fn settle(self, sheet: &mut Sheet, settled: &mut Settled, payout: &Door, begin: usize) {
        self.charge(sheet);
        self.owe(sheet);
        settled.pay_dues(sheet);
        self.repay(sheet);
        settled.repay(sheet);
        self.repay_early(sheet);
        settled.repay_early(sheet);
        self.distribute(sheet);
        payout.through_all(begin, &mut sheet.payout);
        self.divide_payout(sheet);
        settled.pay_owners(sheet);
        self.remember(sheet);
        settled.add_up(sheet);
        settled.add_fees(sheet);
    }

    /// What clients owe their think tanks.
    #[inline(always)]
    fn charge(self, sheet: &mut Sheet) {
        sheet.fee = [0.0; PLACES];
        for at in sheet.clients() {
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
            sheet.payout[at] = if pays { wanted } else { 0.0 };
        }
    }

    /// Of what listed enterprises pay out, a part buys shares back.
    #[inline(always)]
    fn divide_payout(self, sheet: &mut Sheet) {
        for at in 0..PLACES {
            let payout = sheet.payout[at];
            let buyback = if sheet.listed[at] != 0 { payout * self.buyback_share } else { 0.0 };
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

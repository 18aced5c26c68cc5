//! What an enterprise owes at the end of a tick: taxes, interest, repayments, dividends.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Account, Economy, End, FlowKind, Ledger, Tally};
use crate::finance::Rates;
use crate::government::{GovernmentAccounts, ProgrammeBudgets};
use crate::markets::Sectors;
use crate::math;
use crate::parallel::{Merge, fold, map_chunks};
use crate::parameters::{Government, Parameters};
use crate::technology::quasi_rents;
use crate::think_tank::{ClientFees, Services};
use crate::world::Calendar;

use super::attention::path_payoffs;
use super::{Attention, Equity, Identity, Operation, Pipeline, Plant, Technology, TickAccount, Treasury};

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
    }
}

/// Pays taxes, interest, repayments and dividends.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn settle(
    mut enterprises: Query<(
        &Identity,
        &Technology,
        &Pipeline,
        &Plant,
        &mut Operation,
        &mut Treasury,
        &mut TickAccount,
        &mut Attention,
        &mut Equity,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    rates: Res<Rates>,
    services: Res<Services>,
    mut client_fees: ResMut<ClientFees>,
    mut programmes: ResMut<ProgrammeBudgets>,
    mut sectors: ResMut<Sectors>,
    mut ledger: ResMut<Ledger>,
    mut governments: ResMut<GovernmentAccounts>,
    mut tally: ResMut<Tally>,
) {
    let years = calendar.years_per_tick();
    let count = sectors.len();
    let government = &parameters.government;
    let smooth = math::smoothing(calendar.ticks_per_year(), 2.0);
    let Some((identity, technology, pipeline, plant, mut operation, mut treasury, mut account, mut attention, mut equity)) =
        crate::slices_mut!(enterprises)
    else {
        return;
    };
    let columns = (
        identity,
        technology,
        pipeline,
        plant,
        operation.bypass_change_detection(),
        treasury.bypass_change_detection(),
        account.bypass_change_detection(),
        attention.bypass_change_detection(),
        equity.bypass_change_detection(),
    );
    let book: &Ledger = &ledger;
    let relief_rates: &ProgrammeBudgets = &programmes;
    let parts = map_chunks(columns, |_, (identity, technology, pipeline, plant, operation, treasury, account, attention, equity)| {
        let mut page = book.page();
        let mut sums = vec![SectorSums::default(); count];
        let mut supported_tax = vec![0.0; book.regions()];
        let mut interest_by_bank = vec![0.0; book.banks()];
        let mut fees = vec![0.0; services.tanks.len() * count];
        for row in 0..identity.len() {
            if !identity[row].exists() {
                continue;
            }
            let who = &identity[row];
            let (operation, treasury, account) = (&mut operation[row], &mut treasury[row], &mut account[row]);
            let (region, bank) = (who.region as usize, who.bank as usize);
            let own_rd = pipeline[row].spent[0];

            let vat = government.vat_rate * operation.value_added.max(0.0) * f64::from(u8::from(who.active()));
            let leverage = math::ratio(treasury.debt, plant[row].capital * economy.capital_price, 1.0).min(1.0);
            let loan_rate = rates.loan(leverage, &parameters.banking);
            account.interest = loan_rate * treasury.debt * years;
            let earned = rates.deposit * treasury.cash.max(0.0) * years;
            let relief = relief_rates.interest_relief(who.sector as usize) * account.interest;
            let depreciation = plant[row].capital * economy.capital_price * parameters.production.depreciation * years;
            let value_added = if who.active() { operation.value_added } else { 0.0 };
            let before_tax = value_added - vat - operation.wages - account.interest + earned + relief - depreciation;
            let taxable = before_tax - government.rd_super_deduction * own_rd;
            let high_tech = own_rd > government.high_tech_threshold * operation.sales && who.active();
            let (tax, losses) = corporate_tax(government, taxable, treasury.losses, high_tech);
            treasury.losses = losses;
            let credit = (government.rd_credit_rate * own_rd).min(tax);
            let corporate = tax - credit;

            let local_vat = vat * government.local_vat_share;
            page.pay(FlowKind::Vat, End::Enterprise(&mut treasury.cash), End::Of(Account::Local(region)), local_vat);
            page.pay(FlowKind::Vat, End::Enterprise(&mut treasury.cash), End::Of(Account::Central), vat - local_vat);
            let local_corporate = corporate * government.local_corporate_share;
            page.pay(FlowKind::CorporateTax, End::Enterprise(&mut treasury.cash), End::Of(Account::Local(region)), local_corporate);
            page.pay(FlowKind::CorporateTax, End::Enterprise(&mut treasury.cash), End::Of(Account::Central), corporate - local_corporate);
            page.pay(FlowKind::LoanInterest, End::Enterprise(&mut treasury.cash), End::Of(Account::Bank(bank)), account.interest);
            page.pay(FlowKind::DepositInterest, End::Of(Account::Bank(bank)), End::Enterprise(&mut treasury.cash), earned);
            if relief > 0.0 {
                page.pay(FlowKind::InterestSubsidies, End::Of(Account::Central), End::Enterprise(&mut treasury.cash), relief);
            }
            interest_by_bank[bank] += account.interest;
            let fee = if who.advised { parameters.think_tanks.client_fee * operation.wages } else { 0.0 };
            page.pay(FlowKind::ThinkTankContracts, End::Enterprise(&mut treasury.cash), End::Of(Account::ThinkTanks), fee);
            if fee > 0.0 {
                fees[who.adviser as usize * count + who.sector as usize] += fee;
            }
            operation.profit = before_tax - corporate - fee;
            account.taxes = vat + corporate;
            account.subsidies += relief + credit;
            if who.supported {
                supported_tax[region] += account.taxes;
            }

            let due = treasury.debt * (parameters.banking.repayment_rate * years).min(1.0);
            let repaid = due.min(treasury.cash.max(0.0));
            page.repay(bank, &mut treasury.cash, &mut treasury.debt, repaid);

            let buffer = parameters.investment.cash_buffer_years * (operation.wages + operation.sales - value_added) / years;
            // A covenant: above it idle cash repays debt before anyone is paid a dividend.
            let spare = (treasury.cash - treasury.policy_money - treasury.capital_money - buffer).max(0.0);
            let above = (treasury.debt - parameters.banking.covenant * plant[row].capital * economy.capital_price).max(0.0);
            page.repay(bank, &mut treasury.cash, &mut treasury.debt, spare.min(above));

            // Enterprises backed by funds keep their profit; others pay out what they do not need as a buffer.
            if operation.profit > 0.0 && equity[row].fund_share <= 0.0 && who.active() {
                let idle = (treasury.cash - treasury.policy_money - treasury.capital_money - buffer).max(0.0);
                let excess = (idle - 2.0 * buffer).max(0.0) * (0.5 * years).min(1.0);
                let payout = (parameters.banking.payout * operation.profit).min(idle) + excess;
                let payout = payout.min(idle);
                let buyback = if who.listed { payout * parameters.capital_market.buyback_share } else { 0.0 };
                page.pay(FlowKind::Dividends, End::Enterprise(&mut treasury.cash), End::Of(Account::Households), payout - buyback);
                if buyback > 0.0 {
                    page.pay(FlowKind::Buybacks, End::Enterprise(&mut treasury.cash), End::Of(Account::Households), buyback);
                    equity[row].bought_by_households -= buyback;
                }
                account.dividends = payout;
            }
            treasury.earnings += smooth * (operation.profit / years - treasury.earnings);

            let rents = quasi_rents(value_added, technology[row].edges);
            // Tax credits and interest relief come without effort and speak for no path.
            let payoffs = path_payoffs(rents, account.subsidies - relief - credit, parameters.path_choice.liquidity_value);
            let attention = &mut attention[row];
            for (sum, payoff) in attention.payoff.iter_mut().zip(payoffs) {
                *sum += payoff;
            }
            attention.sales += operation.sales * f64::from(u8::from(who.active()));

            if who.active() {
                let sum = &mut sums[who.sector as usize];
                sum.sales += operation.sales;
                sum.value_added += value_added;
                sum.profit += operation.profit;
                sum.taxes += account.taxes;
                sum.interest += account.interest;
                sum.credits += credit;
                sum.count += 1.0;
            }
        }
        (page, Sums(sums, supported_tax, interest_by_bank, fees))
    });
    let (pages, sums): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    ledger.absorb(pages);
    let Some(Sums(sums, supported_tax, interest_by_bank, fees)) = fold(sums) else { return };
    client_fees.0 = fees;
    governments.tax_of_supported = supported_tax;
    for (bank, interest) in interest_by_bank.into_iter().enumerate() {
        tally.banks[bank].interest += interest;
    }
    programmes.credits = sums.iter().map(|sum| sum.credits).collect();
    programmes.interest_paid = sums.iter().map(|sum| sum.interest).collect();
    for (state, sum) in sectors.iter_mut().zip(sums) {
        state.profit_share += smooth * (math::ratio(sum.profit, sum.sales, state.profit_share) - state.profit_share);
        state.value_added_share += smooth * (math::ratio(sum.value_added, sum.sales, state.value_added_share) - state.value_added_share);
        state.taxes += smooth * (sum.taxes / years - state.taxes);
        let mean_sales = math::ratio(sum.sales, sum.count, 0.0) / years;
        state.mean_sales = mean_sales;
    }
}

struct Sums(Vec<SectorSums>, Vec<f64>, Vec<f64>, Vec<f64>);

impl Merge for Sums {
    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
        self.1.merge(other.1);
        self.2.merge(other.2);
        self.3.merge(other.3);
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

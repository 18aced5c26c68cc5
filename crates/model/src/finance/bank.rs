//! Banks: rates, interest among them, dividends, rescue. A bank's money is its balance in the ledger.

use bevy_ecs::prelude::{Component, Query, Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::accounts::{Account, Economy, End, FlowKind, Ledger, Tally};
use crate::enterprise::Census;
use crate::observe::{EventRow, Records};
use crate::parameters::{Banking, Parameters};
use crate::world::Calendar;

/// A bank.
#[derive(Debug, Clone, Copy, PartialEq, Component, Serialize, Deserialize)]
pub struct Bank {
    /// Its account in the ledger.
    pub index: u16,
    /// Deposits of customers at the last close.
    pub deposits: f64,
    /// Reserves at the last close.
    pub reserves: f64,
}

/// Interest rates of the tick, a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Rates {
    /// Policy rate.
    pub policy: f64,
    /// Deposits.
    pub deposit: f64,
    /// Bonds.
    pub bond: f64,
    /// Loans lost a year over loans, averaged over three years: what lenders count on.
    pub expected_loss: f64,
}

impl Rates {
    /// Rate on a loan to an enterprise of the given leverage: policy rate, spread, leverage spread, expected loss.
    #[inline(always)]
    pub fn loan(&self, leverage: f64, base_spread: f64, leverage_spread: f64) -> f64 {
        self.policy + base_spread + leverage_spread * leverage + self.expected_loss
    }
}

/// What a bank may yet lend, whatever for: `leverage_limit × own funds − loans`, at least 0.
pub fn room(banking: &Banking, ledger: &Ledger, bank: usize) -> f64 {
    (banking.leverage_limit * ledger.own_funds(bank) - ledger.loans(bank)).max(0.0)
}

/// Taylor rule: `i = r* + π + a (π − π*) + b (U* − U)`, at least 0.
pub fn taylor_rule(banking: &Banking, inflation: f64, unemployment: f64, natural: f64) -> f64 {
    let rate = banking.neutral_real_rate
        + inflation
        + banking.inflation_response * (inflation - banking.inflation_target)
        + banking.unemployment_response * (natural - unemployment);
    rate.max(0.0)
}

/// Sets the rates of the tick.
pub fn set_rates(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    ledger: Res<Ledger>,
    mut economy: ResMut<Economy>,
    mut rates: ResMut<Rates>,
) {
    let loans: f64 = (0..ledger.banks()).map(|bank| ledger.loans(bank)).sum();
    let lost = economy.loans_lost * calendar.ticks_per_year();
    let expected = crate::math::ratio(lost, loans, 0.0).min(0.2);
    let expected_loss = rates.expected_loss + crate::math::smoothing(calendar.ticks_per_year(), 3.0) * (expected - rates.expected_loss);
    let aim = taylor_rule(&parameters.banking, economy.inflation, economy.unemployment, parameters.labour.natural_unemployment);
    // Central banks move in steps: half of the gap a year.
    economy.policy_rate += (1.0 - crate::math::exp(-0.7 * calendar.years_per_tick())) * (aim - economy.policy_rate);
    *rates = Rates {
        policy: economy.policy_rate,
        deposit: (economy.policy_rate - parameters.banking.deposit_margin).max(0.0),
        bond: (economy.policy_rate + parameters.banking.bond_spread).max(0.0),
        expected_loss,
    };
}

/// Settles among banks, pays bank dividends and rescues banks whose own funds are gone.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn bank_accounts(
    banks: Query<&Bank>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    rates: Res<Rates>,
    tally: Res<Tally>,
    mut economy: ResMut<Economy>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let years = calendar.years_per_tick();
    let count = ledger.banks();
    economy.loans_lost = tally.banks.iter().map(|bank| bank.defaults).sum();
    let reserves: Vec<f64> = banks.iter().map(|bank| bank.reserves).collect();
    let base = reserves.iter().sum::<f64>() / count as f64;
    // Banks with more reserves than their part receive the policy rate from those with less. The sum is nil, so
    // it settles along the row of banks: each passes on what the banks before it are owed together.
    let mut owed = 0.0;
    for index in 0..count.saturating_sub(1) {
        owed += rates.policy * (reserves[index] - base) * years;
        ledger.pay(FlowKind::InterbankInterest, End::Of(Account::Bank(index + 1)), End::Of(Account::Bank(index)), owed);
    }
    for index in 0..count {
        let loans = ledger.loans(index);
        let own = ledger.own_funds(index);
        let target = parameters.banking.capital_target * loans;
        let wanted = 0.3 * target + 0.001 * economy.annual_output / count as f64;
        if own < 0.25 * wanted {
            // A bank without own funds is rescued: the cost lands on the central budget.
            let cost = wanted - own;
            ledger.pay(FlowKind::Rescues, End::Of(Account::Central), End::Of(Account::Bank(index)), cost);
            if calendar.recorded() {
                records.events.push(EventRow { amount: Some(cost), ..EventRow::at(&calendar, "bank_rescue", index as u64 + 1) });
            }
        } else if own > target {
            let dividend = (own - target) * (2.0 * years).min(1.0);
            ledger.pay(FlowKind::BankDividends, End::Of(Account::Bank(index)), End::Of(Account::Households), dividend);
        }
    }
}

/// Measures deposits of customers and the reserves that follow, once all payments of the tick are made.
pub fn measure_banks(mut banks: Query<&mut Bank>, census: Res<Census>, ledger: Res<Ledger>) {
    let count = ledger.banks();
    // Everyone but enterprises banks everywhere alike; accounts of the rest of the world count as claims, not deposits.
    let balances: f64 = (0..count).map(|bank| ledger.balance(Account::Bank(bank))).sum();
    let everyone = -balances - ledger.balance(Account::CentralBank);
    let others = (everyone - ledger.balance(Account::RestOfWorld) - census.deposits.iter().sum::<f64>()) / count as f64;
    for mut bank in &mut banks {
        let index = bank.index as usize;
        bank.deposits = census.deposits[index] + others;
        bank.reserves = ledger.balance(Account::Bank(index)) + bank.deposits;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn taylor_by_hand() {
        let banking = Banking::default();
        assert!((taylor_rule(&banking, 0.02, 0.055, 0.055) - 0.03).abs() < 1e-12);
        assert!((taylor_rule(&banking, 0.04, 0.055, 0.055) - 0.06).abs() < 1e-12);
        assert_eq!(taylor_rule(&banking, -0.05, 0.2, 0.055), 0.0);
    }
}

//! Banks: rates, interest among them, dividends, rescue. A bank's money is its balance in the ledger.

use bevy_ecs::prelude::{Component, Query, Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::kinds::FlowKind;
use crate::observe::{EventRow, Records};
use crate::parameters::{Banking, Parameters};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::census::Census;
use crate::state::economy::{Economy, Tally};
use tripath_engine::math;

/// A bank.
#[derive(Debug, Clone, Copy, PartialEq, Component, Serialize, Deserialize)]
pub struct Bank {
    /// Its account in the ledger.
    pub index: u16,
    /// Deposits of customers at the last close.
    pub deposits: f64,
    /// Reserves at the last close.
    pub reserves: f64,
    /// What the state paid for its rescue and has not got back: owners get nothing before.
    pub owed: f64,
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

/// Own funds over loans above which a bank pays out what it earns: `max(capital target, 1.3/leverage limit)`, so that what owners take leaves room to lend.
pub fn payout_target(banking: &Banking) -> f64 {
    banking.capital_target.max(1.3 / banking.leverage_limit)
}

/// What a bank may yet lend, whatever for: `leverage_limit × own funds − loans`, at least 0.
pub fn room(banking: &Banking, ledger: &Ledger, bank: usize) -> f64 {
    (banking.leverage_limit * ledger.own_funds(bank) - ledger.loans(bank)).max(0.0)
}

/// Taylor rule: `i = r̂* + π + a (π − π*) + b (U* − U)`, with `r̂*` the neutral real rate that the central bank believes in.
pub fn taylor_rule(banking: &Banking, neutral: f64, inflation: f64, unemployment: f64, natural: f64) -> f64 {
    neutral
        + inflation
        + banking.inflation_response * (inflation - banking.inflation_target)
        + banking.unemployment_response * (natural - unemployment)
}

/// Bounds of the neutral real rate that a central bank can come to believe in.
const NEUTRAL: (f64, f64) = (-0.06, 0.08);

/// Neutral real rate believed in after a tick: `r̂* + λ (U* − U + ω (π − π*)) Δ`, within −6 and 8 %.
///
/// Unemployment that stays above the natural rate says that the rate thought neutral is too high, inflation that stays above its target that it is
/// too low (Laubach and Williams 2003): the long-run anchors of demand and of prices. By unemployment alone any inflation would do, for the rate
/// that is right for it would come to be thought neutral.
pub fn learn_neutral(banking: &Banking, neutral: f64, inflation: f64, unemployment: f64, natural: f64, years: f64) -> f64 {
    let heat = natural - unemployment + banking.neutral_learning_prices * (inflation - banking.inflation_target);
    (neutral + banking.neutral_learning * heat * years).clamp(NEUTRAL.0, NEUTRAL.1)
}

/// Rate on a new loan of usual leverage: what it costs an enterprise to pay for fixed capital with a loan.
pub fn usual_loan_rate(parameters: &Parameters, effective_rate: f64, expected_loss: f64) -> f64 {
    let banking = &parameters.banking;
    effective_rate + banking.base_spread + banking.leverage_spread * parameters.investment.loan_share + expected_loss
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
    let expected = math::ratio(lost, loans, 0.0).min(0.2);
    let expected_loss = rates.expected_loss + math::smoothing(calendar.ticks_per_year(), 3.0) * (expected - rates.expected_loss);
    let (banking, natural, years) = (&parameters.banking, parameters.labour.natural_unemployment, calendar.years_per_tick());
    let (inflation, unemployment) = (economy.inflation, economy.unemployment);
    // At the floor the rate is not what the bank wants it to be, and unemployment says nothing of what is neutral.
    if economy.shadow_rate > banking.shadow_floor || unemployment < natural {
        economy.neutral_rate = learn_neutral(banking, economy.neutral_rate, inflation, unemployment, natural, years);
    }
    let aim = taylor_rule(banking, economy.neutral_rate, inflation, unemployment, natural);
    // Central banks move in steps: half of the gap a year.
    let step = 1.0 - math::exp(-0.7 * years);
    economy.shadow_rate = (economy.shadow_rate + step * (aim - economy.shadow_rate)).clamp(banking.shadow_floor, HIGHEST_RATE);
    economy.effective_rate = (economy.shadow_rate + banking.policy_shift).max(banking.shadow_floor);
    economy.policy_rate = economy.effective_rate.max(0.0);
    let new_loan = usual_loan_rate(&parameters, economy.effective_rate, expected_loss);
    economy.loan_rate += math::smoothing(calendar.ticks_per_year(), parameters.investment.cost_years) * (new_loan - economy.loan_rate);
    let new_bond = (economy.policy_rate + banking.bond_spread).max(0.0);
    *rates = Rates {
        policy: economy.policy_rate,
        deposit: (economy.policy_rate - banking.deposit_margin).max(0.0),
        // Bonds run for years: the mean coupon follows the rate on new ones.
        bond: rates.bond + math::smoothing(calendar.ticks_per_year(), banking.bond_years) * (new_bond - rates.bond),
        expected_loss,
    };
}

/// Rate above which no central bank goes, whatever its rule says.
const HIGHEST_RATE: f64 = 1.0;

/// Parts of a bank's dividend that go to the state, until what it paid for a rescue is back, and to the owners.
fn divide_dividend(dividend: f64, owed: f64) -> (f64, f64) {
    let to_state = dividend.min(owed);
    (to_state, dividend - to_state)
}

/// Settles among banks, pays bank dividends and rescues banks whose own funds are gone.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn bank_accounts(
    mut banks: Query<&mut Bank>,
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
    for mut bank in &mut banks {
        let index = bank.index as usize;
        let loans = ledger.loans(index);
        let own = ledger.own_funds(index);
        let target = payout_target(&parameters.banking) * loans;
        let wanted = 0.3 * target + 0.001 * economy.annual_output / count as f64;
        if own < 0.25 * wanted {
            // A bank without own funds is rescued: the cost lands on the central budget.
            let cost = wanted - own;
            ledger.pay(FlowKind::Rescues, End::Of(Account::Central), End::Of(Account::Bank(index)), cost);
            bank.owed += cost;
            if calendar.recorded() {
                records.events.push(EventRow { amount: Some(cost), ..EventRow::at(&calendar, "bank_rescue", index as u64 + 1) });
            }
        } else if own > target {
            let dividend = (own - target) * (2.0 * years).min(1.0);
            let (to_state, to_owners) = divide_dividend(dividend, bank.owed);
            bank.owed -= to_state;
            ledger.pay(FlowKind::BankDividends, End::Of(Account::Bank(index)), End::Of(Account::Central), to_state);
            ledger.pay(FlowKind::BankDividends, End::Of(Account::Bank(index)), End::Of(Account::Households), to_owners);
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
        assert!((taylor_rule(&banking, 0.01, 0.02, 0.055, 0.055) - 0.03).abs() < 1e-12);
        assert!((taylor_rule(&banking, 0.01, 0.04, 0.055, 0.055) - 0.06).abs() < 1e-12);
        let response = banking.unemployment_response;
        assert!((taylor_rule(&banking, 0.01, 0.02, 0.075, 0.055) - (0.03 - 0.02 * response)).abs() < 1e-12);
    }

    #[test]
    fn slack_says_that_the_neutral_rate_is_lower_and_inflation_that_it_is_higher() {
        let banking = Banking { neutral_learning: 0.2, neutral_learning_prices: 0.25, inflation_target: 0.02, ..Banking::default() };
        // Two points of unemployment above the natural rate for half a year: 0.2 × 0.02 × 0.5.
        assert!((learn_neutral(&banking, 0.01, 0.02, 0.075, 0.055, 0.5) - 0.008).abs() < 1e-12);
        assert!(learn_neutral(&banking, 0.01, 0.02, 0.035, 0.055, 0.5) > 0.01);
        // Four points of inflation above the target count as one of unemployment below the natural rate.
        assert!((learn_neutral(&banking, 0.01, 0.06, 0.055, 0.055, 0.5) - 0.011).abs() < 1e-12);
        assert_eq!(learn_neutral(&banking, -0.06, 0.02, 0.3, 0.055, 1.0), NEUTRAL.0);
    }

    #[test]
    fn a_rescue_costs_the_owners() {
        assert_eq!(divide_dividend(5.0, 0.0), (0.0, 5.0));
        assert_eq!(divide_dividend(5.0, 3.0), (3.0, 2.0));
        assert_eq!(divide_dividend(5.0, 30.0), (5.0, 0.0));
    }

    #[test]
    fn dividends_leave_room_to_lend() {
        let banking = |limit| Banking { capital_target: 0.1, leverage_limit: limit, ..Banking::default() };
        assert!((payout_target(&banking(26.0)) - 0.1).abs() < 1e-12);
        // A limit of ten times own funds: with 0.13 of loans as own funds a third more can be lent.
        assert!((payout_target(&banking(10.0)) - 0.13).abs() < 1e-12);
    }
}

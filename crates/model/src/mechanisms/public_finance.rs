//! Public budgets: transfers, interest, bonds, and the stance that follows debt.

use bevy_ecs::prelude::{Component, Query, Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::kinds::{FlowClass, FlowKind};
use crate::mechanisms::banking::Rates;
use crate::mechanisms::households::{gains, late_income, late_transfers};
use crate::parameters::Parameters;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use tripath_engine::math;

/// A government: the central one, or that of a region.
#[derive(Debug, Clone, Copy, PartialEq, Component, Serialize, Deserialize)]
pub struct Government {
    /// Region; `None` for the central government.
    pub region: Option<u16>,
    /// Tick of the next plan.
    pub next_plan: u32,
}

/// What governments follow besides the ledger.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct GovernmentAccounts {
    /// Taxes of enterprises that have received support, by region, in this tick.
    pub tax_of_supported: Vec<f64>,
    /// Deficit of this tick by government, central first.
    pub deficits: Vec<f64>,
}

/// Deposits that a government keeps, in years of output and people's share.
const BUFFER: f64 = 0.01;
/// Share of new bonds taken by the central bank: base money grows with debt.
const CENTRAL_BANK_SHARE: f64 = 0.08;

/// Cut of purchases: `κ (debt/output − target)`, with the target in force.
pub fn fiscal_rule(parameters: &Parameters, debt_over_output: f64, target: f64) -> f64 {
    (parameters.government.debt_response * (debt_over_output - target)).clamp(-0.2, 0.5)
}

/// How far debt has come from where cuts begin to the ceiling: `clip((d/c − a)/(1 − a), 0, 1)`.
pub fn ceiling_pressure(parameters: &Parameters, debt_over_output: f64) -> f64 {
    let policy = &parameters.government;
    ((debt_over_output / policy.debt_ceiling - policy.ceiling_start) / (1.0 - policy.ceiling_start)).clamp(0.0, 1.0)
}

/// Discretionary cut of purchases near the debt ceiling: a part by pressure, twice that where innovation is protected and purchases come first.
pub fn discretionary_cut(parameters: &Parameters, debt_over_output: f64) -> f64 {
    let burden = if parameters.government.protect_innovation { 2.0 } else { 1.0 };
    burden * parameters.government.ceiling_purchases * ceiling_pressure(parameters, debt_over_output)
}

/// Part of the programmes that is paid for, given debt.
///
/// Cut together with purchases, by the same pressure; where innovation is protected, last: from the ceiling on, where purchases can yield no
/// more, in full at `ceiling_last` times it.
pub fn austerity(parameters: &Parameters, debt_over_output: f64) -> f64 {
    let policy = &parameters.government;
    let pressure = if policy.protect_innovation {
        ((debt_over_output / policy.debt_ceiling - 1.0) / (policy.ceiling_last - 1.0)).clamp(0.0, 1.0)
    } else {
        ceiling_pressure(parameters, debt_over_output)
    };
    1.0 - policy.ceiling_programmes * pressure
}

/// Pays interest on bonds, equalises local budgets, issues and redeems bonds, trades them between holders.
pub fn public_finance(
    governments: Query<&Government>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    rates: Res<Rates>,
    mut economy: ResMut<Economy>,
    mut ledger: ResMut<Ledger>,
    mut accounts: ResMut<GovernmentAccounts>,
) {
    let years = calendar.years_per_tick();
    let account_of = |government: &Government| government.region.map_or(Account::Central, |region| Account::Local(region as usize));
    let index_of = |government: &Government| government.region.map_or(0, |region| region as usize + 1);

    for government in &governments {
        let interest = rates.bond * ledger.debts[index_of(government)] * years;
        pay_interest(&mut ledger, account_of(government), interest);
    }
    // The central bank hands its profit to the central government.
    let profit = ledger.balance(Account::CentralBank) + ledger.central_bank_bonds;
    if profit > 0.0 {
        // Interest received this tick is above the reserves it owes: its own funds return to 0.
        ledger.pay(FlowKind::CentralBankProfit, End::Of(Account::CentralBank), End::Of(Account::Central), profit);
    }
    for government in &governments {
        if let Some(region) = government.region {
            let index = index_of(government);
            let deficit = deficit(&ledger, index);
            let transfer = parameters.government.equalisation * deficit.max(0.0);
            ledger.pay(FlowKind::Transfers, End::Of(Account::Central), End::Of(Account::Local(region as usize)), transfer);
        }
    }
    accounts.deficits = (0..=ledger.regions()).map(|index| deficit(&ledger, index)).collect();
    for government in &governments {
        let share = government.region.map_or(0.5, |region| 0.5 * parameters.regions[region as usize].value.population_share);
        let target = BUFFER * economy.annual_output * share;
        finance(&mut ledger, account_of(government), index_of(government), target, parameters.households.bond_share);
    }
    trade_bonds(&mut ledger, parameters.households.bond_share, years);
    economy.late_income = late_income(&ledger);
    economy.late_transfers = late_transfers(&ledger);
    economy.late_gains = gains(&ledger);
    let debt = math::ratio(ledger.total_debt(), economy.annual_output, 0.0);
    let weight = |over: f64| math::smoothing(calendar.ticks_per_year(), over);
    let policy = &parameters.government;
    economy.debt_target += weight(policy.debt_target_years) * (policy.debt_target - economy.debt_target);
    let cut = fiscal_rule(&parameters, debt, economy.debt_target) + discretionary_cut(&parameters, debt);
    economy.fiscal_stance += weight(policy.fiscal_lag_years) * (cut - economy.fiscal_stance);
}

/// Spending less revenue of a government in this tick; bonds and units of funds are finance, not spending.
fn deficit(ledger: &Ledger, index: usize) -> f64 {
    ledger
        .kinds()
        .filter(|kind| kind.class() != FlowClass::Financial)
        .map(|kind| ledger.government_payments(index, kind) - ledger.government_receipts(index, kind))
        .sum()
}

/// Bonds held by households, banks and the central bank, over all bonds.
fn holdings(ledger: &Ledger) -> (f64, Vec<f64>, f64) {
    let total = ledger.total_debt();
    let over = |amount: f64| math::ratio(amount, total, 0.0);
    (over(ledger.household_bonds), ledger.bank_bonds.iter().map(|bonds| over(*bonds)).collect(), over(ledger.central_bank_bonds))
}

fn pay_interest(ledger: &mut Ledger, payer: Account, interest: f64) {
    let (households, banks, central_bank) = holdings(ledger);
    ledger.pay(FlowKind::BondInterest, End::Of(payer), End::Of(Account::Households), interest * households);
    for (bank, share) in banks.into_iter().enumerate() {
        ledger.pay(FlowKind::BondInterest, End::Of(payer), End::Of(Account::Bank(bank)), interest * share);
    }
    ledger.pay(FlowKind::BondInterest, End::Of(payer), End::Of(Account::CentralBank), interest * central_bank);
}

/// Brings a government's deposits to their target by issuing or redeeming bonds.
fn finance(ledger: &mut Ledger, account: Account, index: usize, target: f64, household_share: f64) {
    let gap = target - ledger.balance(account);
    if gap > 0.0 {
        let to_households = (gap * household_share).min(0.2 * ledger.balance(Account::Households).max(0.0));
        let to_central_bank = gap * CENTRAL_BANK_SHARE;
        ledger.pay(FlowKind::BondIssues, End::Of(Account::Households), End::Of(account), to_households);
        ledger.household_bonds += to_households;
        ledger.pay(FlowKind::BondIssues, End::Of(Account::CentralBank), End::Of(account), to_central_bank);
        ledger.central_bank_bonds += to_central_bank;
        let banks = ledger.banks();
        let each = (gap - to_households - to_central_bank) / banks as f64;
        for bank in 0..banks {
            ledger.pay(FlowKind::BondIssues, End::Of(Account::Bank(bank)), End::Of(account), each);
            ledger.bank_bonds[bank] += each;
        }
        ledger.debts[index] += gap;
    } else if -gap > 0.0 && ledger.debts[index] > 0.0 {
        let amount = (-gap).min(ledger.debts[index]);
        let (households, banks, central_bank) = holdings(ledger);
        ledger.pay(FlowKind::BondRedemptions, End::Of(account), End::Of(Account::Households), amount * households);
        ledger.household_bonds -= amount * households;
        for (bank, share) in banks.into_iter().enumerate() {
            ledger.pay(FlowKind::BondRedemptions, End::Of(account), End::Of(Account::Bank(bank)), amount * share);
            ledger.bank_bonds[bank] -= amount * share;
        }
        ledger.pay(FlowKind::BondRedemptions, End::Of(account), End::Of(Account::CentralBank), amount * central_bank);
        ledger.central_bank_bonds -= amount * central_bank;
        ledger.debts[index] -= amount;
    }
}

/// Households move towards their portfolio rule by trading with banks at par, a quarter of the gap a year.
fn trade_bonds(ledger: &mut Ledger, share: f64, years: f64) {
    let wealth = ledger.balance(Account::Households).max(0.0) + ledger.household_bonds;
    let held: f64 = ledger.bank_bonds.iter().sum();
    let wanted = (share * wealth - ledger.household_bonds) * (0.25 * years).min(1.0);
    // Bonds of either side may be gone, or below 0 by a rounding: then nothing is left to sell.
    let amount = wanted.min(0.5 * held.max(0.0)).max(-0.5 * ledger.household_bonds.max(0.0));
    for bank in 0..ledger.banks() {
        let part = if amount > 0.0 { math::ratio(ledger.bank_bonds[bank], held, 0.0) } else { 1.0 / ledger.banks() as f64 };
        ledger.pay(FlowKind::BondTrades, End::Of(Account::Households), End::Of(Account::Bank(bank)), amount * part);
        ledger.bank_bonds[bank] -= amount * part;
    }
    ledger.household_bonds += amount;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn households_without_bonds_sell_none() {
        // Bonds below 0 by a rounding used to make a bound above the other.
        let mut ledger = Ledger::new(1, 1);
        (ledger.household_bonds, ledger.bank_bonds[0]) = (-1e-9, -1e-9);
        trade_bonds(&mut ledger, 0.5, 1.0);
        assert_eq!((ledger.household_bonds, ledger.bank_bonds[0]), (-1e-9, -1e-9));
        // Half of what is held, at most: of 10, 5.
        (ledger.household_bonds, ledger.bank_bonds[0]) = (10.0, 0.0);
        trade_bonds(&mut ledger, 0.0, 8.0);
        assert_eq!((ledger.household_bonds, ledger.bank_bonds[0]), (5.0, 5.0));
    }

    #[test]
    fn bonds_close() {
        let mut ledger = Ledger::new(1, 2);
        ledger.endow(Account::Households, 100.0);
        finance(&mut ledger, Account::Central, 0, 10.0, 0.4);
        assert!((ledger.balance(Account::Central) - 10.0).abs() < 1e-12);
        let held = ledger.household_bonds + ledger.bank_bonds.iter().sum::<f64>() + ledger.central_bank_bonds;
        assert!((held - ledger.total_debt()).abs() < 1e-12);
        trade_bonds(&mut ledger, 0.9, 1.0);
        let held = ledger.household_bonds + ledger.bank_bonds.iter().sum::<f64>() + ledger.central_bank_bonds;
        assert!((held - ledger.total_debt()).abs() < 1e-12);
        finance(&mut ledger, Account::Central, 0, 0.0, 0.4);
        assert!(ledger.total_debt().abs() < 1e-9);
    }

    #[test]
    fn the_stance_follows_debt() {
        let parameters = Parameters::default();
        assert_eq!(fiscal_rule(&parameters, 0.7, 0.7), 0.0);
        assert!((fiscal_rule(&parameters, 0.8, 0.7) - 0.1 * parameters.government.debt_response).abs() < 1e-12);
    }

    #[test]
    fn cuts_rise_to_the_ceiling_and_innovation_comes_last() {
        let mut parameters = Parameters::default();
        let policy = &mut parameters.government;
        (policy.debt_ceiling, policy.ceiling_start, policy.ceiling_last) = (2.0, 0.9, 1.5);
        (policy.ceiling_purchases, policy.ceiling_programmes) = (0.1, 0.8);
        // Nothing at nine tenths; half way to the ceiling half of both; at it, and beyond it, all.
        let cuts = |parameters: &Parameters, debt| (discretionary_cut(parameters, debt), 1.0 - austerity(parameters, debt));
        let close = |(a, b): (f64, f64), (c, d): (f64, f64)| (a - c).abs() < 1e-12 && (b - d).abs() < 1e-12;
        assert!(close(cuts(&parameters, 1.8), (0.0, 0.0)));
        assert!(close(cuts(&parameters, 1.9), (0.05, 0.4)));
        assert!(close(cuts(&parameters, 2.0), (0.1, 0.8)) && close(cuts(&parameters, 9.0), (0.1, 0.8)));
        // Protected: purchases twice as much, programmes from the ceiling on, half of their cut at 1.25 times it.
        parameters.government.protect_innovation = true;
        assert!(close(cuts(&parameters, 1.9), (0.1, 0.0)));
        assert!(close(cuts(&parameters, 2.0), (0.2, 0.0)));
        assert!(close(cuts(&parameters, 2.5), (0.2, 0.4)) && close(cuts(&parameters, 3.0), (0.2, 0.8)));
    }
}

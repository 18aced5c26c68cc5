//! Public budgets: transfers, interest, bonds, and the stance that follows debt.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::kinds::{FlowClass, FlowKind};
use crate::parameters::Parameters;
use crate::rules::fiscal::{discretionary_cut, fiscal_rule};
use crate::rules::household_income::{gains, late_income, late_transfers};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::bank::Rates;
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::government::{Government, GovernmentAccounts};
use tripath_engine::math;

/// Deposits that a government keeps, in years of output and people's share.
const BUFFER: f64 = 0.01;

/// Share of new bonds taken by the central bank: base money grows with debt.
const CENTRAL_BANK_SHARE: f64 = 0.08;

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
}

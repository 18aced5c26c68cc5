//! Wages, people at work, and the accounts of households.

#![cfg(test)]

use super::*;
use crate::mechanisms::households::household_accounts;
use crate::mechanisms::labour_market::{measure_employment, set_wage};
use crate::state::bank::Rates;

#[test]
fn a_quarter_of_wages() {
    let mut small = Small::with(|parameters| {
        let labour = &mut parameters.labour;
        (labour.force_growth, labour.expected_inflation, labour.productivity_indexation) = (0.04, 0.02, 0.5);
        (labour.natural_unemployment, labour.unemployment_sensitivity, labour.wage_floor) = (0.05, 0.4, -0.1);
        (labour.indexation, labour.indexation_threshold) = (0.5, 0.06);
    });
    {
        let mut economy = small.set::<Economy>();
        (economy.productivity_growth, economy.unemployment) = (0.01, 0.1);
        // A rise of consumer prices by e^0.1 − 1 is one of 0.1 in logs.
        economy.inflation = 0.1f64.exp_m1();
    }
    small.run(set_wage);
    let economy = small.get::<Economy>();
    // 0.02 + ½ 0.01 + 0.4 × 0.05 × (½ − 1) + ½ × (0.1 − 0.06) = 0.035 a year; a quarter of it, and of 0.04.
    by_hand(&[("wage", economy.wage, 2.0 * 0.00875f64.exp()), ("labour force", economy.labour_force, 100.0 * 0.01f64.exp())]);
}

#[test]
fn unemployment_is_who_is_left_and_budgets_go_by_its_average() {
    let mut small = Small::with(|parameters| parameters.government.stabiliser_years = HALF_A_QUARTER);
    (small.set::<Economy>().employment, small.set::<Economy>().mean_unemployment) = (80.0, 0.06);
    small.run(measure_employment);
    let economy = small.get::<Economy>();
    by_hand(&[("unemployment", economy.unemployment, 0.2), ("its average", economy.mean_unemployment, 0.13)]);
    // Nobody works twice.
    small.set::<Economy>().employment = 120.0;
    small.run(measure_employment);
    assert_eq!(small.get::<Economy>().unemployment, 0.0);
}

#[test]
fn the_accounts_of_households() {
    let mut small = Small::with(|parameters| {
        let households = &mut parameters.households;
        households.unemployment_benefit = 0.5;
        (households.income_smoothing_years, households.capital_income_years) = (HALF_A_QUARTER, HALF_A_QUARTER);
        parameters.government.personal_tax_rate = 0.2;
    });
    small.set::<Rates>().deposit = 0.04;
    {
        let mut economy = small.set::<Economy>();
        (economy.late_income, economy.late_gains) = (3.0, 8.0);
        (economy.disposable_income, economy.capital_income) = (100.0, 20.0);
    }
    small.pay_enterprises(FlowKind::Wages, Account::Households, -40.0);
    small.pay_enterprises(FlowKind::Dividends, Account::Households, -5.0);
    small.pay(FlowKind::PublicResearch, Account::Central, Account::Households, 2.0);
    let mut fund = 1.0;
    small.set::<Ledger>().pay(FlowKind::ManagementFees, End::Fund(&mut fund), End::Of(Account::Households), 1.0);
    // Proceeds of equity are no income, though they are in the purse.
    small.pay_enterprises(FlowKind::Buybacks, Account::Households, -7.0);
    small.endow(Account::Households, 97.5);
    small.endow(Account::RestOfWorld, -50.0);
    small.run(household_accounts);
    // Ten have no work: half a wage of 2 for a quarter is 2.5, with which the purse is 100; a quarter of 4 % on it is 1, half from each bank. The rest of the
    // world owes 50 and pays 0.5 for it. Income: 3 + 40 + 5 + 2 + 1 + 1 = 52; tax on it and on gains of 8: a fifth of 60.
    let economy = small.get::<Economy>();
    by_hand(&[
        ("benefits", small.get::<Ledger>().government_payments(0, FlowKind::Benefits), 2.5),
        ("tax", small.get::<Ledger>().government_receipts(0, FlowKind::PersonalTax), 12.0),
        ("purse", small.balance(Account::Households), 97.5 + 2.5 + 1.0 - 12.0),
        ("central government", small.balance(Account::Central), -2.0 - 2.5 + 12.0),
        ("one bank", small.balance(Account::Bank(0)), -0.5 + 0.25),
        ("the other", small.balance(Account::Bank(1)), -0.5 + 0.25),
        ("rest of the world", small.balance(Account::RestOfWorld), -50.5),
        // (0.8 × 52 + 2.5) a quarter is 176.4 a year: half of the way from 100.
        ("disposable income", economy.disposable_income, 138.2),
        // 0.8 × 8 a quarter is 25.6 a year.
        ("capital income", economy.capital_income, 22.8),
    ]);
}

#[test]
fn foreign_assets_bear_no_interest_where_none_is_paid() {
    let mut small = Small::with(|parameters| parameters.trade.interest_on_foreign_assets = false);
    small.set::<Rates>().deposit = 0.04;
    small.endow(Account::RestOfWorld, -50.0);
    // Who owes more than there is in the purse pays no interest on it either.
    small.set::<Economy>().unemployment = 0.0;
    small.endow(Account::Households, -10.0);
    small.run(household_accounts);
    by_hand(&[("rest of the world", small.balance(Account::RestOfWorld), -50.0), ("purse", small.balance(Account::Households), -10.0)]);
}

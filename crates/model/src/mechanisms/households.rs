//! Households: one account that works, saves, is taxed and consumes.

use bevy_ecs::prelude::{Res, ResMut};

use crate::kinds::{FlowKind, InstitutionalSector as S};
use crate::parameters::Parameters;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::bank::Rates;
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use tripath_engine::math;

/// Kinds of payment that are income of households by the time their accounts are made, and taxed as such.
const TAXED: [FlowKind; 5] =
    [FlowKind::Wages, FlowKind::PublicResearch, FlowKind::Dividends, FlowKind::DepositInterest, FlowKind::ManagementFees];

/// Pays benefits, interest on deposits and personal income tax, and measures disposable income.
pub fn household_accounts(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    rates: Res<Rates>,
    mut economy: ResMut<Economy>,
    mut ledger: ResMut<Ledger>,
) {
    let years = calendar.years_per_tick();
    let unemployed = economy.labour_force * economy.unemployment;
    let benefits = parameters.households.unemployment_benefit * economy.wage * unemployed * years;
    ledger.pay(FlowKind::Benefits, End::Of(Account::Central), End::Of(Account::Households), benefits);
    // Households bank everywhere alike.
    let banks = ledger.banks();
    let interest = rates.deposit * ledger.balance(Account::Households).max(0.0) * years / banks as f64;
    for bank in 0..banks {
        ledger.pay(FlowKind::DepositInterest, End::Of(Account::Bank(bank)), End::Of(Account::Households), interest);
    }
    if parameters.trade.interest_on_foreign_assets {
        // A negative balance is what the rest of the world owes: then it pays.
        let interest = rates.deposit * ledger.balance(Account::RestOfWorld) * years / banks as f64;
        for bank in 0..banks {
            ledger.pay(FlowKind::DepositInterest, End::Of(Account::Bank(bank)), End::Of(Account::RestOfWorld), interest);
        }
    }
    let income = economy.late_income + TAXED.iter().map(|kind| ledger.received(*kind, S::Households)).sum::<f64>();
    let rate = parameters.government.personal_tax_rate;
    let tax = rate * (income + economy.late_gains);
    ledger.pay(FlowKind::PersonalTax, End::Of(Account::Households), End::Of(Account::Central), tax);
    let disposable = (income * (1.0 - rate) + benefits + economy.late_transfers) / years;
    let households = &parameters.households;
    let weight = |over: f64| math::smoothing(calendar.ticks_per_year(), over);
    economy.disposable_income += weight(households.income_smoothing_years) * (disposable - economy.disposable_income);
    // Gains are spent as they last: owners do not live on a good quarter.
    let gained = economy.late_gains * (1.0 - rate) / years;
    economy.capital_income += weight(households.capital_income_years) * (gained - economy.capital_income);
}

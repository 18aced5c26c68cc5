//! Households: one account that works, saves, is taxed and consumes.

use bevy_ecs::prelude::{Res, ResMut};

use crate::accounts::{Account, Economy, End, FlowKind, InstitutionalSector as S, Ledger};
use crate::finance::Rates;
use crate::math;
use crate::parameters::Parameters;
use crate::world::Calendar;

/// Kinds of payment that are income of households by the time their accounts are made, and taxed as such.
const TAXED: [FlowKind; 5] =
    [FlowKind::Wages, FlowKind::PublicResearch, FlowKind::Dividends, FlowKind::DepositInterest, FlowKind::ManagementFees];

/// Income that reaches households later in the tick: it is taxed and counted in the next.
pub fn late_income(ledger: &Ledger) -> f64 {
    let late = [FlowKind::BondInterest, FlowKind::BankDividends, FlowKind::CarriedInterest];
    late.iter().map(|kind| ledger.received(*kind, S::Households)).sum::<f64>() + ledger.flow(FlowKind::Wages, S::ThinkTanks, S::Households)
}

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
    let tax = parameters.government.personal_tax_rate * income;
    ledger.pay(FlowKind::PersonalTax, End::Of(Account::Households), End::Of(Account::Central), tax);
    let disposable = (income + benefits - tax) / years;
    economy.disposable_income +=
        math::smoothing(calendar.ticks_per_year(), parameters.households.income_smoothing_years) * (disposable - economy.disposable_income);
}

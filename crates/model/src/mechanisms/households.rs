//! Households: one account that works, saves, is taxed and consumes.

use bevy_ecs::prelude::{Res, ResMut};

use crate::kinds::{FlowClass, FlowKind, InstitutionalSector as S};
use crate::mechanisms::banking::Rates;
use crate::parameters::Parameters;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use tripath_engine::math;

/// Kinds of payment that are income of households by the time their accounts are made, and taxed as such.
const TAXED: [FlowKind; 5] =
    [FlowKind::Wages, FlowKind::PublicResearch, FlowKind::Dividends, FlowKind::DepositInterest, FlowKind::ManagementFees];

/// What households get in a tick by selling what they own, less what funds call from them: buybacks, sales of enterprises, distributions of funds.
///
/// New shares, founders' money and cash of closed enterprises change what is owned and are no income; shares that households sell to each other
/// move nothing.
pub fn gains(ledger: &Ledger) -> f64 {
    let sold = [FlowKind::Buybacks, FlowKind::Acquisitions, FlowKind::SecondarySales, FlowKind::Distributions];
    let got: f64 = sold.iter().map(|kind| ledger.received(*kind, S::Households) - ledger.paid(*kind, S::Households)).sum();
    (got - ledger.paid(FlowKind::CapitalCalls, S::Households)).max(0.0)
}

/// Income that reaches households later in the tick: it is taxed and counted in the next.
pub fn late_income(ledger: &Ledger) -> f64 {
    let late = [FlowKind::BondInterest, FlowKind::BankDividends, FlowKind::CarriedInterest];
    let own = own_kinds(ledger, |class| matches!(class, FlowClass::Compensation | FlowClass::PropertyIncome));
    late.iter().map(|kind| ledger.received(*kind, S::Households)).sum::<f64>()
        + ledger.flow(FlowKind::Wages, S::ThinkTanks, S::Households)
        + own
}

/// Transfers, subsidies and taxes of kinds from outside that households receive, less those that they pay: nobody taxes them, and they are counted in
/// the next tick.
pub fn late_transfers(ledger: &Ledger) -> f64 {
    own_kinds(ledger, |class| class.is_tax() || matches!(class, FlowClass::Transfer | FlowClass::Subsidy))
}

/// What households receive, less what they pay, of kinds of payment from outside of some classes.
fn own_kinds(ledger: &Ledger, counts: impl Fn(FlowClass) -> bool) -> f64 {
    let own = ledger.own_kinds().iter().filter(|kind| counts(kind.class()));
    own.map(|kind| ledger.received(*kind, S::Households) - ledger.paid(*kind, S::Households)).sum::<f64>() + 0.0
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

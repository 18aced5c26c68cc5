//! Income of households that a payment alone does not show.

use crate::kinds::{FlowClass, FlowKind, InstitutionalSector as S};
use crate::state::accounts::Ledger;

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

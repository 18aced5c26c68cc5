//! The closing of an enterprise's books: losses land on whoever held the claim.

use crate::kinds::{FlowKind, InstitutionalSector as S, Instrument};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::enterprise::{Identity, Owners, Plant, Treasury};

/// Closes an enterprise's books: creditors first, then owners; capital not sold is scrapped; equity is worth nothing.
/// Returns the loan lost.
pub fn close_enterprise(
    ledger: &mut Ledger,
    capital_price: f64,
    identity: &Identity,
    plant: &mut Plant,
    treasury: &mut Treasury,
    mut owners: Owners,
) -> f64 {
    let bank = identity.bank as usize;
    if treasury.cash < 0.0 {
        // An overdraft is a loan too.
        let overdraft = -treasury.cash;
        ledger.book().lend(bank, &mut treasury.cash, &mut treasury.debt, overdraft);
    }
    let repaid = treasury.debt.min(treasury.cash);
    ledger.book().repay(bank, &mut treasury.cash, &mut treasury.debt, repaid);
    let lost = treasury.debt;
    ledger.book().write_off(bank, &mut treasury.debt, lost);
    let left = treasury.cash;
    if left > 0.0 {
        ledger.pay(FlowKind::Liquidation, End::Enterprise(&mut treasury.cash), End::Of(Account::Households), left);
        owners.bought_by_households -= left;
    }
    ledger.book().revalue(Instrument::FixedCapital, S::Enterprises, -plant.capital * capital_price);
    plant.capital = 0.0;
    extinguish_equity(ledger, &owners);
    lost
}

/// Books that all equity of an enterprise has become nothing.
pub fn extinguish_equity(ledger: &mut Ledger, owners: &Owners) {
    let class = if owners.listed_at_close { Instrument::Listed } else { Instrument::Unlisted };
    let held = [
        (S::Funds, owners.funds_at_close, owners.bought_by_funds),
        (S::Households, owners.households_at_close, owners.bought_by_households),
    ];
    for (sector, at_close, bought) in held {
        ledger.book().revalue(class, sector, -at_close);
        ledger.book().revalue(class, S::Enterprises, at_close);
        ledger.book().revalue(Instrument::Unlisted, sector, -bought);
        ledger.book().revalue(Instrument::Unlisted, S::Enterprises, bought);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::enterprise::Equity;

    #[test]
    fn losses_land_on_the_claimants() {
        let mut ledger = Ledger::new(1, 1);
        let identity = Identity::default();
        let mut plant = Plant { capital: 10.0, ..Plant::default() };
        let mut treasury = Treasury { cash: 3.0, ..Treasury::default() };
        ledger.endow_loan(0, &mut treasury.debt, 8.0);
        let owners = Owners::founders(&Equity { market_value: 5.0, fundamental: 5.0 }, false);
        let lost = close_enterprise(&mut ledger, 1.0, &identity, &mut plant, &mut treasury, owners);
        assert_eq!(lost, 5.0);
        assert_eq!((treasury.cash, treasury.debt, plant.capital), (0.0, 0.0, 0.0));
        assert_eq!(ledger.other_change(Instrument::Unlisted, S::Households), -5.0);
        assert_eq!(ledger.other_change(Instrument::FixedCapital, S::Enterprises), -10.0);
        assert_eq!(ledger.loans(0), 0.0);
    }
}

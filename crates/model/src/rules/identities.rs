//! Identities that must hold every tick, checked on stocks measured from the agents.

use crate::kinds::{FlowKind, InstitutionalSector, Instrument};
use crate::state::accounts::{Breach, Ledger, StockTable};

/// Flow kinds that are transactions in an instrument: buyer pays, so the payer's stock rises by the amount.
fn transactions(ledger: &Ledger, instrument: Instrument, sector: InstitutionalSector) -> f64 {
    use FlowKind as K;
    let net = |kind: K| ledger.paid(kind, sector) - ledger.received(kind, sector);
    let bought = |kinds: &[K]| kinds.iter().map(|kind| net(*kind)).sum::<f64>();
    match instrument {
        Instrument::Deposits => -ledger.kinds().map(net).sum::<f64>(),
        Instrument::Loans => bought(&[K::NewLoans, K::Repayments]),
        Instrument::Bonds => bought(&[K::BondIssues, K::BondRedemptions, K::BondTrades]),
        Instrument::Unlisted => {
            let kinds = [
                K::FounderEquity,
                K::EquityRounds,
                K::ListingProceeds,
                K::SeasonedIssues,
                K::Buybacks,
                K::SecondarySales,
                K::Acquisitions,
                K::Liquidation,
            ];
            bought(&kinds)
        }
        // Equity is one market: payments are counted with the unlisted part, listed moves by reclassification and price.
        Instrument::Listed => 0.0,
        Instrument::FundUnits => bought(&[K::CapitalCalls, K::Distributions]),
        Instrument::FixedCapital => match sector {
            InstitutionalSector::Enterprises => ledger.paid(K::Investment, sector),
            _ => 0.0,
        },
    }
}

/// Change of a stock by payments in this tick (for tables), reclassifications included.
pub fn stock_transactions(ledger: &Ledger, instrument: Instrument, sector: InstitutionalSector) -> f64 {
    transactions(ledger, instrument, sector) + ledger.reclassified(instrument, sector)
}

/// Checks all identities of a tick and returns the largest residual.
///
/// * every stock closes at its opening, plus payments, plus changes that are no payment;
/// * hence every net worth changes by saving and capital gains;
/// * every instrument's assets equal its liabilities; deposits of all holders equal what banks and the central bank owe;
/// * the goods account closes at 0.
pub fn check_identities(opening: &StockTable, closing: &StockTable, ledger: &Ledger) -> Breach {
    let gross = ledger.gross_flows().max(f64::MIN_POSITIVE);
    let mut worst = Breach { row: "none".to_owned(), residual: 0.0 };
    let mut hold = |row: &dyn Fn() -> String, residual: f64| {
        let residual = residual.abs() / gross;
        // A residual that is no number is the worst of all.
        if residual.is_nan() || residual > worst.residual {
            worst = Breach { row: row(), residual: if residual.is_nan() { f64::INFINITY } else { residual } };
        }
    };
    for instrument in Instrument::ALL {
        let mut sum = 0.0;
        for sector in InstitutionalSector::ALL {
            let change = closing.get(*instrument, *sector) - opening.get(*instrument, *sector);
            let booked = stock_transactions(ledger, *instrument, *sector) + ledger.other_change(*instrument, *sector);
            hold(&|| format!("change of {} of {}", instrument.word(), sector.word()), change - booked);
            sum += closing.get(*instrument, *sector);
        }
        if *instrument != Instrument::FixedCapital {
            hold(&|| format!("assets and liabilities in {}", instrument.word()), sum);
        }
    }
    hold(&|| "goods and services account".to_owned(), closing.get(Instrument::Deposits, InstitutionalSector::Goods));
    worst
}

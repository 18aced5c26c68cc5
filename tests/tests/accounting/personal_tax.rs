//! No income of households escapes the personal income tax.

use tripath_model::observe::FlowRow;
use tripath_tests::worlds::rows_of;

/// Income paid before households make their accounts, and after: that is taxed a tick later.
const EARLY: [&str; 5] = ["wages", "public_research", "dividends", "deposit_interest", "management_fees"];
const LATE: [&str; 3] = ["bond_interest", "bank_dividends", "carried_interest"];

/// Payments to households that are no income: gifts of the state, and the price of what they owned.
const OTHER: [&str; 8] =
    ["benefits", "bond_redemptions", "bond_trades", "fund_distributions", "share_purchases", "secondary_sales", "acquisitions", "buybacks"];

/// What owners get by selling, less what they pay funds: gains, taxed a tick later.
const SOLD: [&str; 4] = ["buybacks", "acquisitions", "secondary_sales", "fund_distributions"];

/// Also the rest of an enterprise that closes.
const CLOSING: &str = "liquidation";

#[test]
fn every_income_is_taxed_once() {
    let economy = super::busy_economy();
    let rate = economy.parameters.government.personal_tax_rate;
    let flows = rows_of(&economy, 3, &["flows"]).flows;
    let late = |flow: &FlowRow| LATE.contains(&flow.kind) || flow.kind == "wages" && flow.payer == "think_tanks";
    let mut owed: Option<f64> = None;
    let (mut carried, mut sold) = (0.0, 0.0);
    for flows in flows.chunk_by(|a, b| a.tick == b.tick) {
        let (mut early, mut next, mut tax, mut gains) = (0.0f64, 0.0f64, 0.0f64, 0.0f64);
        for flow in flows {
            if flow.payer == "households" && (SOLD.contains(&flow.kind) || flow.kind == "capital_calls") {
                gains -= flow.amount;
            }
            if flow.payee == "households" && SOLD.contains(&flow.kind) {
                gains += flow.amount;
                sold += flow.amount;
            }
            tax += if flow.kind == "personal_income_tax" { flow.amount } else { 0.0 };
            if flow.payee != "households" {
                continue;
            }
            if late(flow) {
                next += flow.amount;
                carried += if flow.kind == "carried_interest" { flow.amount } else { 0.0 };
            } else if EARLY.contains(&flow.kind) {
                early += flow.amount;
            } else {
                assert!(OTHER.contains(&flow.kind) || flow.kind == CLOSING, "is {} income of households?", flow.kind);
            }
        }
        if let Some(owed) = owed {
            let due = rate * (early + owed);
            assert!((tax - due).abs() < 1e-9 * due, "tick {}: {tax} of tax on income that owes {due}", flows[0].tick);
        }
        owed = Some(next + gains.max(0.0));
    }
    assert!(carried > 0.0 && sold > 0.0, "somebody's fund did well and owners sold: the cases are there");
}

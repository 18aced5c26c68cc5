//! Stocks: every balance sheet changes by payments and revaluations, and what one owns another owes.

use std::collections::BTreeMap;

use tripath_model::observe::BalanceSheetRow;
use tripath_tests::worlds::rows_of;

type Sheet<'a> = BTreeMap<(&'a str, &'a str), &'a BalanceSheetRow>;

fn sheets(rows: &[BalanceSheetRow]) -> Vec<Sheet<'_>> {
    let ticks = rows.chunk_by(|a, b| a.tick == b.tick);
    ticks.map(|rows| rows.iter().map(|row| ((row.institutional_sector, row.instrument), row)).collect()).collect()
}

#[test]
fn every_stock_changes_by_payments_and_revaluations() {
    let rows = rows_of(&super::busy_economy(), 2, &["flows", "balance_sheets"]);
    let (sheets, gross) = (sheets(&rows.balance_sheets), super::gross_flows(&rows));
    for ((pair, tick), gross) in sheets.windows(2).zip(1..).zip(&gross[1..]) {
        let keys: std::collections::BTreeSet<_> = pair[0].keys().chain(pair[1].keys()).collect();
        for key in keys {
            // A row of noughts is left out of the table.
            let before = pair[0].get(key).map_or(0.0, |row| row.amount);
            let [now, paid, revalued] = pair[1].get(key).map_or([0.0; 3], |row| [row.amount, row.transactions, row.revaluation]);
            let off = now - before - paid - revalued;
            assert!(off.abs() < super::TOLERANCE * gross, "tick {tick}: {key:?} changes by {} and books {}", now - before, paid + revalued);
        }
    }
}

#[test]
fn what_one_owns_another_owes() {
    let rows = rows_of(&super::busy_economy(), 2, &["flows", "balance_sheets"]);
    for (sheet, gross) in sheets(&rows.balance_sheets).iter().zip(super::gross_flows(&rows)) {
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for ((_, instrument), row) in sheet {
            *sums.entry(instrument).or_default() += row.amount;
        }
        let financial = ["deposits", "loans", "bonds", "unlisted_stakes", "fund_units"];
        assert!(financial.iter().all(|instrument| sums.contains_key(instrument)), "an instrument is not held: {sums:?}");
        for (instrument, sum) in sums.into_iter().filter(|(instrument, _)| *instrument != "fixed_capital") {
            assert!(sum.abs() < super::TOLERANCE * gross, "assets in {instrument} exceed liabilities by {sum}");
        }
    }
}

//! Accounts of funds: what their rows say adds up to the flows of each tick, and every fund that ends leaves a last row.

use std::collections::BTreeMap;

use tripath_model::observe::{FundRow, Records};
use tripath_tests::worlds::{economy, rows_of};

/// What a kind of payment came to in a tick.
fn flow(rows: &Records, tick: u32, kind: &str) -> f64 {
    rows.flows.iter().filter(|flow| flow.tick == tick && flow.kind == kind).map(|flow| flow.amount).sum()
}

/// Decades of a preset with many funds.
fn decades(preset: &str, seed: u64) -> Records {
    let overrides = ["time.years=24", "time.burn_in_years=5", "population.enterprises=300"];
    rows_of(&economy(preset, &overrides), seed, &["funds", "flows"])
}

/// Rows of each fund in order.
fn by_fund(rows: &Records) -> BTreeMap<u64, Vec<&FundRow>> {
    let mut funds: BTreeMap<u64, Vec<&FundRow>> = BTreeMap::new();
    for row in &rows.funds {
        funds.entry(row.fund).or_default().push(row);
    }
    funds
}

#[test]
fn what_funds_called_and_distributed_is_what_was_paid() {
    for preset in ["us-like", "china-like"] {
        let rows = decades(preset, 3);
        let mut before: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
        for of_tick in rows.funds.chunk_by(|a, b| a.tick == b.tick) {
            let tick = of_tick[0].tick;
            let (mut called, mut distributed) = (0.0, 0.0);
            for row in of_tick {
                // Who was there before the first recorded tick has a past that no table shows.
                let (paid, given) = before.insert(row.fund, (row.paid_in, row.distributed)).unwrap_or_default();
                called += row.paid_in - paid;
                distributed += row.distributed - given;
            }
            if tick > 0 {
                for (found, kind) in [(called, "capital_calls"), (distributed, "fund_distributions")] {
                    let paid = flow(&rows, tick, kind);
                    assert!((found - paid).abs() < 1e-9 * paid.max(1.0), "{preset}, tick {tick}, {kind}: {found} in funds, {paid} in flows");
                }
            }
        }
    }
}

#[test]
fn every_fund_that_ends_leaves_a_last_row() {
    let rows = decades("us-like", 4);
    let last = rows.funds.last().expect("there are funds").tick;
    let mut ended = 0;
    for (fund, life) in by_fund(&rows) {
        let (first, end) = (life[0], life[life.len() - 1]);
        assert!(life.iter().rev().skip(1).all(|row| row.status != "ended"), "fund {fund} goes on after its end");
        assert!(life.windows(2).all(|pair| pair[1].tick == pair[0].tick + 1), "fund {fund} is not there in every tick of its life");
        if end.tick < last {
            assert_eq!(end.status, "ended", "fund {fund} vanishes in tick {}", end.tick);
        }
        if end.status == "ended" {
            ended += 1;
            assert_eq!((end.cash, end.marks, end.holding_count), (0.0, 0.0, 0), "fund {fund} ends with something left");
            let given: f64 = life.windows(2).map(|pair| pair[1].distributed - pair[0].distributed).sum();
            assert!((first.distributed + given - end.distributed).abs() < 1e-9 * end.distributed.max(1.0), "fund {fund}: {given}");
            assert_eq!(end.dpi, end.tvpi, "fund {fund}");
            assert!(end.irr.is_some() || end.distributed <= 0.01 * end.paid_in, "fund {fund} has no rate of return: {end:?}");
        }
    }
    assert!(ended > 5, "{ended} funds ended");
}

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
                    assert!(
                        (found - paid).abs() < 1e-9 * paid.max(1.0),
                        "{preset}, tick {tick}, {kind}: {found} in funds, {paid} in flows"
                    );
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

#[test]
fn fees_are_two_per_cent_of_commitments_and_paid_from_what_is_reserved() {
    let rows = decades("us-like", 4);
    let funds = by_fund(&rows);
    // What managers were paid in a tick is what fees of funds rose by.
    let mut charged: BTreeMap<u32, f64> = BTreeMap::new();
    for life in funds.values() {
        for (at, row) in life.iter().enumerate() {
            *charged.entry(row.tick).or_default() += row.fees - if at == 0 { 0.0 } else { life[at - 1].fees };
            assert!(row.fees <= row.fee_reserve * (1.0 + 1e-9), "fund {} charges more than it reserved: {row:?}", row.fund);
            assert!(
                row.invested <= (row.commitments - row.fee_reserve) * (1.0 + 1e-9),
                "fund {} spends what it reserved: {row:?}",
                row.fund
            );
        }
    }
    for (tick, charged) in charged.into_iter().skip(1) {
        let paid = flow(&rows, tick, "management_fees");
        assert!((charged - paid).abs() < 1e-9 * paid.max(1.0), "tick {tick}: {charged} in funds, {paid} in flows");
    }
    // Whole investment periods, and whole lives.
    let (mut fees, mut base, mut lives) = (0.0, 0.0, Vec::new());
    for life in funds.values().filter(|life| life[0].tick > 0) {
        for pair in life.windows(2).filter(|pair| pair[1].status == "investing") {
            fees += pair[1].fees - pair[0].fees;
            base += pair[1].commitments / 4.0;
        }
        let end = life[life.len() - 1];
        if end.status == "ended" {
            lives.push((end.fees / end.commitments, end.invested / (end.commitments - end.fee_reserve)));
        }
    }
    assert!((0.015..=0.02 + 1e-9).contains(&(fees / base)), "{} of commitments a year", fees / base);
    assert!(lives.len() > 2, "{} whole lives", lives.len());
    let mean = |of: fn(&(f64, f64)) -> f64| lives.iter().map(of).sum::<f64>() / lives.len() as f64;
    let (fees, invested) = (mean(|life| life.0), mean(|life| life.1));
    assert!((0.13..=0.2).contains(&fees), "fees of a life come to {fees} of commitments");
    assert!((0.8..=1.0).contains(&invested), "{invested} of what is not reserved was invested");
}

#[test]
fn capital_is_called_over_the_investment_period() {
    let rows = decades("us-like", 4);
    let mut by_year = [0.0; 5];
    let mut commitments = 0.0;
    for life in by_fund(&rows).values().filter(|life| life[0].tick > 0 && life.len() >= 20) {
        let investable = life[0].commitments - life[0].fee_reserve;
        commitments += investable;
        for (year, sum) in by_year.iter_mut().enumerate() {
            let invested = life[4 * year + 3].invested;
            // An even pace, a year ahead.
            assert!(invested <= investable * ((year as f64 + 1.75) / 5.0).min(1.0) * (1.0 + 1e-9), "fund {} in year {year}", life[0].fund);
            *sum += invested;
        }
    }
    let parts = by_year.map(|sum| sum / commitments);
    assert!(parts[0] < 0.36 && parts[1] < 0.56 && parts[4] > 0.8, "invested by the end of each year: {parts:?}");
}

//! What stands in a cell: a number is finite and not −0, a text says something, and only what may be missing is.

use std::collections::BTreeMap;

use tripath_experiments::configuration::{Configuration, presets};
use tripath_model::observe::{Cell, TABLES};
use tripath_tests::worlds::{economy, world};

/// What is wrong with a cell, if anything.
fn fault(cell: Cell<'_>, nullable: bool) -> Option<&'static str> {
    match cell {
        Cell::Real(value) if value.is_nan() => Some("is no number"),
        Cell::Real(value) if value.is_infinite() => Some("is infinite"),
        Cell::Real(value) if value == 0.0 && value.is_sign_negative() => Some("is -0"),
        Cell::Text("") => Some("is an empty text"),
        Cell::Missing if !nullable => Some("is missing and may not be"),
        _ => None,
    }
}

/// Every cell of every table in every tick.
fn check(what: &str, configuration: &Configuration, seed: u64) -> BTreeMap<String, u64> {
    let mut faults: BTreeMap<String, u64> = BTreeMap::new();
    let mut world = world(configuration, seed);
    while !world.finished() {
        world.tick().unwrap_or_else(|error| panic!("{what}: {error}"));
        let taken: Result<(), std::convert::Infallible> = world.records().take(|table, row| {
            let schema = &TABLES[table];
            let mut columns = schema.columns.iter();
            row.cells(&mut |cell| {
                let column = columns.next().expect("a row has a cell for each column");
                if let Some(fault) = fault(cell, column.nullable) {
                    *faults.entry(format!("{what}: {}.{} {fault}", schema.name, column.name)).or_default() += 1;
                }
            });
            assert!(columns.next().is_none(), "{}: a row has a cell for each column", schema.name);
            Ok(())
        });
        taken.expect("cells are looked at");
    }
    faults
}

fn report(faults: BTreeMap<String, u64>) {
    let lines: Vec<String> = faults.iter().map(|(what, count)| format!("{what} ({count} times)")).collect();
    assert!(faults.is_empty(), "cells that are wrong:\n{}", lines.join("\n"));
}

#[test]
fn cells_of_every_preset_are_what_they_say() {
    let mut faults = BTreeMap::new();
    for preset in presets() {
        // Some end with their data.
        let years = if ["solar", "solar-history", "electric-vehicles"].contains(&preset.name) { 12 } else { 30 };
        let small = [&format!("time.years={years}"), "time.burn_in_years=6", "population.enterprises=200"];
        faults.extend(check(preset.name, &economy(preset.name, &small), 5));
    }
    report(faults);
}

#[test]
fn cells_of_odd_economies_are_what_they_say() {
    let odd: [(&str, &[&str]); 12] = [
        ("us-like", &["venture.supply_share=0"]),
        ("us-like", &["venture.funds_per_thousand=0", "think_tanks.count=0"]),
        ("china-like", &["capital_market.open=false"]),
        ("china-like", &["technology.search_rate=0"]),
        ("china-like", &["government.vat_rate=0", "government.corporate_tax_rate=0", "government.personal_tax_rate=0.03"]),
        ("us-like", &["time.ticks_per_year=12", "venture.fee=0.1", "venture.life_years=30", "venture.investment_years=20"]),
        ("us-like", &["venture.fee=0", "venture.life_years=2", "venture.investment_years=1", "venture.carry=0"]),
        ("baseline", &["population.enterprises=12", "banking.banks=1"]),
        ("semiconductors", &["population.entry_rate=0"]),
        ("us-like", &["venture.follow_on_reserve=1", "venture.call_ahead_years=0"]),
        ("us-like", &["venture.follow_on_reserve=0", "venture.hurdle=0.1", "venture.bargaining=1"]),
        ("china-like", &["households.consumption_from_income=0.2", "banking.leverage_limit=2"]),
    ];
    let mut faults = BTreeMap::new();
    for (preset, overrides) in odd {
        let small = ["time.years=16", "time.burn_in_years=3", "population.enterprises=150"];
        let all: Vec<&str> = small.into_iter().chain(overrides.iter().copied()).collect();
        faults.extend(check(&format!("{preset} {}", overrides.join(" ")), &economy(preset, &all), 6));
    }
    report(faults);
}

//! The panel of enterprises: who closed is in it once more, so that flows of all enterprises add up to those of sectors.

use std::collections::{BTreeMap, BTreeSet};

use tripath_model::Simulation;
use tripath_model::observe::{EnterpriseRow, RecordPlan, Records};
use tripath_tests::worlds::economy;

/// Rows of a small economy, with the panel taken every so many ticks.
fn rows(every_ticks: u32) -> (Vec<EnterpriseRow>, Records) {
    let overrides = ["time.years=8", "time.burn_in_years=5", "population.enterprises=300"];
    let configuration = economy("us-like", &overrides);
    let mut plan = RecordPlan::only(["macro", "sectors", "events", "enterprises"]).expect("tables that there are");
    plan.enterprises.every_ticks = every_ticks;
    let mut world = Simulation::new(configuration.parameters.clone(), configuration.drivers.clone(), 3, plan).expect("the world begins");
    let (mut panel, mut all) = (Vec::new(), Records::default());
    while !world.finished() {
        world.tick().expect("the tick ends");
        let records = world.records();
        panel.append(&mut records.enterprises);
        all.macro_economy.append(&mut records.macro_economy);
        all.sectors.append(&mut records.sectors);
        all.events.append(&mut records.events);
    }
    (panel, all)
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * found.abs().max(expected.abs())
}

#[test]
fn flows_of_enterprises_are_those_of_their_sectors() {
    let (panel, all) = rows(1);
    for of_tick in panel.chunk_by(|a, b| a.tick == b.tick) {
        assert!(of_tick.windows(2).all(|pair| pair[0].enterprise < pair[1].enterprise), "rows stand by id");
        for sector in all.sectors.iter().filter(|sector| sector.tick == of_tick[0].tick) {
            let of = |flow: fn(&EnterpriseRow) -> f64| {
                of_tick.iter().filter(|row| row.sector == sector.sector).map(flow).fold(0.0, |sum, value| sum + value)
            };
            let pairs = [
                ("value added", of(|row| row.value_added), sector.value_added),
                ("investment", of(|row| row.investment), sector.investment),
                ("R&D", of(|row| row.rd), sector.rd),
                ("taxes", of(|row| row.taxes), sector.taxes),
            ];
            for (what, found, expected) in pairs {
                assert!(near(found, expected), "tick {}, {what} of {}: {found}, {expected}", sector.tick, sector.sector);
            }
        }
    }
}

#[test]
fn a_year_of_all_that_were_at_work_is_the_year_of_the_economy() {
    let (panel, all) = rows(4);
    let mut closed = 0;
    for of_year in panel.chunk_by(|a, b| a.tick == b.tick) {
        let tick = of_year[0].tick;
        let annual = |of: fn(&EnterpriseRow) -> f64| of_year.iter().map(of).fold(0.0, |sum, value| sum + value);
        let of_sectors = |of: fn(&tripath_model::observe::SectorRow) -> f64| {
            all.sectors.iter().filter(|row| row.tick / 4 == tick / 4).map(of).fold(0.0, |sum, value| sum + value)
        };
        let pairs = [
            ("value added", annual(|row| row.value_added_annual), of_sectors(|row| row.value_added)),
            ("investment", annual(|row| row.investment_annual), of_sectors(|row| row.investment)),
        ];
        for (what, found, expected) in pairs {
            assert!(near(found, expected), "year of tick {tick}, {what}: {found} in the panel, {expected} in sectors");
        }
        let exits: u64 = all.macro_economy.iter().filter(|row| row.tick / 4 == tick / 4).map(|row| row.exit_count).sum();
        let gone = of_year.iter().filter(|row| row.stage == "closed").count() as u64;
        assert_eq!(gone, exits, "closed in the year of tick {tick}");
        closed += gone;
    }
    assert!(closed > 20, "{closed} closed");
}

#[test]
fn who_leaves_the_panel_has_a_last_row_without_stocks() {
    for every in [1, 2, 4] {
        let (panel, _) = rows(every);
        let mut last: BTreeMap<u64, &EnterpriseRow> = BTreeMap::new();
        let mut gone = BTreeSet::new();
        let end = panel.last().expect("there is a panel").tick;
        for row in &panel {
            assert!(!gone.contains(&row.enterprise), "{} is there after its last row", row.enterprise);
            if row.stage == "closed" {
                gone.insert(row.enterprise);
                let stocks = [row.employment, row.capital, row.cash, row.debt, row.equity, row.market_value, row.market_share];
                assert_eq!(stocks, [0.0; 7], "{row:?}");
                // Years begin anew; within one the last row goes on from the one before.
                if let Some(before) = last.get(&row.enterprise).filter(|before| before.tick / 4 == row.tick / 4) {
                    assert!(row.sales_annual >= before.sales_annual, "{before:?} {row:?}");
                }
            }
            last.insert(row.enterprise, row);
        }
        assert!(last.values().all(|row| row.tick == end || row.stage == "closed"), "someone vanished");
        assert!(!gone.is_empty());
    }
}

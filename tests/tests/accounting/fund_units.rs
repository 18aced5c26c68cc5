//! Returns of funds: what tables say that partners earned is what balance sheets say their units gained.

use tripath_model::observe::Records;
use tripath_tests::worlds::{economy_of, rows_of};

const HOLDERS: [&str; 3] = ["households", "central_government", "local_governments"];

/// Revaluation of fund units by tick, of those holders that `wanted` names.
fn gained(rows: &Records, wanted: &[&str]) -> Vec<f64> {
    let ticks = rows.balance_sheets.chunk_by(|a, b| a.tick == b.tick);
    let of_funds = |sheet: &[tripath_model::observe::BalanceSheetRow]| {
        let rows = sheet.iter().filter(|row| row.instrument == "fund_units" && wanted.contains(&row.institutional_sector));
        rows.map(|row| row.revaluation).sum()
    };
    ticks.map(of_funds).collect()
}

fn compare(returned: &[f64], gained: &[f64], gross: &[f64]) {
    assert_eq!(returned.len(), gained.len());
    assert!(gained.iter().any(|gain| gain.abs() > 0.0), "no fund has a partner");
    for (tick, ((returned, gained), gross)) in returned.iter().zip(gained).zip(gross).enumerate() {
        assert!((returned - gained).abs() < super::TOLERANCE * gross, "tick {tick}: {returned} returned, units gain {gained}");
    }
}

#[test]
fn capital_returns_what_units_of_all_partners_gain() {
    let rows = rows_of(&super::busy_economy(), 2, &["flows", "balance_sheets", "returns"]);
    let ticks = rows.returns.chunk_by(|a, b| a.tick == b.tick);
    let returned: Vec<f64> =
        ticks.map(|rows| rows.iter().map(|row| row.capital_return_fundamental + row.capital_return_premium).sum()).collect();
    compare(&returned, &gained(&rows, &HOLDERS), &super::gross_flows(&rows));
}

#[test]
fn without_taxes_and_programmes_policy_returns_what_its_units_gain() {
    let economy = economy_of(
        r#"
        extends = "baseline"
        time = { years = 10, burn_in_years = 5 }
        population = { enterprises = 300 }
        government = { vat_rate = 0.0, corporate_tax_rate = 0.0, high_tech_tax_rate = 0.0 }
        venture = { guidance_share = 0.2 }
        [programmes.fund]
        instrument = "guidance_fund"
        level = "local"
        rate = 0.4
        budget_share = 0.002
        [programmes.grants_central]
        active = false
        [programmes.grants_local]
        active = false
        "#,
    );
    let rows = rows_of(&economy, 2, &["flows", "balance_sheets", "returns"]);
    let ticks = rows.returns.chunk_by(|a, b| a.tick == b.tick);
    let returned: Vec<f64> =
        ticks.map(|rows| rows.iter().filter(|row| row.source == "policy").map(|row| row.fiscal_return).sum()).collect();
    compare(&returned, &gained(&rows, &HOLDERS[1..]), &super::gross_flows(&rows));
}

//! Books: identities that the tables of a run must show, whatever happens in it.

mod balance_sheets;
mod cross_tables;
mod fund_accounts;
mod fund_units;
mod goods_account;
mod growth;
mod panel;
mod personal_tax;
mod projects;

use tripath_experiments::configuration::Configuration;

/// Tolerance over the gross flows of a tick.
const TOLERANCE: f64 = 1e-9;

/// A small economy in which every kind of programme pays and listed enterprises buy back and issue shares.
fn busy_economy() -> Configuration {
    tripath_tests::worlds::economy_of(
        r#"
        extends = "baseline"
        time = { years = 10, burn_in_years = 5 }
        population = { enterprises = 300 }
        capital_market = { buyback_share = 0.3, seasoned_rate = 0.2 }
        [programmes.subsidy]
        instrument = "output_subsidy"
        sector = "solar"
        rate = 0.1
        budget_share = 0.005
        [programmes.relief]
        instrument = "interest_subsidy"
        rate = 0.3
        budget_share = 0.002
        "#,
    )
}

/// Gross flows of each tick.
fn gross_flows(rows: &tripath_model::observe::Records) -> Vec<f64> {
    let ticks = rows.flows.chunk_by(|a, b| a.tick == b.tick);
    ticks.map(|flows| flows.iter().map(|flow| flow.amount.abs()).sum()).collect()
}

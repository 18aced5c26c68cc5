//! Bits: what decides the rows of a run, and what does not.

mod checkpoints;
mod schedule;
mod seeds;
mod threads;

use tripath_experiments::configuration::Configuration;

/// A small economy in which events fall and drivers lead: five years of burn-in and five recorded.
fn eventful_economy() -> Configuration {
    tripath_tests::worlds::economy_of(
        r#"
        extends = "baseline"
        time = { years = 5, burn_in_years = 5, start_year = 2000 }
        population = { enterprises = 150 }
        [events.early]
        year = -2.0
        path = "government.herding_weight"
        value = 0.8
        [events.embargo]
        year = 1.0
        path = "sectors.semiconductors.foreign_supply_cap"
        value = 0.4
        [events.relief]
        year = 3.5
        path = "sectors.semiconductors.foreign_supply_cap"
        value = 100.0
        [drivers.price]
        sector = "solar"
        target = "foreign_price"
        series = { first_year = 1995, values = [5.0, 4.5, 4.0, 3.5, 3.2, 3.0, 2.8, 2.5, 2.0, 1.5, 1.2] }
        "#,
    )
}

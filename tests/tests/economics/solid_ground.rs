//! The ground on which everything stands: jobs that exist, real output that is made of quantities, loans that cost what they lose.

use tripath_experiments::configuration::Configuration;
use tripath_model::observe::Records;
use tripath_tests::worlds::{economy, economy_of, rows_of};

const SMALL: [&str; 3] = ["time.years=12", "time.burn_in_years=8", "population.enterprises=400"];

#[test]
fn nobody_works_twice() {
    let odd: [(&str, &[&str]); 6] = [
        ("baseline", &[]),
        ("china-like", &[]),
        // More is wanted than people can make.
        ("us-like", &["government.purchases_share=0.45", "households.consumption_from_income=1.2"]),
        // Staff alone is more than there are people.
        ("baseline", &["labour.overhead_share=0.9", "government.purchases_share=0.45", "households.consumption_from_wealth=0.5"]),
        // So are researchers.
        ("baseline", &["sectors.software.rd_intensity=0.25", "sectors.traditional.rd_intensity=0.3", "government.purchases_share=0.45"]),
        ("baseline", &["labour.force_growth=-0.05"]),
    ];
    let mut scarce = 0;
    for (preset, settings) in odd {
        let settings: Vec<&str> = SMALL.iter().chain(settings).copied().collect();
        for row in rows_of(&economy(preset, &settings), 3, &["macro"]).macro_economy {
            let (employment, force) = (row.employment, row.labour_force);
            assert!(employment <= force * (1.0 + 1e-9), "{preset} {settings:?}, tick {}: {employment} work of {force}", row.tick);
            scarce += usize::from(row.unemployment_rate < 0.0151);
        }
    }
    assert!(scarce > 4, "people were hardly ever short: the test shows nothing");
}

/// An economy of which imports of a sector's goods fall to a part of what they were, from year 2 on.
fn embargoed(sector: &str, left: f64) -> Configuration {
    let embargo = format!("[events.embargo]\nyear = 2\naction = \"embargo\"\nsector = \"{sector}\"\nvalue = {left}\nyears = 20\n");
    economy_of(&format!(
        "extends = \"baseline\"\n[time]\nyears = 8\nburn_in_years = 12\n[population]\nenterprises = 800\n{}",
        if left < 1.0 { embargo } else { String::new() }
    ))
}

/// Real output of years 5 to 8 as `macro` has it, and as quantities of sectors have it at the value added a unit of the first year.
fn output(rows: &Records) -> (f64, f64) {
    let chained = rows.macro_economy[20..].iter().map(|row| row.output_real).sum();
    let mut fixed = 0.0;
    let sectors = rows.sectors.iter().filter(|row| row.tick == 0).count();
    for sector in 0..sectors {
        let of = |ticks: std::ops::Range<usize>| ticks.map(|tick| &rows.sectors[tick * sectors + sector]).collect::<Vec<_>>();
        let first = of(0..4);
        let weight = first.iter().map(|row| row.value_added).sum::<f64>() / first.iter().map(|row| row.output).sum::<f64>();
        fixed += weight * of(20..32).iter().map(|row| row.output).sum::<f64>();
    }
    (chained, fixed)
}

/// Prices move where goods are short, quantities are what they are: chained output may not tell of a fall that quantities do not have.
#[test]
fn real_output_under_an_embargo_is_made_of_quantities() {
    let tables = ["macro", "sectors"];
    let (chained, fixed) = output(&rows_of(&embargoed("", 1.0), 5, &tables));
    for (sector, left) in [("semiconductors", 0.1), ("traditional", 0.3)] {
        let (under_chained, under_fixed) = output(&rows_of(&embargoed(sector, left), 5, &tables));
        let (change, quantities) = (under_chained / chained - 1.0, under_fixed / fixed - 1.0);
        assert!((change - quantities).abs() < 0.03, "{sector}: real output {change:+.3}, quantities {quantities:+.3}");
    }
}

/// Banks charge what they lose, their costs and what a borrower owes already; owners of a rescued bank wait for the state.
#[test]
fn credit_has_a_price() {
    let settings: Vec<&str> = SMALL.iter().copied().chain(["population.enterprises=1000", "time.burn_in_years=20"]).collect();
    let rows = rows_of(&economy("baseline", &settings), 2, &["macro"]).macro_economy;
    let mean = |of: &dyn Fn(&tripath_model::observe::MacroRow) -> f64| rows.iter().map(of).sum::<f64>() / rows.len() as f64;
    let spread = mean(&|row| row.loan_rate.expect("there are loans") - row.policy_rate);
    let losses = 4.0 * mean(&|row| row.loan_losses / row.enterprise_debt);
    let base = economy("baseline", &settings).parameters.banking.base_spread;
    assert!(spread > base && spread < 0.06, "a spread of {spread}");
    assert!(losses > 0.0 && losses < 0.03, "losses of {losses}");
}

/// In the long run prices rise by what the central bank aims at, and goods abroad cost neither more nor less than they did: what has no anchor drifts for
/// centuries and shows late.
#[test]
fn prices_have_anchors() {
    let settings = ["time.years=1000", "time.burn_in_years=20", "population.enterprises=200"];
    let configuration = economy("us-like", &settings);
    let rows = rows_of(&configuration, 1, &["macro", "sectors"]);
    let late = &rows.macro_economy[2000..];
    let inflation = late.iter().map(|row| row.inflation_rate).sum::<f64>() / late.len() as f64;
    let target = configuration.parameters.banking.inflation_target;
    assert!((inflation - target).abs() < 0.015, "inflation of {inflation} in five centuries, where {target} is aimed at");
    let sectors = rows.sectors.len() / rows.macro_economy.len();
    let abroad = |years: std::ops::Range<usize>| {
        let rows = &rows.sectors[4 * years.start * sectors..4 * years.end * sectors];
        rows.iter().map(|row| (row.foreign_price / row.price).ln()).sum::<f64>() / rows.len() as f64
    };
    let drift = abroad(800..1000) - abroad(400..600);
    assert!(drift.abs() < 0.15, "goods abroad became dearer by {drift} log points in four centuries");
}

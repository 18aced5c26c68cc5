//! A parameter that moves nothing is a promise that nobody keeps: each one, changed, changes the rows of some world.
//!
//! That its name is read somewhere in the code is not enough: a rule that always multiplies it by nought reads it as well.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use rayon::prelude::*;
use tripath_experiments::configuration::{Source, load};
use tripath_model::observe::{Cell, TABLES};
use tripath_model::parameters::{Allowed, Definition, Parameters, Shares, Value};
use tripath_tests::worlds::rows_of;

/// Worlds in which a parameter may act, the cheapest first: two regimes, then one with a mission that fails at times, an embargo, public debt
/// above its ceiling, households with little money and evaluations, and one whose government gets a new target for its debt.
const WORLDS: [(&str, &[&str]); 4] = [
    ("china-like", &["time.years=10", "time.burn_in_years=4", "population.enterprises=500"]),
    // A slump, in which wages fall and large enterprises fail; money of rounds makes growth, so that what funds believe of it counts.
    (
        "us-like",
        &[
            "time.years=10",
            "time.burn_in_years=4",
            "population.enterprises=500",
            "households.consumption_from_income=0.5",
            "venture.growth_support=2.0",
            "population.reorganisation_share=0.001",
        ],
    ),
    (
        "semiconductors",
        &[
            "time.years=25",
            "time.burn_in_years=4",
            "population.enterprises=500",
            "government.debt_ceiling=0.1",
            "government.protect_innovation=true",
            "government.mission_success=0.7",
            "government.purchases_share=0.3",
            "households.consumption_from_income=0.95",
            "programmes.mission_semiconductors.budget_share=0.01",
            "programmes.grants_local.patience_years=1",
            "programmes.grants_local.rule=\"stop\"",
        ],
    ),
    (
        "solar",
        &[
            "time.years=6",
            "time.burn_in_years=2",
            "population.enterprises=300",
            "events.tournament.year=1",
            "events.tournament.path=\"government.debt_target\"",
            "events.tournament.value=0.1",
        ],
    ),
];

/// Tables whose rows are compared.
const SEEN: [&str; 6] = ["macro", "sectors", "funnel", "returns", "think_tanks", "programmes"];

/// Fingerprint of a world's rows; `None` where the configuration is refused.
fn fingerprint(world: usize, changes: &[String]) -> Option<u64> {
    let (preset, settings) = WORLDS[world];
    let overrides: Vec<String> = settings.iter().map(|text| (*text).to_owned()).chain(changes.iter().cloned()).collect();
    let configuration = load(&Source::from_argument(preset), &overrides).ok()?;
    let mut hasher = DefaultHasher::new();
    let mut records = rows_of(&configuration, 1, &SEEN);
    let taken: Result<(), std::fmt::Error> = records.take(|table, row| {
        hasher.write(TABLES[table].name.as_bytes());
        row.cells(&mut |cell| match cell {
            Cell::Integer(number) => hasher.write_i64(number),
            Cell::Real(number) => hasher.write_u64(number.to_bits()),
            Cell::Text(word) => hasher.write(word.as_bytes()),
            Cell::Flag(flag) => hasher.write_u8(u8::from(flag)),
            Cell::Missing => hasher.write_u8(2),
        });
        Ok(())
    });
    taken.expect("a hash takes every row");
    Some(hasher.finish())
}

/// Changes that could show the parameter at work: three tenths up and down, then its bounds, then its other words.
fn changes(path: &str, definition: &Definition, value: &Value) -> Vec<Vec<String>> {
    let defaults = Parameters::default();
    // What one share gains the next one of its group loses.
    let place = |sum: &Shares| sum.paths.iter().position(|other| other == path).map(|at| sum.paths[(at + 1) % sum.paths.len()].clone());
    if let Some(other) = defaults.shares().iter().find_map(place) {
        let Some(Value::Real(counterpart)) = defaults.value_at(&other) else { return Vec::new() };
        let Value::Real(value) = value else { return Vec::new() };
        let step = 0.5 * value.min(0.06);
        return vec![vec![format!("{path}={:?}", value - step), format!("{other}={:?}", counterpart + step)]];
    }
    let one = |text: String| vec![format!("{path}={text}")];
    match (value, definition.allowed) {
        (Value::Flag(flag), _) => vec![one((!flag).to_string())],
        (Value::Real(x), Allowed::Between(low, high)) => {
            let near = if *x == 0.0 { 0.1 * (high - low) } else { 0.3 * x };
            [x + near, x - near, low, high].iter().map(|y| one(format!("{:?}", y.clamp(low, high)))).collect()
        }
        (Value::Integer(x), Allowed::Between(low, high)) => {
            [x + 1, x - 1, 1, 12].iter().map(|y| one(y.clamp(&(low as i64), &(high as i64)).to_string())).collect()
        }
        (Value::Text(_), Allowed::OneOf(words)) => words.iter().map(|word| one(format!("{word:?}"))).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_parameter_moves_some_world() {
    let plain: Vec<u64> = (0..WORLDS.len()).map(|world| fingerprint(world, &[]).expect("the preset loads")).collect();
    let parameters = Parameters::default();
    let mut all = Vec::new();
    for (group, _) in Parameters::GROUPS {
        let group_of = parameters.group(group).expect("a group");
        for definition in group_of.definitions() {
            all.push((format!("{group}.{}", definition.key), definition));
        }
    }
    let moves = |path: &str, definition: &Definition| {
        (0..WORLDS.len()).any(|world| {
            // The value that stands in this world, not the default: presets set some to nought.
            let (preset, settings) = WORLDS[world];
            let overrides: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
            let configuration = load(&Source::from_argument(preset), &overrides).expect("the preset loads");
            let (group, key) = path.split_once('.').expect("a path");
            let value = configuration.parameters.group(group).and_then(|group| group.get(key)).expect("a parameter");
            changes(path, definition, &value)
                .iter()
                .filter(|changes| !WORLDS[world].1.iter().any(|setting| changes.iter().any(|change| change == setting)))
                .any(|changes| fingerprint(world, changes).is_some_and(|found| found != plain[world]))
        })
    };
    let inert: Vec<&String> = all.par_iter().filter(|(path, definition)| !moves(path, definition)).map(|(path, _)| path).collect();
    assert!(inert.is_empty(), "these parameters move nothing: {inert:?}");
    assert!(all.len() > 200, "there are parameters");
}

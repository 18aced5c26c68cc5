//! Small worlds in memory, and all their rows.

use tripath_experiments::configuration::{Configuration, Source, load, load_for};
use tripath_experiments::evidence::{World, simulate};
use tripath_model::observe::{Cell, RecordPlan, Records};
use tripath_model::{Model, Simulation};

/// A preset with overrides.
///
/// # Panics
/// It cannot be loaded.
pub fn economy(preset: &str, overrides: &[&str]) -> Configuration {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    load(&Source::from_argument(preset), &overrides).unwrap_or_else(|error| panic!("{preset}: {error}"))
}

/// A preset with overrides, of a model with mechanisms from outside.
///
/// # Panics
/// It cannot be loaded.
pub fn economy_for(model: &Model, preset: &str, overrides: &[&str]) -> Configuration {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    load_for(model, &Source::from_argument(preset), &overrides).unwrap_or_else(|error| panic!("{preset}: {error}"))
}

/// An economy as a file of its own says it.
///
/// # Panics
/// It cannot be loaded.
pub fn economy_of(toml: &str) -> Configuration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("economy.toml");
    std::fs::write(&path, toml).expect("a writable folder");
    load(&Source::File(path), &[]).unwrap_or_else(|error| panic!("{error}"))
}

/// Rows of all ticks of the named tables.
///
/// # Panics
/// The world breaks off.
pub fn rows_of(configuration: &Configuration, seed: u64, tables: &[&str]) -> Records {
    let world = World { parameters: &configuration.parameters, drivers: &configuration.drivers, seed };
    simulate(&world, tables).unwrap_or_else(|error| panic!("{}, seed {seed}: {error}", configuration.name))
}

/// A world with the systems added to its schedule in an order, recording every table at every tick.
///
/// # Panics
/// It cannot begin.
pub fn world_in_order(configuration: &Configuration, seed: u64, order: &[usize]) -> Simulation {
    let plan = every_table(configuration);
    Simulation::with_order(configuration.parameters.clone(), configuration.drivers.clone(), seed, plan, order).expect("the world begins")
}

/// A world as runs build it, recording every table at every tick.
pub fn world(configuration: &Configuration, seed: u64) -> Simulation {
    world_in_order(configuration, seed, &(0..configuration.model().groups()).collect::<Vec<_>>())
}

/// A world that goes on from a checkpoint, recording every table at every tick.
///
/// # Panics
/// The checkpoint cannot be used.
pub fn world_from(configuration: &Configuration, seed: u64, checkpoint: &[u8]) -> Simulation {
    let (parameters, drivers) = (configuration.parameters.clone(), configuration.drivers.clone());
    Simulation::resume(parameters, drivers, seed, every_table(configuration), checkpoint).expect("the checkpoint can be used")
}

fn every_table(configuration: &Configuration) -> RecordPlan {
    let mut plan = configuration.model().record_plan();
    plan.enterprises.every_ticks = 1;
    plan
}

/// A tick's rows as exact text: a line for each row, numbers by their bits.
///
/// # Panics
/// The tick breaks off.
pub fn tick_rows(world: &mut Simulation) -> String {
    use std::fmt::Write;
    world.tick().expect("the tick ends");
    let mut text = String::new();
    let tables = world.parameters().model().tables();
    let taken: Result<(), std::fmt::Error> = world.records().take(|table, row| {
        text.push_str(tables[table].name);
        row.cells(&mut |cell| {
            let _ = match cell {
                Cell::Integer(number) => write!(text, ",{number}"),
                Cell::Real(number) => write!(text, ",{:x}", number.to_bits()),
                Cell::Text(word) => write!(text, ",{word}"),
                Cell::Flag(flag) => write!(text, ",{flag}"),
                Cell::Missing => write!(text, ","),
            };
        });
        text.push('\n');
        Ok(())
    });
    taken.expect("text takes every row");
    text
}

/// Rows of each tick from here to the end.
pub fn rows_to_the_end(world: &mut Simulation) -> Vec<String> {
    let mut ticks = Vec::new();
    while !world.finished() {
        ticks.push(tick_rows(world));
    }
    ticks
}

/// Sees that ticks have the same rows, and says where they first differ.
///
/// # Panics
/// They have not.
pub fn assert_same_rows(found: &[String], expected: &[String], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}: number of ticks");
    for (tick, (found, expected)) in found.iter().zip(expected).enumerate() {
        if found != expected {
            let differ = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
            panic!("{what}: tick {tick} of {} differs: {differ:?}", expected.len());
        }
    }
}

//! Worlds for benches.

use tripath_experiments::configuration::{Configuration, Source, load};
use tripath_model::Simulation;
use tripath_model::observe::RecordPlan;

/// Years before a bench begins: projects, portfolios and listings are then under way.
const WARM_UP_YEARS: u32 = 4;

/// `baseline` with a number of enterprises, recorded from its first tick.
///
/// # Panics
/// `baseline` cannot be loaded.
pub fn configuration(enterprises: u32) -> Configuration {
    let overrides = [format!("population.enterprises={enterprises}"), "time.burn_in_years=0".to_owned(), "time.years=1000".to_owned()];
    load(&Source::from_argument("baseline"), &overrides).expect("baseline is a preset")
}

/// All tables but the panel of enterprises.
pub fn without_panel() -> RecordPlan {
    let mut plan = RecordPlan::default();
    plan.enterprises.fraction = 0.0;
    plan
}

/// A world at its start.
///
/// # Panics
/// `baseline` breaks a rule.
pub fn new_world(configuration: Configuration, plan: RecordPlan) -> Simulation {
    let Configuration { parameters, drivers, seed, .. } = configuration;
    Simulation::new(parameters, drivers, seed, plan).expect("baseline can be run")
}

/// A world after some years.
///
/// # Panics
/// `baseline` cannot be run.
pub fn grown_world(enterprises: u32, plan: RecordPlan) -> Simulation {
    let configuration = configuration(enterprises);
    let ticks = WARM_UP_YEARS * configuration.parameters.time.ticks_per_year;
    let mut world = new_world(configuration, plan);
    for _ in 0..ticks {
        tick(&mut world);
    }
    world
}

/// A tick whose rows nobody wants.
///
/// # Panics
/// An identity is broken.
pub fn tick(world: &mut Simulation) {
    world.tick().expect("books close");
    let nobody: Result<(), std::convert::Infallible> = world.records().take(|_, _| Ok(()));
    nobody.unwrap_or_else(|never| match never {});
}

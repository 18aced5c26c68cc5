//! What the definitions of parameters allow: nothing panics and no identity breaks. `tripath stress` tries far more.

use std::sync::atomic::AtomicBool;

use tripath_experiments::stress::{Ended, Kind, StressOptions, StressRow, Summary, csv, stress};
use tripath_model::Model;

fn options() -> StressOptions {
    StressOptions {
        sources: vec!["baseline".to_owned()],
        model: Model::standard(),
        settings: vec!["time.burn_in_years=3".to_owned()],
        bounds: false,
        pairs: false,
        random: 30,
        years: 12,
        enterprises: 60,
        seed: 3,
        threads: 2,
    }
}

fn rows(options: &StressOptions) -> Vec<StressRow> {
    stress(options, &|_, _| (), &AtomicBool::new(false)).expect("baseline can be run")
}

#[test]
fn random_draws_end_are_refused_or_diverge_and_never_fail() {
    let found = rows(&options());
    assert_eq!(found.len(), 30);
    let summary = Summary::of(&found);
    let failed: Vec<_> = found.iter().filter(|row| row.status == Ended::Failed).map(|row| (&row.cause, &row.command)).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(summary.complete >= 10 && summary.complete + summary.refused + summary.diverged == 30, "{summary:?}");
    for row in &found {
        assert!(row.kind == Kind::Random && row.command.starts_with("tripath run baseline --seed 3 --set time.years=12"));
        assert_eq!(row.status == Ended::Complete, row.cause.is_empty(), "{row:?}");
        assert!(row.status != Ended::Complete || row.growth.is_some(), "{row:?}");
    }
    // The same rows with any number of threads.
    let alone = rows(&StressOptions { threads: 1, ..options() });
    assert_eq!(csv(&found).expect("text"), csv(&alone).expect("text"));
}

/// Ends of ranges that used to panic, to break identities or to ask for all memory.
const ONCE_FATAL: &[&str] = &[
    "think_tanks.staff=0",
    "think_tanks.staff=0.0001",
    "think_tanks.public_contract_share=0.05",
    "think_tanks.attraction_gain=5",
    "population.entrant_size=2",
    "population.exit_size=0.9",
    "labour.force_growth=-0.05",
    "labour.frictional_unemployment=0.2",
    "trade.foreign_inflation=0.3",
    "trade.assets_response=5",
    "government.debt_target=3",
    "banking.base_spread=0.3",
    "venture.hurdle=0",
    "sectors.semiconductors.export_share=0.9",
    "sectors.electric_vehicles.world_growth=1",
    "sectors.electric_vehicles.foreign_cost_decline=-0.2",
];

#[test]
fn ends_of_ranges_that_were_fatal_no_longer_are() {
    for setting in ONCE_FATAL {
        let settings = ["time.burn_in_years=3", setting].map(str::to_owned).to_vec();
        // A draw of no parameter is the economy as set.
        let options = StressOptions { settings, random: 1, years: 25, threads: 1, ..options() };
        let found = match stress(&options, &|_, _| (), &AtomicBool::new(false)) {
            Ok(found) => found,
            // A start that does not exist is refused with its reason.
            Err(error) => {
                assert!(!error.to_string().is_empty());
                continue;
            }
        };
        assert!(found.iter().all(|row| row.status != Ended::Failed), "{setting}: {found:#?}");
    }
}

//! Digests of every preset's tables, kept beside the tests: results move only where somebody means them to.
//!
//! A digest that changed is either a fault or a change of the model. The latter goes into CHANGELOG.md, with what moved,
//! and the digests are written anew by `TRIPATH_BLESS=1 cargo test -p tripath-tests --test golden`.

use std::fmt::Write as _;
use std::path::PathBuf;

use tripath_experiments::configuration::{Source, load, presets};
use tripath_tests::runs::run_into;

/// Twelve years after eight, few enough enterprises for a second a preset, enough for listings and mergers.
const SMALL: [&str; 3] = ["time.years=12", "time.burn_in_years=8", "population.enterprises=400"];

#[test]
fn every_preset_gives_the_tables_that_it_gave() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let mut found = String::new();
    for preset in presets() {
        let economy = load(&Source::from_argument(preset.name), &SMALL.map(str::to_owned)).expect("a preset can be loaded");
        let report = run_into(&work.path().join(preset.name), &economy).expect("the run ends");
        for (table, entry) in &report.manifest.tables {
            writeln!(found, "{} {table} {} {}", preset.name, entry.rows, entry.sha256).expect("text grows");
        }
    }
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/digests.txt");
    if std::env::var_os("TRIPATH_BLESS").is_some() {
        std::fs::write(&kept, &found).expect("the digests can be written");
        return;
    }
    let expected = std::fs::read_to_string(&kept).expect("the digests are there");
    let changed: Vec<&str> = found.lines().filter(|line| !expected.lines().any(|kept| kept == *line)).collect();
    assert!(found == expected, "tables that changed, or are new (see the head of this file):\n{}", changed.join("\n"));
}

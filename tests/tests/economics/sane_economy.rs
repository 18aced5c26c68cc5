//! The gates of `tripath sanity` in short: two seeds, fifteen years, a small population.

use tripath_experiments::evidence::{Seeds, sanity};
use tripath_tests::worlds::economy;

fn lives(preset: &str) {
    let presets = sanity(&[economy(preset, &super::SMALL)], &Seeds(vec![1, 2]), 2, &|_, _| ()).expect("threads start");
    for row in &presets[0].rows {
        assert!(row.passed(), "{preset}, seed {}: {:?} {:?} {:?}", row.seed, row.failure, row.out_of_range, row.values);
    }
}

#[test]
fn baseline_lives() {
    lives("baseline");
}

#[test]
fn us_like_lives() {
    lives("us-like");
}

#[test]
fn china_like_lives() {
    lives("china-like");
}

//! Facts S in short: two seeds, fifteen years, a small population.

use std::sync::atomic::AtomicBool;

use tripath_experiments::evidence::Seeds;
use tripath_experiments::validation::{RunPlan, facts_named, judge, measure_runs};
use tripath_tests::runs::session;
use tripath_tests::worlds::economy;

fn lives(preset: &str) {
    let facts = facts_named(&["S".to_owned()]).expect("there are facts S");
    let plan = RunPlan {
        configurations: &[economy(preset, &super::SMALL)],
        seeds: &Seeds(vec![1, 2]),
        keep: None,
        overwrite: false,
        threads: 2,
        program: session(1).program,
    };
    let measured = measure_runs(&plan, &facts, None, &AtomicBool::new(false), &|_, _| ()).expect("the runs end");
    let group = judge(&facts, &measured).groups.remove(0);
    assert!(group.sanity_missed.is_empty() && group.incomplete.is_empty(), "{preset}: {:?} {:#?}", group.sanity_missed, group.facts);
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

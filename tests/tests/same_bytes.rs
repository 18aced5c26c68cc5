//! The bytes of a table depend on program, configuration and seed alone: not on threads, other tables or the sampling of enterprises.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use tripath_experiments::configuration::{Source, load};
use tripath_experiments::run::{RunOptions, Silent, run_to_folder};
use tripath_tests::runs::{assert_same_tables, resume, run_and_stop, run_into, session, small_economy, tables};

#[test]
fn one_two_and_eight_threads_write_the_same_bytes() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let one = work.path().join("1");
    run_into(&one, &small_economy()).expect("the run ends");
    for threads in [2, 8] {
        let folder = work.path().join(threads.to_string());
        let options = RunOptions { out: folder.clone(), overwrite: false, session: session(threads) };
        run_to_folder(&small_economy(), &options, &mut Silent, &AtomicBool::new(false)).expect("the run ends");
        assert_same_tables(&folder, &one, &format!("{threads} threads"));
    }
}

#[test]
fn other_tables_and_another_sample_leave_a_table_as_it_is() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (all, few) = (work.path().join("all"), work.path().join("few"));
    run_into(&all, &small_economy()).expect("the run ends");
    let mut economy = small_economy();
    economy.outputs.tables = vec!["macro".to_owned(), "enterprises".to_owned()];
    economy.outputs.enterprises.fraction = 0.3;
    economy.outputs.enterprises.every_ticks = 1;
    run_into(&few, &economy).expect("the run ends");
    let (all, few) = (tables(&all), tables(&few));
    assert_eq!(few.keys().collect::<Vec<_>>(), ["enterprises.csv", "macro.csv"]);
    assert!(all["macro.csv"] == few["macro.csv"], "macro.csv differs");
    // In the ticks that both record, the smaller sample holds rows of the larger one, unchanged.
    let (larger, smaller) = (rows_by_tick(&all["enterprises.csv"]), rows_by_tick(&few["enterprises.csv"]));
    assert!(smaller.len() > larger.len() && larger.len() > 1);
    for (tick, rows) in &larger {
        assert!(smaller[tick].len() < rows.len() && !smaller[tick].is_empty(), "tick {tick} is not sampled");
        assert!(smaller[tick].is_subset(rows), "tick {tick} has other rows");
    }
}

fn rows_by_tick(table: &[u8]) -> BTreeMap<u32, BTreeSet<String>> {
    let mut found: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(table).lines().skip(1) {
        let tick = line.split(',').next().and_then(|tick| tick.parse().ok()).expect("rows begin with their tick");
        found.entry(tick).or_default().insert(line.to_owned());
    }
    found
}

/// `baseline` has few programmes; here all instruments, boards and think tanks are at work.
#[test]
fn with_everything_on_threads_and_a_stop_in_the_middle_change_nothing() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let overrides = ["time.years=8", "time.burn_in_years=4", "population.enterprises=2500"].map(str::to_owned);
    let economy = load(&Source::from_argument("china-like"), &overrides).expect("china-like is a preset");
    let whole = work.path().join("whole");
    let total = run_into(&whole, &economy).expect("the run ends").manifest.ticks_total;
    let threads = work.path().join("threads");
    let options = RunOptions { out: threads.clone(), overwrite: false, session: session(3) };
    run_to_folder(&economy, &options, &mut Silent, &AtomicBool::new(false)).expect("the run ends");
    assert_same_tables(&threads, &whole, "three threads");
    for ticks in [total / 3 + 1, total - 7] {
        let stopped = work.path().join(format!("stopped-{ticks}"));
        run_and_stop(&stopped, &economy, ticks).expect("it stops");
        resume(&stopped).expect("it goes on");
        assert_same_tables(&stopped, &whole, &format!("stopped after {ticks}"));
    }
}

//! The same bytes with any number of threads, in one go or in chunks of any stride.

use super::support::{GRID, SEQUENTIAL, assert_same, column, design, sweep, text, whole};

fn in_chunks(rest: &str) {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (design, expected) = (design(work.path(), rest), work.path().join("whole"));
    whole(&design, &expected);
    let one = work.path().join("one-thread");
    sweep(&["run", text(&design), "--out", text(&one), "--quiet", "--threads", "1"]);
    assert_same(&one, &expected, "one thread");
    for (of, order) in [(2, vec![1, 0]), (5, vec![3, 0, 4, 1, 2])] {
        let folder = work.path().join(format!("chunks-{of}"));
        for (turn, first) in order.iter().enumerate() {
            let (stride, threads) = (format!("{first}/{of}"), if turn % 2 == 0 { "1" } else { "2" });
            sweep(&["chunk", text(&design), "--out", text(&folder), "--stride", &stride, "--quiet", "--threads", threads]);
        }
        sweep(&["merge", text(&folder)]);
        assert_same(&folder, &expected, &format!("{of} chunks"));
    }
}

#[test]
fn a_grid_with_kept_tables() {
    in_chunks(GRID);
}

#[test]
fn replicates_until_a_half_width_is_reached() {
    in_chunks(SEQUENTIAL);
}

#[test]
fn strides_overlap_and_mix_with_a_run_in_one_go() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (design, expected, folder) = (design(work.path(), GRID), work.path().join("whole"), work.path().join("mixed"));
    whole(&design, &expected);
    for stride in ["1/3", "0/2"] {
        sweep(&["chunk", text(&design), "--out", text(&folder), "--stride", stride, "--quiet"]);
    }
    whole(&design, &folder);
    assert_same(&folder, &expected, "two strides, then the rest");
    assert!(super::support::results(&folder).values().all(|count| *count == 1), "a run was done twice");
}

#[test]
fn chunks_at_once_in_one_folder() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (design, expected, folder) = (design(work.path(), GRID), work.path().join("whole"), work.path().join("at-once"));
    whole(&design, &expected);
    let chunks: Vec<_> = (0..4)
        .map(|first| {
            let stride = format!("{first}/4");
            let arguments = ["sweep", "chunk", text(&design), "--out", text(&folder), "--stride", &stride, "--quiet", "--threads", "1"];
            tripath_tests::binary::command(&arguments).spawn().expect("the binary starts")
        })
        .collect();
    for mut chunk in chunks {
        assert!(chunk.wait().expect("it ends").success());
    }
    sweep(&["merge", text(&folder)]);
    assert_same(&folder, &expected, "four processes at once");
}

#[test]
fn a_point_ends_at_its_target_or_its_budget_and_says_which() {
    let work = tempfile::tempdir().expect("a temporary folder");
    for (target, word) in [("1e-9", "out_of_budget"), ("1e9", "reached")] {
        let rest = SEQUENTIAL.replace("growth = 0.05, unemployment = 0.02", &format!("growth = {target}"));
        let (design, folder) = (design(work.path(), &rest), work.path().join(word));
        whole(&design, &folder);
        assert_eq!(column(&folder, "points.csv", "stopped"), [word; 4]);
        let replicates = if word == "reached" { "3" } else { "11" };
        assert_eq!(column(&folder, "points.csv", "replicates"), [replicates; 4]);
    }
    let (design, folder) = (design(work.path(), SEQUENTIAL), work.path().join("between"));
    whole(&design, &folder);
    for (point, stopped) in column(&folder, "points.csv", "stopped").iter().enumerate() {
        let half_width: f64 = column(&folder, "points.csv", "growth_half_width")[point].parse().expect("a number");
        let other: f64 = column(&folder, "points.csv", "unemployment_half_width")[point].parse().expect("a number");
        assert_eq!(stopped == "reached", half_width <= 0.05 && other <= 0.02, "point {point}: {half_width}, {other}");
    }
}

#[test]
fn without_common_random_numbers_every_run_has_a_seed_of_its_own() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let shared = work.path().join("shared");
    whole(&design(work.path(), GRID), &shared);
    let mut seeds = column(&shared, "runs.csv", "seed");
    seeds.sort_unstable();
    seeds.dedup();
    assert_eq!(seeds, ["1", "2", "3", "4"]);
    let own = work.path().join("own");
    whole(&design(work.path(), &GRID.replace("count = 4", "count = 4\ncommon_random_numbers = false")), &own);
    let mut seeds = column(&own, "runs.csv", "seed");
    seeds.sort_unstable();
    seeds.dedup();
    assert_eq!(seeds.len(), 24);
}

#[test]
fn more_replicates_are_added_to_those_that_are_done() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (folder, expected) = (work.path().join("extended"), work.path().join("whole"));
    whole(&design(work.path(), GRID), &folder);
    let more = design(work.path(), &GRID.replace("count = 4", "count = 6"));
    sweep(&["run", text(&more), "--out", text(&folder), "--extend", "--quiet"]);
    whole(&more, &expected);
    assert_same(&folder, &expected, "four replicates, then two more");
    let runs = super::support::results(&folder);
    assert_eq!((runs.len(), runs.values().all(|count| *count == 1)), (36, true));
    // Nothing else can be changed on the way.
    let other = design(work.path(), &GRID.replace("count = 4", "count = 7").replace("16.0", "18.0"));
    let arguments = ["sweep", "run", text(&other), "--out", text(&folder), "--extend"];
    tripath_tests::binary::refuses(&arguments, &["`points.parameters.banking.leverage_limit`", "never mixed"]);
}

#[test]
fn scenarios_points_and_levers_are_crossed_in_that_order() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let rest = r#"
[points]
kind = "latin_hypercube"
count = 3
filters = ["banking.base_spread < 0.0366"]
[points.parameters]
banking.base_spread = { low = 0.01, high = 0.05 }
[scenarios.calm]
[scenarios.high_tax.government]
vat_rate = 0.16
[levers.none]
[levers.dear_work.labour]
expected_inflation = 0.04
[metrics]
growth = "macro.output_real: growth"
"#;
    let folder = work.path().join("crossed");
    whole(&design(work.path(), rest), &folder);
    let (scenarios, levers) = (column(&folder, "runs.csv", "scenario"), column(&folder, "runs.csv", "lever"));
    assert_eq!(scenarios, ["calm", "calm", "calm", "calm", "high_tax", "high_tax", "high_tax", "high_tax"]);
    assert_eq!(levers, ["none", "dear_work"].repeat(4));
    let spreads = column(&folder, "runs.csv", "banking.base_spread");
    assert_eq!(spreads[..4], spreads[4..]);
    assert!(spreads[0] == spreads[1] && spreads[1] != spreads[2], "{spreads:?}");
    assert!(spreads.iter().all(|spread| spread.parse::<f64>().expect("a number") < 0.0366));
    let mut growth = column(&folder, "runs.csv", "growth");
    growth.sort_unstable();
    growth.dedup();
    assert_eq!(growth.len(), 8, "an arm or a point has no effect: {growth:?}");
}

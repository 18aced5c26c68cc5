//! The designs that come with the program.

use super::support::{column, sweep, text};
use tripath_tests::sources::repository;

#[test]
fn every_example_can_be_planned() {
    let folder = repository().join("configs/sweeps");
    let mut kinds = Vec::new();
    for entry in std::fs::read_dir(folder).expect("examples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let plan = sweep(&["plan", text(&path), "--no-pilot", "--json"]);
            let plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
            assert!(plan["most_runs"].as_u64().expect("a number") <= 300, "{}: {plan}", path.display());
            kinds.push(plan["kind"].as_str().expect("a word").to_owned());
        }
    }
    for kind in ["grid", "list", "random", "latin_hypercube", "sobol", "morris", "single"] {
        assert!(kinds.iter().any(|known| known == kind), "no example of {kind}");
    }
}

#[test]
fn common_random_numbers_halve_the_variance_of_a_policy_effect_at_least() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("levers");
    let design = repository().join("configs/sweeps/scenarios-levers.toml");
    let said = sweep(&["run", text(&design), "--out", text(&folder), "--threads", "2"]);
    assert!(said.contains("variance of paired differences"), "{said}");
    let (metrics, ratios) = (column(&folder, "pairs.csv", "metric"), column(&folder, "pairs.csv", "variance_ratio"));
    for named in ["growth", "debt"] {
        let of: Vec<f64> =
            metrics.iter().zip(&ratios).filter(|(metric, _)| *metric == named).map(|(_, ratio)| ratio.parse().expect("a number")).collect();
        assert_eq!(of.len(), 4, "two levers in two scenarios");
        assert!(of.iter().sum::<f64>() / 4.0 < 0.5, "{named}: {of:?}");
    }
}

#[test]
fn any_run_can_be_replayed_with_more_tables() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (folder, again) = (work.path().join("list"), work.path().join("again"));
    let design = repository().join("configs/sweeps/list.toml");
    sweep(&["run", text(&design), "--out", text(&folder), "--quiet"]);
    let run = &column(&folder, "runs.csv", "run_id")[7];
    let arguments = ["replay", &run[..12], "--sweep", text(&folder), "--out", text(&again), "--tables", "enterprises,events"];
    let output = tripath_tests::binary::run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", tripath_tests::binary::complaint(&output));
    assert!(tripath_tests::binary::complaint(&output).contains("macro as in the sweep, byte for byte"));
    let kept = std::fs::read(folder.join("tables").join(run).join("macro.csv")).expect("a kept table");
    assert!(std::fs::read(again.join("macro.csv")).expect("a table") == kept);
    assert!(again.join("enterprises.csv").exists() && again.join("events.csv").exists() && !again.join("sectors.csv").exists());
    tripath_tests::binary::refuses(&["replay", "zzz", "--sweep", text(&folder)], &["there is no run `zzz`", "run_id"]);
}

//! What could go wrong silently is refused: edited files, foreign results, other designs, numbers that are none.

use std::path::Path;

use tripath_outputs::sha256_hex;
use tripath_tests::binary::refuses;

use super::support::{GRID, assert_same, column, design, result_files, sweep, text, whole};

fn refuses_sweep(arguments: &[&str], words: &[&str]) {
    let all: Vec<&str> = ["sweep"].into_iter().chain(arguments.iter().copied()).collect();
    refuses(&all, words);
}

/// A finished sweep of [`GRID`] with a change to its only result file.
fn changed(folder: &Path, change: impl FnOnce(&mut Vec<String>)) {
    let files = result_files(folder);
    let file = &files[0];
    let text = std::fs::read_to_string(file).expect("text");
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    change(&mut lines);
    std::fs::write(file, lines.concat()).expect("a writable file");
}

/// A line with the checksum that belongs to it.
fn sealed(json: &str) -> String {
    format!("{} {json}\n", &sha256_hex(json.as_bytes())[..16])
}

#[test]
fn results_that_were_torn_are_done_again_and_results_that_were_changed_are_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (design, expected) = (design(work.path(), GRID), work.path().join("whole"));
    whole(&design, &expected);
    let fresh = |name: &str| {
        let folder = work.path().join(name);
        whole(&design, &folder);
        folder
    };

    let torn = fresh("torn");
    changed(&torn, |lines| {
        lines.truncate(20);
        lines[19].truncate(100);
    });
    refuses_sweep(&["merge", text(&torn)], &["6 of 24 runs", "not done", "--partial"]);
    whole(&design, &torn);
    assert_same(&torn, &expected, "torn");

    let edited = fresh("edited");
    changed(&edited, |lines| lines[5] = lines[5].replacen("\"metrics\":[\"", "\"metrics\":[\"9", 1));
    let words = ["1.jsonl:6:", "checksum", "remove the lines from 6 on"];
    refuses_sweep(&["merge", text(&edited)], &words);
    refuses_sweep(&["run", text(&design), "--out", text(&edited)], &words);
    refuses_sweep(&["status", text(&edited)], &words);

    let foreign = fresh("foreign");
    changed(&foreign, |lines| lines[0] = sealed("{\"format\":\"tripath-results-1\",\"sweep\":\"another\"}"));
    refuses_sweep(&["merge", text(&foreign)], &["belongs to another sweep", "never mixed"]);

    // A result of a broken machine, whole and with its checksum: the same run, other numbers.
    let twice = fresh("twice");
    changed(&twice, |lines| {
        let (_, json) = lines[3].trim_end().split_once(' ').expect("a checksum");
        lines.push(sealed(&json.replacen("\"digest\":\"", "\"digest\":\"f", 1)));
    });
    let all = ["sweep", "merge", text(&twice)];
    let output = tripath_tests::binary::run(&all);
    let said = tripath_tests::binary::complaint(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("two results that differ"), "{said}");

    // The same result twice counts once.
    let repeated = fresh("repeated");
    changed(&repeated, |lines| lines.push(lines[3].clone()));
    sweep(&["merge", text(&repeated)]);
    assert_same(&repeated, &expected, "repeated");
    assert!(sweep(&["status", text(&repeated)]).contains("1 result(s) are there twice"));
}

#[test]
fn kept_tables_that_were_edited_or_removed_are_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (design, folder) = (design(work.path(), GRID), work.path().join("sweep"));
    whole(&design, &folder);
    let run = &column(&folder, "runs.csv", "run_id")[3];
    let table = folder.join("tables").join(run).join("sectors.csv");
    let bytes = std::fs::read(&table).expect("a table");
    let before = super::support::tables(&folder);
    for content in [[bytes.as_slice(), b"\n"].concat(), bytes[..bytes.len() / 2].to_vec(), b"a,b\n\"".to_vec()] {
        std::fs::write(&table, content).expect("writable");
        refuses_sweep(&["merge", text(&folder)], &["sectors.csv is not the one that run", run]);
    }
    std::fs::remove_file(&table).expect("ours");
    refuses_sweep(&["merge", text(&folder)], &["sectors.csv is not the one that run", run]);
    assert!(super::support::tables(&folder) == before, "tables that were there have changed");
}

#[test]
fn a_folder_of_another_design_is_refused_with_what_differs() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("sweep");
    whole(&design(work.path(), GRID), &folder);
    for (from, to, words) in [
        ("count = 4", "count = 5", ["`replicates.count`: 4 in the folder, 5 here", "--extend"]),
        ("16.0", "18.0", ["`points.parameters.banking.leverage_limit`", "18.0"]),
        ("keep = [\"macro\", \"sectors\"]", "keep = [\"macro\"]", ["`keep`", "[\"macro\"] here"]),
        ("growth\"", "mean\"", ["`metrics.growth`", "mean"]),
        ("solar =", "sun =", ["`metrics.solar`", "`metrics.sun`"]),
    ] {
        assert!(GRID.contains(from));
        refuses_sweep(&["run", text(&design(work.path(), &GRID.replace(from, to))), "--out", text(&folder)], &words);
    }
    let other = design(work.path(), GRID);
    let longer = std::fs::read_to_string(&other).expect("text").replace("years = 2", "years = 3");
    std::fs::write(&other, longer).expect("writable");
    refuses_sweep(
        &["chunk", text(&other), "--out", text(&folder), "--stride", "0/2"],
        &["`constants.time.years`: 2 in the folder, 3 here"],
    );
    // Comments and a description are no change.
    let same = design(work.path(), &format!("description = \"the same\" # a comment\n{GRID}"));
    sweep(&["run", text(&same), "--out", text(&folder), "--quiet"]);

    let foreign = work.path().join("foreign");
    std::fs::create_dir(&foreign).expect("a folder");
    std::fs::write(foreign.join("thesis.tex"), "").expect("a file");
    refuses_sweep(&["run", text(&same), "--out", text(&foreign)], &["is not empty and holds no sweep"]);
    refuses_sweep(&["status", text(&foreign)], &["holds no sweep"]);

    let manifest = folder.join("sweep.json");
    let edited = std::fs::read_to_string(&manifest).expect("text").replace("\"version\": \"", "\"version\": \"9");
    std::fs::write(&manifest, edited).expect("writable");
    refuses_sweep(&["run", text(&same), "--out", text(&folder)], &["was begun with tripath 9", "two versions"]);
    std::fs::write(&manifest, "{").expect("writable");
    refuses_sweep(&["run", text(&same), "--out", text(&folder)], &["sweep.json cannot be read"]);
}

#[test]
fn a_metric_that_is_not_finite_is_said_and_indices_are_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let rest = r#"
[points]
kind = "morris"
count = 2
[points.parameters]
banking.base_spread = { low = 0.01, high = 0.05 }
banking.leverage_limit = { low = 8.0, high = 20.0 }
[metrics]
growth = "macro.output_real: growth"
nothing = "events.amount: mean, rows mean, where event = no_such_event"
"#;
    let (design, folder) = (design(work.path(), rest), work.path().join("sweep"));
    let output = tripath_tests::binary::run(&["sweep", "run", text(&design), "--out", text(&folder)]);
    let said = format!("{} {}", tripath_tests::binary::complaint(&output), String::from_utf8_lossy(&output.stdout));
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("not a finite number: nothing"), "{said}");
    assert!(said.contains("indices of nothing are refused: 6 of 6 points have no value"), "{said}");
    assert_eq!(column(&folder, "runs.csv", "status"), ["not_finite"; 6]);
    assert!(column(&folder, "runs.csv", "nothing").iter().all(String::is_empty));
    assert!(column(&folder, "runs.csv", "growth").iter().all(|cell| cell.parse::<f64>().is_ok()));
    let metrics = column(&folder, "sensitivity.csv", "metric");
    assert_eq!((metrics.len(), metrics.iter().all(|metric| metric == "growth")), (6, true));
    assert!(sweep(&["status", text(&folder)]).contains("6 ×  not a finite number: nothing"));
}

#[test]
fn a_lever_without_effect_is_told() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let rest = r#"
[levers.as_it_is]
[levers.the_same.banking]
base_spread = 0.02
[levers.dear.banking]
base_spread = 0.2
[metrics]
growth = "macro.output_real: growth"
"#;
    let now = tripath_tests::worlds::economy("baseline", &[]).parameters.banking.base_spread;
    let (design, folder) = (design(work.path(), &rest.replace("0.02", &format!("{now:?}"))), work.path().join("sweep"));
    let said = sweep(&["run", text(&design), "--out", text(&folder)]);
    assert!(said.contains("the lever the_same has no effect") && !said.contains("the lever dear"), "{said}");
}

#[test]
fn the_data_package_names_every_column_of_every_table() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("sweep");
    whole(&design(work.path(), GRID), &folder);
    let package = std::fs::read_to_string(folder.join("datapackage.json")).expect("a package");
    let package: serde_json::Value = serde_json::from_str(&package).expect("JSON");
    let mut described = std::collections::BTreeSet::new();
    for resource in package["resources"].as_array().expect("resources") {
        let path = resource["path"].as_str().expect("a path");
        let mut reader = csv::Reader::from_path(folder.join(path)).expect("a table");
        let header: Vec<&str> = reader.headers().expect("a header").iter().collect();
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        assert_eq!(fields.iter().map(|field| field["name"].as_str().expect("a name")).collect::<Vec<_>>(), header, "{path}");
        assert!(fields.iter().all(|field| field["description"].as_str().is_some_and(|text| !text.is_empty())), "{path}");
        described.insert(path.to_owned());
    }
    let written: std::collections::BTreeSet<String> = tripath_tests::runs::tables(&folder).into_keys().collect();
    assert_eq!(described, written);
}

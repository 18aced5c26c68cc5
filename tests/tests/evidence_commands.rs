//! The commands that gather evidence: what they refuse, and what they leave behind.

use tripath_experiments::configuration::{Source, load};
use tripath_experiments::evidence::MECHANISMS;
use tripath_tests::binary::{complaint, refuses, run};

const SHORT: [&str; 8] = ["--years", "2", "--set", "time.burn_in_years=1", "--set", "population.enterprises=40", "--threads", "2"];

#[test]
fn wrong_input_is_refused_with_what_would_be_right() {
    refuses(&["sanity", "--seeds", "3-1"], &["gone", "tripath validate", "--facts S"]);
    refuses(&["drift", "baseline", "--years", "5", "--help"], &["gone", "tripath validate", "--facts A13"]);
    refuses(&["validate", "--run", "baseline", "--seeds", "3-1"], &["3-1", "seeds"]);
    refuses(&["validate", "--run", "baseline", "--years", "-4"], &["time.years"]);
    refuses(&["validate", "--run", "basline"], &["basline", "baseline"]);
    refuses(&["validate", "--run", "baseline", "--threads", "0"], &["threads", "1 to"]);
    refuses(&["ablate", "baseline", "--mechanism", "grnts"], &["grnts", "did you mean `grants`?"]);
    refuses(&["ablate", "--pairs", "0"], &["pairs", "0"]);
    refuses(&["bench", "--mechanisms", "--threads", "1"], &["--mechanisms", "--threads"]);
    refuses(&["bench", "--mechanisms", "--count", "counts.json"], &["--mechanisms", "--count"]);
    refuses(&["bench", "--mechanisms", "--sizes", "0"], &["sizes", "0"]);
}

#[test]
fn an_economy_that_is_not_sane_ends_with_exit_code_1_and_its_numbers_in_the_file() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let file = work.path().join("sanity.csv");
    let mut arguments = vec!["validate", "--run", "baseline", "--seeds", "4,7", "--facts", "S3", "--csv"];
    arguments.push(file.to_str().expect("a plain path"));
    arguments.extend(SHORT);
    // Nobody can found an enterprise: no entry.
    arguments.extend(["--set", "population.entry_rate=0"]);
    let output = run(&arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Sanity S: NOT passed: S3") && said.contains("Not every run is sane."), "{said}");
    let table = std::fs::read_to_string(file).expect("the file is there");
    let entry = table.lines().find(|line| line.contains("entrants a year")).expect("a row for entry");
    assert!(entry.starts_with("baseline,neither,S3,") && entry.contains(",2,0,MISSED,false,"), "{entry}");
}

#[test]
fn verdicts_are_printed_where_their_file_cannot_be_written() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let file = work.path().join("nowhere/verdicts.csv");
    let mut arguments = vec!["validate", "--run", "baseline", "--seeds", "1", "--facts", "A10", "--out"];
    arguments.push(file.to_str().expect("a plain path"));
    arguments.extend(SHORT);
    let output = run(&arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("A10") && said.contains("in target"), "{said}");
    assert!(complaint(&output).contains("could not be written to") && complaint(&output).contains("--out FILE"), "{}", complaint(&output));
}

#[test]
fn ablation_gives_a_row_for_each_outcome_as_text_json_and_csv() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let file = work.path().join("effects.csv");
    let mut arguments = vec!["ablate", "baseline", "--pairs", "2", "--mechanism", "grants", "output_subsidy", "--json"];
    arguments.extend(["--csv", file.to_str().expect("a plain path")]);
    arguments.extend(SHORT);
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let effects = found["mechanisms"][0]["effects"].as_array().expect("effects").len();
    assert!(found["mechanisms"][1]["absent"] == true && effects > 20);
    assert_eq!(std::fs::read_to_string(file).expect("the file is there").lines().count(), effects + 1);
}

#[test]
fn the_cost_of_mechanisms_has_a_line_for_each_that_can_be_switched_off() {
    let arguments = ["bench", "--mechanisms", "--sizes", "40,80", "--ticks", "8", "--set", "time.burn_in_years=10"];
    let output = run(&arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = |name: &str| said.lines().filter(|line| line.split_whitespace().next() == Some(name)).count();
    let parameters = load(&Source::from_argument("china-like"), &[]).expect("a preset").parameters;
    let present = || MECHANISMS.iter().filter(|mechanism| mechanism.without(&parameters).is_some());
    for mechanism in present() {
        assert_eq!(lines(mechanism.name), 2, "{}: {said}", mechanism.name);
    }
    assert!(lines("nothing") == 2 && said.contains("80 enterprises, 2 years"), "{said}");

    let output = run(&[&arguments[..], &["--json"]].concat());
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let mechanisms = found["tables"][1]["mechanisms"].as_array().expect("mechanisms");
    assert_eq!(mechanisms.len(), present().count());
    assert!(mechanisms.iter().all(|cost| cost["cost"]["measurements"] == 2 && cost["enterprises_off"].as_u64() > Some(0)));
}

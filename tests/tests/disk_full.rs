//! A disk that is full ends a run with a clear word, and leaves tables of whole rows from which it goes on.

#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};

use tripath_outputs::Status;
use tripath_tests::binary::{binary, complaint, run};
use tripath_tests::runs::{assert_same_tables, assert_whole_rows, manifest, tables};

const RUN: [&str; 11] = [
    "run",
    "baseline",
    "--years",
    "12",
    "--set",
    "time.burn_in_years=1",
    "--set",
    "population.enterprises=300",
    "--sample-every",
    "1",
    "--quiet",
];

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

/// Runs where no file may grow over some blocks of 512 bytes (1,024 in some shells): to a program that is as a full disk.
fn run_with_little_room(blocks: u32, folder: &Path) -> Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    Command::new("sh")
        .args(["-c", &script, "sh"])
        .arg(binary())
        .args(RUN)
        .args(["--checkpoint-every", "2", "--out"])
        .arg(folder)
        .output()
        .expect("sh is there")
}

#[test]
fn a_table_without_room_ends_the_run_and_keeps_whole_rows() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (whole, folder) = (work.path().join("whole"), work.path().join("full"));
    let reference = run(&RUN.iter().copied().chain(["--out", text(&whole)]).collect::<Vec<_>>());
    assert!(reference.status.success(), "{}", complaint(&reference));

    let output = run_with_little_room(1000, &folder);
    let said = complaint(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for word in ["cannot write the table", "enterprises.csv", "rows are safe", "File too large", "make room", "tripath resume"] {
        assert!(said.contains(word), "`{word}` is missing: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");

    let left = manifest(&folder);
    assert_eq!(left.status, Status::Failed);
    assert!(left.reason.expect("a reason").contains("cannot write the table"));
    assert_whole_rows(&folder, false);
    let expected = tables(&whole);
    for (name, bytes) in tables(&folder) {
        assert!(expected[&name].starts_with(&bytes), "{name} holds other rows");
    }
    assert!(tables(&folder)["enterprises.csv"].len() > 100_000, "rows that fitted are kept");

    let resumed = run(&["resume", text(&folder), "--quiet"]);
    assert!(resumed.status.success(), "{}", complaint(&resumed));
    assert_same_tables(&folder, &whole, "after room was made");
}

#[test]
fn no_room_at_all_leaves_nothing_that_looks_whole() {
    let work = tempfile::tempdir().expect("a temporary folder");
    for blocks in [0, 1, 8, 40] {
        let folder = work.path().join(format!("room-{blocks}"));
        let output = run_with_little_room(blocks, &folder);
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("cannot write"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
        let status = tripath_outputs::Manifest::read(&folder).expect("a manifest is whole or not there").map(|manifest| manifest.status);
        assert_ne!(status, Some(Status::Complete));
        assert_whole_rows(&folder, false);
        let names: Vec<String> = std::fs::read_dir(&folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        assert!(!names.iter().any(|name| name.ends_with(".partial")), "{names:?}");
    }
}

#[test]
fn standard_output_that_is_closed_or_full_is_no_panic() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    assert!(run(&RUN.iter().copied().chain(["--out", text(&folder)]).collect::<Vec<_>>()).status.success());
    let inspect = |redirection: &str| {
        let script = format!("\"$@\" {redirection}");
        Command::new("sh").args(["-c", &script, "sh"]).arg(binary()).args(["inspect", text(&folder)]).output().expect("sh is there")
    };
    for redirection in ["| true", ">&-", "2>&-"] {
        let output = inspect(redirection);
        assert!(!complaint(&output).contains("panicked"), "{redirection}: {}", complaint(&output));
        assert_eq!(output.status.code(), Some(0), "{redirection}: {}", complaint(&output));
    }
    if Path::new("/dev/full").exists() {
        let output = inspect("> /dev/full");
        assert_eq!(output.status.code(), Some(1), "{}", complaint(&output));
        assert!(complaint(&output).contains("cannot print"), "{}", complaint(&output));
    }
}

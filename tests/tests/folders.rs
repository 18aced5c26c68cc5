//! A folder is written by one run, and nobody else's files are touched.

use std::fs;
use std::path::{Path, PathBuf};

use tripath_experiments::run::{CHECKPOINT_FILE, LOCK_FILE};
use tripath_outputs::Status;
use tripath_tests::binary::{complaint, refuses, run};
use tripath_tests::runs::{assert_same_tables, manifest, run_and_stop, run_into, small_economy};

const SMALL: [&str; 9] =
    ["run", "baseline", "--years", "3", "--set", "time.burn_in_years=1", "--set", "population.enterprises=60", "--quiet"];

fn small_run<'a>(more: &[&'a str]) -> Vec<&'a str> {
    SMALL.iter().copied().chain(more.iter().copied()).collect()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

fn stopped_run(work: &Path) -> PathBuf {
    let folder = work.join("stopped");
    run_and_stop(&folder, &small_economy(), 20).expect("it stops");
    folder
}

#[test]
fn an_earlier_run_is_refused_with_a_way_out_and_replaced_on_request() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    let arguments = small_run(&["--out", text(&folder)]);
    assert!(run(&arguments).status.success());
    fs::write(folder.join("notes.txt"), "mine").expect("a note");
    let before = fs::read(folder.join("macro.csv")).expect("a table");
    refuses(&arguments, &["already holds a run (complete)", "--overwrite", "--out"]);
    assert_eq!(fs::read(folder.join("macro.csv")).expect("a table"), before);
    let output = run(&small_run(&["--out", text(&folder), "--overwrite", "--seed", "77", "--tables", "macro"]));
    assert!(output.status.success(), "{}", complaint(&output));
    assert_eq!(manifest(&folder).seed, 77);
    assert_ne!(fs::read(folder.join("macro.csv")).expect("a table"), before);
    assert!(!folder.join("sectors.csv").exists(), "tables of the earlier run are gone");
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).expect("the note is still there"), "mine");
}

#[test]
fn an_interrupted_run_is_refused_with_the_way_to_resume() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = stopped_run(work.path());
    refuses(&small_run(&["--out", text(&folder)]), &["already holds a run (interrupted)", "tripath resume"]);
}

#[test]
fn a_folder_with_other_files_is_refused_even_with_overwrite() {
    let work = tempfile::tempdir().expect("a temporary folder");
    fs::write(work.path().join("thesis.tex"), "precious").expect("a file");
    fs::write(work.path().join("macro.csv"), "precious,too\n").expect("a file");
    for more in [&["--out", text(work.path())][..], &["--overwrite", "--out", text(work.path())][..]] {
        refuses(&small_run(more), &["holds no run of tripath"]);
    }
    assert_eq!(fs::read_to_string(work.path().join("macro.csv")).expect("still there"), "precious,too\n");
    assert_eq!(fs::read_dir(work.path()).expect("a folder").count(), 2, "nothing was added");
}

#[test]
fn a_foreign_manifest_does_not_make_a_folder_ours() {
    let work = tempfile::tempdir().expect("a temporary folder");
    fs::write(work.path().join("manifest.json"), "{\"format\": \"of somebody else\"}").expect("a file");
    refuses(&small_run(&["--overwrite", "--out", text(work.path())]), &["holds no run of tripath"]);
    assert!(work.path().join("manifest.json").exists());
}

#[test]
fn an_empty_folder_is_taken() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let output = run(&small_run(&["--out", text(work.path())]));
    assert!(output.status.success(), "{}", complaint(&output));
    assert_eq!(manifest(work.path()).status, Status::Complete);
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let file = work.path().join("a-file");
    fs::write(&file, "not a folder").expect("a file");
    refuses(&small_run(&["--out", text(&file)]), &["cannot write to the folder"]);
    refuses(&small_run(&["--out", text(&file.join("below"))]), &["cannot write to the folder"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let closed = work.path().join("closed");
        fs::create_dir(&closed).expect("a folder");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("a mode");
        // The administrator may write everywhere.
        if fs::write(closed.join("probe"), "").is_err() {
            refuses(&small_run(&["--out", text(&closed)]), &["cannot write to the folder", "Permission denied"]);
        }
    }
}

#[test]
fn two_processes_in_one_folder_are_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = stopped_run(work.path());
    let lock = fs::File::options().write(true).open(folder.join(LOCK_FILE)).expect("the lock is there");
    lock.lock().expect("nobody else holds it");
    refuses(&["resume", text(&folder)], &["another process is writing"]);
    refuses(&small_run(&["--overwrite", "--out", text(&folder)]), &["another process is writing"]);
    drop(lock);
    let output = run(&["resume", text(&folder), "--quiet"]);
    // The checkpoint comes from a test, not from this binary: what matters is that the lock is free again.
    assert!(!complaint(&output).contains("another process"));
}

#[test]
fn a_folder_without_a_run_cannot_be_resumed_or_inspected() {
    let work = tempfile::tempdir().expect("a temporary folder");
    for command in ["resume", "inspect"] {
        refuses(&[command, text(work.path())], &["holds no run"]);
        refuses(&[command, text(&work.path().join("missing"))], &["holds no run"]);
    }
    assert_eq!(fs::read_dir(work.path()).expect("a folder").count(), 0, "nothing was added");
}

#[test]
fn a_damaged_checkpoint_is_told_from_a_whole_one() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = stopped_run(work.path());
    let path = folder.join(CHECKPOINT_FILE);
    let whole = fs::read(&path).expect("a checkpoint");
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for (damaged, why) in [
        (&whole[..whole.len() - 1], "digest"),
        (&flipped, "digest"),
        (&whole[..10], "too short"),
        (&[], "too short"),
        (&[7; 200], "does not begin"),
    ] {
        fs::write(&path, damaged).expect("a checkpoint");
        refuses(&["resume", text(&folder)], &["checkpoint", "is damaged", why]);
    }
}

#[test]
fn a_checkpoint_of_another_program_is_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = stopped_run(work.path());
    refuses(&["resume", text(&folder)], &["was written with the program tripath test (unknown)", "here it is"]);
}

#[test]
fn a_table_that_is_missing_short_or_changed_is_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("stopped");
    run_and_stop(&folder, &small_economy(), 20).expect("it stops");
    let table = folder.join("macro.csv");
    let whole = fs::read(&table).expect("a table");
    let error = |what: &str| tripath_tests::runs::resume(&folder).err().unwrap_or_else(|| panic!("{what} was not noticed")).to_string();
    fs::write(&table, &whole[..whole.len() - 20]).expect("a table");
    assert!(error("a cut").contains("bytes; "), "{}", error("a cut"));
    let mut changed = whole.clone();
    let last_digit = changed.len() - 3;
    changed[last_digit] ^= 1;
    fs::write(&table, changed).expect("a table");
    assert!(error("a change").contains("was changed"));
    fs::remove_file(&table).expect("a table");
    assert!(error("an absence").contains("is missing"));
    assert_eq!(manifest(&folder).status, Status::Failed);
    fs::write(&table, whole).expect("a table");
    let expected = work.path().join("whole");
    run_into(&expected, &small_economy()).expect("it ends");
    tripath_tests::runs::resume(&folder).expect("all is as it was");
    assert_same_tables(&folder, &expected, "after repairs");
}

#[test]
fn a_changed_configuration_cannot_be_resumed() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = stopped_run(work.path());
    let file = folder.join("config.toml");
    let configuration = fs::read_to_string(&file).expect("a configuration");
    let changed = configuration.replace("years = 6", "years = 7");
    assert_ne!(changed, configuration);
    fs::write(&file, changed).expect("a configuration");
    refuses(&["resume", text(&folder)], &["is not the configuration that this run began with"]);
}

#[test]
fn options_that_cannot_be_are_refused_before_a_folder_is_made() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    let cases: [(&[&str], &[&str]); 8] = [
        (&["--threads", "0"], &["threads is 0", "1 to 1024"]),
        (&["--threads", "-2"], &["-2"]),
        (&["--years", "-4"], &["years", "-4", "1 to 1000"]),
        (&["--tables", "macro,return"], &["no table `return`", "`returns`"]),
        (&["--sample", "1.5"], &["1.5", "0 to 1"]),
        (&["--sample", "nan"], &["NaN", "0 to 1"]),
        (&["--sample-every", "0"], &["0 ticks"]),
        (&["--format", "xlsx"], &["xlsx", "csv"]),
    ];
    for (options, words) in cases {
        refuses(&["run", "baseline", "--out", text(&folder)].iter().chain(options).copied().collect::<Vec<_>>(), words);
    }
    assert!(!folder.exists());
}

#[test]
fn one_json_object_on_standard_output_and_nothing_else() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    let output = run(&small_run(&["--json", "--out", text(&folder)]));
    let ran: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let inspected: serde_json::Value = serde_json::from_slice(&run(&["inspect", "--json", text(&folder)]).stdout).expect("JSON");
    assert_eq!(ran, inspected);
    assert_eq!(ran["status"], "complete");
    assert_eq!(ran["macro"]["years"], 3.0);
    assert_eq!(ran["returns"].as_array().expect("a list").len(), 3);
}

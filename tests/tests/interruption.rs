//! A run that was stopped or killed goes on to the same bytes as one that was left alone.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tripath_experiments::run::CHECKPOINT_FILE;
use tripath_outputs::Status;
use tripath_tests::binary;
use tripath_tests::runs::{
    assert_same_tables, assert_whole_rows, manifest, resume, resume_and_stop, run_and_stop, run_into, small_economy,
};

#[test]
fn stopped_after_any_tick_and_resumed_gives_the_same_bytes() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let economy = small_economy();
    let whole = work.path().join("whole");
    let report = run_into(&whole, &economy).expect("the run ends");
    let total = report.manifest.ticks_total;
    for ticks in [0, 1, total / 8, total / 4, total / 3, total / 2, total - 2, total - 1] {
        let folder = work.path().join(format!("stopped-after-{ticks}"));
        let stopped = run_and_stop(&folder, &economy, ticks).expect("a stop is no failure");
        assert_eq!((stopped.manifest.status, stopped.manifest.ticks_done), (Status::Interrupted, ticks));
        assert_eq!(manifest(&folder).status, Status::Interrupted);
        assert_whole_rows(&folder, false);
        let resumed = resume(&folder).expect("it goes on");
        assert_eq!(resumed.manifest.status, Status::Complete);
        assert_eq!(resumed.manifest.tables, report.manifest.tables, "digests and rows after a stop at {ticks}");
        assert_same_tables(&folder, &whole, &format!("stopped after {ticks}"));
        assert!(!folder.join(CHECKPOINT_FILE).exists(), "a complete run needs no checkpoint");
    }
}

#[test]
fn stopped_again_and_again_gives_the_same_bytes() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let economy = small_economy();
    let (whole, folder) = (work.path().join("whole"), work.path().join("stopped"));
    let total = run_into(&whole, &economy).expect("the run ends").manifest.ticks_total;
    run_and_stop(&folder, &economy, 2).expect("it stops");
    for ticks in (3..total).step_by(5) {
        let report = resume_and_stop(&folder, 1 + ticks as usize % 3, ticks).expect("it goes on");
        assert_eq!((report.manifest.status, report.manifest.ticks_done), (Status::Interrupted, ticks));
    }
    resume(&folder).expect("it ends");
    assert_same_tables(&folder, &whole, "stopped every five ticks");
}

/// A program that is started while a run holds its folder has a copy of the open lock until it is loaded.
#[test]
fn a_program_started_meanwhile_does_not_keep_the_folder() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (economy, folder) = (small_economy(), work.path().join("run"));
    run_and_stop(&folder, &economy, 1).expect("it stops");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    binary::command(&["--version"]).stdout(Stdio::null()).status().expect("the binary starts");
                }
            });
        }
        let outcome: Result<Vec<_>, _> = (0..200).map(|_| resume_and_stop(&folder, 1, 1)).collect();
        done.store(true, Ordering::Relaxed);
        outcome.expect("each time the folder is free again");
    });
}

#[test]
fn rows_after_the_checkpoint_are_cut_off_and_written_again() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let economy = small_economy();
    let (whole, folder) = (work.path().join("whole"), work.path().join("torn"));
    let total = run_into(&whole, &economy).expect("the run ends").manifest.ticks_total;
    run_and_stop(&folder, &economy, total / 2).expect("it stops");
    let table = folder.join("macro.csv");
    let mut bytes = std::fs::read(&table).expect("a table");
    bytes.extend_from_slice(b"99,torn in the mid");
    std::fs::write(&table, bytes).expect("the table takes it");
    resume(&folder).expect("it goes on");
    assert_same_tables(&folder, &whole, "a torn row");
}

#[test]
fn without_a_checkpoint_a_run_begins_again() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let economy = small_economy();
    let (whole, folder) = (work.path().join("whole"), work.path().join("killed"));
    let total = run_into(&whole, &economy).expect("the run ends").manifest.ticks_total;
    run_and_stop(&folder, &economy, total / 2).expect("it stops");
    std::fs::remove_file(folder.join(CHECKPOINT_FILE)).expect("there is a checkpoint");
    resume(&folder).expect("it goes on");
    assert_same_tables(&folder, &whole, "begun again");
}

#[test]
fn the_configuration_in_the_folder_gives_the_same_bytes() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (whole, again) = (work.path().join("whole"), work.path().join("again"));
    run_into(&whole, &small_economy()).expect("the run ends");
    let file = whole.join("config.toml");
    let output = binary::run(&["run", text(&file), "--quiet", "--out", text(&again)]);
    assert!(output.status.success(), "{}", binary::complaint(&output));
    assert_same_tables(&again, &whole, "run from config.toml");
}

#[test]
fn resuming_a_complete_run_says_so_and_changes_nothing() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("whole");
    run_into(&folder, &small_economy()).expect("the run ends");
    let before = std::fs::read(folder.join("manifest.json")).expect("a manifest");
    let output = binary::run(&["resume", text(&folder)]);
    assert_eq!(output.status.code(), Some(0), "{}", binary::complaint(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("complete already"));
    assert_eq!(std::fs::read(folder.join("manifest.json")).expect("a manifest"), before);
}

#[test]
#[cfg(unix)]
fn killed_at_any_moment_and_resumed_gives_the_same_bytes() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let long = LongRun::of_about(Duration::from_millis(600), work.path());
    let mut killed_at_work = 0;
    for (round, share) in [0.02, 0.1, 0.25, 0.4, 0.55, 0.7].into_iter().enumerate() {
        let folder = work.path().join(format!("killed-{round}"));
        let mut process = long.start(&folder);
        wait_for(&folder.join("config.toml"));
        std::thread::sleep(long.duration.mul_f64(share));
        process.kill().expect("SIGKILL is sent");
        process.wait().expect("it ends");
        killed_at_work += u32::from(manifest_status(&folder) != Some(Status::Complete));
        assert_whole_rows(&folder, true);
        let inspected = binary::run(&["inspect", text(&folder)]);
        assert!(inspected.status.success() || manifest_status(&folder).is_none(), "{}", binary::complaint(&inspected));
        let resumed = binary::run(&["resume", text(&folder), "--quiet", "--threads", if round % 2 == 0 { "1" } else { "2" }]);
        assert!(resumed.status.success(), "{}", binary::complaint(&resumed));
        assert_same_tables(&folder, &long.folder, &format!("killed at {share} of the time"));
        assert_eq!(manifest(&folder).tables, manifest(&long.folder).tables);
    }
    assert!(killed_at_work >= 2, "only {killed_at_work} of 6 runs were at work when they were killed");
}

#[test]
fn a_table_without_its_header_is_as_one_that_is_not_there() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("begun");
    let run = binary::run(&["run", "--set", "population.enterprises=200", "--years", "2", "--quiet", "--out", text(&folder)]);
    assert!(run.status.success(), "{}", binary::complaint(&run));
    // As a kill between the making of the file and the first write leaves it.
    for table in ["macro.csv", "returns.csv"] {
        std::fs::write(folder.join(table), "").expect("the table can be emptied");
    }
    let inspected = binary::run(&["inspect", text(&folder)]);
    assert!(inspected.status.success(), "{}", binary::complaint(&inspected));
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_the_tick_says_interrupted_and_the_run_goes_on_to_the_same_bytes() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let long = LongRun::of_about(Duration::from_millis(600), work.path());
    for (signal, moment) in [("TERM", "macro.csv"), ("INT", CHECKPOINT_FILE)] {
        let folder = work.path().join(signal);
        let process = long.start(&folder);
        wait_for(&folder.join(moment));
        let sent = Command::new("kill").args([&format!("-{signal}"), &process.id().to_string()]).status().expect("kill is there");
        let output = process.wait_with_output().expect("it ends");
        assert!(sent.success(), "the run ended too early to be interrupted");
        let said = binary::complaint(&output);
        assert_eq!(output.status.code(), Some(130), "{said}");
        assert!(said.contains("tripath resume"), "{said}");
        assert_eq!(manifest(&folder).status, Status::Interrupted);
        assert_whole_rows(&folder, false);
        let resumed = binary::run(&["resume", text(&folder), "--quiet"]);
        assert_eq!(resumed.status.code(), Some(0), "{}", binary::complaint(&resumed));
        assert_same_tables(&folder, &long.folder, signal);
    }
}

/// A run that takes about a second, whatever the machine and the model: the number of enterprises is made to fit.
#[cfg(unix)]
struct LongRun {
    folder: std::path::PathBuf,
    enterprises: String,
    duration: Duration,
}

#[cfg(unix)]
impl LongRun {
    fn of_about(least: Duration, work: &Path) -> Self {
        for enterprises in [100, 300, 1000, 3000, 10_000, 30_000, 100_000] {
            let enterprises = format!("population.enterprises={enterprises}");
            let mut run = Self { folder: work.join(&enterprises), enterprises, duration: Duration::ZERO };
            let began = Instant::now();
            let output = run.start(&run.folder).wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", binary::complaint(&output));
            run.duration = began.elapsed();
            if run.duration >= least {
                return run;
            }
        }
        panic!("no size of the economy takes {least:?}");
    }

    fn start(&self, folder: &Path) -> std::process::Child {
        let arguments = ["run", "baseline", "--years", "20", "--set", "time.burn_in_years=2", "--set", &self.enterprises];
        binary::command(&arguments)
            .args(["--threads", "1", "--checkpoint-every", "2", "--quiet", "--out"])
            .arg(folder)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts")
    }
}

#[cfg(unix)]
fn wait_for(file: &Path) {
    let began = Instant::now();
    while !file.exists() {
        assert!(began.elapsed() < Duration::from_secs(60), "{} does not appear", file.display());
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[cfg(unix)]
fn manifest_status(folder: &Path) -> Option<Status> {
    tripath_outputs::Manifest::read(folder).expect("a manifest is whole or not there").map(|manifest| manifest.status)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

//! A sweep that is killed or stopped at any moment goes on: no run twice, none lost, the same bytes.

#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tripath_tests::binary::{command, complaint};

use super::support::{assert_same, design, result_files, results, sweep, text, whole};

/// 200 runs of a few milliseconds.
const MANY: &str = r#"
[points]
kind = "random"
count = 100
[points.parameters]
banking.base_spread = { low = 0.01, high = 0.05 }
[replicates]
count = 2
[metrics]
growth = "macro.output_real: growth"
"#;

fn start(design: &Path, folder: &Path) -> Child {
    let arguments = ["sweep", "run", text(design), "--out", text(folder), "--quiet", "--threads", "2"];
    command(&arguments).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the binary starts")
}

#[test]
fn killed_at_twenty_moments() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (design, expected) = (design(work.path(), MANY), work.path().join("whole"));
    let began = Instant::now();
    whole(&design, &expected);
    let duration = began.elapsed();
    let (mut at_work, mut torn) = (0, 0);
    for round in 0..20_u64 {
        let folder = work.path().join(format!("killed-{round}"));
        let mut process = start(&design, &folder);
        // Moments without a pattern, the same in every test: fractions of the golden ratio.
        std::thread::sleep(duration.mul_f64((round as f64 * 0.618_034).fract() * 0.95));
        process.kill().expect("SIGKILL is sent");
        process.wait().expect("it ends");
        let before = if folder.join("results").exists() { results(&folder) } else { Default::default() };
        at_work += usize::from(!before.is_empty() && before.len() < 200);
        torn += folder.join("results").exists().then(|| result_files(&folder)).iter().flatten().filter(|file| ends_torn(file)).count();
        whole(&design, &folder);
        assert_same(&folder, &expected, &format!("killed at moment {round}"));
        let after = results(&folder);
        assert_eq!(after.len(), 200, "moment {round}: runs were lost");
        assert!(after.values().all(|count| *count == 1), "moment {round}: runs were done twice");
        assert!(before.keys().all(|run| after.contains_key(run)), "moment {round}: results have gone");
        std::fs::remove_dir_all(&folder).expect("ours");
    }
    assert!(at_work >= 5, "only {at_work} of 20 sweeps were at work when they were killed ({torn} lines torn)");
}

fn ends_torn(file: &Path) -> bool {
    std::fs::read(file).expect("readable").last().is_some_and(|byte| *byte != b'\n')
}

#[test]
fn killed_again_and_again_in_one_folder() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (design, expected, folder) = (design(work.path(), MANY), work.path().join("whole"), work.path().join("killed"));
    let began = Instant::now();
    whole(&design, &expected);
    let duration = began.elapsed();
    for round in 0..6 {
        let mut process = start(&design, &folder);
        std::thread::sleep(duration.mul_f64(0.1 + 0.05 * f64::from(round)));
        process.kill().expect("SIGKILL is sent");
        process.wait().expect("it ends");
    }
    whole(&design, &folder);
    assert_same(&folder, &expected, "killed six times");
    assert!(results(&folder).values().all(|count| *count == 1), "a run was done twice");
}

/// Worlds that take long enough to be stopped in the middle, and keep tables.
const LONG: &str = r#"
keep = ["macro", "enterprises"]
[points]
kind = "grid"
[points.parameters]
banking.leverage_limit = [8.0, 12.0]
[replicates]
count = 3
[metrics]
growth = "macro.output_real: growth"
listed = "enterprises.sales: mean, rows mean"
"#;

#[test]
fn signals_leave_checkpoints_from_which_worlds_go_on() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let design = design(work.path(), LONG);
    let big =
        std::fs::read_to_string(&design).expect("text").replace("years = 2", "years = 20").replace("enterprises = 30", "enterprises = 600");
    std::fs::write(&design, big).expect("a writable folder");
    let expected = work.path().join("whole");
    whole(&design, &expected);
    let mut in_the_middle = 0;
    for (number, signal) in ["TERM", "USR1", "INT"].into_iter().enumerate() {
        let folder = work.path().join(signal);
        let process = start(&design, &folder);
        let began = Instant::now();
        while !folder.join("tables").exists() {
            assert!(began.elapsed() < Duration::from_secs(60), "no run begins");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(20 * number as u64));
        let sent = Command::new("kill").args([&format!("-{signal}"), &process.id().to_string()]).status().expect("kill is there");
        let output = process.wait_with_output().expect("it ends");
        assert!(sent.success(), "the sweep ended too early to be stopped");
        assert_eq!(output.status.code(), Some(130), "{signal}: {}", complaint(&output));
        assert!(complaint(&output).contains("run the same command again"), "{}", complaint(&output));
        let checkpoints: Vec<_> =
            std::fs::read_dir(folder.join("checkpoints")).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        in_the_middle += checkpoints.len();
        if signal == "USR1" {
            // One that is damaged, as one of another program, is not used: its run begins again.
            for checkpoint in &checkpoints {
                let mut bytes = std::fs::read(checkpoint).expect("readable");
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                std::fs::write(checkpoint, bytes).expect("writable");
            }
        }
        whole(&design, &folder);
        assert_same(&folder, &expected, signal);
        assert_eq!(std::fs::read_dir(folder.join("checkpoints")).into_iter().flatten().count(), 0, "done runs need no checkpoint");
    }
    assert!(in_the_middle > 0, "no world was stopped in the middle");
    sweep(&["verify", text(&expected), "--runs", "2"]);
}

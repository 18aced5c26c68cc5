//! A sweep by job arrays of a real Slurm: one controller and two virtual nodes on loopback. Whatever befalls the cluster – a node set
//! down, a walltime kill, a controller that starts again – the merged tables are those of a local run, byte by byte.
//!
//! Where Slurm cannot be had the test says so on standard error, and why. `.ci/run` installs it first, and sets `TRIPATH_SLURM=required`
//! where that went well: then a test that is left out has failed.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tripath_tests::binary::{binary, complaint};
use tripath_tests::sources::repository;

const DESIGN: &str = r#"
extends = "baseline"
keep = ["macro"]

[constants]
population.enterprises = 150
time.years = 10
time.burn_in_years = 4

[points]
kind = "grid"

[points.parameters]
government.rd_credit_rate = [0.0, 0.1, 0.2]
banking.leverage_limit = [8.0, 12.0]

[replicates]
count = 8

[metrics]
growth = "macro.output_real: growth, years 2..10"
unemployment = "macro.unemployment_rate: mean, years 2..10"
"#;

/// Runs of the design.
const RUNS: usize = 48;

/// As `tests/slurm/cluster.sh` ends where Slurm cannot be had.
const NO_SLURM: i32 = 3;

struct Cluster {
    folder: PathBuf,
}

impl Cluster {
    /// Starts one; nothing where it cannot be had.
    fn up(folder: &Path) -> Option<Self> {
        let output = script(&["up", text(folder)]);
        if output.status.success() {
            return Some(Self { folder: folder.to_owned() });
        }
        let why = complaint(&output);
        assert_eq!(output.status.code(), Some(NO_SLURM), "{why}");
        assert!(std::env::var_os("TRIPATH_SLURM").is_none_or(|how| how != "required"), "{why}");
        // Not by a macro of the test harness, which would hide it.
        let _ = writeln!(std::io::stderr(), "\n!!! SKIPPED: sweeps by a real Slurm: {why} (tests/slurm/cluster.sh install)\n");
        None
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).env("SLURM_CONF", self.folder.join("slurm.conf"));
        command.output().expect("the program starts")
    }

    fn done(&self, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> String {
        let output = self.command(program, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", complaint(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// States of all jobs in the queue, by name and number.
    fn queue(&self) -> String {
        self.done("squeue", &["--noheader", "--array", "--format=%j %F_%K %t %N"])
    }

    /// Waits until a condition holds.
    fn wait(&self, what: &str, seconds: u64, mut holds: impl FnMut(&Self) -> bool) {
        let began = Instant::now();
        while !holds(self) {
            if began.elapsed() > Duration::from_secs(seconds) {
                let log = fs::read_to_string(self.folder.join("log/slurmctld.log")).unwrap_or_default();
                panic!("{what}: not within {seconds} s; queue:\n{}controller:\n{}", self.queue(), tail(&log, 30));
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    fn wait_for_the_end(&self) {
        self.wait("the jobs end", 150, |cluster| cluster.queue().trim().is_empty());
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let output = script(&["down", text(&self.folder)]);
        if !output.status.success() {
            let _ = writeln!(std::io::stderr(), "the test's Slurm does not end: {}", complaint(&output));
        }
    }
}

fn script(arguments: &[&str]) -> Output {
    Command::new(repository().join("tests/slurm/cluster.sh")).args(arguments).output().expect("bash is there")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

fn merged(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    ["runs.csv", "points.csv", "macro.csv"]
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), fs::read(folder.join(name)).ok()?)))
        .collect()
}

fn logs(folder: &Path) -> String {
    let mut text = String::new();
    for submission in fs::read_dir(folder.join("slurm")).into_iter().flatten().flatten() {
        for file in fs::read_dir(submission.path()).into_iter().flatten().flatten() {
            if file.path().extension().is_some_and(|ending| ending == "log") {
                text += &format!("--- {}\n{}", file.path().display(), fs::read_to_string(file.path()).unwrap_or_default());
            }
        }
    }
    text
}

/// Processes that work on a folder's runs, by the words of their command line.
fn workers(folder: &Path) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").expect("Linux").flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let words = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let words: Vec<&[u8]> = words.split(|byte| *byte == 0).collect();
        if words.contains(&b"chunk".as_slice()) && words.iter().any(|word| *word == text(folder).as_bytes()) {
            found.push(id);
        }
    }
    found
}

#[test]
fn whatever_befalls_a_cluster_the_merged_tables_are_those_of_a_local_run() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let Some(cluster) = Cluster::up(&work.path().join("slurm")) else { return };
    let path = fs::canonicalize(work.path()).expect("it is there");
    let design = path.join("design.toml");
    fs::write(&design, DESIGN).expect("a file");
    let local = path.join("local");
    cluster.done(binary(), &["sweep", "run", text(&design), "--out", text(&local), "--quiet"]);
    let expected = merged(&local);
    assert_eq!(expected.len(), 3);
    assert_eq!(expected["runs.csv"].iter().filter(|byte| **byte == b'\n').count(), RUNS + 1);

    let submit = |name: &str, more: &[&str]| -> (PathBuf, serde_json::Value) {
        let out = path.join(name);
        let all: Vec<&str> =
            ["sweep", "submit", text(&design), "--out", text(&out), "--engine", "slurm", "--mem", "200", "--time", "10", "--json"]
                .into_iter()
                .chain(more.iter().copied())
                .collect();
        let report = serde_json::from_str(&cluster.done(binary(), &all)).expect("one JSON document");
        (out, report)
    };
    let same = |folder: &Path, what: &str| {
        let found = merged(folder);
        assert!(
            found == expected,
            "{what}: other tables than those of a local run\n{}\n{}",
            fs::read_dir(folder)
                .expect("it is there")
                .flatten()
                .map(|entry| entry.path().display().to_string())
                .collect::<Vec<_>>()
                .join("\n"),
            logs(folder)
        );
    };

    // A task that hangs, and is killed at the limit of its time; the limit is brought forward, since it is looked at every 30 s only.
    let (late, report) = submit("late", &["--tasks", "3", "--notice", "0"]);
    let array = report["jobs"][0].to_string();
    cluster.wait("a task of the late sweep works", 30, |_| !workers(&late).is_empty());
    for worker in workers(&late) {
        let stopped = Command::new("kill").args(["-STOP", &worker.to_string()]).status().expect("kill is there");
        assert!(stopped.success());
    }
    let soon = "EndTime=now+1";
    for task in 0..3 {
        // A task that has ended already has no limit any more.
        cluster.command("scontrol", &["update", &format!("JobId={array}_{task}"), soon]);
    }

    // An array that is cut in two by the greatest size that is allowed, and a dry run before it.
    let (plain, dry) = submit("plain", &["--tasks", "6", "--array-size", "4", "--dry-run"]);
    assert_eq!((dry["jobs"].as_array().map(Vec::len), dry["tasks"].as_u64()), (Some(0), Some(6)));
    let (_, report) = submit("plain", &["--tasks", "6", "--array-size", "4"]);
    assert_eq!(report["jobs"].as_array().map(Vec::len), Some(3), "two arrays and a merging job: {report}");
    assert_eq!(report["runs"].as_u64(), Some(RUNS as u64));
    let again =
        cluster.command(binary(), &["sweep", "submit", text(&plain), "--engine", "slurm", "--tasks", "2", "--mem", "200", "--time", "10"]);
    assert!(complaint(&again).contains("still in the queue"), "{}", complaint(&again));
    cluster.wait("the plain sweep ends", 90, |_| merged(&plain).len() == 3);

    // A node goes down under its tasks: they are started again where there is room.
    let (down, _) = submit("down", &["--tasks", "8"]);
    cluster.wait("tasks work on the second node", 30, |cluster| {
        cluster.queue().lines().any(|line| line.ends_with(" R n2")) && !workers(&down).is_empty()
    });
    cluster.done("scontrol", &["update", "NodeName=n2", "State=DOWN", "Reason=test"]);
    std::thread::sleep(Duration::from_secs(1));
    // It may have come back by itself.
    cluster.command("scontrol", &["update", "NodeName=n2", "State=RESUME"]);

    // The controller starts again while tasks work and wait.
    let (restarted, _) = submit("restarted", &["--tasks", "8"]);
    assert!(script(&["restart", text(&cluster.folder)]).status.success());
    cluster.wait_for_the_end();
    same(&plain, "an array in two parts");
    same(&down, "a node set down");
    same(&restarted, "a controller that started again");

    // What the killed tasks left undone is sent again, and nothing else.
    let (_, rest) = submit("late", &["--missing", "--tasks", "4"]);
    let missing = rest["runs"].as_u64().expect("a number");
    assert!(missing > 0 && missing < RUNS as u64, "{missing} of {RUNS} runs were left; logs:\n{}", logs(&late));
    cluster.wait_for_the_end();
    same(&late, "a walltime kill");
    let (_, nothing) = submit("late", &["--missing"]);
    assert!(nothing["folder"].is_null() && nothing["runs"] == 0, "{nothing}");
}

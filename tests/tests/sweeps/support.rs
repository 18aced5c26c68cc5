//! Tiny sweeps.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tripath_tests::binary::{complaint, run};

/// A design of tiny worlds: `points` and all after it come as given.
pub fn design(folder: &Path, rest: &str) -> PathBuf {
    let file = folder.join("design.toml");
    let text =
        format!("extends = \"baseline\"\n{rest}\n[constants]\ntime.years = 2\ntime.burn_in_years = 0\npopulation.enterprises = 30\n");
    std::fs::write(&file, text).expect("a writable folder");
    file
}

/// Two parameters, two kept tables, several metrics: 24 runs.
pub const GRID: &str = r#"
keep = ["macro", "sectors"]
[points]
kind = "grid"
[points.parameters]
banking.leverage_limit = [8.0, 12.0, 16.0]
banking.base_spread = [0.01, 0.03]
[replicates]
count = 4
[metrics]
growth = "macro.output_real: growth"
solar = "sectors.output: mean, where sector = solar"
inventions = "funnel.inventions: sum, rows sum"
"#;

/// Rounds until a half-width is reached, or the budget ends.
pub const SEQUENTIAL: &str = r#"
[points]
kind = "grid"
[points.parameters]
banking.leverage_limit = [8.0, 12.0, 16.0, 20.0]
[replicates]
least = 3
batch = 2
most = 11
half_width = { growth = 0.05, unemployment = 0.02 }
[metrics]
growth = "macro.output_real: growth"
unemployment = "macro.unemployment_rate: mean"
"#;

pub fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

/// Runs `tripath sweep …` and sees that it ends well.
pub fn sweep(arguments: &[&str]) -> String {
    let all: Vec<&str> = ["sweep"].into_iter().chain(arguments.iter().copied()).collect();
    let output = run(&all);
    assert_eq!(output.status.code(), Some(0), "{all:?}: {}", complaint(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A sweep in one go.
pub fn whole(design: &Path, folder: &Path) {
    sweep(&["run", text(design), "--out", text(folder), "--quiet", "--threads", "2"]);
}

/// Merged tables by name.
pub fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut tables = tripath_tests::runs::tables(folder);
    tables.remove("design-points.csv");
    for name in ["problem.json"] {
        if let Ok(bytes) = std::fs::read(folder.join(name)) {
            tables.insert(name.to_owned(), bytes);
        }
    }
    tables
}

/// Sees that two sweeps were put together to the same bytes.
pub fn assert_same(folder: &Path, expected: &Path, what: &str) {
    let (found, expected) = (tables(folder), tables(expected));
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{what}: other tables");
    assert!(expected["runs.csv"].iter().filter(|byte| **byte == b'\n').count() > 1, "{what}: there are no runs");
    for (name, bytes) in &expected {
        assert!(found[name] == *bytes, "{what}: {name} has other bytes");
    }
}

/// Result files of a sweep in order.
pub fn result_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("results")).expect("results");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// Whole lines of results, heads of files not counted, by run.
pub fn results(folder: &Path) -> BTreeMap<String, usize> {
    let mut runs = BTreeMap::new();
    for file in result_files(folder) {
        let text = std::fs::read_to_string(file).expect("text");
        let lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        for line in lines.skip(1) {
            let (_, json) = line.split_once(' ').expect("a checksum");
            let record: serde_json::Value = serde_json::from_str(json).expect("a result");
            *runs.entry(record["run_id"].as_str().expect("a name").to_owned()).or_default() += 1;
        }
    }
    runs
}

/// A column of a table.
pub fn column(folder: &Path, table: &str, column: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(folder.join(table)).expect("a table");
    let at = reader.headers().expect("a header").iter().position(|name| name == column).unwrap_or_else(|| panic!("no {column} in {table}"));
    reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

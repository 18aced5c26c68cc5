//! Tables as Parquet hold what tables as CSV hold, are the same bytes however a run came to its end, and are whole or not there.

use std::path::Path;

use tripath_experiments::configuration::Configuration;
use tripath_experiments::run::CHECKPOINT_FILE;
use tripath_model::observe::TABLES;
use tripath_outputs::{ParquetRows, Status, TableFormat, parts_file, table_file};
use tripath_tests::binary::{binary, complaint, refuses, run};
use tripath_tests::runs::{assert_same_tables, manifest, resume, resume_and_stop, run_and_stop, run_into, small_economy};

fn in_parquet(mut economy: Configuration) -> Configuration {
    economy.outputs.format = TableFormat::Parquet;
    economy
}

/// More rows in the panel than a group holds, so that groups are put together from parts.
fn large_panel() -> Configuration {
    let mut economy = in_parquet(small_economy());
    economy.parameters.population.enterprises = 3000;
    economy.outputs.tables = vec!["enterprises".to_owned(), "macro".to_owned()];
    economy.outputs.enterprises.every_ticks = 1;
    economy
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

/// Header and rows of a Parquet table.
fn rows_of(path: &Path) -> Vec<Vec<String>> {
    let mut rows = ParquetRows::open(path).expect("a table");
    let mut all = vec![rows.columns().to_vec()];
    loop {
        let mut row = Vec::new();
        if !rows.next_row(|cell| row.push(cell.to_owned())).expect("a row") {
            return all;
        }
        all.push(row);
    }
}

fn rows_of_csv(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("a table");
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_cell_is_that_of_the_csv_table_and_the_description_stands_in_the_file() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let (as_csv, as_parquet) = (work.path().join("csv"), work.path().join("parquet"));
    let economy = small_economy();
    run_into(&as_csv, &economy).expect("the run ends");
    let report = run_into(&as_parquet, &in_parquet(economy)).expect("the run ends");
    let package: serde_json::Value =
        serde_json::from_slice(&std::fs::read(as_parquet.join("datapackage.json")).expect("a data package")).expect("JSON");
    for (place, table) in TABLES.iter().enumerate() {
        let path = as_parquet.join(table_file(table.name, TableFormat::Parquet));
        let rows = rows_of(&path);
        assert!(rows == rows_of_csv(&as_csv.join(table_file(table.name, TableFormat::Csv))), "{} holds other cells", table.name);
        assert_eq!(report.manifest.tables[table.name].rows, rows.len() as u64 - 1);
        assert_eq!(package["resources"][place]["path"], format!("{}.parquet", table.name));
        assert_eq!(package["resources"][place]["format"], "parquet");
        let bytes = std::fs::read(&path).expect("a table");
        let description = package["resources"][place].to_string();
        assert!(bytes.windows(description.len()).any(|window| window == description.as_bytes()), "{} is not described", table.name);
    }
}

#[test]
fn stopped_and_resumed_gives_the_same_bytes_with_any_threads() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let economy = large_panel();
    let whole = work.path().join("whole");
    let report = run_into(&whole, &economy).expect("the run ends");
    assert!(report.manifest.tables["enterprises"].rows > 65_536, "the panel is one group only");
    let total = report.manifest.ticks_total;
    let folder = work.path().join("stopped");
    run_and_stop(&folder, &economy, 1).expect("it stops");
    for ticks in [total / 2, total - 2, total - 1] {
        let stopped = resume_and_stop(&folder, 1 + ticks as usize % 3, ticks).expect("it goes on");
        assert_eq!(stopped.manifest.status, Status::Interrupted);
        // What was recorded so far can be read, and is the beginning of the whole.
        let (rows, expected) = (rows_of(&folder.join("enterprises.parquet")), rows_of(&whole.join("enterprises.parquet")));
        assert_eq!(rows.len() as u64 - 1, stopped.manifest.tables["enterprises"].rows);
        assert!(expected.starts_with(&rows));
        assert!(folder.join(parts_file("enterprises")).exists(), "the parts are needed to go on");
    }
    let resumed = resume(&folder).expect("it ends");
    assert_eq!(resumed.manifest.tables, report.manifest.tables);
    assert_same_tables(&folder, &whole, "stopped three times");
    for folder in [&folder, &whole] {
        assert!(!TABLES.iter().any(|table| folder.join(parts_file(table.name)).exists()), "a complete run needs no parts");
    }
}

#[test]
#[cfg(unix)]
fn killed_and_resumed_gives_the_same_bytes_and_nothing_looks_finished_before() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let arguments = ["run", "baseline", "--years", "20", "--set", "time.burn_in_years=2", "--set", "population.enterprises=2000"];
    let start = |folder: &Path| {
        tripath_tests::binary::command(&arguments)
            .args(["--format", "parquet", "--sample-every", "1", "--checkpoint-every", "2", "--quiet", "--out", text(folder)])
            .spawn()
            .expect("the binary starts")
    };
    let whole = work.path().join("whole");
    assert!(start(&whole).wait().expect("it ends").success());
    let folder = work.path().join("killed");
    let mut process = start(&folder);
    let began = std::time::Instant::now();
    while !folder.join(CHECKPOINT_FILE).exists() {
        assert!(began.elapsed().as_secs() < 60, "no checkpoint appears");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    process.kill().expect("SIGKILL is sent");
    process.wait().expect("it ends");
    assert_eq!(manifest(&folder).status, Status::Running, "the run ended before it was killed");
    assert!(!folder.join("macro.parquet").exists());
    refuses(&["inspect", text(&folder)], &["macro.parquet", "not put together yet", "tripath resume"]);
    let resumed = run(&["resume", text(&folder), "--quiet"]);
    assert!(resumed.status.success(), "{}", complaint(&resumed));
    assert_same_tables(&folder, &whole, "killed");
}

/// Sees that the run is not resumed, and that the reason has all these words.
fn resuming_fails(folder: &Path, words: &[&str]) {
    let Err(error) = resume(folder) else { panic!("parts that were changed are refused") };
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(reason) = cause {
        said = format!("{said}: {reason}");
        cause = reason.source();
    }
    for word in words {
        assert!(said.contains(word), "`{word}` is missing: {said}");
    }
}

#[test]
fn parts_that_were_changed_are_refused_and_nothing_is_lost() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let economy = large_panel();
    let total = run_into(&work.path().join("whole"), &economy).expect("the run ends").manifest.ticks_total;
    let stopped = work.path().join("stopped");
    run_and_stop(&stopped, &economy, total - 1).expect("it stops");
    let parts = stopped.join(parts_file("enterprises"));
    let whole = std::fs::read(&parts).expect("parts");
    let mut changed = whole.clone();
    changed[100] ^= 1;
    std::fs::write(&parts, &changed).expect("the parts can be written");
    resuming_fails(&stopped, &["enterprises.parquet.parts", "was changed"]);
    std::fs::write(&parts, &whole[..whole.len() - 1]).expect("the parts can be written");
    resuming_fails(&stopped, &["enterprises.parquet.parts", "bytes"]);
    std::fs::remove_file(&parts).expect("there are parts");
    resuming_fails(&stopped, &["enterprises.parquet.parts", "missing"]);
    std::fs::write(&parts, [&whole[..], b"torn"].concat()).expect("the parts can be written");
    resume(&stopped).expect("what follows the checkpoint is cut off");
    assert_same_tables(&stopped, &work.path().join("whole"), "a torn part");
}

#[test]
fn commands_that_read_tables_say_the_same_of_either_format() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let mut economy = small_economy();
    economy.outputs.enterprises.every_ticks = 1;
    let (as_csv, as_parquet) = (work.path().join("csv"), work.path().join("parquet"));
    run_into(&as_csv, &economy).expect("the run ends");
    run_into(&as_parquet, &in_parquet(economy)).expect("the run ends");
    let enterprise = rows_of(&as_parquet.join("enterprises.parquet"))[1][2].clone();
    for (command, more) in
        [("inspect", vec![]), ("trace", vec![]), ("trace", vec![enterprise.as_str()]), ("validate", vec!["--facts", "A4,A1"])]
    {
        let said = |folder: &Path| {
            // Of what it replaces it says so.
            let _ = std::fs::remove_file(work.path().join("validation.csv"));
            let output = run(&[&[command, text(folder)], &more[..]].concat());
            (
                output.status.code(),
                String::from_utf8_lossy(&output.stdout).replace(text(folder), "FOLDER"),
                complaint(&output).replace(text(folder), "FOLDER"),
            )
        };
        let (csv, parquet) = (said(&as_csv), said(&as_parquet));
        assert!(!csv.1.is_empty(), "{command} {more:?} says nothing: {}", csv.2);
        assert_eq!(csv, parquet, "{command} {more:?}");
    }
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    run_into(&folder, &in_parquet(small_economy())).expect("the run ends");
    let table = folder.join("macro.parquet");
    let whole = std::fs::read(&table).expect("a table");
    for bytes in [&b""[..], b"PAR1", b"year,output\n2000,1\n", &whole[..whole.len() / 2], &whole[1..]] {
        std::fs::write(&table, bytes).expect("the table can be written");
        refuses(&["inspect", text(&folder)], &["cannot read", "macro.parquet"]);
    }
}

#[test]
fn the_format_can_be_configured_and_a_wrong_one_is_refused() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let file = work.path().join("own.toml");
    std::fs::write(&file, "extends = \"baseline\"\ntime = { years = 1, burn_in_years = 1 }\npopulation = { enterprises = 30 }\noutputs = { format = \"parquet\" }\n")
        .expect("a file");
    let folder = work.path().join("run");
    assert!(run(&["run", text(&file), "--quiet", "--out", text(&folder)]).status.success());
    assert!(folder.join("macro.parquet").exists() && !folder.join("macro.csv").exists());
    // The command line has the last word, and the earlier tables go with the earlier run.
    assert!(run(&["run", text(&file), "--quiet", "--overwrite", "--format", "csv", "--out", text(&folder)]).status.success());
    assert!(folder.join("macro.csv").exists() && !folder.join("macro.parquet").exists());
    std::fs::write(&file, "extends = \"baseline\"\noutputs = { format = \"parket\" }\n").expect("a file");
    refuses(&["config", "check", text(&file)], &["own.toml:2:", "outputs.format", "csv or parquet", "did you mean `parquet`?"]);
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_parts_from_which_the_run_goes_on() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let whole = work.path().join("whole");
    let arguments = ["run", "baseline", "--years", "12", "--set", "time.burn_in_years=1", "--set", "population.enterprises=3000"];
    let more =
        ["--format", "parquet", "--tables", "macro,enterprises", "--sample-every", "1", "--checkpoint-every", "0", "--quiet", "--out"];
    assert!(run(&[&arguments[..], &more[..], &[text(&whole)]].concat()).status.success());
    let folder = work.path().join("full");
    let output = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 16000; exec \"$@\"", "sh"])
        .arg(binary())
        .args(arguments)
        .args(more)
        .arg(&folder)
        .output()
        .expect("sh is there");
    let said = complaint(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for word in ["cannot write", "enterprises.parquet", "File too large", "make room", "tripath resume"] {
        assert!(said.contains(word), "`{word}` is missing: {said}");
    }
    assert_eq!(manifest(&folder).status, Status::Failed);
    let (safe, all) = (rows_of(&folder.join("enterprises.parquet")).len(), rows_of(&whole.join("enterprises.parquet")).len());
    assert!(safe < all, "{safe} of {all}: a table of the rows that are safe");
    assert!(rows_of(&folder.join("macro.parquet")).len() > 1, "tables with room are whole");
    assert!(!folder.join("enterprises.parquet.partial").exists());
    assert!(run(&["resume", text(&folder), "--quiet"]).status.success());
    assert_same_tables(&folder, &whole, "after room was made");
}

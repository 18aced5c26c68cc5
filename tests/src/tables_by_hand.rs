//! Folders of runs written by hand: tables whose facts are known.

use std::fmt::Write;
use std::path::Path;

use tripath_outputs::{MANIFEST_FORMAT, Manifest, Program, Status};

/// A folder that looks like a complete run of a preset with a tick a year, without any table.
///
/// # Panics
/// It cannot be written.
pub fn run_folder(folder: &Path, name: &str, seed: u64, settings: &str) {
    run_folder_by(folder, name, seed, 1, settings);
}

/// The same with so many ticks a year.
///
/// # Panics
/// It cannot be written.
pub fn run_folder_by(folder: &Path, name: &str, seed: u64, per_year: usize, settings: &str) {
    std::fs::create_dir_all(folder).expect("a folder");
    let manifest = Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        name: name.to_owned(),
        status: Status::Complete,
        reason: None,
        diverged: None,
        seed,
        configuration_digest: String::new(),
        program: Program { name: "tripath".to_owned(), version: "test".to_owned(), commit: "unknown".to_owned() },
        ticks_done: 0,
        ticks_total: 0,
        ticks_burn_in: 0,
        threads: 1,
        wall_time_seconds: 0.0,
        tables: std::collections::BTreeMap::new(),
    };
    manifest.write(folder).expect("a manifest");
    let text = format!("name = \"{name}\"\nseed = {seed}\n[time]\nticks_per_year = {per_year}\n{settings}");
    std::fs::write(folder.join("config.toml"), text).expect("a configuration");
}

/// Writes a table: a header and rows of cells.
///
/// # Panics
/// It cannot be written.
pub fn table<const N: usize>(folder: &Path, name: &str, columns: [&str; N], rows: impl IntoIterator<Item = [String; N]>) {
    let mut text = columns.join(",");
    text.push('\n');
    for row in rows {
        let _ = writeln!(text, "{}", row.join(","));
    }
    std::fs::write(folder.join(format!("{name}.csv")), text).expect("a table");
}

/// A number as a cell.
pub fn cell(value: impl ToString) -> String {
    value.to_string()
}

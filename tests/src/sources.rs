//! The project's own text, for tests that hold it to its word.

use std::path::{Path, PathBuf};

/// The folder of the whole project.
///
/// # Panics
/// The tests have been moved.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lie in the project").to_owned()
}

/// Text of a file.
///
/// # Panics
/// It cannot be read.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All Rust files below a folder, in order of their paths.
///
/// # Panics
/// A folder cannot be read.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Code without its test module and without comments.
///
/// Tests stand at the end of their file. Text in quotes that holds `//` would be cut; code that is searched has none.
pub fn production_code(text: &str) -> String {
    // A file of tests alone says so at its head.
    let code = text.split("#[cfg(test)]").next().filter(|code| !code.contains("#![cfg(test)]")).unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).fold(String::new(), |all, line| all + line + "\n")
}

//! The real binary, as a user runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The binary beside the tests, built first if it is missing or old; or that of `TRIPATH_BINARY`, as it is.
///
/// # Panics
/// It cannot be built.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(build)
}

fn build() -> PathBuf {
    if let Some(binary) = std::env::var_os("TRIPATH_BINARY") {
        return binary.into();
    }
    let test = std::env::current_exe().expect("a test has a path");
    let folder = test.parent().and_then(Path::parent).expect("tests lie in <target>/<profile>/deps");
    let target = folder.parent().expect("profiles lie in the target folder");
    // The folder of the profiles `dev` and `test` is `debug`, that of any other bears its name.
    let folder_name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let profile = if folder_name == "debug" { "test" } else { folder_name.as_str() };
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--package", "tripath", "--profile", profile, "--target-dir"])
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("cargo starts");
    assert!(built.success(), "the binary cannot be built");
    folder.join(format!("tripath{}", std::env::consts::EXE_SUFFIX))
}

/// A command that runs the binary.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments);
    command
}

/// Runs the binary to its end.
///
/// # Panics
/// It cannot be started.
pub fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the binary starts")
}

/// What the binary said on standard error, lines joined.
pub fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs the binary and sees that it refuses with exit code 1 and all these words.
///
/// # Panics
/// It does not.
pub fn refuses(arguments: &[&str], words: &[&str]) {
    let output = run(arguments);
    let said = complaint(&output);
    assert_eq!(output.status.code(), Some(1), "{arguments:?} said: {said}");
    for word in words {
        assert!(said.contains(word), "{arguments:?} does not say `{word}`: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

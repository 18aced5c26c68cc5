//! Notes the commit that the program is built from, for manifests. Without a repository, or without git, it is `unknown`.

use std::path::Path;
use std::process::Command;

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).current_dir(std::env::var_os("CARGO_MANIFEST_DIR")?).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A tarball may lie inside another repository: its commit would be the wrong one.
    let tracked = git(&["ls-files", "--error-unmatch", "build.rs"]).is_some();
    let commit = tracked.then(|| git(&["rev-parse", "--short=12", "HEAD"])).flatten();
    println!("cargo::rustc-env=TRIPATH_COMMIT={}", commit.as_deref().unwrap_or("unknown"));
    if let Some(log) = git(&["rev-parse", "--path-format=absolute", "--git-path", "logs/HEAD"])
        && tracked
        && Path::new(&log).exists()
    {
        println!("cargo::rerun-if-changed={log}");
    }
}

//! A full disk stops a sweep with a clear word; what is done is safe, and it goes on once there is room.

#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};

use tripath_tests::binary::{binary, complaint};

use super::support::{GRID, assert_same, design, results, text, whole};

/// Runs where no file may grow over some blocks of 512 bytes (1,024 in some shells): to a program that is as a full disk.
fn with_little_room(blocks: u32, design: &Path, folder: &Path) -> Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let arguments = ["sweep", "run", text(design), "--out", text(folder), "--quiet", "--threads", "1"];
    Command::new("sh").args(["-c", &script, "sh"]).arg(binary()).args(arguments).output().expect("sh is there")
}

#[test]
fn no_room_for_results_or_tables() {
    let work = tempfile::tempdir().expect("a temporary folder");
    // Results must outgrow the resolved configuration, which is written first.
    let many = GRID.replace("count = 4", "count = 40");
    let without_tables = many.replace("keep = [\"macro\", \"sectors\"]", "");
    for (name, rest) in [("results", &without_tables), ("tables", &many)] {
        let (design, expected) = (design(work.path(), rest), work.path().join(format!("{name}-whole")));
        whole(&design, &expected);
        let mut stopped = 0;
        for blocks in [0, 1, 90, 140] {
            let folder = work.path().join(format!("{name}-{blocks}"));
            let output = with_little_room(blocks, &design, &folder);
            let said = complaint(&output);
            assert!(!said.contains("panicked"), "{said}");
            if output.status.success() {
                continue;
            }
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains("cannot write"), "{said}");
            if folder.join("results").exists() && results(&folder).len() < 240 {
                assert!(said.contains("runs are safe") && said.contains("make room"), "{said}");
                stopped += usize::from(!results(&folder).is_empty());
            }
            whole(&design, &folder);
            assert_same(&folder, &expected, &format!("{name}, {blocks} blocks"));
            assert!(results(&folder).values().all(|count| *count == 1), "a run was done twice");
        }
        assert!(stopped > 0, "{name}: no limit was met in the middle");
    }
}

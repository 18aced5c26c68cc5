//! Sweeps in words.

use std::fmt::Write;

use tripath_experiments::sweep::{MergeReport, Status, SweepFolder, WorkReport};

/// How the work ended.
pub(super) fn work(folder: &SweepFolder, report: &WorkReport) -> String {
    let tally = &report.tally;
    let mut text = format!(
        "{} of {}{} runs done, {} of them now, {} with a metric that is not finite, {} broken off; in {}\n",
        tally.done,
        if tally.fewer_may_do { "at most " } else { "" },
        tally.all,
        tally.done_now,
        tally.not_finite,
        tally.failed,
        folder.path().display()
    );
    for reason in &report.reasons {
        let _ = writeln!(text, "  {reason}");
    }
    text
}

/// How a sweep stands.
pub(super) fn status(folder: &SweepFolder, status: &Status) -> String {
    let mut text = format!("{}, in {}\n", status.name, folder.path().display());
    let known = if status.reached + status.out_of_budget < status.points && status.missing > 0 { ", as far as is known" } else { "" };
    let _ = writeln!(text, "  points      {} of {} done", status.points_done, status.points);
    let _ = writeln!(text, "  runs        {}{known}", status.runs);
    for (word, count) in
        [("complete", status.complete), ("not finite", status.not_finite), ("failed", status.failed), ("missing", status.missing)]
    {
        let _ = writeln!(text, "    {word:<10}{count}");
    }
    if status.reached + status.out_of_budget > 0 {
        let _ = writeln!(text, "  half-widths reached at {} points, not within the budget at {}", status.reached, status.out_of_budget);
    }
    for (reason, count) in &status.reasons {
        let _ = writeln!(text, "  {count} ×  {reason}");
    }
    if !status.examples.is_empty() {
        let _ = writeln!(text, "  such as run {}: tripath replay RUN shows one again", status.examples.join(", "));
    }
    if status.torn_lines > 0 {
        let _ = writeln!(text, "  {} line(s) were torn when their process ended: those runs are done again", status.torn_lines);
    }
    if status.repeated > 0 {
        let _ = writeln!(text, "  {} result(s) are there twice, and the same", status.repeated);
    }
    let _ = writeln!(text, "  {:.1} s at work{}", status.seconds, if status.at_work { "; a process is at work now" } else { "" });
    text
}

/// What was put together.
pub(super) fn merged(folder: &SweepFolder, report: &MergeReport) -> String {
    let mut text =
        format!("{} runs of {} points in {}: {}\n", report.runs, report.points, folder.path().display(), report.files.join(", "));
    if report.missing > 0 {
        let _ = writeln!(text, "{} runs are missing", report.missing);
    }
    if report.not_finite + report.failed > 0 {
        let _ = writeln!(
            text,
            "{} runs have a metric that is not finite, {} broke off: their cells are empty, the column reason says why",
            report.not_finite, report.failed
        );
    }
    if report.reached + report.out_of_budget > 0 {
        let _ = writeln!(
            text,
            "half-widths were reached at {} points, and not within the budget at {} (column stopped of points.csv)",
            report.reached, report.out_of_budget
        );
    }
    text
}

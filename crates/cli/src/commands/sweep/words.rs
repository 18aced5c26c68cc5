//! Sweeps in words.

use std::fmt::Write;
use std::path::Path;

use tripath_experiments::sweep::{MergeReport, Plan, Status, SweepFolder, WorkReport};

/// What a design is and what it will take.
pub(super) fn plan(folder: &Path, plan: &Plan) -> String {
    let mut text = format!("{}, to be written to {}\n", plan.name, folder.display());
    let filtered = if plan.filtered_out > 0 { format!(", {} left out by filters", plan.filtered_out) } else { String::new() };
    let _ = writeln!(text, "  points      {} ({}{filtered})", plan.points, plan.kind);
    for parameter in &plan.parameters {
        let _ = writeln!(text, "    {parameter}");
    }
    for (what, names) in [("scenarios", &plan.scenarios), ("levers", &plan.levers)] {
        if !names.is_empty() {
            let _ = writeln!(text, "  {what:<12}{}", names.join(", "));
        }
    }
    let runs =
        if plan.least_runs == plan.most_runs { plan.most_runs.to_string() } else { format!("{} to {}", plan.least_runs, plan.most_runs) };
    let _ = writeln!(text, "  runs        {runs}");
    for metric in &plan.metrics {
        let _ = writeln!(text, "  metric      {metric}");
    }
    if !plan.keep.is_empty() {
        let _ = writeln!(text, "  tables      {}", plan.keep.join(", "));
    }
    for (number, point) in plan.first_points.iter().enumerate() {
        let _ = writeln!(text, "  point {number:<6}{point}");
    }
    let available = plan.available_bytes.map(|available| {
        let fit = available / plan.estimated_world_bytes.max(1);
        format!("; {} are available, enough for {fit} at once", bytes(available))
    });
    let _ = writeln!(text, "  a world     about {} of memory{}", bytes(plan.estimated_world_bytes), available.unwrap_or_default());
    if let Some(pilot) = &plan.pilot {
        let _ = writeln!(
            text,
            "  a run       {:.2} s on one core{}",
            pilot.seconds_per_run,
            if pilot.share_of_run < 1.0 { format!(" (from {:.0} % of the first)", 100.0 * pilot.share_of_run) } else { String::new() }
        );
        let _ = writeln!(text, "  at most     {:.2} core hours, {} on disk", pilot.core_hours, bytes(pilot.disk_bytes));
        if let (Some(world), Some(peak)) = (pilot.world_bytes, pilot.peak_bytes) {
            let _ = writeln!(text, "  memory      {} with one world; {} for each more at once", bytes(peak), bytes(world));
        }
    }
    text
}

fn bytes(bytes: u64) -> String {
    match bytes as f64 {
        few if few < 1e6 => format!("{:.0} kB", few / 1e3),
        some if some < 1e9 => format!("{:.0} MB", some / 1e6),
        many => format!("{:.1} GB", many / 1e9),
    }
}

/// How the work ended.
pub(super) fn work(folder: &SweepFolder, report: &WorkReport) -> String {
    let tally = &report.tally;
    let mut text = format!(
        "{} of {}{} runs done, {} of them now, {} with a metric that is not finite, {} diverged, {} broken off; in {}\n",
        tally.done,
        if tally.fewer_may_do { "at most " } else { "" },
        tally.all,
        tally.done_now,
        tally.not_finite,
        tally.diverged,
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
    for (word, count) in [
        ("complete", status.complete),
        ("not finite", status.not_finite),
        ("diverged", status.diverged),
        ("failed", status.failed),
        ("missing", status.missing),
    ] {
        let _ = writeln!(text, "    {word:<12}{count}");
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
    if report.not_finite + report.diverged + report.failed > 0 {
        let _ = writeln!(
            text,
            "{} runs have a metric that is not finite, {} diverged, {} broke off: their cells are empty, the column reason says why",
            report.not_finite, report.diverged, report.failed
        );
    }
    if !report.variance_ratios.is_empty() {
        let _ = writeln!(text, "variance of paired differences between levers, over that of independent runs:");
        for ratio in &report.variance_ratios {
            let _ = writeln!(text, "  {:<24}{:.3e} / {:.3e} = {:.3}", ratio.metric, ratio.paired, ratio.independent, ratio.ratio);
        }
    }
    for lever in &report.without_effect {
        let _ = writeln!(text, "the lever {lever} has no effect: all its runs have the tables of the first lever, byte for byte");
    }
    for refusal in &report.refused {
        let _ = writeln!(text, "{refusal}");
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

//! How a sweep stands: counts by status, with reasons.

use std::collections::BTreeMap;

use serde::Serialize;

use super::folder::SweepFolder;
use super::replicates::Verdict;
use super::rounds::PointRuns;
use super::store::{Index, Outcome, file_at_work};
use super::stride::Stride;
use super::{Design, SweepError};

/// How a sweep, or a stride of it, stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// Name of the design.
    pub name: String,
    /// Points.
    pub points: usize,
    /// Points of which every run is done.
    pub points_done: usize,
    /// Runs asked for; where replicates are sequential, as far as is known.
    pub runs: usize,
    /// Runs that ended with every metric.
    pub complete: usize,
    /// Runs that ended with a metric that is not finite.
    pub not_finite: usize,
    /// Runs that diverged.
    pub diverged: usize,
    /// Runs that broke off.
    pub failed: usize,
    /// Runs not done.
    pub missing: usize,
    /// Points whose half-widths were reached; 0 where the number of replicates is fixed.
    pub reached: usize,
    /// Points whose budget ended before.
    pub out_of_budget: usize,
    /// Reasons of runs that are not complete, with their number; beyond a hundred different ones the rest is counted as one.
    pub reasons: BTreeMap<String, usize>,
    /// Runs by name that are not complete, at most a few.
    pub examples: Vec<String>,
    /// Lines that were torn when their process ended; their runs are done again.
    pub torn_lines: usize,
    /// Results that are there twice, and the same.
    pub repeated: usize,
    /// Time at work on the runs that are done.
    pub seconds: f64,
    /// Whether a process works on it now.
    pub at_work: bool,
}

const EXAMPLES: usize = 5;
const MOST_REASONS: usize = 100;
const OTHER_REASONS: &str = "other reasons, in the column reason of runs.csv";

/// How a stride of a sweep stands.
///
/// # Errors
/// Its results cannot be read, or two seeds gave the same tables.
pub fn status(folder: &SweepFolder, design: &Design, stride: Stride) -> Result<Status, SweepError> {
    let index = Index::read(folder.path(), &folder.head(), false)?;
    let mut status = Status {
        name: design.name.clone(),
        points: 0,
        points_done: 0,
        runs: 0,
        complete: 0,
        not_finite: 0,
        diverged: 0,
        failed: 0,
        missing: 0,
        reached: 0,
        out_of_budget: 0,
        reasons: BTreeMap::new(),
        examples: Vec::new(),
        torn_lines: index.torn,
        repeated: index.repeated,
        seconds: 0.0,
        at_work: file_at_work(folder.path(), stride)?.is_some(),
    };
    for point in 0..design.point_count() {
        let mut runs = PointRuns::read(design, &index, point)?;
        runs.must_differ(point)?;
        let mine = (0..runs.asked).filter(|replicate| stride.holds(design, point, *replicate)).count();
        if mine == 0 {
            continue;
        }
        runs.records.retain(|record| stride.holds(design, point, record.replicate));
        status.points += 1;
        status.points_done += usize::from(runs.records.len() == mine);
        status.runs += mine;
        status.missing += mine - runs.records.len();
        status.reached += usize::from(runs.verdict == Verdict::Reached);
        status.out_of_budget += usize::from(runs.verdict == Verdict::OutOfBudget);
        for record in &runs.records {
            status.seconds += Some(record.seconds()).filter(|seconds| seconds.is_finite()).unwrap_or(0.0);
            match record.outcome {
                Outcome::Complete => status.complete += 1,
                Outcome::NotFinite => status.not_finite += 1,
                Outcome::Diverged => status.diverged += 1,
                Outcome::Failed => status.failed += 1,
            }
            if record.outcome != Outcome::Complete {
                // Runs that diverge each have a cause of their own: a large sweep must not fill the screen with them.
                let known = status.reasons.len() < MOST_REASONS || status.reasons.contains_key(&record.reason);
                let reason = if known { record.reason.as_str() } else { OTHER_REASONS };
                *status.reasons.entry(reason.to_owned()).or_default() += 1;
                if status.examples.len() < EXAMPLES {
                    status.examples.push(record.run_id.clone());
                }
            }
        }
    }
    Ok(status)
}

//! One set of tables, byte for byte the same however the runs were computed.

mod kept;
mod package;
mod pairs;
mod points;
mod runs;
mod sensitivities;
mod whole;

use serde::Serialize;

use super::folder::SweepFolder;
use super::replicates::Verdict;
use super::rounds::PointRuns;
use super::store::{Index, Outcome};
use super::{Design, SweepError};
use kept::KeptTables;
use pairs::PairsTable;
use points::PointsTable;
use runs::RunsTable;
use sensitivities::Sensitivities;

pub use pairs::{PAIRS_FILE, VarianceRatio};
pub use points::POINTS_FILE;
pub use runs::RUNS_FILE;

/// How to put results together.
#[derive(Debug, Clone, Copy, Default)]
pub struct MergeOptions {
    /// Put together what is there, though runs are missing.
    pub partial: bool,
}

/// What was put together.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct MergeReport {
    /// Points with at least one run.
    pub points: usize,
    /// Runs.
    pub runs: usize,
    /// Runs that are missing.
    pub missing: usize,
    /// Runs with a metric that is not finite.
    pub not_finite: usize,
    /// Runs that diverged.
    pub diverged: usize,
    /// Runs that broke off.
    pub failed: usize,
    /// Points whose half-widths were reached.
    pub reached: usize,
    /// Points whose budget ended before.
    pub out_of_budget: usize,
    /// Files written.
    pub files: Vec<String>,
    /// What common random numbers gain, where there are levers.
    pub variance_ratios: Vec<VarianceRatio>,
    /// Levers that change nothing: every run has the tables of the lever that they are compared with.
    pub without_effect: Vec<String>,
    /// Why indices of sensitivity are not there, where they are asked for.
    pub refused: Vec<String>,
}

/// Puts the results of a folder together into tables of the whole sweep.
///
/// # Errors
/// Runs are missing, results or kept tables were changed, two seeds gave the same tables, or the disk does not take the tables;
/// tables that are there are left as they were then.
pub fn merge(folder: &SweepFolder, design: &Design, options: MergeOptions) -> Result<MergeReport, SweepError> {
    let index = Index::read(folder.path(), &folder.head(), false)?;
    let mut report = MergeReport::default();
    let mut asked = 0;
    for point in 0..design.point_count() {
        // A first pass: nothing is written unless all of it can be.
        let runs = PointRuns::read(design, &index, point)?;
        runs.must_differ(point)?;
        asked += runs.asked as usize;
        report.points += usize::from(!runs.records.is_empty());
        report.runs += runs.records.len();
        report.missing += runs.missing();
        report.not_finite += runs.count(Outcome::NotFinite);
        report.diverged += runs.count(Outcome::Diverged);
        report.failed += runs.count(Outcome::Failed);
        report.reached += usize::from(runs.verdict == Verdict::Reached);
        report.out_of_budget += usize::from(runs.verdict == Verdict::OutOfBudget);
    }
    if report.missing > 0 && !options.partial {
        return Err(SweepError::Incomplete { folder: folder.path().to_owned(), missing: report.missing, all: asked });
    }
    let mut runs_table = RunsTable::create(folder.path(), design)?;
    let mut points_table = PointsTable::create(folder.path(), design)?;
    let mut pairs_table = PairsTable::create(folder.path(), design)?;
    let mut kept = KeptTables::create(folder.path(), design)?;
    let mut sensitivities = Sensitivities::new(design);
    for point in 0..design.point_count() {
        let runs = PointRuns::read(design, &index, point)?;
        for record in &runs.records {
            runs_table.write(design, record)?;
            kept.write(record)?;
        }
        points_table.write(design, point, &runs)?;
        if let Some(pairs) = &mut pairs_table {
            pairs.write(design, point, &runs)?;
        }
        sensitivities.add(&runs);
    }
    report.files = vec![runs_table.finish()?, points_table.finish()?];
    if let Some(pairs) = pairs_table {
        report.without_effect = pairs.without_effect(design);
        let (file, ratios) = pairs.finish(design)?;
        report.files.push(file);
        report.variance_ratios = ratios;
    }
    let (files, refused) = sensitivities.finish(folder.path(), design)?;
    report.files.extend(files);
    report.refused = refused;
    report.files.extend(kept.finish()?);
    report.files.push(package::write(folder.path(), design, &report.files)?);
    Ok(report)
}

//! `points.csv`: a row for each point, its metrics over replicates with their 95 % half-widths.

use std::path::Path;

use tripath_outputs::OutputError;

use super::runs::{point_cells, point_columns};
use super::whole::WholeCsv;
use crate::evidence::{mean, standard_deviation};
use crate::sweep::replicates::half_width;
use crate::sweep::rounds::PointRuns;
use crate::sweep::store::{Outcome, number_text};
use crate::sweep::{Design, SweepError};

/// A row for each point.
pub const POINTS_FILE: &str = "points.csv";

pub(super) struct PointsTable {
    file: WholeCsv,
}

impl PointsTable {
    pub(super) fn create(folder: &Path, design: &Design) -> Result<Self, OutputError> {
        let mut header = vec!["point".to_owned()];
        header.extend(point_columns(design));
        header.extend(["replicates", "complete", "diverged", "stopped"].map(str::to_owned));
        for metric in &design.metrics {
            let name = &metric.name;
            header.extend([name.clone(), format!("{name}_half_width"), format!("{name}_standard_deviation")]);
        }
        Ok(Self { file: WholeCsv::create(folder.join(POINTS_FILE), header)? })
    }

    pub(super) fn write(&mut self, design: &Design, point: usize, runs: &PointRuns) -> Result<(), SweepError> {
        let mut row = vec![point.to_string()];
        row.extend(point_cells(design, point));
        let counts = [runs.records.len(), runs.count(Outcome::Complete), runs.count(Outcome::Diverged)];
        row.extend(counts.map(|count| count.to_string()));
        row.push(runs.verdict.word().to_owned());
        for metric in 0..design.metrics.len() {
            let values = runs.metric(metric);
            row.extend([mean(&values), half_width(&values), standard_deviation(&values)].map(number_text));
        }
        Ok(self.file.row(row)?)
    }

    pub(super) fn finish(self) -> Result<String, OutputError> {
        self.file.finish()
    }
}

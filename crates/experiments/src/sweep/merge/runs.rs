//! `runs.csv`: a row for each run.

use std::path::Path;

use tripath_model::parameters::Value;
use tripath_outputs::OutputError;

use super::whole::WholeCsv;
use crate::sweep::store::Record;
use crate::sweep::{Design, SweepError};

/// A row for each run.
pub const RUNS_FILE: &str = "runs.csv";

/// Columns that tell a point: scenario and lever where there are any, and its parameters.
pub(super) fn point_columns(design: &Design) -> Vec<String> {
    let arms = [("scenario", !design.scenarios.is_empty()), ("lever", !design.levers.is_empty())];
    let arms = arms.into_iter().filter(|(_, there)| *there).map(|(name, _)| name.to_owned());
    arms.chain(design.points.axes.iter().map(|axis| axis.path.clone())).collect()
}

/// Cells of [`point_columns`].
pub(super) fn point_cells(design: &Design, point: usize) -> Vec<String> {
    let point = design.point(point);
    let value = |value: Value| match value {
        Value::Text(text) => text,
        other => other.to_string(),
    };
    point.scenario.into_iter().chain(point.lever).chain(point.values.into_iter().map(value)).collect()
}

pub(super) struct RunsTable {
    file: WholeCsv,
    /// The point of the last row and its cells.
    last: Option<(usize, Vec<String>)>,
}

impl RunsTable {
    pub(super) fn create(folder: &Path, design: &Design) -> Result<Self, OutputError> {
        let before = ["run_id", "point", "replicate", "seed"].map(str::to_owned);
        let metrics = design.metrics.iter().map(|metric| metric.name.clone());
        let after = ["status", "reason", "digest"].map(str::to_owned);
        let header = before.into_iter().chain(point_columns(design)).chain(metrics).chain(after);
        Ok(Self { file: WholeCsv::create(folder.join(RUNS_FILE), header.collect::<Vec<_>>())?, last: None })
    }

    pub(super) fn write(&mut self, design: &Design, record: &Record) -> Result<(), SweepError> {
        let cells = match self.last.take() {
            Some((point, cells)) if point == record.point => cells,
            _ => point_cells(design, record.point),
        };
        let before = [record.run_id.clone(), record.point.to_string(), record.replicate.to_string(), record.seed.to_string()];
        // A run that diverged or broke off has no metrics: their cells are empty.
        let metrics = (0..design.metrics.len()).map(|metric| record.metrics.get(metric).cloned().unwrap_or_default());
        let after = [record.outcome.word().to_owned(), record.reason.clone(), record.digest.clone()];
        let row: Vec<String> = before.into_iter().chain(cells.iter().cloned()).chain(metrics).chain(after).collect();
        self.last = Some((record.point, cells));
        Ok(self.file.row(row)?)
    }

    pub(super) fn finish(self) -> Result<String, OutputError> {
        self.file.finish()
    }
}

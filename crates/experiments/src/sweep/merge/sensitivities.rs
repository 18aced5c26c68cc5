//! `problem.json` and `sensitivity.csv`, for designs that are samples.

use std::path::Path;

use tripath_outputs::{OutputError, write_whole};

use super::whole::WholeCsv;
use crate::evidence::mean;
use crate::sweep::Design;
use crate::sweep::rounds::PointRuns;
use crate::sweep::sensitivity::{PROBLEM_FILE, SENSITIVITY_FILE, indices, problem};
use crate::sweep::store::number_text;

/// Means of every metric at every point, where sensitivities are asked for.
pub(super) struct Sensitivities {
    means: Option<Vec<Vec<f64>>>,
}

impl Sensitivities {
    pub(super) fn new(design: &Design) -> Self {
        let wanted = design.points.kind.is_for_sensitivities();
        Self { means: wanted.then(|| vec![Vec::new(); design.metrics.len()]) }
    }

    pub(super) fn add(&mut self, runs: &PointRuns) {
        for (metric, means) in self.means.iter_mut().flatten().enumerate() {
            // A mean over some of the replicates would be of other draws than its neighbours'.
            let values = runs.metric(metric);
            let whole = runs.missing() == 0 && values.iter().all(|value| value.is_finite());
            means.push(if whole { mean(&values) } else { f64::NAN });
        }
    }

    /// Writes what there is to write; gives the files, and why indices are refused.
    pub(super) fn finish(self, folder: &Path, design: &Design) -> Result<(Vec<String>, Vec<String>), OutputError> {
        let (mut files, mut refused) = (Vec::new(), Vec::new());
        if let Some(problem) = problem(design) {
            write_whole(&folder.join(PROBLEM_FILE), format!("{problem:#}\n").as_bytes())?;
            files.push(PROBLEM_FILE.to_owned());
        }
        let Some(means) = self.means else { return Ok((files, refused)) };
        let header = ["metric", "index", "parameter", "other", "value", "half_width"];
        let mut table = WholeCsv::create(folder.join(SENSITIVITY_FILE), header)?;
        for (metric, means) in design.metrics.iter().zip(&means) {
            let missing: Vec<usize> = means.iter().enumerate().filter(|(_, mean)| !mean.is_finite()).map(|(point, _)| point).collect();
            if let Some(first) = missing.first() {
                refused.push(format!(
                    "indices of {} are refused: {} of {} points have no value of it, the first of them point {first}",
                    metric.name,
                    missing.len(),
                    means.len()
                ));
                continue;
            }
            let found = indices(design, means);
            if found.is_empty() {
                refused.push(format!("indices of {} are refused: it is the same at every point", metric.name));
            }
            let path = |parameter: Option<&usize>| parameter.map_or("", |axis| design.points.axes[*axis].path.as_str()).to_owned();
            for one in &found {
                let (first, second) = (path(one.parameters.first()), path(one.parameters.get(1)));
                let (value, half_width) = (number_text(one.value), number_text(one.half_width));
                table.row([metric.name.as_str(), one.index, first.as_str(), second.as_str(), value.as_str(), half_width.as_str()])?;
            }
        }
        files.push(table.finish()?);
        Ok((files, refused))
    }
}

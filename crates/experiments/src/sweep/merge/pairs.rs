//! `pairs.csv`: every lever against the first, replicate by replicate.
//!
//! With common random numbers both runs of a pair share every draw that both make, so that what the draws do falls out of the
//! difference. The ratio says how much: variance of the paired difference over that of independent runs.

use std::path::Path;

use serde::Serialize;
use tripath_outputs::OutputError;

use super::runs::{point_cells, point_columns};
use super::whole::WholeCsv;
use crate::evidence::{mean, standard_deviation};
use crate::sweep::replicates::half_width;
use crate::sweep::rounds::PointRuns;
use crate::sweep::store::{Record, number_text};
use crate::sweep::{Design, SweepError};
use crate::validation::student_95;

/// Every lever against the first.
pub const PAIRS_FILE: &str = "pairs.csv";

/// What common random numbers gain for one metric, over all pairs of levers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VarianceRatio {
    /// Metric.
    pub metric: String,
    /// Mean variance of paired differences.
    pub paired: f64,
    /// Mean variance of differences of independent runs: the sum of both variances.
    pub independent: f64,
    /// One over the other.
    pub ratio: f64,
}

pub(super) struct PairsTable {
    file: WholeCsv,
    /// Runs of the first lever, while those of the others follow.
    first: Option<PointRuns>,
    /// Sums by metric: paired and independent variance, and comparisons.
    sums: Vec<(f64, f64, usize)>,
    /// By lever, whether a run had other tables than its partner.
    differs: Vec<bool>,
}

impl PairsTable {
    /// Nothing where there are no two levers.
    pub(super) fn create(folder: &Path, design: &Design) -> Result<Option<Self>, OutputError> {
        if design.levers.len() < 2 {
            return Ok(None);
        }
        let mut header = vec!["point".to_owned()];
        header.extend(point_columns(design));
        header.extend(
            ["against", "metric", "pairs", "difference", "half_width", "variance_paired", "variance_independent", "variance_ratio"]
                .map(str::to_owned),
        );
        let sums = vec![(0.0, 0.0, 0); design.metrics.len()];
        Ok(Some(Self {
            file: WholeCsv::create(folder.join(PAIRS_FILE), header)?,
            first: None,
            sums,
            differs: vec![false; design.levers.len()],
        }))
    }

    pub(super) fn write(&mut self, design: &Design, point: usize, runs: &PointRuns) -> Result<(), SweepError> {
        let (_, _, lever) = design.place(point);
        let Some(first) = self.first.as_ref().filter(|_| lever > 0) else {
            self.first = Some(runs.clone());
            return Ok(());
        };
        let same = |record: &Record| first.records.iter().any(|other| other.seed == record.seed && other.digest == record.digest);
        self.differs[lever] |= !runs.records.iter().all(same);
        let cells = point_cells(design, point);
        for (metric, sums) in self.sums.iter_mut().enumerate() {
            // Sequential stopping may give one of the two more replicates: pairs are those that both have.
            let (mut here, mut there) = (Vec::new(), Vec::new());
            let others = first.metric(metric);
            for (record, value) in runs.records.iter().zip(runs.metric(metric)) {
                let partner = first.records.iter().zip(others.iter().copied()).find(|(other, _)| other.replicate == record.replicate);
                if let Some((_, other)) = partner.filter(|(_, other)| other.is_finite() && value.is_finite()) {
                    here.push(value);
                    there.push(other);
                }
            }
            let differences: Vec<f64> = here.iter().zip(&there).map(|(here, there)| here - there).collect();
            let square = |values: &[f64]| standard_deviation(values).powi(2);
            let independent = square(&here) + square(&there);
            let count = differences.len() as f64;
            let (paired, width) = if design.replicates.common_random_numbers {
                (square(&differences), half_width(&differences))
            } else {
                // Pairs of other draws are none: the half-width is that of two independent means.
                (f64::NAN, student_95(2 * differences.len().saturating_sub(1)) * (independent / count).sqrt())
            };
            if paired.is_finite() && independent > 0.0 {
                *sums = (sums.0 + paired, sums.1 + independent, sums.2 + 1);
            }
            let numbers = [mean(&differences), width, paired, independent, paired / independent].map(number_text);
            let mut row = vec![point.to_string()];
            row.extend(cells.iter().cloned());
            row.extend([design.levers[0].name.clone(), design.metrics[metric].name.clone(), differences.len().to_string()]);
            row.extend(numbers);
            self.file.row(row)?;
        }
        Ok(())
    }

    /// Levers none of whose runs had other tables than its partner.
    pub(super) fn without_effect(&self, design: &Design) -> Vec<String> {
        let levers = design.levers.iter().zip(&self.differs).skip(1);
        levers.filter(|(_, differs)| !**differs).map(|(lever, _)| lever.name.clone()).collect()
    }

    pub(super) fn finish(self, design: &Design) -> Result<(String, Vec<VarianceRatio>), OutputError> {
        let ratios = design.metrics.iter().zip(&self.sums).filter(|(_, sums)| sums.2 > 0).map(|(metric, (paired, independent, count))| {
            let (paired, independent) = (paired / *count as f64, independent / *count as f64);
            VarianceRatio { metric: metric.name.clone(), paired, independent, ratio: paired / independent }
        });
        let ratios = ratios.collect();
        Ok((self.file.finish()?, ratios))
    }
}

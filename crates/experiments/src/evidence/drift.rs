//! Slow drift over a century: what a look at forty years does not show.
//!
//! Means of the years from 20 % to 60 % of the run are held against those from 60 % to its end. The standard error of
//! their difference comes from means of blocks of a tenth of the run, which for a century are ten years long.

use serde::Serialize;
use tripath_model::observe::Records;

use super::series::{explosive, log_growth, mean, standard_deviation};
use super::worlds::{Progress, World, run_worlds};
use super::{EvidenceError, Observed, Seeds};
use crate::configuration::Configuration;

/// Years of a run on which drift is judged.
pub const DEFAULT_DRIFT_YEARS: u32 = 100;

/// Least years: the blocks of the standard error must hold a year and more.
const FEWEST_YEARS: u32 = 20;

/// Tables that are read.
const TABLES: &[&str] = &["macro", "sectors"];

/// When a difference counts as drift.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// Beyond an absolute bound.
    Absolute(f64),
    /// Beyond a share of the earlier mean.
    Relative(f64),
    /// Beyond two standard errors and a share of the earlier mean.
    Significant(f64),
    /// Beyond two standard errors and an absolute bound: for what may be nought.
    SignificantAbsolute(f64),
}

impl Rule {
    fn drifts(self, early: f64, late: f64, standard_error: f64) -> bool {
        let difference = (late - early).abs();
        let clear = difference > 2.0 * standard_error;
        match self {
            _ if !difference.is_finite() => true,
            Rule::Absolute(bound) => difference > bound,
            Rule::Relative(bound) => difference > bound * early.abs(),
            Rule::Significant(bound) => clear && difference > bound * early.abs(),
            Rule::SignificantAbsolute(bound) => clear && difference > bound,
        }
    }

    fn words(self) -> String {
        match self {
            Rule::Absolute(bound) => format!("± {bound}"),
            Rule::Relative(bound) => format!("± {:.0} %", bound * 100.0),
            Rule::Significant(bound) => format!("± 2 se and {:.0} %", bound * 100.0),
            Rule::SignificantAbsolute(bound) => format!("± 2 se and {bound}"),
        }
    }
}

type Series = fn(&Observed<'_>) -> Vec<f64>;

const ROWS: &[(&str, Rule, Series)] = &[
    ("wage_share", Rule::Absolute(0.03), |run| run.annual_means(|row| row.wage_share)),
    ("enterprises", Rule::Relative(0.15), |run| run.annual_means(|row| row.enterprise_count as f64)),
    ("unemployment", Rule::Significant(0.25), |run| run.annual_means(|row| row.unemployment_rate)),
    ("debt_over_output", Rule::Significant(0.25), |run| run.debt_ratio()),
    ("net_foreign_assets_over_output", Rule::SignificantAbsolute(0.25), |run| run.over_annual_output(|row| row.net_foreign_assets)),
    ("herfindahl", Rule::Significant(0.25), |run| run.annual_sector_means(|_| true, |row| row.hhi)),
    ("growth", Rule::Significant(0.25), |run| {
        let mut growth = vec![f64::NAN];
        growth.extend(log_growth(&run.annual_sums(|row| row.output_real)));
        growth
    }),
    ("inflation", Rule::SignificantAbsolute(0.01), |run| {
        let mut inflation = vec![f64::NAN];
        inflation.extend(run.inflation());
        inflation
    }),
];

/// Mean of a stretch of the path.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PathPoint {
    /// First year.
    pub from: u32,
    /// Year after the last.
    pub to: u32,
    /// Mean.
    pub mean: f64,
}

/// One variable of one run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DriftRow {
    /// Variable.
    pub name: &'static str,
    /// Mean of the earlier years.
    pub early: f64,
    /// Mean of the later years.
    pub late: f64,
    /// Later less earlier.
    pub difference: f64,
    /// Standard error of the difference.
    pub standard_error: f64,
    /// Rule in words.
    pub rule: String,
    /// Whether it drifts.
    pub drifts: bool,
    /// Means of twenty years each.
    pub path: Vec<PathPoint>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// Name of the configuration.
    pub name: String,
    /// Seed.
    pub seed: u64,
    /// First and last year of the earlier stretch, and the end of the later one.
    pub windows: [u32; 3],
    /// Variables.
    pub rows: Vec<DriftRow>,
    /// Whether debt explodes.
    pub explosive: bool,
}

fn row((name, rule, series): &(&'static str, Rule, Series), run: &Observed<'_>) -> DriftRow {
    let values = series(run);
    let years = values.len();
    let [start, middle] = [years / 5, years * 3 / 5];
    let block = (years / 10).max(1);
    let blocks = |window: &[f64]| window.chunks(block).filter(|chunk| chunk.len() == block).map(mean).collect::<Vec<_>>();
    let (early, late) = (mean(&values[start..middle]), mean(&values[middle..]));
    let variance = |window: &[f64]| {
        let means = blocks(window);
        standard_deviation(&means).powi(2) / means.len() as f64
    };
    let standard_error = (variance(&values[start..middle]) + variance(&values[middle..])).sqrt();
    let path = values.chunks(20).enumerate().map(|(index, chunk)| PathPoint {
        from: index as u32 * 20,
        to: index as u32 * 20 + chunk.len() as u32,
        mean: mean(chunk),
    });
    DriftRow {
        name,
        early,
        late,
        difference: late - early,
        standard_error,
        rule: rule.words(),
        drifts: rule.drifts(early, late, standard_error),
        path: path.collect(),
    }
}

fn measure(records: &Records) -> (Vec<DriftRow>, bool) {
    let run = Observed::new(records);
    (ROWS.iter().map(|definition| row(definition, &run)).collect(), explosive(&run.debt_ratio()))
}

/// Runs every configuration with every seed.
///
/// # Errors
/// The run is too short, the threads cannot be had, or a world breaks off.
pub fn drift(configurations: &[Configuration], seeds: &Seeds, threads: usize, progress: Progress<'_>) -> Result<Vec<Drift>, EvidenceError> {
    let mut labels = Vec::new();
    let mut worlds = Vec::new();
    for configuration in configurations {
        let years = configuration.parameters.time.years;
        if years < FEWEST_YEARS {
            return Err(EvidenceError::TooShort { years, needed: FEWEST_YEARS });
        }
        for seed in &seeds.0 {
            labels.push((configuration.name.clone(), years));
            worlds.push(World { parameters: &configuration.parameters, drivers: &configuration.drivers, seed: *seed });
        }
    }
    let results = run_worlds(&worlds, TABLES, threads, progress, measure)?;
    let drifts = labels.into_iter().zip(&worlds).zip(results).map(|(((name, years), world), result)| match result {
        Ok((rows, explosive)) => Ok(Drift { name, seed: world.seed, windows: [years / 5, years * 3 / 5, years], rows, explosive }),
        Err(source) => Err(EvidenceError::World { name, seed: world.seed, source }),
    });
    drifts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_by_hand() {
        assert!(Rule::Absolute(0.03).drifts(0.6, 0.64, 1.0) && !Rule::Absolute(0.03).drifts(0.6, 0.62, 0.0));
        assert!(Rule::Relative(0.15).drifts(100.0, 80.0, 99.0) && !Rule::Relative(0.15).drifts(100.0, 90.0, 0.0));
        assert!(Rule::Significant(0.25).drifts(1.0, 1.3, 0.1) && !Rule::Significant(0.25).drifts(1.0, 1.3, 0.2));
        assert!(!Rule::Significant(0.25).drifts(1.0, 1.2, 0.01));
        assert!(Rule::Absolute(0.03).drifts(f64::NAN, 1.0, 0.1), "a missing number does not pass");
    }
}

//! Whether presets make sane economies, seed by seed.

use serde::Serialize;
use tripath_model::observe::Records;

use super::sanity_statistics::{SANITY, SANITY_TABLES};
use super::series::mean;
use super::worlds::{Progress, World, run_worlds};
use super::{EvidenceError, Observed, Seeds};
use crate::configuration::Configuration;

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SanityRow {
    /// Seed.
    pub seed: u64,
    /// Why the run broke off, if it did.
    pub failure: Option<String>,
    /// Values in the order of [`SANITY`]; not a number where there is none.
    pub values: Vec<f64>,
    /// Names of the statistics that are out of their range.
    pub out_of_range: Vec<&'static str>,
}

impl SanityRow {
    /// Whether every gate is passed.
    pub fn passed(&self) -> bool {
        self.failure.is_none() && self.out_of_range.is_empty()
    }
}

/// The runs of one preset.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SanityPreset {
    /// Name of the configuration.
    pub name: String,
    /// Years recorded.
    pub years: u32,
    /// One row a seed.
    pub rows: Vec<SanityRow>,
    /// Means over seeds, in the order of [`SANITY`].
    pub means: Vec<f64>,
    /// Whether every run passes every gate.
    pub passed: bool,
}

impl SanityPreset {
    /// Whether all runs pass the gate of one statistic.
    pub fn column_passes(&self, name: &str) -> bool {
        self.rows.iter().all(|row| row.failure.is_none() && !row.out_of_range.contains(&name))
    }
}

/// The values of one run in the order of [`SANITY`], and which of them are out of range.
pub fn sanity_of(records: &Records) -> (Vec<f64>, Vec<&'static str>) {
    let observed = Observed::new(records);
    let values: Vec<f64> = SANITY.iter().map(|statistic| (statistic.measure)(&observed)).collect();
    let out = SANITY.iter().zip(&values).filter(|(statistic, value)| !statistic.passes(**value)).map(|(statistic, _)| statistic.name);
    let out = out.collect();
    (values, out)
}

/// Runs every configuration with every seed.
///
/// # Errors
/// The threads cannot be had. A run that breaks off is a row that says so.
pub fn sanity(
    configurations: &[Configuration],
    seeds: &Seeds,
    threads: usize,
    progress: Progress<'_>,
) -> Result<Vec<SanityPreset>, EvidenceError> {
    let worlds: Vec<World<'_>> = configurations
        .iter()
        .flat_map(|configuration| {
            seeds.0.iter().map(|seed| World { parameters: &configuration.parameters, drivers: &configuration.drivers, seed: *seed })
        })
        .collect();
    let results = run_worlds(&worlds, SANITY_TABLES, threads, progress, sanity_of)?;
    let rows: Vec<SanityRow> = worlds
        .iter()
        .zip(results)
        .map(|(world, result)| match result {
            Ok((values, out_of_range)) => SanityRow { seed: world.seed, failure: None, values, out_of_range },
            Err(error) => SanityRow {
                seed: world.seed,
                failure: Some(error.to_string()),
                values: vec![f64::NAN; SANITY.len()],
                out_of_range: SANITY.iter().filter(|statistic| statistic.gate.is_some()).map(|statistic| statistic.name).collect(),
            },
        })
        .collect();
    let presets = configurations.iter().zip(rows.chunks(seeds.0.len().max(1))).map(|(configuration, rows)| SanityPreset {
        name: configuration.name.clone(),
        years: configuration.parameters.time.years,
        rows: rows.to_vec(),
        means: (0..SANITY.len()).map(|index| mean(&rows.iter().map(|row| row.values[index]).collect::<Vec<_>>())).collect(),
        passed: rows.iter().all(SanityRow::passed),
    });
    Ok(presets.collect())
}

/// All rows as CSV: preset, seed, verdict, then one column a statistic; a missing number is an empty cell.
pub fn sanity_csv(presets: &[SanityPreset]) -> String {
    let mut text = String::from("preset,seed,passed");
    for statistic in SANITY {
        text.push(',');
        text.push_str(statistic.name);
    }
    text.push('\n');
    for preset in presets {
        for row in &preset.rows {
            text.push_str(&format!("{},{},{}", preset.name, row.seed, row.passed()));
            for value in &row.values {
                text.push(',');
                if value.is_finite() {
                    text.push_str(&format!("{value:?}"));
                }
            }
            text.push('\n');
        }
    }
    text
}

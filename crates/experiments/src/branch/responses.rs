//! From pairs of worlds to two tables: every response, and their bands.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};
use tripath_engine::random::Seed;
use tripath_model::ModelError;
use tripath_model::observe::TableSchema;
use tripath_outputs::{
    DATA_PACKAGE_FILE, OutputError, TableFormat, TablePosition, TableWriter, data_package_of, partial, rename_into_place, write_whole,
};

use super::burn_in::BurnIn;
use super::folders::Out;
use super::rows::{RESPONSES, ResponseRow, ResponseSummaryRow, SUMMARY};
use super::statistics::{mean, quantile, standard_error};
use super::timeline::Future;
use super::worlds::{Branched, Series, Variable};
use super::{BranchError, BranchOptions};

/// What was branched, and the digests of its tables.
pub const BRANCHES_FILE: &str = "branches.json";
/// Every response.
pub const RESPONSES_FILE: &str = "responses.csv";
/// Mean and band over replicates.
pub const SUMMARY_FILE: &str = "responses_summary.csv";

/// Variables shown on the screen.
const HEADLINES: &[&str] = &["output_real", "productivity", "unemployment_rate", "consumer_price_index"];
/// Years after the branch at which they are shown.
const HEADLINE_YEARS: &[f64] = &[1.0, 5.0, 10.0, 20.0];

/// A world that broke off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failed {
    /// Branch.
    pub branch: String,
    /// Seed of the burn-in.
    pub burn_in_seed: u64,
    /// Replicate.
    pub replicate: u32,
    /// How it ended: `diverged`, or `failed` by a fault of the program.
    pub status: &'static str,
    /// Why.
    pub reason: String,
}

/// A response for the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// Branch.
    pub branch: String,
    /// Variable.
    pub variable: &'static str,
    /// Unit of the response.
    pub unit: &'static str,
    /// Years since the branch.
    pub years_since: f64,
    /// Mean response.
    pub mean: Option<f64>,
    /// Band over replicates.
    pub band: Option<(f64, f64)>,
    /// Mean relative response.
    pub relative: Option<f64>,
}

/// What was written.
pub(super) struct Written {
    pub(super) failed: Vec<Failed>,
    pub(super) headlines: Vec<Headline>,
}

/// What all rows of one call share.
struct Table<'a> {
    burn_ins: &'a [BurnIn],
    futures: &'a [Vec<Future>],
    options: &'a BranchOptions,
    variables: &'a [Variable],
    worlds: &'a [Branched],
}

/// Writes both tables, their data package and what was branched.
pub(super) fn write(
    out: &Out,
    burn_ins: &[BurnIn],
    futures: &[Vec<Future>],
    options: &BranchOptions,
    variables: &[Variable],
    worlds: &[Branched],
) -> Result<Written, BranchError> {
    let table = Table { burn_ins, futures, options, variables, worlds };
    let responses = whole_table(&out.file(RESPONSES_FILE), RESPONSES, |writer| table.responses(writer))?;
    let mut headlines = Vec::new();
    let summary = whole_table(&out.file(SUMMARY_FILE), SUMMARY, |writer| table.summary(writer, &mut headlines))?;
    let name = &burn_ins[0].configuration.name;
    let description = "Simulated data: responses of an economy to other settings, branch against baseline on the same draws.";
    let package = data_package_of(name, &format!("tripath branches of {name}"), description, &[RESPONSES, SUMMARY], TableFormat::Csv);
    write_whole(&out.file(DATA_PACKAGE_FILE), format!("{package:#}\n").as_bytes())?;
    let failed = table.failed();
    let record = table.record(&failed, &[responses, summary]);
    write_whole(&out.file(BRANCHES_FILE), format!("{record:#}\n").as_bytes())?;
    Ok(Written { failed, headlines })
}

/// A table that is there whole or not at all.
fn whole_table(
    path: &Path,
    schema: &'static TableSchema,
    rows: impl FnOnce(&mut TableWriter) -> Result<(), OutputError>,
) -> Result<TablePosition, OutputError> {
    let partial = partial(path);
    let written = TableWriter::create(schema, &partial).and_then(|mut writer| {
        rows(&mut writer)?;
        writer.sync()?;
        Ok(writer.position())
    });
    let renamed = written.and_then(|position| match rename_into_place(&partial, path) {
        Ok(()) => Ok(position),
        Err(source) => Err(OutputError::Write { path: path.to_owned(), source }),
    });
    if renamed.is_err() {
        // What is not whole is of no use, and may fill a disk.
        let _ = std::fs::remove_file(&partial);
    }
    renamed
}

impl<'a> Table<'a> {
    fn world(&self, burn_in: usize, replicate: u32, future: usize) -> Option<&'a Series> {
        let place = (burn_in * self.options.replicates as usize + replicate as usize) * self.futures[burn_in].len() + future;
        let world = &self.worlds[place];
        debug_assert_eq!((world.burn_in, world.replicate, world.future), (burn_in, replicate, future));
        world.outcome.as_ref().ok()
    }

    /// Baseline and branch of every replicate of every burn-in, where both ran to their end.
    fn pairs(&self, future: usize) -> impl Iterator<Item = (usize, u32, &'a Series, &'a Series)> {
        let all = (0..self.burn_ins.len()).flat_map(|burn_in| (0..self.options.replicates).map(move |replicate| (burn_in, replicate)));
        all.filter_map(move |(burn_in, replicate)| {
            Some((burn_in, replicate, self.world(burn_in, replicate, 0)?, self.world(burn_in, replicate, future)?))
        })
    }

    fn branches(&self) -> impl Iterator<Item = (usize, Arc<str>)> {
        self.futures[0].iter().enumerate().skip(1).map(|(index, future)| (index, future.branch.as_str().into()))
    }

    /// Seed of the draws from the branch on.
    fn seed(&self, burn_in: usize, replicate: u32) -> u64 {
        let burn_in = &self.burn_ins[burn_in];
        Seed(burn_in.configuration.seed).replicate(replicate, burn_in.checkpoint.ticks_done()).0
    }

    /// Years from the branch to the end of a tick.
    fn years_since(&self, tick: u32) -> f64 {
        let time = &self.burn_ins[0].configuration.parameters.time;
        (f64::from(tick) + 1.0) / f64::from(time.ticks_per_year) - self.burn_ins[0].year()
    }

    fn responses(&self, writer: &mut TableWriter) -> Result<(), OutputError> {
        let count = self.variables.len();
        for (future, branch) in self.branches() {
            for (burn_in, replicate, baseline, branched) in self.pairs(future) {
                let seed = self.seed(burn_in, replicate);
                for (row, &(tick, year)) in baseline.times.iter().enumerate() {
                    for (place, variable) in self.variables.iter().enumerate() {
                        let (base, other) = (baseline.values[row * count + place], branched.values[row * count + place]);
                        writer.write(&ResponseRow {
                            branch: Arc::clone(&branch),
                            burn_in_seed: self.burn_ins[burn_in].configuration.seed,
                            replicate,
                            seed,
                            tick,
                            year,
                            years_since: self.years_since(tick),
                            variable: variable.column.name,
                            unit: variable.column.unit,
                            baseline: finite(base),
                            branched: finite(other),
                            response: finite(other - base),
                            relative_response: relative(base, other),
                        })?;
                    }
                }
            }
        }
        Ok(())
    }

    fn summary(&self, writer: &mut TableWriter, headlines: &mut Vec<Headline>) -> Result<(), OutputError> {
        let count = self.variables.len();
        let tail = (1.0 - self.options.band) / 2.0;
        for (future, branch) in self.branches() {
            let pairs: Vec<_> = self.pairs(future).collect();
            let times = pairs.first().map_or(&[][..], |(_, _, baseline, _)| &baseline.times);
            for (row, &(tick, year)) in times.iter().enumerate() {
                for (place, variable) in self.variables.iter().enumerate() {
                    let at = row * count + place;
                    let both = |f: &dyn Fn(f64, f64) -> Option<f64>| -> Vec<f64> {
                        pairs.iter().filter_map(|(_, _, base, other)| f(base.values[at], other.values[at])).collect()
                    };
                    let mut response = both(&|base, other| finite(other - base));
                    let mut ratio = both(&relative);
                    let baselines = both(&|base, _| finite(base));
                    let (response_mean, error) = (mean(&response), standard_error(&response));
                    let relative_mean = mean(&ratio);
                    response.sort_by(f64::total_cmp);
                    ratio.sort_by(f64::total_cmp);
                    let summary = ResponseSummaryRow {
                        branch: Arc::clone(&branch),
                        tick,
                        year,
                        years_since: self.years_since(tick),
                        variable: variable.column.name,
                        unit: variable.column.unit,
                        replicate_count: response.len() as u32,
                        baseline_mean: mean(&baselines),
                        response_mean,
                        response_standard_error: error,
                        response_lower: quantile(&response, tail),
                        response_median: quantile(&response, 0.5),
                        response_upper: quantile(&response, 1.0 - tail),
                        relative_mean,
                        relative_lower: quantile(&ratio, tail),
                        relative_upper: quantile(&ratio, 1.0 - tail),
                    };
                    let shown = HEADLINE_YEARS.contains(&summary.years_since) || row + 1 == times.len();
                    if shown && HEADLINES.contains(&variable.column.name) {
                        headlines.push(Headline {
                            branch: branch.to_string(),
                            variable: variable.column.name,
                            unit: variable.column.unit,
                            years_since: summary.years_since,
                            mean: summary.response_mean,
                            band: summary.response_lower.zip(summary.response_upper),
                            relative: summary.relative_mean,
                        });
                    }
                    writer.write(&summary)?;
                }
            }
        }
        Ok(())
    }

    fn failed(&self) -> Vec<Failed> {
        let failed = |world: &Branched| {
            let error = world.outcome.as_ref().err()?;
            Some(Failed {
                branch: self.futures[world.burn_in][world.future].branch.clone(),
                burn_in_seed: self.burn_ins[world.burn_in].configuration.seed,
                replicate: world.replicate,
                status: if matches!(error, ModelError::Diverged { .. }) { "diverged" } else { "failed" },
                reason: error.to_string(),
            })
        };
        self.worlds.iter().filter_map(failed).collect()
    }

    /// What was branched: enough to do it again.
    fn record(&self, failed: &[Failed], tables: &[TablePosition]) -> Value {
        let checkpoints = self.burn_ins.iter().zip(self.futures).map(|(burn_in, futures)| {
            json!({
                "seed": burn_in.configuration.seed,
                "configuration_digest": burn_in.configuration.digest(),
                "state_sha256": burn_in.digest,
                "branches": futures.iter().map(|future| (future.branch.clone(), Value::from(future.configuration.digest()))).collect::<serde_json::Map<_, _>>(),
            })
        });
        let branches = self.options.branches.iter().map(|branch| {
            let file = branch.file.as_ref().map(|file| file.display().to_string());
            json!({ "name": branch.name, "set": branch.settings, "events": branch.events, "file": file })
        });
        let tables = tables.iter().map(|table| {
            let entry = json!({ "file": format!("{}.csv", table.table), "rows": table.rows, "bytes": table.bytes, "sha256": table.sha256 });
            (table.table.to_owned(), entry)
        });
        json!({
            "status": if failed.is_empty() { "complete" } else if failed.iter().all(|one| one.status == "diverged") { "diverged" } else { "failed" },
            "program": self.options.program,
            "name": self.burn_ins[0].configuration.name,
            "year": self.burn_ins[0].year(),
            "years_total": self.futures[0][0].configuration.parameters.time.years,
            "replicates": self.options.replicates,
            "band": self.options.band,
            "branches": branches.collect::<Vec<_>>(),
            "checkpoints": checkpoints.collect::<Vec<_>>(),
            "failed": failed,
            "tables": tables.collect::<serde_json::Map<_, _>>(),
        })
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn relative(base: f64, other: f64) -> Option<f64> {
    if base > 0.0 { finite(other / base - 1.0) } else { None }
}

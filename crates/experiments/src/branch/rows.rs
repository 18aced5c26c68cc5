//! The two tables of responses.

use std::sync::Arc;

use tripath_model::observe::TableSchema;
use tripath_model::table;

table! {
    /// Response of one variable to a branch's settings: the branch against the baseline on the same draws
    ResponseRow in "responses" by ["branch", "burn_in_seed", "replicate", "tick", "variable"] {
        branch: Arc<str>, "1", "Branch";
        burn_in_seed: u64, "1", "Seed of the burn-in";
        replicate: u32, "1", "Replicate; 0 keeps the draws of the burn-in's seed";
        seed: u64, "1", "Seed of the draws from the branch on";
        tick: u32, "1", "Tick, 0 at the first recorded one";
        year: f64, "years", "Time at the end of the tick";
        years_since: f64, "years", "Time from the branch to the end of the tick";
        variable: &'static str, "1", "Column of the table macro";
        unit: &'static str, "1", "Unit of baseline, branched and response";
        baseline: Option<f64>, "as the variable", "Value in the baseline";
        branched: Option<f64>, "as the variable", "Value in the branch";
        response: Option<f64>, "as the variable", "Branch less baseline";
        relative_response: Option<f64>, "1", "Branch over baseline less 1; empty where the baseline is not above 0";
    }
}

table! {
    /// Responses of one variable over all replicates
    ResponseSummaryRow in "responses_summary" by ["branch", "tick", "variable"] {
        branch: Arc<str>, "1", "Branch";
        tick: u32, "1", "Tick, 0 at the first recorded one";
        year: f64, "years", "Time at the end of the tick";
        years_since: f64, "years", "Time from the branch to the end of the tick";
        variable: &'static str, "1", "Column of the table macro";
        unit: &'static str, "1", "Unit of baseline and response";
        replicate_count: u32, "count", "Pairs of worlds with a response";
        baseline_mean: Option<f64>, "as the variable", "Mean of the baseline";
        response_mean: Option<f64>, "as the variable", "Mean of branch less baseline";
        response_standard_error: Option<f64>, "as the variable", "Standard error of that mean; empty below two replicates";
        response_lower: Option<f64>, "as the variable", "Lower bound of the band: quantile (1 - band)/2 over replicates";
        response_median: Option<f64>, "as the variable", "Median over replicates";
        response_upper: Option<f64>, "as the variable", "Upper bound of the band: quantile (1 + band)/2 over replicates";
        relative_mean: Option<f64>, "1", "Mean of branch over baseline less 1";
        relative_lower: Option<f64>, "1", "Lower bound of its band";
        relative_upper: Option<f64>, "1", "Upper bound of its band";
    }
}

pub(super) const RESPONSES: &TableSchema = &TableSchema::of::<ResponseRow>();
pub(super) const SUMMARY: &TableSchema = &TableSchema::of::<ResponseSummaryRow>();

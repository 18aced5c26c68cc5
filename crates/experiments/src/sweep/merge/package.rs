//! `datapackage.json`: every merged table, every column with type, unit and meaning.

use std::path::Path;

use serde_json::{Value as Json, json};
use tripath_model::observe::ColumnType;
use tripath_model::parameters::ValueType;
use tripath_outputs::{DATA_PACKAGE_FILE, OutputError, TableFormat, data_package, write_whole};

use super::pairs::PAIRS_FILE;
use super::points::POINTS_FILE;
use super::runs::RUNS_FILE;
use crate::sweep::metrics::{Metric, Reducer, Rows};
use crate::sweep::sensitivity::SENSITIVITY_FILE;
use crate::sweep::{Axis, Design};

fn field(name: &str, kind: &str, unit: &str, meaning: &str) -> Json {
    json!({ "name": name, "type": kind, "description": meaning, "unit": unit })
}

/// Writes the package of the files that were put together, and gives its name.
pub(super) fn write(folder: &Path, design: &Design, files: &[String]) -> Result<String, OutputError> {
    let kept = design.base.model().record_plan().keeping(design.keep.iter().copied()).unwrap_or_default();
    let mut package = data_package(&design.name, &kept, TableFormat::Csv);
    package["title"] = json!(format!("tripath sweep {}", design.name));
    package["description"] = json!("Simulated data: the runs of one design.");
    let mut resources = Vec::new();
    for (file, title, keys, fields) in [
        (RUNS_FILE, "A run", vec!["run_id"], runs(design)),
        (POINTS_FILE, "A point, over its replicates", vec!["point"], points(design)),
        (PAIRS_FILE, "A lever against the first, at one point", vec!["point", "metric"], pairs(design)),
        (SENSITIVITY_FILE, "An index of sensitivity", vec!["metric", "index", "parameter", "other"], sensitivities()),
    ] {
        if files.iter().any(|written| written == file) {
            resources.push(resource(file, title, &keys, fields));
        }
    }
    if let Some(Json::Array(tables)) = package.get_mut("resources") {
        for mut table in tables.drain(..) {
            let keys = run_keys();
            if let Some(Json::Array(fields)) = table.pointer_mut("/schema/fields") {
                fields.splice(0..0, keys.iter().cloned());
            }
            if let Some(Json::Array(primary)) = table.pointer_mut("/schema/primaryKey") {
                primary.insert(0, json!("run_id"));
            }
            resources.push(table);
        }
    }
    package["resources"] = json!(resources);
    write_whole(&folder.join(DATA_PACKAGE_FILE), format!("{package:#}\n").as_bytes())?;
    Ok(DATA_PACKAGE_FILE.to_owned())
}

fn resource(file: &str, title: &str, keys: &[&str], fields: Vec<Json>) -> Json {
    json!({
        "profile": "tabular-data-resource",
        "name": file.trim_end_matches(".csv"),
        "path": file,
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": { "fields": fields, "primaryKey": keys, "missingValues": [""] },
    })
}

fn run_keys() -> Vec<Json> {
    vec![
        field("run_id", "string", "1", "Name of the run: digest of resolved configuration, seed and program"),
        field("point", "integer", "1", "Point of the design, from 0"),
        field("replicate", "integer", "1", "Replicate at the point, from 0"),
    ]
}

/// Scenario, lever and parameters.
fn place(design: &Design) -> Vec<Json> {
    let arms = [("scenario", &design.scenarios, "Scenario"), ("lever", &design.levers, "Lever")];
    let arms = arms.into_iter().filter(|(_, arms, _)| !arms.is_empty()).map(|(name, _, meaning)| field(name, "string", "1", meaning));
    arms.chain(design.points.axes.iter().map(parameter)).collect()
}

fn parameter(axis: &Axis) -> Json {
    let kind = match axis.kind {
        ValueType::Integer => "integer",
        ValueType::Flag => "boolean",
        ValueType::Text | ValueType::Weights => "string",
        ValueType::Real => "number",
    };
    field(&axis.path, kind, axis.unit, axis.meaning)
}

/// Unit of a metric: that of its column, where the reducer keeps it.
fn unit(design: &Design, metric: &Metric) -> String {
    let column = &design.tables[metric.table].columns[metric.column];
    let of_rows = if metric.rows == Rows::Count || column.kind == ColumnType::Text { "count" } else { column.unit };
    match metric.reducer {
        Reducer::Growth | Reducer::Volatility => "1/year".to_owned(),
        Reducer::Slope if of_rows == "1" => "1/year".to_owned(),
        Reducer::Slope => format!("{of_rows}/year"),
        _ => of_rows.to_owned(),
    }
}

fn runs(design: &Design) -> Vec<Json> {
    let mut fields = run_keys();
    fields.push(field("seed", "integer", "1", "Seed of all draws"));
    fields.extend(place(design));
    fields.extend(design.metrics.iter().map(|metric| field(&metric.name, "number", &unit(design, metric), &metric.text)));
    fields.push(field(
        "status",
        "string",
        "1",
        "complete; not_finite: a metric is not a finite number; diverged: a variable left its bounds, which ended the run; failed: the run broke off",
    ));
    fields.push(field("reason", "string", "1", "Why it is not complete"));
    fields.push(field("digest", "string", "1", "SHA-256 over the digests of the tables recorded"));
    fields
}

fn points(design: &Design) -> Vec<Json> {
    let mut fields = vec![field("point", "integer", "1", "Point of the design, from 0")];
    fields.extend(place(design));
    fields.push(field("replicates", "integer", "count", "Runs"));
    fields.push(field("complete", "integer", "count", "Runs with every metric"));
    fields.push(field("diverged", "integer", "count", "Runs that diverged"));
    fields.push(field("stopped", "string", "1", "fixed; reached: every half-width; out_of_budget; unfinished"));
    for metric in &design.metrics {
        let unit = unit(design, metric);
        fields.push(field(&metric.name, "number", &unit, &format!("Mean over replicates: {}", metric.text)));
        fields.push(field(&format!("{}_half_width", metric.name), "number", &unit, "95 % half-width of the mean"));
        fields.push(field(&format!("{}_standard_deviation", metric.name), "number", &unit, "Standard deviation over replicates"));
    }
    fields
}

fn pairs(design: &Design) -> Vec<Json> {
    let mut fields = vec![field("point", "integer", "1", "Point of the lever")];
    fields.extend(place(design));
    fields.push(field("against", "string", "1", "Lever it is compared with"));
    fields.push(field("metric", "string", "1", "Metric"));
    fields.push(field("pairs", "integer", "count", "Replicates that both have"));
    fields.push(field("difference", "number", "unit of the metric", "Mean of lever less the one it is compared with"));
    fields.push(field("half_width", "number", "unit of the metric", "95 % half-width of the difference"));
    fields.push(field("variance_paired", "number", "unit of the metric, squared", "Variance of paired differences"));
    fields.push(field("variance_independent", "number", "unit of the metric, squared", "Sum of both variances"));
    fields.push(field("variance_ratio", "number", "1", "One over the other"));
    fields
}

fn sensitivities() -> Vec<Json> {
    vec![
        field("metric", "string", "1", "Metric"),
        field("index", "string", "1", "first_order, total_order, second_order; mu, mu_star, sigma"),
        field("parameter", "string", "1", "Parameter"),
        field("other", "string", "1", "The other parameter of an index of second order"),
        field("value", "number", "1; of elementary effects the unit of the metric", "Index"),
        field("half_width", "number", "as the index", "95 % half-width"),
    ]
}

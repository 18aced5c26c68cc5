//! Sensitivity indices of sampled designs, with the estimators of SALib, from the means over replicates.
//!
//! An index is refused where any point lacks its metric: one missing output would spoil all of them.

mod elementary;
mod variance;

use serde_json::{Value as Json, json};

use super::design::{Kind, Spread};
use super::{Design, Scale};

/// What SALib needs to know of the sample.
pub const PROBLEM_FILE: &str = "problem.json";
/// Indices.
pub const SENSITIVITY_FILE: &str = "sensitivity.csv";

/// One index.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Parameters: one, or two for an index of second order.
    pub parameters: Vec<usize>,
    /// Name of the index.
    pub index: &'static str,
    /// Its value.
    pub value: f64,
    /// 95 % half-width by resampling; not a number where there is none.
    pub half_width: f64,
}

/// Indices of one metric from its values at all points in order; nothing for designs that have none.
pub fn indices(design: &Design, values: &[f64]) -> Vec<Sensitivity> {
    let axes = design.points.axes.len();
    match design.points.kind {
        Kind::Sobol { base, second_order } => variance::indices(values, axes, base, second_order),
        Kind::Morris { trajectories, levels } => {
            let shares: Vec<&[f64]> = (0..values.len()).map(|point| design.points.shares(point)).collect();
            elementary::indices(values, &shares, axes, trajectories, levels)
        }
        _ => Vec::new(),
    }
}

/// The problem as SALib takes it; nothing for designs whose points are no sample.
pub fn problem(design: &Design) -> Option<Json> {
    let mut bounds = Vec::new();
    for axis in &design.points.axes {
        let Spread::Between { low, high, .. } = axis.spread else { return None };
        bounds.push(json!([low, high]));
    }
    if bounds.is_empty() {
        return None;
    }
    let names: Vec<&str> = design.points.axes.iter().map(|axis| axis.path.as_str()).collect();
    let logarithmic = |axis: &super::Axis| matches!(axis.spread, Spread::Between { scale: Scale::Logarithmic, .. });
    let mut problem = json!({
        "num_vars": names.len(),
        "names": names,
        "bounds": bounds,
        "sample": design.points.kind.word(),
        "logarithmic": design.points.axes.iter().map(logarithmic).collect::<Vec<_>>(),
        "metrics": design.metrics.iter().map(|metric| metric.name.as_str()).collect::<Vec<_>>(),
        "replicates": design.replicates.most,
    });
    match design.points.kind {
        Kind::Sobol { base, second_order } => {
            problem["base_samples"] = json!(base);
            problem["calc_second_order"] = json!(second_order);
        }
        Kind::Morris { trajectories, levels } => {
            problem["num_trajectories"] = json!(trajectories);
            problem["num_levels"] = json!(levels);
        }
        _ => {}
    }
    Some(problem)
}

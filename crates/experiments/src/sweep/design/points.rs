//! The points of a design, made one at a time from what describes them.

use std::sync::Arc;

use tripath_model::parameters::Value;

use super::axis::{Axis, Spread};
use crate::sweep::sampling::Shares;

/// How points are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One point: nothing is moved.
    Single,
    /// Every combination of listed values, the last parameter fastest.
    Grid,
    /// As a file lists them.
    List,
    /// Independent uniform draws.
    Random,
    /// Latin hypercube.
    LatinHypercube,
    /// Saltelli's sample for Sobol' indices.
    Sobol {
        /// Rows of the base sample.
        base: usize,
        /// Whether second-order indices can be computed.
        second_order: bool,
    },
    /// Trajectories of Morris for elementary effects.
    Morris {
        /// Trajectories.
        trajectories: usize,
        /// Levels of each parameter.
        levels: usize,
    },
}

impl Kind {
    /// Whether sensitivities are computed from all points at once, in their order.
    pub fn is_for_sensitivities(&self) -> bool {
        matches!(self, Self::Sobol { .. } | Self::Morris { .. })
    }

    /// The word in designs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Grid => "grid",
            Self::List => "list",
            Self::Random => "random",
            Self::LatinHypercube => "latin_hypercube",
            Self::Sobol { .. } => "sobol",
            Self::Morris { .. } => "morris",
        }
    }
}

/// Where the values of points come from.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// From the lists of the axes.
    Lists,
    /// From shares of the way along the axes.
    Shares(Arc<Shares>),
    /// From levels along the axes, both ends included.
    Levels(Arc<Shares>),
    /// From rows of values.
    Rows(Arc<Vec<Vec<Value>>>),
}

/// The points of a design, scenarios and levers not counted.
#[derive(Debug, Clone)]
pub struct Points {
    /// How they are chosen.
    pub kind: Kind,
    /// Parameters that are moved.
    pub axes: Vec<Axis>,
    pub(super) origin: Origin,
    /// Points before filters.
    pub(super) all: usize,
    /// Those that are kept, where there are filters.
    pub(super) kept: Option<Arc<Vec<u32>>>,
}

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point<'a> {
    /// Scenario, where there are any.
    pub scenario: Option<String>,
    /// Lever, where there are any.
    pub lever: Option<String>,
    /// Parameters that are moved.
    pub axes: &'a [Axis],
    /// Their values.
    pub values: Vec<Value>,
}

impl std::fmt::Display for Point<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let arms = [("scenario", &self.scenario), ("lever", &self.lever)];
        let arms = arms.into_iter().filter_map(|(kind, name)| name.as_ref().map(|name| format!("{kind} {name}")));
        let values = self.axes.iter().zip(&self.values).map(|(axis, value)| format!("{} = {value}", axis.path));
        let words: Vec<String> = arms.chain(values).collect();
        if words.is_empty() { write!(f, "the configuration as it is") } else { write!(f, "{}", words.join(", ")) }
    }
}

/// Points of a grid; nothing where there are too many to count.
pub(super) fn grid_size(axes: &[Axis]) -> Option<usize> {
    axes.iter().try_fold(1_usize, |product, axis| match &axis.spread {
        Spread::Values(values) => product.checked_mul(values.len()),
        Spread::Between { .. } => None,
    })
}

impl Points {
    /// How many.
    pub fn len(&self) -> usize {
        self.kept.as_ref().map_or(self.all, |kept| kept.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Points that filters left out.
    pub fn filtered_out(&self) -> usize {
        self.all - self.len()
    }

    /// Values of a point, in the order of the axes.
    pub fn values(&self, point: usize) -> Vec<Value> {
        self.unfiltered(self.kept.as_ref().map_or(point, |kept| kept[point] as usize))
    }

    /// All points before filters as CSV, for a copy of a list.
    pub(in crate::sweep) fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let cell = |value: &Value| match value {
            Value::Text(text) => text.clone(),
            other => other.to_string(),
        };
        // Memory takes every row.
        let _ = writer.write_record(self.axes.iter().map(|axis| axis.path.as_str()));
        for point in 0..self.all {
            let _ = writer.write_record(self.unfiltered(point).iter().map(cell));
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// Shares of the way along the axes at a point of a sample; empty for other designs.
    pub(in crate::sweep) fn shares(&self, point: usize) -> &[f64] {
        match &self.origin {
            Origin::Shares(shares) | Origin::Levels(shares) => shares.row(self.kept.as_ref().map_or(point, |kept| kept[point] as usize)),
            Origin::Lists | Origin::Rows(_) => &[],
        }
    }

    /// Values of a point before filters.
    pub(super) fn unfiltered(&self, point: usize) -> Vec<Value> {
        match &self.origin {
            Origin::Lists => {
                let mut rest = point;
                let mut values: Vec<Value> = Vec::with_capacity(self.axes.len());
                for axis in self.axes.iter().rev() {
                    if let Spread::Values(list) = &axis.spread {
                        values.push(list[rest % list.len()].clone());
                        rest /= list.len();
                    }
                }
                values.reverse();
                values
            }
            Origin::Shares(shares) => self.axes.iter().zip(shares.row(point)).map(|(axis, share)| axis.at(*share)).collect(),
            Origin::Levels(shares) => self.axes.iter().zip(shares.row(point)).map(|(axis, share)| axis.level(*share)).collect(),
            Origin::Rows(rows) => rows[point].clone(),
        }
    }
}

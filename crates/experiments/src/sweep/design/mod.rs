//! A design: what is run, read from a TOML file and checked whole before anything starts.

mod axis;
mod content;
mod filter;
mod list;
mod points;
mod read;
mod reader;
mod sample;

use serde_json::Value as Json;
use tripath_model::observe::{RecordPlan, TableSchema};
use tripath_model::parameters::Value;
use tripath_outputs::TableFormat;

pub use axis::{Axis, Scale, Spread};
pub(super) use content::differences;
pub use points::{Kind, Point, Points};
pub use read::{Copies, read};

use super::error::SweepError;
use super::metrics::Metric;
use super::replicates::Replicates;
use crate::configuration::{Configuration, ConfigurationError, Layers};
use crate::memory::Need;
use crate::run::record_plan;

/// Named settings over the configuration: a scenario, or a lever.
#[derive(Debug, Clone)]
pub struct Arm {
    /// Name.
    pub name: String,
}

/// What is run.
#[derive(Debug, Clone)]
pub struct Design {
    /// Name, also of the folder.
    pub name: String,
    /// One line; empty if not given.
    pub description: String,
    /// The configuration with the constants, before any point.
    pub base: Configuration,
    /// Tables of the model.
    pub tables: Vec<TableSchema>,
    /// Tables kept of every run.
    pub keep: Vec<&'static str>,
    /// Named states of the world; empty for none.
    pub scenarios: Vec<Arm>,
    /// Named policies, the first being what the others are compared with; empty for none.
    pub levers: Vec<Arm>,
    /// Points.
    pub points: Points,
    /// Runs of each point.
    pub replicates: Replicates,
    /// Numbers of each run.
    pub metrics: Vec<Metric>,
    /// One for each scenario and lever, levers fastest.
    layers: Vec<Layers>,
    /// The file, for a copy in the folder.
    pub(super) text: String,
    /// What two designs must share to be one.
    pub(super) content: Json,
}

impl Design {
    /// Points over all scenarios and levers.
    pub fn point_count(&self) -> usize {
        self.points.len() * self.layers.len()
    }

    /// Most runs there can be.
    pub fn most_runs(&self) -> usize {
        self.point_count() * self.replicates.most as usize
    }

    /// Scenario, place in the sample, and lever of a point; levers run fastest, scenarios slowest.
    pub fn place(&self, point: usize) -> (usize, usize, usize) {
        let levers = self.levers.len().max(1);
        let (rest, lever) = (point / levers, point % levers);
        (rest / self.points.len(), rest % self.points.len(), lever)
    }

    /// A point: its arms and values.
    pub fn point(&self, point: usize) -> Point<'_> {
        let (scenario, place, lever) = self.place(point);
        let name = |arms: &'_ [Arm], index: usize| arms.get(index).map(|arm| arm.name.clone());
        Point {
            scenario: name(&self.scenarios, scenario),
            lever: name(&self.levers, lever),
            axes: &self.points.axes,
            values: self.points.values(place),
        }
    }

    /// The configuration of a point, with the seed of the base.
    ///
    /// # Errors
    /// The values of the point break a rule.
    pub fn configuration(&self, point: usize) -> Result<Configuration, ConfigurationError> {
        let (scenario, place, lever) = self.place(point);
        let mut layers = self.layers[scenario * self.levers.len().max(1) + lever].clone();
        for (axis, value) in self.points.axes.iter().zip(self.points.values(place)) {
            let setting = format!("{} = {value}", axis.path);
            layers.set(format!("point {point}, {setting}"), setting);
        }
        let mut configuration = layers.finish()?;
        // Tables of a sweep are CSV, whatever the configuration that it extends asks of a run.
        configuration.outputs.format = TableFormat::Csv;
        configuration.outputs.tables = self.keep.iter().map(|table| (*table).to_owned()).collect();
        Ok(configuration)
    }

    /// What runs record: tables kept, tables that metrics are made from, and `macro`, whose digest tells runs apart.
    pub fn recorded(&self) -> Vec<&'static str> {
        let metric = |name: &str| self.metrics.iter().any(|metric| self.tables[metric.table].name == name);
        self.tables.iter().map(|table| table.name).filter(|name| *name == "macro" || self.keep.contains(name) || metric(name)).collect()
    }

    /// As [`Design::recorded`], with the sample of enterprises of a configuration.
    pub(super) fn record_plan(&self, configuration: &Configuration) -> Result<RecordPlan, SweepError> {
        let mut recorded = configuration.clone();
        recorded.outputs.tables = self.recorded().into_iter().map(str::to_owned).collect();
        Ok(record_plan(&recorded)?)
    }

    /// What so many worlds at once take of memory, each with the most enterprises of any point.
    pub fn need(&self, worlds: usize) -> Need {
        let axis = self.points.axes.iter().position(|axis| axis.path == "population.enterprises");
        let of_layers = || self.layers.iter().map(|layers| layers.parameters().population.enterprises).max();
        let of_points = |axis: usize| {
            let values = (0..self.points.len()).filter_map(|place| self.points.values(place).into_iter().nth(axis));
            values.map(|value| if let Value::Integer(count) = value { u32::try_from(count).unwrap_or(u32::MAX) } else { 0 }).max()
        };
        let enterprises = axis.map_or_else(of_layers, of_points).unwrap_or(0);
        Need::of_worlds(enterprises, self.recorded().contains(&"enterprises"), worlds)
    }

    /// Checks every point.
    ///
    /// # Errors
    /// Problems of the points, up to as many as are reported at once.
    pub fn check_points(&self) -> Result<(), SweepError> {
        use rayon::prelude::*;
        let problem = (0..self.point_count()).into_par_iter().filter_map(|point| self.configuration(point).err()).find_first(|_| true);
        match problem {
            None => Ok(()),
            Some(error) => Err(error.into()),
        }
    }
}

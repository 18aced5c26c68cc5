//! Paths of drivers.

use bevy_ecs::prelude::Resource;

use tripath_engine::math;

/// Driver series in the order of the configuration's drivers.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct DriverPaths(pub Vec<DriverSeries>);

/// An exogenous path as read from data: a value for each calendar year, years ascending without gap.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DriverSeries {
    /// Name of the driver in the configuration.
    pub driver: String,
    /// First calendar year.
    pub first_year: i32,
    /// Values, one a year.
    pub values: Vec<f64>,
}

impl DriverSeries {
    /// Value at a calendar year, linear between years, constant before the first and after the last.
    pub fn at(&self, year: f64) -> f64 {
        let offset = (year - f64::from(self.first_year)).clamp(0.0, (self.values.len().max(1) - 1) as f64);
        let index = offset as usize;
        let next = (index + 1).min(self.values.len().saturating_sub(1));
        let weight = offset - index as f64;
        match (self.values.get(index), self.values.get(next)) {
            (Some(a), Some(b)) => a + weight * (b - a),
            _ => 1.0,
        }
    }

    /// Index over the value at `base_year`, to the power `exponent`.
    pub fn index(&self, year: f64, base_year: f64, exponent: f64) -> f64 {
        math::pow(math::ratio(self.at(year), self.at(base_year), 1.0), exponent)
    }
}

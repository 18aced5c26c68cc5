//! Time, and what follows from a configuration once.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::parameters::Parameters;
use crate::random::Seed;

/// Time of the run.
#[derive(Debug, Clone, Copy, PartialEq, Resource, Serialize, Deserialize)]
pub struct Calendar {
    /// Seed of all draws.
    pub seed: Seed,
    /// Current tick since the start of the burn-in; the first is 0.
    pub tick: u32,
    /// Ticks in a year.
    pub per_year: u32,
    /// Ticks of the burn-in.
    pub burn_in: u32,
    /// Ticks of the run, burn-in included.
    pub total: u32,
    /// Calendar year of the first recorded tick.
    pub start_year: u32,
}

impl Calendar {
    /// The calendar of a configuration.
    pub fn new(parameters: &Parameters, seed: u64) -> Self {
        let time = &parameters.time;
        let burn_in = time.burn_in_years * time.ticks_per_year;
        Self {
            seed: Seed(seed),
            tick: 0,
            per_year: time.ticks_per_year,
            burn_in,
            total: burn_in + time.years * time.ticks_per_year,
            start_year: time.start_year,
        }
    }

    /// Ticks in a year.
    pub fn ticks_per_year(&self) -> f64 {
        f64::from(self.per_year)
    }

    /// Years in a tick.
    pub fn years_per_tick(&self) -> f64 {
        1.0 / f64::from(self.per_year)
    }

    /// Whether the current tick is recorded.
    pub fn recorded(&self) -> bool {
        self.tick >= self.burn_in
    }

    /// Number of the current tick in tables.
    pub fn recorded_tick(&self) -> u32 {
        self.tick.saturating_sub(self.burn_in)
    }

    /// Years from the first recorded tick to the start of the current one; below 0 in the burn-in.
    pub fn years_in(&self) -> f64 {
        (f64::from(self.tick) - f64::from(self.burn_in)) / f64::from(self.per_year)
    }

    /// Calendar year at the end of the current tick.
    pub fn year(&self) -> f64 {
        f64::from(self.start_year) + self.years_in() + self.years_per_tick()
    }

    /// Years from the first recorded tick to a tick.
    pub fn year_of(&self, tick: i32) -> f64 {
        f64::from(self.start_year) + (f64::from(tick) - f64::from(self.burn_in)) / f64::from(self.per_year)
    }

    /// Whether the current tick is the first of a year.
    pub fn year_begins(&self) -> bool {
        self.tick.is_multiple_of(self.per_year)
    }
}

/// Weights by sector in dense form: follows from the parameters, remade when an event changes them.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Tables {
    /// Names of sectors.
    pub sector_names: Vec<std::sync::Arc<str>>,
    /// Names of regions.
    pub region_names: Vec<std::sync::Arc<str>>,
    /// Names of boards.
    pub board_names: Vec<std::sync::Arc<str>>,
    /// Input coefficients: `inputs[s][r]` units of r for a unit of s.
    pub inputs: Vec<Vec<f64>>,
    /// Criticality of inputs, same shape.
    pub critical: Vec<Vec<f64>>,
    /// Attraction of regions to sectors: `specialisation[region][s]`, 1 where nothing is said.
    pub specialisation: Vec<Vec<f64>>,
}

impl Tables {
    /// Dense tables of a configuration.
    pub fn new(parameters: &Parameters) -> Self {
        let names: Vec<&str> = parameters.sector_names().collect();
        let dense = |weights: &crate::parameters::Weights| weights.dense(names.iter().copied());
        Self {
            sector_names: names.iter().map(|name| (*name).into()).collect(),
            region_names: parameters.regions.iter().map(|region| region.name.as_str().into()).collect(),
            board_names: parameters.boards.iter().map(|board| board.name.as_str().into()).collect(),
            inputs: parameters.sectors.iter().map(|sector| dense(&sector.value.inputs)).collect(),
            critical: parameters.sectors.iter().map(|sector| dense(&sector.value.critical_inputs)).collect(),
            specialisation: parameters
                .regions
                .iter()
                .map(|region| {
                    let listed = &region.value.specialisation;
                    names.iter().map(|name| listed.0.iter().find(|(key, _)| key == name).map_or(1.0, |(_, value)| *value)).collect()
                })
                .collect(),
        }
    }
}

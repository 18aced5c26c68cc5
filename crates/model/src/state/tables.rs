//! Tables that follow from a configuration once: names, weights, needs.

use bevy_ecs::prelude::Resource;

use crate::parameters::{Need, Parameters};

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
    /// What new sectors replace.
    pub needs: Vec<Need>,
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
            needs: Need::of(parameters),
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

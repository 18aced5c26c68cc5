//! Levels of service that others meet: what clients, governments and investors get from think tanks.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::state::enterprise::Identity;

/// What enterprise clients of one think tank get.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ClientService {
    /// Gain of project success by sector, log-odds; below 0 from a flatterer.
    pub success: Vec<f64>,
    /// Honesty: independence × quality.
    pub honesty: f64,
    /// Overstatement of clients' value, log points.
    pub praise: f64,
}

/// What one government gets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GovernmentAdvice {
    /// Place of the think tank that advises it.
    pub adviser: Option<u16>,
    /// Precision of advice by sector.
    pub precision: Vec<f64>,
    /// Bias towards sectors that the adviser's clients are from.
    pub bias: Vec<f64>,
    /// Favour for the adviser's clients.
    pub favour: f64,
}

/// Levels of service in this tick.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Services {
    /// Precision of policy advice by sector, mean of governments.
    pub advice: Vec<f64>,
    /// Level of research by sector.
    pub research: Vec<f64>,
    /// Probability that there is a public report on an enterprise, by sector.
    pub coverage: Vec<f64>,
    /// Promising enterprises shown to a fund, a year.
    pub matches_per_fund: f64,
    /// Level of support seeking.
    pub support: f64,
    /// Probability that an enterprise of mean attention is a client.
    pub client_probability: f64,
    /// Level of investment attraction.
    pub attraction: f64,
    /// The same by region of the seat, over its mean.
    pub attraction_by_region: Vec<f64>,
    /// What clients get, by think tank.
    pub tanks: Vec<ClientService>,
    /// Weights of think tanks in the eyes of clients, by sector.
    pub choice: Vec<Vec<f64>>,
    /// What governments get: the central one, then the regions'.
    pub governments: Vec<GovernmentAdvice>,
}

impl Services {
    /// Levels where there are no think tanks.
    pub fn without_think_tanks(sectors: usize, regions: usize) -> Self {
        let nothing = GovernmentAdvice { precision: vec![0.0; sectors], bias: vec![0.0; sectors], ..GovernmentAdvice::default() };
        Self {
            advice: vec![0.0; sectors],
            research: vec![0.0; sectors],
            coverage: vec![0.0; sectors],
            attraction_by_region: vec![0.0; regions],
            choice: vec![Vec::new(); sectors],
            governments: vec![nothing; regions + 1],
            ..Self::default()
        }
    }

    /// What clients of a think tank get.
    pub fn client(&self, adviser: u16) -> &ClientService {
        &self.tanks[adviser as usize]
    }

    /// Precision of advice to a government on a sector.
    pub fn advice_to(&self, government: usize, sector: usize) -> f64 {
        self.governments[government].precision[sector]
    }

    /// Bias of advice to a government towards a sector.
    pub fn bias_of(&self, government: usize, sector: usize) -> f64 {
        self.governments[government].bias[sector]
    }

    /// Favour that an applicant finds with a government: only where both have the same adviser.
    pub fn favour(&self, government: usize, adviser: Option<u16>) -> f64 {
        let advice = &self.governments[government];
        if adviser.is_some() && adviser == advice.adviser { advice.favour } else { 0.0 }
    }

    /// Level of public knowledge of an enterprise: twice the sector's research where there is a report on it, a quarter otherwise.
    pub fn report(&self, who: &Identity) -> f64 {
        self.research[who.sector as usize] * if who.researched { 2.0 } else { 0.25 }
    }

    /// Overstatement of an enterprise's value: reports of the think tank whose client it is.
    pub fn praise(&self, who: &Identity) -> f64 {
        if who.advised && who.researched { self.client(who.adviser).praise } else { 0.0 }
    }
}

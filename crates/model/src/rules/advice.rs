//! Levels of service that others meet: what clients, governments and investors get from think tanks, and whose bread they eat.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::parameters::ThinkTanks as Settings;
use crate::state::enterprise::Identity;
use tripath_engine::math;

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

    /// Think tank that a client of a sector chooses, by a uniform draw.
    pub fn choose(&self, sector: usize, draw: f64) -> u16 {
        pick(&self.choice[sector], draw)
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

/// Index by weights and a uniform draw; 0 where there are none.
pub fn pick(weights: &[f64], draw: f64) -> u16 {
    let mut left = draw * weights.iter().sum::<f64>();
    for (index, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return index as u16;
        }
    }
    weights.len().saturating_sub(1) as u16
}

/// Weight of a think tank in the eyes of who needs one: `(0.2 + reputation)² × √staff × field`, `field` over an even one.
///
/// Staff with falling returns, or one would end up with all.
pub fn appeal(reputation: f64, staff: f64, field: f64) -> f64 {
    (0.2 + reputation) * (0.2 + reputation) * math::sqrt(staff.max(0.1)) * field
}

/// Gain of a client's project success: `a × fit × (independence × quality − flattery × (1 − independence))`, with
/// `fit = ½ + ½ min(field, 2)`, `field` over an even one. Who says what clients like to hear keeps bad projects alive.
pub fn client_success(settings: &Settings, independence: f64, quality: f64, field: f64) -> f64 {
    settings.advice_success * (0.5 + 0.5 * field.min(2.0)) * (independence * quality - settings.flattery * (1.0 - independence))
}

/// Bias of advice towards a sector: `(1 − independence) × n × (part of all income that its clients pay − mean over n sectors)`.
pub fn client_bias(independence: f64, clients: &[f64], sector: usize) -> f64 {
    let n = clients.len() as f64;
    (1.0 - independence) * (n * clients[sector] - clients.iter().sum::<f64>())
}

/// How far advice of a level reaches a decision: `level/(1 + level)`.
pub fn influence(level: f64) -> f64 {
    level / (1.0 + level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_choose_by_weight() {
        assert_eq!((pick(&[1.0, 3.0], 0.2), pick(&[1.0, 3.0], 0.3), pick(&[], 0.5), pick(&[0.0, 0.0], 0.5)), (0, 1, 0, 1));
        assert!(appeal(0.8, 10.0, 1.0) > appeal(0.4, 10.0, 1.0) && appeal(0.5, 10.0, 2.0) > appeal(0.5, 10.0, 1.0));
    }

    #[test]
    fn honest_advice_helps_and_flattery_harms() {
        let settings = Settings { advice_success: 1.0, flattery: 0.5, ..Settings::default() };
        assert!((client_success(&settings, 1.0, 0.6, 1.0) - 0.6).abs() < 1e-12);
        assert!((client_success(&settings, 0.0, 0.6, 1.0) + 0.5).abs() < 1e-12);
        assert!((client_success(&settings, 1.0, 0.6, 9.0) - 0.9).abs() < 1e-12);
    }

    #[test]
    fn who_lives_on_clients_speaks_for_them() {
        // Half of all income from the first of two sectors' clients, nothing from the other's.
        assert!((client_bias(0.2, &[0.5, 0.0], 0) - 0.4).abs() < 1e-12);
        assert!((client_bias(0.2, &[0.5, 0.0], 1) + 0.4).abs() < 1e-12);
        assert_eq!(client_bias(1.0, &[0.5, 0.0], 0), 0.0);
        assert_eq!(influence(1.0), 0.5);
    }
}

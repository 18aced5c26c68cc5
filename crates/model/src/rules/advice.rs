//! Advice of think tanks: how good it is, whose bread they eat, and who chooses whom.

use crate::parameters::ThinkTanks as Settings;
use crate::state::think_tanks::Services;
use tripath_engine::math;

/// Accuracy of calls: `1 / (1 + mean squared error / σ²)` with `σ` = 5 points of growth, weighted by field.
pub fn call_accuracy(field: &[f64], calls: &[f64], outcomes: &[f64]) -> f64 {
    let error: f64 =
        field.iter().zip(calls).zip(outcomes).map(|((weight, call), outcome)| weight * (call - outcome) * (call - outcome)).sum();
    1.0 / (1.0 + error / 0.0025)
}

impl Services {
    /// Think tank that a client of a sector chooses, by a uniform draw.
    pub fn choose(&self, sector: usize, draw: f64) -> u16 {
        pick(&self.choice[sector], draw)
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
    fn accuracy_by_hand() {
        assert_eq!(call_accuracy(&[1.0], &[0.03], &[0.03]), 1.0);
        assert!((call_accuracy(&[1.0], &[0.08], &[0.03]) - 0.5).abs() < 1e-12);
    }

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

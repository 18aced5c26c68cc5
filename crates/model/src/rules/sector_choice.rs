//! How a government scores sectors and divides its promotion among them.

use crate::parameters::Government as Parameters;
use tripath_engine::math;

/// What a government knows of a sector when it plans, each in standard scores or shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SectorView {
    /// Growth, standard score.
    pub merit: f64,
    /// Taxes over sales, standard score.
    pub tax: f64,
    /// Strategic value.
    pub strategic: f64,
    /// The central government's guidance; for its own plan the configured priority.
    pub central: f64,
    /// Other localities' share above an even share.
    pub herd: f64,
    /// Noise of judgement.
    pub noise: f64,
}

/// Score: `α_growth merit + α_tax tax + α_sec strategic + α_central central + α_herd herd + ε`.
pub fn sector_score(government: &Parameters, view: &SectorView, central_weight: f64) -> f64 {
    government.merit_weight * view.merit
        + government.tax_weight * view.tax
        + government.strategic_weight * view.strategic
        + central_weight * view.central
        + government.herding_weight * view.herd
        + view.noise
}

/// Plan in proportion to exponentiated scores: `share_s ∝ exp(β score_s)`.
pub fn plan_shares(scores: &[f64], intensity: f64) -> Vec<f64> {
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = scores.iter().map(|score| math::exp((intensity * (score - best)).max(-60.0))).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

pub(crate) fn standard_scores(values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let deviation = math::sqrt(values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n);
    values.iter().map(|x| math::ratio(x - mean, deviation, 0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_in_proportion() {
        let plan = plan_shares(&[0.0, 1.0], 1.0);
        assert!((plan[1] / plan[0] - std::f64::consts::E).abs() < 1e-9);
        assert_eq!(plan_shares(&[3.0, 3.0, 3.0], 2.0), vec![1.0 / 3.0; 3]);
    }

    #[test]
    fn herding_pulls_towards_the_others() {
        let policy = Parameters { herding_weight: 0.5, ..Parameters::default() };
        let view = SectorView { merit: 0.0, tax: 0.0, strategic: 0.0, central: 0.0, herd: 2.0, noise: 0.0 };
        assert_eq!(sector_score(&policy, &view, 0.0), 1.0);
        // Guidance of 2 at a weight of a quarter adds half.
        assert_eq!(sector_score(&policy, &SectorView { central: 2.0, ..view }, 0.25), 1.5);
    }
}

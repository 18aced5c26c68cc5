//! Which sectors a government promotes.

use bevy_ecs::prelude::{Query, Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::markets::Sectors;
use crate::math;
use crate::observe::{EventRow, Records};
use crate::parameters::{Government as Parameters, Parameters as Configuration};
use crate::random::Mechanism;
use crate::think_tank::Services;
use crate::world::{Calendar, Tables};

use super::Government;

/// Plans of localities.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Plans {
    /// Share of each sector in a locality's plan: `shares[region][sector]`, each row sums to 1.
    pub shares: Vec<Vec<f64>>,
}

impl Plans {
    /// Mean share of each sector over localities other than one.
    pub fn others(&self, region: usize) -> Vec<f64> {
        let sectors = self.shares.first().map_or(0, Vec::len);
        let others = self.shares.len().saturating_sub(1).max(1) as f64;
        (0..sectors)
            .map(|s| self.shares.iter().enumerate().filter(|(r, _)| *r != region).map(|(_, plan)| plan[s]).sum::<f64>() / others)
            .collect()
    }
}

/// What a government knows of a sector when it plans, each in standard scores or shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SectorView {
    /// Growth, standard score.
    pub merit: f64,
    /// Taxes over sales, standard score.
    pub tax: f64,
    /// Strategic value.
    pub strategic: f64,
    /// Guidance of the central government.
    pub central: f64,
    /// Other localities' share above an even share.
    pub herd: f64,
    /// Noise of judgement.
    pub noise: f64,
}

/// Score: `α_growth merit + α_tax tax + α_sec strategic + α_central central + α_herd herd + ε`.
pub fn sector_score(government: &Parameters, view: &SectorView) -> f64 {
    government.merit_weight * view.merit
        + government.tax_weight * view.tax
        + government.strategic_weight * view.strategic
        + government.central_weight * view.central
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

fn standard_scores(values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let deviation = math::sqrt(values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n);
    values.iter().map(|x| math::ratio(x - mean, deviation, 0.0)).collect()
}

/// Localities whose plan period begins choose sectors, each at its own date.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn choose_sectors(
    mut governments: Query<&mut Government>,
    parameters: Res<Configuration>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    services: Res<Services>,
    mut plans: ResMut<Plans>,
    mut sectors: ResMut<Sectors>,
    mut records: ResMut<Records>,
) {
    let policy = &parameters.government;
    let count = sectors.len();
    let growth: Vec<f64> = standard_scores(&sectors.iter().map(|state| state.demand_growth).collect::<Vec<_>>());
    let tax: Vec<f64> =
        standard_scores(&sectors.iter().map(|state| math::ratio(state.taxes, state.mean_sales * state.count, 0.0)).collect::<Vec<_>>());
    let period = (policy.plan_years * calendar.ticks_per_year()).max(1.0) as u32;
    for mut government in governments.iter_mut() {
        let Some(region) = government.region.map(usize::from) else { continue };
        if calendar.tick < government.next_plan {
            continue;
        }
        government.next_plan = calendar.tick + period;
        let others = plans.others(region);
        let scores: Vec<f64> = (0..count)
            .map(|s| {
                let settings = &parameters.sectors[s].value;
                let mut draws = calendar.seed.draws(Mechanism::SectorChoice, ((region as u64) << 16) | s as u64, calendar.tick);
                let precision = 1.0 + parameters.think_tanks.advice_precision * services.advice_to(region + 1, s);
                let deviation = policy.choice_noise / math::sqrt(precision);
                let view = SectorView {
                    merit: growth[s],
                    tax: tax[s],
                    strategic: settings.strategic_value,
                    central: settings.central_priority,
                    // Who knows more looks less at the others (Banerjee 1992).
                    herd: (others[s] - 1.0 / count as f64) / math::sqrt(precision),
                    noise: deviation * draws.normal() + parameters.think_tanks.capture * services.bias_of(region + 1, s),
                };
                sector_score(policy, &view)
            })
            .collect();
        plans.shares[region] = plan_shares(&scores, policy.choice_intensity);
        if calendar.recorded() {
            let best = (0..count).max_by(|a, b| plans.shares[region][*a].total_cmp(&plans.shares[region][*b])).unwrap_or(0);
            records.events.push(EventRow {
                sector: Some(tables.sector_names[best].clone()),
                region: Some(tables.region_names[region].clone()),
                amount: Some(plans.shares[region][best]),
                ..EventRow::at(&calendar, "plan", region as u64 + 1)
            });
        }
    }
    let regions = plans.shares.len() as f64;
    for (s, state) in sectors.iter_mut().enumerate() {
        let mean = plans.shares.iter().map(|plan| plan[s]).sum::<f64>() / regions;
        state.promotion = mean * count as f64;
    }
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
        assert_eq!(sector_score(&policy, &view), 1.0);
    }
}

//! Which sectors a government promotes.

use bevy_ecs::prelude::{Query, Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::mechanisms::public_finance::Government;
use crate::observe::{EventRow, Records};
use crate::parameters::{Government as Parameters, Parameters as Configuration};
use crate::rules::advice::Services;
use crate::state::calendar::{Calendar, Tables};
use crate::state::decisions::Decisions;
use crate::state::sector::Sectors;
use crate::streams::Mechanism;
use tripath_engine::math;

/// Plans of governments.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Plans {
    /// Share of each sector in a locality's plan: `shares[region][sector]`, each row sums to 1.
    pub shares: Vec<Vec<f64>>,
    /// Share of each sector in the central government's plan.
    pub central: Vec<f64>,
    /// Tick of the latest plan by government, central first; `None` before the first.
    pub made: Vec<Option<u32>>,
}

impl Plans {
    /// Even plans, before the first.
    pub fn even(sectors: usize, regions: usize) -> Self {
        let even = vec![1.0 / sectors as f64; sectors];
        Self { shares: vec![even.clone(); regions], central: even, made: vec![None; regions + 1] }
    }

    /// The centre's guidance on a sector: its share in the central plan over an even share, less 1.
    pub fn guidance(&self, sector: usize) -> f64 {
        self.central[sector] * self.central.len() as f64 - 1.0
    }

    /// Whether the plan of a government (central first) has at least an even share for a sector.
    pub fn favours(&self, government: usize, sector: usize) -> bool {
        let plan = if government == 0 { &self.central } else { &self.shares[government - 1] };
        plan[sector] * plan.len() as f64 >= 1.0
    }

    /// Whether a government (central first) has planned since a tick, and favours a sector; any plan will do for no sector.
    pub fn favours_since(&self, government: usize, sector: Option<usize>, tick: u32) -> bool {
        self.made[government].is_some_and(|made| made > tick) && sector.is_none_or(|sector| self.favours(government, sector))
    }

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

/// Weights over their sum; even shares where there is none.
fn shares_of(weights: Vec<f64>) -> Vec<f64> {
    let (sum, even) = (weights.iter().sum::<f64>(), 1.0 / weights.len() as f64);
    weights.into_iter().map(|weight| math::ratio(weight, sum, even)).collect()
}

fn standard_scores(values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let deviation = math::sqrt(values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n);
    values.iter().map(|x| math::ratio(x - mean, deviation, 0.0)).collect()
}

/// Governments whose plan period begins choose sectors, each at its own date; the centre first, for its plan guides the localities.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn choose_sectors(
    mut governments: Query<&mut Government>,
    parameters: Res<Configuration>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    services: Res<Services>,
    decisions: Res<Decisions>,
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
    let view = |plans: &Plans, place: usize, s: usize| {
        let mut draws = calendar.seed.draws(Mechanism::SectorChoice, ((place as u64) << 16) | s as u64, calendar.tick);
        let precision = 1.0 + parameters.think_tanks.advice_precision * services.advice_to(place, s);
        let deviation = policy.choice_noise / math::sqrt(precision);
        SectorView {
            merit: growth[s],
            tax: tax[s],
            strategic: parameters.sectors[s].value.strategic_value,
            central: if place == 0 { parameters.sectors[s].value.central_priority } else { plans.guidance(s) },
            // Who knows more looks less at the others (Banerjee 1992); the centre has none to look at.
            herd: if place == 0 { 0.0 } else { (plans.others(place - 1)[s] - 1.0 / count as f64) / math::sqrt(precision) },
            noise: deviation * draws.normal() + parameters.think_tanks.capture * services.bias_of(place, s),
        }
    };
    let place_of = |government: &Government| government.region.map_or(0, |region| usize::from(region) + 1);
    let mut due: Vec<usize> = Vec::new();
    for mut government in governments.iter_mut() {
        if calendar.tick >= government.next_plan {
            government.next_plan = calendar.tick + period;
            due.push(place_of(&government));
        }
    }
    due.sort_unstable();
    for place in due {
        let weight = if place == 0 { policy.priority_weight } else { policy.central_weight };
        let scores: Vec<f64> = (0..count).map(|s| sector_score(policy, &view(&plans, place, s), weight)).collect();
        let mut plan = plan_shares(&scores, policy.choice_intensity);
        if decisions.sector_weight.is_open() {
            let weights = plan.iter().enumerate().map(|(s, share)| decisions.sector_weight.through(place * count + s, *share).max(0.0));
            plan = shares_of(weights.collect());
        }
        if calendar.recorded() {
            let best = (0..count).max_by(|a, b| plan[*a].total_cmp(&plan[*b])).unwrap_or(0);
            records.events.push(EventRow {
                sector: Some(tables.sector_names[best].clone()),
                region: place.checked_sub(1).map(|region| tables.region_names[region].clone()),
                amount: Some(plan[best]),
                ..EventRow::at(&calendar, "plan", place as u64)
            });
        }
        plans.made[place] = Some(calendar.tick);
        if place == 0 {
            plans.central = plan;
        } else {
            plans.shares[place - 1] = plan;
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
        assert_eq!(sector_score(&policy, &view, 0.0), 1.0);
        // Guidance of 2 at a weight of a quarter adds half.
        assert_eq!(sector_score(&policy, &SectorView { central: 2.0, ..view }, 0.25), 1.5);
    }

    #[test]
    fn a_plan_guides_and_renews() {
        let mut plans = Plans::even(2, 1);
        assert_eq!(plans.guidance(0), 0.0);
        assert!(!plans.favours_since(0, None, 0));
        plans.central = vec![0.75, 0.25];
        plans.made[0] = Some(8);
        assert_eq!((plans.guidance(0), plans.guidance(1)), (0.5, -0.5));
        // A plan after the tick, and at least an even share of it; one made in that tick is not after it.
        assert!(plans.favours_since(0, Some(0), 7) && !plans.favours_since(0, Some(1), 7) && plans.favours_since(0, None, 7));
        assert!(!plans.favours_since(0, Some(0), 8) && !plans.favours_since(1, None, 7));
    }
}

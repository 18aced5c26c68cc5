//! Which sectors a government promotes.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::observe::{EventRow, Records};
use crate::parameters::Parameters as Configuration;
use crate::rules::sector_choice::{SectorView, plan_shares, sector_score, standard_scores};
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::government::{Government, Plans};
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::think_tanks::Services;
use crate::streams::Draw;
use tripath_engine::math;

/// Weights over their sum; even shares where there is none.
fn shares_of(weights: Vec<f64>) -> Vec<f64> {
    let (sum, even) = (weights.iter().sum::<f64>(), 1.0 / weights.len() as f64);
    weights.into_iter().map(|weight| math::ratio(weight, sum, even)).collect()
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
        let mut draws = calendar.seed.draws(Draw::SectorChoice, ((place as u64) << 16) | s as u64, calendar.tick);
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

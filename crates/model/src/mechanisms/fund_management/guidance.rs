//! Direct guidance funds: a government raises a fund with a mandate, and private money must come along.

use crate::parameters::{Parameters, Programme};
use crate::rules::guidance::matched_part;
use crate::state::economy::Economy;
use crate::state::government::ProgrammeBudgets;
use crate::state::venture::Mandate;
use tripath_engine::random::Draws;

/// Size announced and commitments raised; nothing while the programme does not run.
pub fn raise(
    parameters: &Parameters,
    programmes: &ProgrammeBudgets,
    economy: &Economy,
    mandate: &Mandate,
    appetite: f64,
    draws: &mut Draws,
) -> Option<(f64, f64)> {
    let index = mandate.programme as usize;
    if !programmes.states[index].running {
        return None;
    }
    let settings: &Programme = &parameters.programmes[index].value;
    let people = match mandate.region {
        Some(region) if settings.region.is_empty() => parameters.regions[region as usize].value.population_share,
        _ => 1.0,
    };
    let scale = programmes.memories[index].scale;
    let target = settings.budget_share * economy.annual_output * parameters.venture.life_years * people * scale;
    let part = matched_part(&parameters.venture, appetite, settings.reinvestment, draws.normal());
    (target > 0.0).then_some((target, target * part))
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{Named, Programme};
    use tripath_engine::math;

    #[test]
    fn a_locality_raises_by_its_people() {
        let mut small = crate::worked::Small::with(|parameters| {
            let settings = Programme {
                instrument: "guidance_fund".to_owned(),
                level: "local".to_owned(),
                budget_share: 0.01,
                reinvestment: 0.5,
                ..Programme::default()
            };
            parameters.programmes = vec![Named { name: "fund".to_owned(), value: settings }];
            (parameters.venture.life_years, parameters.venture.guidance_shunning) = (10.0, 0.75);
        });
        small.set::<Economy>().annual_output = 400.0;
        small.set::<ProgrammeBudgets>().memories[0].scale = 1.5;
        let mandate = Mandate { programme: 0, sector: None, region: Some(0), target: 0.0, called: 0.0 };
        let raised = |small: &crate::worked::Small| {
            let draws = &mut tripath_engine::random::Seed(1).draws(crate::streams::Draw::Financier, 0, 0);
            raise(small.get::<Parameters>(), small.get::<ProgrammeBudgets>(), small.get::<Economy>(), &mandate, 0.8, draws)
        };
        assert_eq!(raised(&small), None, "the programme does not run");
        small.set::<ProgrammeBudgets>().states[0].running = true;
        let noise = tripath_engine::random::Seed(1).draws(crate::streams::Draw::Financier, 0, 0).normal();
        // A hundredth of 400 for ten years, half more than was planned, of which three quarters of the people announce 45.
        let part = (0.8 * math::exp(-0.375 + 0.3 * noise)).clamp(0.02, 1.0);
        let (target, raised) = raised(&small).expect("it runs");
        crate::worked::by_hand(&[("announced", target, 45.0), ("raised", raised, 45.0 * part)]);
    }
}

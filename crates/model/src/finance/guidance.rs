//! Direct guidance funds: a government raises a fund with a mandate, and private money must come along.

use serde::{Deserialize, Serialize};

use crate::accounts::{Account, Economy};
use crate::government::ProgrammeBudgets;
use crate::parameters::{Parameters, Programme, Venture};
use tripath_engine::math;
use tripath_engine::random::Draws;

/// What a guidance fund may buy, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mandate {
    /// Place in the list of programmes.
    pub programme: u16,
    /// Sector it must invest in; any if none.
    pub sector: Option<u16>,
    /// Locality that raised it; the centre if none.
    pub region: Option<u16>,
    /// Size announced.
    pub target: f64,
    /// Called from the government in this tick.
    pub called: f64,
}

impl Mandate {
    /// The government behind it.
    pub fn account(&self) -> Account {
        self.region.map_or(Account::Central, |region| Account::Local(region as usize))
    }
}

/// Mandates of a configuration, one a central programme and one a locality of a local one.
pub fn mandates(parameters: &Parameters) -> Vec<Mandate> {
    let mut found = Vec::new();
    for (index, programme) in
        parameters.programmes.iter().enumerate().filter(|(_, programme)| programme.value.instrument == "guidance_fund")
    {
        let settings = &programme.value;
        let sector = parameters.sector_index(&settings.sector).map(|s| s as u16);
        let make = |region| Mandate { programme: index as u16, sector, region, target: 0.0, called: 0.0 };
        if settings.level == "local" {
            let named = |region: &usize| settings.region.is_empty() || parameters.regions[*region].name == settings.region;
            found.extend((0..parameters.regions.len()).filter(named).map(|region| make(Some(region as u16))));
        } else {
            found.push(make(None));
        }
    }
    found
}

/// Part of what was announced that private investors match, and so the part that is raised: the state pays in proportion.
///
/// `clip(appetite exp(−a reinvestment + σ N), 0.02, 1)`: partners shun a fund that must invest where it was raised.
pub fn matched_part(venture: &Venture, appetite: f64, reinvestment: f64, noise: f64) -> f64 {
    (appetite * math::exp(-venture.guidance_shunning * reinvestment + 0.3 * noise)).clamp(0.02, 1.0)
}

/// Price that founders ask of a state fund over what they ask of others: the better an enterprise is, the more it shuns state money.
///
/// `exp(a max(lead, 0))`
pub fn state_money_discount(venture: &Venture, lead: f64) -> f64 {
    math::exp(venture.state_money_aversion * lead.clamp(0.0, 2.0))
}

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
    use crate::parameters::{Named, Region};

    #[test]
    fn reinvestment_requirements_cost_partners() {
        let venture = Venture { guidance_shunning: 1.0, ..Venture::default() };
        assert_eq!(matched_part(&venture, 0.8, 0.0, 0.0), 0.8);
        assert!((matched_part(&venture, 1.0, 0.7, 0.0) - math::exp(-0.7)).abs() < 1e-12);
        assert_eq!(matched_part(&venture, 2.0, 0.0, 0.0), 1.0);
    }

    #[test]
    fn the_best_ask_more_of_the_state() {
        let venture = Venture { state_money_aversion: 0.5, ..Venture::default() };
        assert_eq!(state_money_discount(&venture, -1.0), 1.0);
        assert!((state_money_discount(&venture, 1.0) - math::exp(0.5)).abs() < 1e-12);
    }

    #[test]
    fn each_locality_has_its_fund() {
        let region = |name: &str| Named { name: name.to_owned(), value: Region::default() };
        let programme = |level: &str| Named {
            name: level.to_owned(),
            value: Programme { instrument: "guidance_fund".to_owned(), level: level.to_owned(), ..Programme::default() },
        };
        let parameters = Parameters {
            regions: vec![region("a"), region("b")],
            programmes: vec![programme("central"), programme("local")],
            ..Parameters::default()
        };
        let found: Vec<(u16, Option<u16>)> = mandates(&parameters).iter().map(|mandate| (mandate.programme, mandate.region)).collect();
        assert_eq!(found, [(0, None), (1, Some(0)), (1, Some(1))]);
    }

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
            let draws = &mut tripath_engine::random::Seed(1).draws(crate::streams::Mechanism::Financier, 0, 0);
            raise(small.get::<Parameters>(), small.get::<ProgrammeBudgets>(), small.get::<Economy>(), &mandate, 0.8, draws)
        };
        assert_eq!(raised(&small), None, "the programme does not run");
        small.set::<ProgrammeBudgets>().states[0].running = true;
        let noise = tripath_engine::random::Seed(1).draws(crate::streams::Mechanism::Financier, 0, 0).normal();
        // A hundredth of 400 for ten years, half more than was planned, of which three quarters of the people announce 45.
        let part = (0.8 * math::exp(-0.375 + 0.3 * noise)).clamp(0.02, 1.0);
        let (target, raised) = raised(&small).expect("it runs");
        crate::worked::by_hand(&[("announced", target, 45.0), ("raised", raised, 45.0 * part)]);
    }
}

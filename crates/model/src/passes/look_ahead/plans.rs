//! Investment plans of enterprises: what a sector and a region give them to reckon with.

use crate::parameters::Parameters;
use crate::rules::investment::{Rhythm, Rules, cost_factor, founding_ticks, trend_factor};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::enterprise::Identity;
use crate::state::government::{Plans, ProgrammeBudgets};
use crate::state::sector::Sectors;

/// What enterprises of a sector meet in a region.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Demand for the sector that plans go by, a year: ahead by the trend, and less where capital is dear.
    demand: f64,
    /// Factor on it where a locality promotes the sector.
    hope: f64,
    /// Part of the outlay on fixed capital that subsidies pay.
    pub relief: f64,
    /// Capital a unit of output.
    pub capital_output: f64,
    /// Learning.
    pub learning: f64,
}

impl Place {
    /// Demand that an enterprise with a share of the market expects, a year.
    #[inline(always)]
    pub fn expected(&self, share: f64) -> f64 {
        share * self.demand * self.hope
    }
}

/// What all enterprises meet when they plan investment.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// Rules that all go by.
    pub rules: Rules,
    /// By `[region × sectors + sector]`.
    places: Vec<Place>,
    sectors: usize,
}

impl Outlook {
    /// As it is in this tick.
    pub fn new(
        parameters: &Parameters,
        calendar: &Calendar,
        sectors: &Sectors,
        plans: &Plans,
        programmes: &ProgrammeBudgets,
        economy: &Economy,
    ) -> Self {
        let rules = Rules {
            investment: parameters.investment.clone(),
            normal_utilisation: parameters.production.normal_utilisation,
            depreciation: parameters.production.depreciation,
            expansion_rate: parameters.venture.expansion_rate,
            rhythm: Rhythm::new(parameters.investment.build_years, calendar.ticks_per_year()),
            founding_ticks: founding_ticks(parameters.investment.founding_years, calendar.ticks_per_year()),
        };
        let dear = cost_factor(&parameters.investment, economy.user_cost(parameters));
        let horizon = parameters.investment.horizon_years;
        let demand: Vec<f64> =
            sectors.iter().map(|state| state.expected_demand * trend_factor(horizon, state.trend_growth) * dear).collect();
        let [central, local] = &programmes.capital_relief;
        let place = |(place, relief): (usize, (&f64, &f64))| {
            let (region, index) = (place / sectors.len(), place % sectors.len());
            let relief = relief.0 + relief.1;
            // Cheap land and credit of a locality that promotes the sector make its enterprises hopeful.
            let optimism =
                parameters.investment.promotion_optimism * plans.shares[region][index] + parameters.investment.subsidy_response * relief;
            Place {
                demand: demand[index],
                hope: 1.0 + optimism,
                relief,
                capital_output: parameters.sectors[index].value.capital_output,
                learning: sectors[index].learning,
            }
        };
        let places = central.iter().zip(local).enumerate().map(place).collect();
        Self { rules, places, sectors: sectors.len() }
    }

    /// What an enterprise meets.
    #[inline(always)]
    pub fn place(&self, who: &Identity) -> &Place {
        &self.places[who.region as usize * self.sectors + who.sector as usize]
    }
}

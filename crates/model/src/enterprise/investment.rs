//! Investment: desired capital from expected demand; spells that start at a threshold make it lumpy.

use crate::accounts::Economy;
use crate::government::{Plans, ProgrammeBudgets};
use crate::markets::Sectors;
use crate::math;
use crate::parameters::{Investment, Parameters};
use crate::world::Calendar;

use super::Identity;

/// Desired capital: `K* = v κ d^e / (u* Λ)`, with `d^e` a year.
#[inline(always)]
pub fn desired_capital(capital_output: f64, capital_factor: f64, expected_demand: f64, normal_utilisation: f64, learning: f64) -> f64 {
    capital_output * capital_factor * expected_demand / (normal_utilisation * learning)
}

/// Factor on a sector's averaged demand for what is planned ahead: `exp(h g)`, with `g` the trend growth of demand, within a factor of 1.6.
///
/// Averages trail what grows; without the trend, capacity would lag for as long as an economy catches up.
fn trend_factor(horizon_years: f64, trend_growth: f64) -> f64 {
    math::exp((horizon_years * trend_growth).clamp(-0.5, 0.5))
}

/// Investment wanted in a tick, and whether a spell goes on.
///
/// A spell starts where desired capital is a threshold above actual (a lower one where a part `relief` of the outlay is paid by a
/// subsidy) and ends where it is reached; in a spell
/// investment fills the gap at `maximum_rate` a year at most (more while a round's money lasts), outside of one a part of depreciation is made good.
#[allow(clippy::too_many_arguments, reason = "a rule names all that it depends on")]
#[inline(always)]
pub fn investment_step(
    parameters: &Investment,
    maximum_rate: f64,
    capital: f64,
    desired: f64,
    depreciation: f64,
    expanding: bool,
    relief: f64,
    years: f64,
) -> (f64, bool) {
    let gap = desired - capital;
    let expanding = gap > if expanding { 0.0 } else { parameters.threshold * (1.0 - relief) * capital };
    let worn = capital * depreciation * years;
    let wanted = if expanding {
        (gap + worn).min(maximum_rate * years * capital)
    } else if gap > -0.5 * capital {
        parameters.maintenance_share * worn
    } else {
        0.0
    };
    (wanted.max(0.0), expanding)
}

/// What an enterprise goes by when it plans.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Capital a unit of output in its sector, and its own over the sector's.
    pub capital_output: f64,
    /// See above.
    pub capital_factor: f64,
    /// Demand that it expects, a year.
    pub expected: f64,
    /// Learning of its sector.
    pub learning: f64,
    /// Part of the outlay that subsidies pay.
    pub relief: f64,
    /// Fixed capital.
    pub capital: f64,
    /// A round's money is there and waits to be used.
    pub backed: bool,
    /// In an investment spell.
    pub expanding: bool,
}

/// Rules of investment.
#[derive(Debug, Clone)]
pub struct Rules {
    investment: Investment,
    normal_utilisation: f64,
    depreciation: f64,
    expansion_rate: f64,
    years: f64,
}

impl Rules {
    /// An enterprise at work plans the investment of the next tick: how much, and whether it is in a spell.
    #[inline(always)]
    pub fn plan(&self, plan: Plan) -> (f64, bool) {
        let desired = desired_capital(plan.capital_output, plan.capital_factor, plan.expected, self.normal_utilisation, plan.learning);
        // A round's money builds faster.
        let maximum_rate = if plan.backed { self.expansion_rate } else { 0.0 }.max(self.investment.maximum_rate);
        investment_step(&self.investment, maximum_rate, plan.capital, desired, self.depreciation, plan.expanding, plan.relief, self.years)
    }
}

/// What enterprises of a sector meet in a region.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Demand for the sector that plans go by, a year: ahead by the trend, and less where money is dear.
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
            years: calendar.years_per_tick(),
        };
        let dear = 1.0 - parameters.investment.rate_sensitivity * economy.real_rate_gap(parameters);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn desired_capital_by_hand() {
        assert!((desired_capital(1.0, 1.0, 82.0, 0.82, 1.0) - 100.0).abs() < 1e-9);
        assert!((desired_capital(1.0, 1.0, 82.0, 0.82, 2.0) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn plans_go_by_the_trend() {
        assert_eq!(trend_factor(0.0, 0.08), 1.0);
        assert!((trend_factor(1.5, 0.08) - math::exp(0.12)).abs() < 1e-12);
        assert!((trend_factor(2.0, 9.0) - math::exp(0.5)).abs() < 1e-12);
    }

    #[test]
    fn spells_are_lumpy() {
        let investment = Investment { threshold: 0.1, maximum_rate: 0.25, maintenance_share: 0.5, ..Investment::default() };
        // Below the threshold: maintenance only.
        assert_eq!(investment_step(&investment, 0.25, 100.0, 105.0, 0.08, false, 0.0, 1.0), (4.0, false));
        // Above: gap and depreciation.
        assert_eq!(investment_step(&investment, 0.25, 100.0, 112.0, 0.08, false, 0.0, 1.0), (20.0, true));
        // Bounded, and over where capital is enough.
        assert_eq!(investment_step(&investment, 0.25, 100.0, 200.0, 0.08, true, 0.0, 1.0), (25.0, true));
        assert!(!investment_step(&investment, 0.25, 100.0, 99.0, 0.08, true, 0.0, 1.0).1);
        // Where a half of the outlay is paid, half the gap is enough.
        assert!(investment_step(&investment, 0.25, 100.0, 106.0, 0.08, false, 0.5, 1.0).1);
    }
}

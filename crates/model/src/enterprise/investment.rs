//! Investment: desired capital from expected demand; spells that start at a threshold make it lumpy.

use crate::accounts::Economy;
use crate::government::{Plans, ProgrammeBudgets};
use crate::markets::Sectors;
use crate::math;
use crate::parameters::Parameters;
use crate::world::Calendar;

use super::{Identity, Plant, Position, Technology, Treasury};

/// Desired capital: `K* = v κ d^e / (u* Λ)`, with `d^e` a year.
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
pub fn investment_step(
    parameters: &crate::parameters::Investment,
    maximum_rate: f64,
    capital: f64,
    desired: f64,
    depreciation: f64,
    expanding: bool,
    relief: f64,
    years: f64,
) -> (f64, bool) {
    let gap = desired - capital;
    let expanding = if expanding { gap > 0.0 } else { gap > parameters.threshold * (1.0 - relief) * capital };
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

/// What all enterprises meet when they plan investment.
pub struct Outlook<'a> {
    parameters: &'a Parameters,
    sectors: &'a Sectors,
    plans: &'a Plans,
    programmes: &'a ProgrammeBudgets,
    /// Demand that plans go by, a year, by sector: ahead by the trend, and less where money is dear.
    demand: Vec<f64>,
    years: f64,
}

impl<'a> Outlook<'a> {
    /// As it is in this tick.
    pub fn new(
        parameters: &'a Parameters,
        calendar: &Calendar,
        sectors: &'a Sectors,
        plans: &'a Plans,
        programmes: &'a ProgrammeBudgets,
        economy: &Economy,
    ) -> Self {
        let dear = 1.0 - parameters.investment.rate_sensitivity * economy.real_rate_gap(parameters);
        let horizon = parameters.investment.horizon_years;
        let demand = sectors.iter().map(|state| state.expected_demand * trend_factor(horizon, state.trend_growth) * dear).collect();
        Self { parameters, sectors, plans, programmes, demand, years: calendar.years_per_tick() }
    }

    /// An enterprise at work plans the investment of the next tick.
    #[inline]
    pub fn plan(&self, who: &mut Identity, technology: &Technology, position: &Position, treasury: &Treasury, plant: &mut Plant) {
        let parameters = self.parameters;
        let index = who.sector as usize;
        let state = &self.sectors[index];
        // Cheap land and credit of a locality that promotes the sector make its enterprises hopeful.
        let region = who.region as usize;
        let place = region * self.sectors.len() + index;
        let [central, local] = &self.programmes.capital_relief;
        let relief = central[place] + local[place];
        let optimism =
            parameters.investment.promotion_optimism * self.plans.shares[region][index] + parameters.investment.subsidy_response * relief;
        let expected = position.share * self.demand[index] * (1.0 + optimism);
        let desired = desired_capital(
            parameters.sectors[index].value.capital_output,
            technology.capital_factor,
            expected,
            parameters.production.normal_utilisation,
            state.learning,
        );
        // A round's money builds faster.
        let backed = treasury.capital_money > 0.0 && !who.listed;
        let maximum_rate = if backed { parameters.venture.expansion_rate } else { 0.0 }.max(parameters.investment.maximum_rate);
        let (planned, expanding) = investment_step(
            &parameters.investment,
            maximum_rate,
            plant.capital,
            desired,
            parameters.production.depreciation,
            who.expanding,
            relief,
            self.years,
        );
        plant.planned = planned;
        // Few change: what is not written need not go back to memory.
        if who.expanding != expanding {
            who.expanding = expanding;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Investment;

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

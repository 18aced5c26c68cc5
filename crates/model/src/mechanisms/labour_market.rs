//! The labour market: one wage, set by bargains that look at prices, productivity and unemployment.

use bevy_ecs::prelude::{Res, ResMut};
use serde::{Deserialize, Serialize};

use crate::parameters::{Labour, Parameters};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use tripath_engine::math;

/// Least unemployment that the wage curve looks at: below it the curve is as steep as it gets.
const SHORTEST: f64 = 0.012;

/// Growth of the wage a year: `π* + ψ_A Â + ψ_U U* (U*/max(U, 1.2 %) − 1) + ι (ln(1 + π) − θ)⁺`, at least a floor.
///
/// The slope in unemployment is `−ψ_U` at the natural rate and steepens where people are short (Phillips 1958). Bargains trust the normal rate
/// of inflation `π*`; what is lived through beyond a threshold `θ` is made good in part, `ι`.
pub fn wage_growth(labour: &Labour, productivity_growth: f64, unemployment: f64, inflation: f64) -> f64 {
    let natural = labour.natural_unemployment;
    let scarcity = labour.unemployment_sensitivity * natural * (natural / unemployment.max(SHORTEST) - 1.0);
    let made_good = labour.indexation * (math::ln(1.0 + inflation.max(-0.5)) - labour.indexation_threshold).max(0.0);
    let growth = labour.expected_inflation + labour.productivity_indexation * productivity_growth + scarcity + made_good;
    growth.max(labour.wage_floor)
}

/// Moves the labour force and the wage by a tick.
pub fn set_wage(parameters: Res<Parameters>, calendar: Res<Calendar>, mut economy: ResMut<Economy>) {
    let years = calendar.years_per_tick();
    economy.labour_force *= math::exp(parameters.labour.force_growth * years);
    let growth = wage_growth(&parameters.labour, economy.productivity_growth, economy.unemployment, economy.inflation);
    economy.wage *= math::exp(growth * years);
}

/// Persons whom enterprises can have at work for output, at most: the labour force without those between two jobs.
pub fn most_at_work(labour: &Labour, labour_force: f64) -> f64 {
    labour_force * (1.0 - labour.frictional_unemployment)
}

/// How far the people there are go round, for what enterprises ask for; 1 where there is no shortage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Staffing {
    /// Part of the output asked for that can be made.
    pub output: f64,
    /// Part of overhead staff that is there.
    pub overhead: f64,
    /// Researchers that a unit of R&D money pays for, over those at the common wage: where they are short they are paid more.
    pub research: f64,
}

impl Default for Staffing {
    fn default() -> Self {
        Self { output: 1.0, overhead: 1.0, research: 1.0 }
    }
}

impl Staffing {
    /// Rations people: what varies with output gives way first, `λ = (most − overhead − researchers) / variable`; then researchers, of whom the
    /// same money pays fewer (Goolsbee 1998); then overhead staff. Employment is `most` wherever people are short.
    pub fn of(most: f64, overhead: f64, researchers: f64, variable: f64) -> Self {
        let part = |there: f64, wanted: f64| if wanted <= there { 1.0 } else { math::ratio(there, wanted, 0.0).clamp(0.0, 1.0) };
        let after_overhead = (most - overhead).max(0.0);
        Self {
            output: part((after_overhead - researchers).max(0.0), variable),
            overhead: part(most, overhead),
            research: part(after_overhead, researchers),
        }
    }
}

/// Measures unemployment once people have been hired, and its average that budgets go by.
pub fn measure_employment(parameters: Res<Parameters>, calendar: Res<Calendar>, mut economy: ResMut<Economy>) {
    economy.unemployment = (1.0 - economy.employment / economy.labour_force.max(1e-9)).clamp(0.0, 1.0);
    let weight = math::smoothing(calendar.ticks_per_year(), parameters.government.stabiliser_years);
    economy.mean_unemployment += weight * (economy.unemployment - economy.mean_unemployment);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wages_by_hand() {
        let labour = Labour {
            expected_inflation: 0.02,
            productivity_indexation: 1.0,
            unemployment_sensitivity: 0.3,
            natural_unemployment: 0.055,
            wage_floor: -0.01,
            indexation: 0.5,
            indexation_threshold: 0.06,
            ..Labour::default()
        };
        let of = |productivity, unemployment, inflation| wage_growth(&labour, productivity, unemployment, inflation);
        assert!((of(0.015, 0.055, 0.02) - 0.035).abs() < 1e-12);
        // Twice the natural rate: 0.3 × 0.055 × (½ − 1); half of it: 0.3 × 0.055 × (2 − 1).
        assert!((of(0.015, 0.11, 0.0) - (0.035 - 0.008_25)).abs() < 1e-12);
        assert!((of(0.015, 0.0275, 0.0) - (0.035 + 0.0165)).abs() < 1e-12);
        // Nobody is worth more than those who are shortest, and wages fall slowly.
        assert_eq!(of(0.0, 0.0, 0.0), of(0.0, SHORTEST, 0.0));
        assert_eq!(of(-0.2, 0.5, 0.0), -0.01);
        // Inflation of e^0.1 − 1 is four points beyond the threshold, of which half is made good.
        assert!((of(0.0, 0.055, math::exp(0.1) - 1.0) - 0.04).abs() < 1e-12);
    }

    #[test]
    fn people_are_rationed_by_what_varies() {
        assert_eq!(Staffing::of(100.0, 15.0, 5.0, 80.0), Staffing::default());
        // 100 people, 20 of them staff: 80 make four fifths of what 100 would.
        assert_eq!(Staffing::of(100.0, 15.0, 5.0, 100.0), Staffing { output: 0.8, ..Staffing::default() });
        // Ten researchers for twenty asked for, and nobody makes anything.
        assert_eq!(Staffing::of(25.0, 15.0, 20.0, 100.0), Staffing { output: 0.0, overhead: 1.0, research: 0.5 });
        assert_eq!(Staffing::of(10.0, 20.0, 5.0, 100.0), Staffing { output: 0.0, overhead: 0.5, research: 0.0 });
    }
}

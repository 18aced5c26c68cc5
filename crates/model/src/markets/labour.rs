//! The labour market: one wage, set by bargains that look at prices, productivity and unemployment.

use bevy_ecs::prelude::{Res, ResMut};

use crate::accounts::Economy;
use crate::math;
use crate::parameters::{Labour, Parameters};
use crate::world::Calendar;

/// Growth of the wage a year: `π* + ψ_A Â + ψ_U (U* − U)`, at least 0.
pub fn wage_growth(labour: &Labour, productivity_growth: f64, unemployment: f64) -> f64 {
    let growth = labour.expected_inflation
        + labour.productivity_indexation * productivity_growth
        + labour.unemployment_sensitivity * (labour.natural_unemployment - unemployment);
    growth.max(0.0)
}

/// Moves the labour force and the wage by a tick.
pub fn set_wage(parameters: Res<Parameters>, calendar: Res<Calendar>, mut economy: ResMut<Economy>) {
    let years = calendar.years_per_tick();
    economy.labour_force *= math::exp(parameters.labour.force_growth * years);
    economy.wage *= math::exp(wage_growth(&parameters.labour, economy.productivity_growth, economy.unemployment) * years);
}

/// Measures unemployment once people have been hired.
pub fn measure_employment(mut economy: ResMut<Economy>) {
    economy.unemployment = (1.0 - economy.employment / economy.labour_force.max(1e-9)).clamp(0.0, 1.0);
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
            ..Labour::default()
        };
        assert!((wage_growth(&labour, 0.015, 0.055) - 0.035).abs() < 1e-12);
        assert!((wage_growth(&labour, 0.015, 0.105) - 0.02).abs() < 1e-12);
        assert_eq!(wage_growth(&labour, 0.0, 0.5), 0.0);
    }
}

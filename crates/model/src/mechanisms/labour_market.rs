//! The labour market: one wage, set by bargains that look at prices, productivity and unemployment.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::Parameters;
use crate::rules::labour::wage_growth;
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use tripath_engine::math;

/// Moves the labour force and the wage by a tick.
pub fn set_wage(parameters: Res<Parameters>, calendar: Res<Calendar>, mut economy: ResMut<Economy>) {
    let years = calendar.years_per_tick();
    economy.labour_force *= math::exp(parameters.labour.force_growth * years);
    let growth = wage_growth(&parameters.labour, economy.productivity_growth, economy.unemployment, economy.inflation);
    economy.wage *= math::exp(growth * years);
}

/// Measures unemployment once people have been hired, and its average that budgets go by.
pub fn measure_employment(parameters: Res<Parameters>, calendar: Res<Calendar>, mut economy: ResMut<Economy>) {
    economy.unemployment = (1.0 - economy.employment / economy.labour_force.max(1e-9)).clamp(0.0, 1.0);
    let weight = math::smoothing(calendar.ticks_per_year(), parameters.government.stabiliser_years);
    economy.mean_unemployment += weight * (economy.unemployment - economy.mean_unemployment);
}

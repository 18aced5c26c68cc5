//! Growth accounting at the end of production.

use bevy_ecs::prelude::{Res, ResMut};

use crate::kinds::{FlowKind, InstitutionalSector as S, Instrument};
use crate::parameters::Parameters;
use crate::state::accounts::{Ledger, StockTable};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::growth::{Growth, Level, Moves, SectorGrowth};
use crate::state::sector::Sectors;
use tripath_engine::math;

/// Accounts for growth of the tick once output is measured.
pub fn account_growth(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    sectors: Res<Sectors>,
    ledger: Res<Ledger>,
    stocks: Res<StockTable>,
    economy: Res<Economy>,
    mut growth: ResMut<Growth>,
) {
    let growth = &mut *growth;
    if calendar.year_begins() {
        growth.sectors = vec![SectorGrowth::default(); sectors.len()];
        growth.measured = 0.0;
    }
    // Capital that the tick began with.
    let capital = math::ratio(stocks.get(Instrument::FixedCapital, S::Enterprises), economy.capital_price_at_close, 1.0);
    let now = [economy.adjusted_output, economy.employment, capital].map(|x| math::ln(x.max(1e-9)));
    let levels: Vec<Level> = sectors.iter().map(Level::of).collect();
    if !growth.levels.is_empty() {
        let [output, persons, machines] = [0, 1, 2].map(|at| now[at] - growth.last[at]);
        growth.measured += output - persons;
        let wages = math::ratio(ledger.paid(FlowKind::Wages, S::Enterprises), economy.output, 0.0).clamp(0.0, 1.0);
        growth.total_factor_productivity *= math::exp(output - wages * persons - (1.0 - wages) * machines);
        for (index, sum) in growth.sectors.iter_mut().enumerate() {
            sum.add(&SectorGrowth::of(&growth.moves[index], &growth.levels[index], &levels[index], &growth.weights[index]));
        }
    }
    growth.levels = levels;
    growth.last = now;
    growth.moves = vec![Moves::default(); parameters.sectors.len()];
}

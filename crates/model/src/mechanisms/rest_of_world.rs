//! Foreign suppliers and buyers: exogenous paths, drivers, trade shares and the exchange rate.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::{Driver, Parameters, Sector, Trade};
use crate::rules::needs::{served_parts, served_weights};
use crate::rules::rest_of_world::{cycle_step, desired_share, exchange_rate_growth, learning_factor, output_at_world_prices, rd_intensity};
use crate::state::accounts::{Account, Ledger};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::rest_of_world::DriverPaths;
use crate::state::sector::{SectorState, Sectors};
use crate::state::tables::Tables;
use crate::streams::Draw;
use tripath_engine::math;

fn driver_of<'a>(parameters: &'a Parameters, sector: &str, target: &str) -> Option<(usize, &'a Driver)> {
    parameters
        .drivers
        .iter()
        .enumerate()
        .find(|(_, driver)| driver.value.sector == sector && driver.value.target == target)
        .map(|(index, driver)| (index, &driver.value))
}

/// World demand of each sector over what it would be if buyers abroad divided it as at year 0: new goods replace old ones abroad as they do at home,
/// by foreign prices and quality.
fn world_turns(parameters: &Parameters, tables: &Tables, sectors: &Sectors) -> Vec<f64> {
    let log_prices: Vec<f64> = sectors.iter().map(|state| state.world_log_price() - state.base_world_price).collect();
    let served = served_parts(&tables.needs, parameters.market.replacement_elasticity, &log_prices);
    let demand: Vec<f64> = sectors.iter().map(|state| state.initial_world_demand).collect();
    let now = served_weights(&demand, &tables.needs, &served);
    now.iter().zip(&demand).map(|(now, before)| math::ratio(*now, *before, 1.0).max(1e-3)).collect()
}

/// Adds a tick of the world's output to its experience, and gives the log of the rise.
///
/// World output grows with world demand; at year 0 it is initial experience over its years.
fn learn_abroad(state: &mut SectorState, sector: &Sector, path: Option<f64>, dt: f64, calendar: &Calendar) -> f64 {
    if !calendar.recorded() {
        return 0.0;
    }
    let before = state.world_experience;
    state.world_experience = path.map_or_else(
        || {
            let real_demand = math::ratio(state.world_demand, state.initial_world_demand, 1.0)
                / math::ratio(state.foreign_price, state.initial_foreign_price, 1.0);
            before + real_demand * dt / sector.experience_years
        },
        |path| path.max(before),
    );
    math::ln(state.world_experience / before)
}

/// Keeps a tick of the burn-in from using up what year 0 begins with: world demand grows as home does, and nobody has learned yet.
fn begin_here(state: &mut SectorState, sector: &Sector, economy: &Economy, home_growth: f64, driven: bool, dt: f64) {
    state.initial_world_demand *= math::exp(home_growth * dt);
    state.world_demand = state.initial_world_demand * economy.foreign_level;
    if !driven {
        state.initial_foreign_price = state.foreign_price / economy.foreign_level;
    }
    state.base_world_price = state.world_log_price();
    state.initial_cumulative_output = sector.experience_years * state.expected_demand;
    state.cumulative_output = state.initial_cumulative_output;
}

/// Moves foreign prices, quality, demand and experience by a tick, and the trade shares after them.
pub fn advance_rest_of_world(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    paths: Res<DriverPaths>,
    tables: Res<Tables>,
    ledger: Res<Ledger>,
    mut sectors: ResMut<Sectors>,
    mut economy: ResMut<Economy>,
) {
    let dt = calendar.years_per_tick();
    let trade = &parameters.trade;
    let output = economy.annual_output.max(1e-9);
    // Trade of the last tick: the books of this one are still empty.
    let balance = sectors.iter().map(|state| state.exports - state.imports).sum::<f64>() / dt / output;
    let foreign_assets = -ledger.balance(Account::RestOfWorld) / output;
    let growth = exchange_rate_growth(
        balance,
        foreign_assets,
        economy.expected_inflation - trade.foreign_inflation,
        economy.real_rate_gap(&parameters),
        &parameters,
    );
    economy.exchange_rate *= math::exp(growth * dt);
    economy.foreign_level *= math::exp(trade.foreign_inflation * dt);
    let shock = calendar.seed.draws(Draw::WorldCycle, 0, calendar.tick).normal();
    economy.world_wave = cycle_step(economy.world_wave, trade.cycle_spread, math::exp(-dt / trade.cycle_years), shock);
    economy.world_cycle += math::smoothing(calendar.ticks_per_year(), trade.cycle_lag_years) * (economy.world_wave - economy.world_cycle);
    // Ideas and capital that cross borders: relative prices abroad follow those at home, the mean of all sectors is the currency's business.
    let prices: Vec<f64> = sectors.iter().map(|state| math::ln(state.price / (state.foreign_price * economy.exchange_rate))).collect();
    let sales: f64 = sectors.iter().map(|state| state.sales).sum();
    let mean_price: f64 = sectors.iter().zip(&prices).map(|(state, gap)| math::ratio(state.sales, sales, 0.0) * gap).sum();
    let competition: Vec<Competition> = sectors.iter().map(|state| Competition::of(&parameters, &economy, state)).collect();
    let turns = world_turns(&parameters, &tables, &sectors);
    let driven = Driven { parameters: &parameters, paths: &paths, year: f64::from(calendar.start_year) + calendar.years_in() };
    for (index, state) in sectors.iter_mut().enumerate() {
        know_abroad(&parameters, index, state, &calendar);
    }
    move_prices_abroad(&parameters, &mut sectors, &prices, mean_price, economy.foreign_level, &driven, &calendar);
    // What the world has learned of home comes back as its income.
    let at_world_prices = output_at_world_prices(economy.annual_output, economy.exchange_rate, mean_price) / economy.foreign_level;
    if !calendar.recorded() {
        economy.first_output_abroad = at_world_prices;
    }
    let real_output = math::ratio(at_world_prices, economy.first_output_abroad, 1.0);
    let home_growth = economy.productivity_growth + parameters.labour.force_growth;
    for (index, state) in sectors.iter_mut().enumerate() {
        let sector = &parameters.sectors[index].value;
        match driven.index(index, "world_demand") {
            Some(path) => state.world_demand = state.initial_world_demand * path * economy.foreign_level,
            None if calendar.recorded() => {
                let spent = math::ratio(state.world_demand, state.initial_world_demand * state.world_turn, 1.0);
                let follows = trade.demand_convergence * math::ln(real_output * economy.foreign_level / spent).clamp(-5.0, 5.0);
                state.world_demand *=
                    math::exp((trade.foreign_inflation + sector.world_growth + follows) * dt) * turns[index] / state.world_turn;
            }
            None => {}
        }
        state.world_turn = turns[index];
        if !calendar.recorded() {
            begin_here(state, sector, &economy, home_growth, driven.index(index, "foreign_price").is_some(), dt);
        }
        state.taste = sector.taste * driven.index(index, "taste").unwrap_or(1.0);
        competition[index].move_shares(state, sector, trade, calendar.ticks_per_year());
        state.learning = if parameters.technology.learning_enabled {
            learning_factor(
                state.cumulative_output / state.initial_cumulative_output,
                state.world_experience,
                sector.learning_spillover,
                sector.learning_exponent,
            )
        } else {
            1.0
        };
    }
}

/// Drivers in a year.
struct Driven<'a> {
    parameters: &'a Parameters,
    paths: &'a DriverPaths,
    year: f64,
}

impl Driven<'_> {
    /// What drives something of a sector over its value in the first year, if anything does.
    fn index(&self, sector: usize, target: &str) -> Option<f64> {
        let first_year = f64::from(self.parameters.time.start_year);
        driver_of(self.parameters, &self.parameters.sectors[sector].name, target)
            .map(|(at, driver)| self.paths.0[at].index(self.year, first_year, driver.exponent))
    }
}

/// Foreign suppliers move on by themselves and learn from a lead of home (beyond one it had at the start), never the other way round. It is taken in
/// knowledge alone: the exchange rate would hide it.
fn know_abroad(parameters: &Parameters, index: usize, state: &mut SectorState, calendar: &Calendar) {
    let (trade, sector, dt) = (&parameters.trade, &parameters.sectors[index].value, calendar.years_per_tick());
    if calendar.recorded() {
        let lead = state.quality - state.foreign_quality - sector.quality_gap.max(0.0);
        state.foreign_quality += dt * (sector.foreign_quality_growth + trade.catch_up * lead.max(0.0));
        let ahead = state.log_productivity - state.frontier_productivity - sector.productivity_gap.max(0.0);
        state.frontier_productivity += dt * (sector.frontier_growth + trade.catch_up * ahead.max(0.0));
    } else {
        // The burn-in finds the economy's own balance; how far it is behind the world stays what the configuration says for year 0.
        state.foreign_quality = state.quality - sector.quality_gap;
        state.frontier_productivity = state.log_productivity - sector.productivity_gap;
    }
    state.rd_intensity = rd_intensity(sector.rd_intensity, parameters.technology.rd_distance_response, state.distance());
}

/// Moves foreign prices: by data; or by inflation, and by what moves one price against the others: prices at home that are further from the foreign ones than in
/// the mean, progress and what foreign suppliers learn, less what these do in the mean of what the world buys.
///
/// Inflation abroad is that of all goods, so that what some of them lose the others gain. If prices fell by all that is learned, the world's real spending,
/// which goes by foreign inflation, would outgrow home's for ever, and home would end as a price taker that trades all it makes.
fn move_prices_abroad(
    parameters: &Parameters,
    sectors: &mut Sectors,
    gaps: &[f64],
    mean_gap: f64,
    foreign_level: f64,
    driven: &Driven,
    calendar: &Calendar,
) {
    let (trade, dt) = (&parameters.trade, calendar.years_per_tick());
    let paths: Vec<Option<f64>> = (0..sectors.len()).map(|index| driven.index(index, "foreign_price")).collect();
    let mut moves = Vec::with_capacity(sectors.len());
    for (index, state) in sectors.iter_mut().enumerate() {
        let sector = &parameters.sectors[index].value;
        let learned = learn_abroad(state, sector, driven.index(index, "world_experience"), dt, calendar);
        let follows = trade.price_convergence * (gaps[index] - mean_gap).clamp(-2.0, 2.0);
        moves.push((follows - sector.foreign_cost_decline) * dt - sector.foreign_learning * sector.learning_exponent * learned);
    }
    let free = |index: &usize| paths[*index].is_none();
    let bought: f64 = (0..sectors.len()).filter(free).map(|index| sectors[index].world_demand).sum();
    let mean: f64 = (0..sectors.len()).filter(free).map(|index| math::ratio(sectors[index].world_demand, bought, 0.0) * moves[index]).sum();
    for (index, state) in sectors.iter_mut().enumerate() {
        match paths[index] {
            Some(path) => state.foreign_price = state.initial_foreign_price * path * foreign_level,
            None => state.foreign_price *= math::exp(trade.foreign_inflation * dt + moves[index] - mean),
        }
    }
}

/// Home against foreign suppliers of a sector before a tick moves prices abroad.
struct Competition {
    /// Competitiveness of home less that of abroad, beyond what it was at the start: to buyers at home, who get subsidies on what is made at home.
    at_home: f64,
    /// The same to buyers abroad.
    abroad: f64,
}

impl Competition {
    fn of(parameters: &Parameters, economy: &Economy, state: &SectorState) -> Self {
        let market = &parameters.market;
        let home = -market.price_weight * math::ln(state.price * (1.0 - state.subsidy_rate)) + market.quality_weight * state.quality;
        let foreign =
            -market.price_weight * math::ln(state.foreign_price * economy.exchange_rate) + market.quality_weight * state.foreign_quality;
        let at_home = home - foreign - state.initial_gap;
        Self { at_home, abroad: at_home - market.price_weight * math::ln(1.0 / (1.0 - state.subsidy_rate)) }
    }

    /// Shares of home suppliers follow, at home and abroad.
    fn move_shares(&self, state: &mut SectorState, sector: &Sector, trade: &Trade, ticks_per_year: f64) {
        let independence: f64 = state.independence.iter().sum();
        let adjust = math::smoothing(ticks_per_year, trade.adjustment_years);
        state.home_share += adjust * (desired_share(sector.home_share, trade.elasticity, self.at_home + independence) - state.home_share);
        state.world_share += adjust * (desired_share(sector.world_share, trade.elasticity, self.abroad) - state.world_share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DriverSeries;

    fn of_learning(exponent: f64, experience_years: f64) -> (SectorState, Sector) {
        let sector = Sector { learning_exponent: exponent, experience_years, ..Sector::default() };
        let state = SectorState {
            world_experience: 1.0,
            world_demand: 200.0,
            initial_world_demand: 100.0,
            foreign_price: 0.5,
            initial_foreign_price: 1.0,
            ..SectorState::default()
        };
        (state, sector)
    }

    #[test]
    fn the_world_learns_by_what_it_makes() {
        let mut calendar = Calendar::new(&Parameters::default(), 1);
        let (mut state, sector) = of_learning(0.3, 5.0);
        assert!(!calendar.recorded());
        assert_eq!(learn_abroad(&mut state, &sector, None, 0.25, &calendar), 0.0);
        while !calendar.recorded() {
            calendar.tick += 1;
        }
        // Four times the units of year 0, which were a fifth of all made before: a quarter adds 4 × 0.25 / 5.
        let rise = learn_abroad(&mut state, &sector, None, 0.25, &calendar);
        assert!((state.world_experience - 1.2).abs() < 1e-12 && (rise - math::ln(1.2)).abs() < 1e-12);
        // Data that fall take nothing away.
        assert_eq!(learn_abroad(&mut state, &sector, Some(1.1), 0.25, &calendar), 0.0);
    }

    #[test]
    fn the_burn_in_uses_nothing_up() {
        let (mut state, sector) = of_learning(0.3, 5.0);
        let economy = Economy { foreign_level: 2.0, ..Economy::default() };
        state.expected_demand = 40.0;
        begin_here(&mut state, &sector, &economy, 0.04, false, 0.25);
        assert!(
            (state.initial_world_demand - 100.0 * math::exp(0.01)).abs() < 1e-9 && state.world_demand == 2.0 * state.initial_world_demand
        );
        assert_eq!((state.cumulative_output, state.initial_cumulative_output, state.initial_foreign_price), (200.0, 200.0, 0.25));
    }

    #[test]
    fn the_world_turns_to_what_becomes_cheaper() {
        let mut parameters = Parameters::default();
        let sector = |name: &str, replaces: &str| crate::parameters::Named {
            name: name.to_owned(),
            value: Sector { replaces: replaces.to_owned(), potential: 5.0, ..Sector::default() },
        };
        parameters.sectors = vec![sector("old", ""), sector("new", "old")];
        parameters.market.replacement_elasticity = 3.0;
        let tables = Tables::new(&parameters);
        let state = |demand: f64, price: f64| SectorState { initial_world_demand: demand, foreign_price: price, ..SectorState::default() };
        let now = world_turns(&parameters, &tables, &Sectors(vec![state(90.0, 1.0), state(10.0, 1.0)]));
        assert!((now[0] - 1.0).abs() < 1e-12 && (now[1] - 1.0).abs() < 1e-12);
        // At half the price the new serve half of a need of 50.
        let now = world_turns(&parameters, &tables, &Sectors(vec![state(90.0, 1.0), state(10.0, 0.5)]));
        assert!((now[1] - 2.5).abs() < 1e-12 && (now[0] - 75.0 / 90.0).abs() < 1e-12);
    }

    #[test]
    fn abroad_prices_rise_by_inflation_whatever_is_learned() {
        let mut parameters = Parameters::default();
        let sector = |foreign_cost_decline: f64| crate::parameters::Named {
            name: foreign_cost_decline.to_string(),
            value: Sector { foreign_cost_decline, foreign_learning: 0.0, ..Sector::default() },
        };
        parameters.sectors = vec![sector(0.04), sector(0.0)];
        parameters.trade.foreign_inflation = 0.02;
        let state = |world_demand: f64| SectorState { world_demand, foreign_price: 2.0, world_experience: 1.0, ..SectorState::default() };
        let mut sectors = Sectors(vec![state(25.0), state(75.0)]);
        let (paths, calendar) = (DriverPaths::default(), Calendar::new(&parameters, 1));
        let driven = Driven { parameters: &parameters, paths: &paths, year: 0.0 };
        move_prices_abroad(&parameters, &mut sectors, &[0.0, 0.0], 0.0, 1.0, &driven, &calendar);
        // A quarter of what is bought becomes 4 % a year cheaper than the rest: 2 − 4 + 1 and 2 + 1 %.
        let rises: Vec<f64> = sectors.iter().map(|state| 4.0 * math::ln(state.foreign_price / 2.0)).collect();
        assert!((rises[0] + 0.01).abs() < 1e-12 && (rises[1] - 0.03).abs() < 1e-12);
    }

    #[test]
    fn drivers_interpolate_between_years() {
        let series = DriverSeries { driver: "x".to_owned(), first_year: 2000, values: vec![1.0, 3.0, 2.0] };
        assert_eq!(series.at(1990.0), 1.0);
        assert_eq!(series.at(2000.5), 2.0);
        assert_eq!(series.at(2030.0), 2.0);
        assert_eq!(series.index(2001.0, 2000.0, 2.0), 9.0);
    }
}

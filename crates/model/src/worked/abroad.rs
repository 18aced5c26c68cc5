//! The rest of the world.

#![cfg(test)]

use super::*;
use crate::DriverSeries;
use crate::mechanisms::rest_of_world::advance_rest_of_world;
use crate::parameters::Driver;
use crate::state::calendar::Calendar;
use crate::state::rest_of_world::DriverPaths;

fn world(change: impl FnOnce(&mut Parameters)) -> Small {
    let mut small = Small::with(|parameters| {
        let trade = &mut parameters.trade;
        (trade.balance_response, trade.assets_response, trade.rate_response, trade.exchange_rate_limit) = (0.5, 0.1, 0.2, 0.15);
        (trade.foreign_inflation, trade.catch_up, trade.elasticity, trade.adjustment_years) = (0.02, 0.1, 2.0, HALF_A_QUARTER);
        (trade.cycle_spread, trade.cycle_years, trade.cycle_lag_years) = (0.0, HALF_A_QUARTER, HALF_A_QUARTER);
        (trade.price_convergence, trade.demand_convergence) = (0.04, 0.05);
        parameters.banking.neutral_real_rate = 0.01;
        (parameters.market.price_weight, parameters.market.quality_weight) = (1.5, 0.5);
        parameters.technology.rd_distance_response = 2.0;
        let goods = &mut parameters.sectors[0].value;
        (goods.quality_gap, goods.productivity_gap, goods.rd_intensity) = (0.1, -0.3, 0.05);
        (goods.foreign_quality_growth, goods.frontier_growth, goods.foreign_cost_decline) = (0.01, 0.008, 0.01);
        (goods.foreign_learning, goods.learning_exponent, goods.learning_spillover) = (0.5, 0.3, 0.25);
        (goods.home_share, goods.world_share, goods.world_growth) = (0.8, 0.1, 0.03);
        for sector in &mut parameters.sectors {
            sector.value.experience_years = 5.0;
        }
        change(parameters);
    });
    {
        let mut economy = small.set::<Economy>();
        (economy.annual_output, economy.exchange_rate, economy.foreign_level) = (100.0, 2.0, 1.5);
        (economy.expected_inflation, economy.effective_rate) = (0.04, 0.08);
        (economy.world_wave, economy.world_cycle) = (0.1, 0.02);
        // What home makes at the world's prices is a tenth more than at year 0.
        economy.first_output_abroad = 100.0 / 3.0 * 1.25f64.powf(-0.75) * (-0.005f64).exp() / 1.1;
    }
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.exports, goods.imports, goods.sales, goods.price, goods.foreign_price) = (3.0, 1.0, 30.0, 3.0, 1.2);
        (goods.quality, goods.foreign_quality, goods.log_productivity, goods.frontier_productivity) = (0.5, 0.2, 1.0, 1.2);
        (goods.world_demand, goods.initial_world_demand, goods.initial_foreign_price) = (120.0, 100.0, 1.0);
        (goods.subsidy_rate, goods.initial_gap, goods.independence) = (0.2, 0.05, [0.01, 0.02, 0.03]);
        (goods.home_share, goods.world_share) = (0.7, 0.2);
        (goods.cumulative_output, goods.initial_cumulative_output) = (200.0, 100.0);
        let tools = &mut sectors[1];
        (tools.imports, tools.sales, tools.foreign_price, tools.initial_foreign_price) = (1.5, 10.0, 0.5, 0.5);
        (tools.world_demand, tools.initial_world_demand) = (40.0, 40.0);
        (tools.cumulative_output, tools.initial_cumulative_output) = (1.0, 1.0);
        for state in sectors.iter_mut() {
            (state.world_experience, state.world_turn) = (1.0, 1.0);
        }
    }
    small.endow(Account::RestOfWorld, -50.0);
    small
}

#[test]
fn a_quarter_of_the_rest_of_the_world() {
    let mut small = world(|_| ());
    small.run(advance_rest_of_world);
    // Net exports of 0.5 a quarter are 2 % of output, assets half of it, money is dear by 0.08 − 0.04 − 0.01. The currency: 0.02 − 0.01 − 0.05 − 0.006 a year.
    let economy = small.get::<Economy>();
    by_hand(&[
        ("exchange rate", economy.exchange_rate, 2.0 * (-0.0115f64).exp()),
        ("price level", economy.foreign_level, 1.5 * 0.005f64.exp()),
        ("wave", economy.world_wave, 0.05),
        ("cycle", economy.world_cycle, 0.035),
    ]);
    // Goods: what is known at home leads by 0.3, of which 0.1 from the start: 0.01 + 0.1 × 0.2 a year. Nobody at home is ahead of the frontier.
    let (goods, tools) = (&small.get::<Sectors>()[0], &small.get::<Sectors>()[1]);
    let gap = 1.25f64.ln();
    // Prices of goods are a quarter above those abroad, those of tools as abroad: goods are a quarter of that above the mean, tools three quarters below it. A year's world
    // output of goods is as at year 0, a fifth of all before. Of all that the world buys three quarters are goods.
    let moves = [0.25 * (0.01 * gap - 0.01) - 0.5 * 0.3 * 1.05f64.ln(), -0.0075 * gap];
    let wealth = 0.05 * (1.375f64.ln() + 0.005);
    by_hand(&[
        ("foreign quality", goods.foreign_quality, 0.2075),
        ("frontier", goods.frontier_productivity, 1.202),
        ("R&D", goods.rd_intensity, 0.05 * (-0.202f64).exp()),
        ("world experience", goods.world_experience, 1.05),
        ("foreign price", goods.foreign_price, 1.2 * (0.005 + 0.25 * (moves[0] - moves[1])).exp()),
        ("of tools", tools.foreign_price, 0.5 * (0.005 - 0.75 * (moves[0] - moves[1])).exp()),
        ("world demand", goods.world_demand, 120.0 * (0.25 * (0.05 + wealth)).exp()),
        ("at year 0", goods.initial_world_demand, 100.0),
        ("turn", goods.world_turn, 1.0),
        ("learning", goods.learning, (0.75 * 2.0 + 0.25 * 1.05f64).powf(0.3)),
        ("of tools", tools.learning, 1.0),
        ("taste", goods.taste, 1.0),
    ]);
    // Competitiveness: prices at home, less the subsidy, are e^0.0115 of those abroad: −1.5 × 0.0115 + ½ (0.5 − 0.2) − 0.05 = 0.08275; with independence 0.14275 at home, without
    // the subsidy 1.5 ln 0.8 more abroad. Shares go half of the way.
    let share = |odds: f64| odds / (1.0 + odds);
    by_hand(&[
        ("home share", goods.home_share, 0.5 * (0.7 + share(4.0 * 0.2855f64.exp()))),
        ("world share", goods.world_share, 0.5 * (0.2 + share((0.1655 + 3.0 * 0.8f64.ln()).exp() / 9.0))),
    ]);
}

#[test]
fn the_burn_in_leaves_the_distance_to_the_world_as_it_is() {
    let mut small = world(|parameters| {
        parameters.time.burn_in_years = 1;
        parameters.labour.force_growth = 0.01;
        parameters.technology.learning_enabled = false;
    });
    small.set::<Economy>().productivity_growth = 0.03;
    small.set::<Sectors>()[0].expected_demand = 70.0;
    small.run(advance_rest_of_world);
    let (goods, economy) = (&small.get::<Sectors>()[0], small.get::<Economy>());
    let gap = 1.25f64.ln();
    let moves = [0.25 * (0.01 * gap - 0.01), -0.0075 * gap];
    let price = 1.2 * (0.005 + 0.25 * (moves[0] - moves[1])).exp();
    let level = 1.5 * 0.005f64.exp();
    by_hand(&[
        ("foreign quality", goods.foreign_quality, 0.4),
        ("frontier", goods.frontier_productivity, 1.3),
        ("nobody learns", goods.world_experience, 1.0),
        ("foreign price", goods.foreign_price, price),
        ("at year 0", goods.initial_foreign_price, price / level),
        ("quality counted", goods.base_world_price, price.ln() - 0.4),
        // As home grows: 4 % a year.
        ("world demand at year 0", goods.initial_world_demand, 100.0 * 0.01f64.exp()),
        ("now", goods.world_demand, 100.0 * 0.01f64.exp() * level),
        ("made so far", goods.cumulative_output, 350.0),
        ("learning", goods.learning, 1.0),
        ("output abroad", economy.first_output_abroad, 100.0 / 3.0 * 1.25f64.powf(-0.75) * (-0.005f64).exp()),
    ]);
}

#[test]
fn data_drive_what_they_are_said_to_drive() {
    let targets = ["foreign_price", "world_demand", "world_experience", "taste"];
    let mut small = world(|parameters| {
        parameters.sectors[0].value.taste = 0.5;
        parameters.drivers = targets
            .map(|target| Named {
                name: target.to_owned(),
                value: Driver { target: target.to_owned(), sector: "goods".to_owned(), ..Driver::default() },
            })
            .to_vec();
        parameters.drivers[0].value.exponent = 2.0;
        parameters.time.start_year = 2000;
    });
    let series = |driver: &str, after: f64| DriverSeries { driver: driver.to_owned(), first_year: 2000, values: vec![2.0, 2.0 * after] };
    small.set::<DriverPaths>().0 = targets.iter().zip([1.2, 3.0, 4.0, 0.5]).map(|(target, after)| series(target, after)).collect();
    // Two quarters of the first year are over: half of the way.
    small.set::<Calendar>().tick = 2;
    small.run(advance_rest_of_world);
    let (goods, tools) = (&small.get::<Sectors>()[0], &small.get::<Sectors>()[1]);
    let level = 1.5 * 0.005f64.exp();
    by_hand(&[
        ("foreign price", goods.foreign_price, 1.0 * 1.21 * level),
        ("world demand", goods.world_demand, 100.0 * 2.0 * level),
        ("world experience", goods.world_experience, 2.5),
        ("taste", goods.taste, 0.375),
        ("learning", goods.learning, (0.75 * 2.0 + 0.25 * 2.5f64).powf(0.3)),
        // Tools are all that moves freely: their mean move is their own.
        ("price of tools", tools.foreign_price, 0.5 * 0.005f64.exp()),
    ]);
}

//! The goods market: budgets become orders, orders and output are solved together, buyers pay.

use bevy_ecs::prelude::{Res, ResMut};

use crate::kinds::FlowKind;
use crate::parameters::{Need, Parameters};
use crate::rules::goods::{NO_EMBARGO, imports_of};
use crate::rules::needs::{served_parts, served_weights};
use crate::rules::self_sufficiency::share_by_procurement;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::economy::{Economy, Tally};
use crate::state::final_demand::FinalDemand;
use crate::state::sector::Sectors;
use crate::state::shocks::Shocks;
use crate::state::tables::Tables;
use tripath_engine::math;

use super::orders::{Means, Scene, expected_price};

/// Units of each sector's goods in a unit of fixed capital: those of the configuration at year 0; new goods take the place of old ones of the same
/// value at prices of year 0.
fn capital_units(parameters: &Parameters, sectors: &Sectors, needs: &[Need], served: &[f64]) -> Vec<f64> {
    let worth: Vec<f64> =
        parameters.sectors.iter().zip(sectors.iter()).map(|(sector, state)| sector.value.investment_weight * state.base_price).collect();
    served_weights(&worth, needs, served).iter().zip(sectors.iter()).map(|(worth, state)| worth / state.base_price).collect()
}

/// Makes budgets and solves the sectors' orders and output together.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn place_orders(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    shocks: Res<Shocks>,
    ledger: Res<Ledger>,
    tally: Res<Tally>,
    decisions: Res<Decisions>,
    mut economy: ResMut<Economy>,
    mut sectors: ResMut<Sectors>,
    mut demand: ResMut<FinalDemand>,
) {
    let scene = Scene { parameters: &parameters, tables: &tables, shocks: &shocks, years: calendar.years_per_tick() };
    let expected: Vec<f64> = sectors.iter().map(|state| expected_price(state, economy.exchange_rate)).collect();
    let money = ledger.balance(Account::Households).max(0.0);
    let Means { real_income, budget } = Means::of(&parameters, &economy, money, ledger.household_bonds, scene.years);
    let budget = decisions.consumption.through(0, budget);
    if !calendar.recorded() {
        // Year 0 is what the burn-in comes to: there shares are what the configuration says.
        economy.base_income = real_income;
        sectors.iter_mut().zip(&expected).for_each(|(state, price)| state.set_base(*price));
    }
    let log_prices: Vec<f64> = sectors.iter().zip(&expected).map(|(state, price)| state.log_price_since_base(*price)).collect();
    let served = served_parts(&tables.needs, parameters.market.replacement_elasticity, &log_prices);
    for (need, served) in tables.needs.iter().zip(&served) {
        sectors[need.new].need_served = *served;
    }
    let shares = scene.consumption_shares(&sectors, &served, &log_prices, math::ratio(real_income, economy.base_income, 1.0));
    demand.consumption =
        shares.iter().zip(&expected).zip(&shocks.home).map(|((share, price), shock)| share * budget * shock / price).collect();
    economy.consumption_shares = shares;
    demand.government = scene.government(&economy, &served, &expected);
    demand.exports = scene.exports(&economy, &sectors);
    demand.capital_units = capital_units(&parameters, &sectors, &tables.needs, &served);
    let procured: Vec<f64> = sectors.iter().map(|state| math::ratio(state.procurement, state.price, 0.0)).collect();
    let solution = scene.solve(&economy, &demand, tally.rd, &procured, &mut sectors);
    scene.expect(&economy, &solution, &procured, calendar.ticks_per_year(), &mut sectors);
}

/// Buyers pay: what was delivered from home and abroad, at what it cost. The goods account closes at 0.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn clear_goods(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    demand: Res<FinalDemand>,
    shocks: Res<Shocks>,
    mut economy: ResMut<Economy>,
    mut sectors: ResMut<Sectors>,
    mut ledger: ResMut<Ledger>,
) {
    let count = sectors.len();
    let smooth = math::smoothing(calendar.ticks_per_year(), 2.0);
    // Units demanded at home with the output that was made.
    let mut wanted: Vec<f64> =
        (0..count).map(|s| demand.consumption[s] + demand.government[s] + demand.capital_units[s] * demand.capital).collect();
    for (user, state) in sectors.iter().enumerate() {
        for (supplier, need) in tables.inputs[user].iter().enumerate() {
            wanted[supplier] += need * state.output / state.learning;
        }
    }
    for s in 0..count {
        let cap = shocks.supply_cap[s];
        let state = &mut sectors[s];
        let filled = math::ratio(state.output, state.orders, 0.0).min(1.0);
        let exported = demand.exports[s] * filled;
        let procured = state.procurement_orders * filled;
        let delivered = (state.output - exported - procured).max(0.0);
        let missing = (wanted[s] - delivered).max(0.0);
        let bought = imports_of(state, missing, wanted[s], cap, state.seller_price, economy.exchange_rate);
        (state.import_volume, state.imports) = (bought.volume, bought.bill);
        if cap >= NO_EMBARGO {
            state.normal_imports += smooth * (state.import_volume - state.normal_imports);
        }
        let supplied = delivered + state.import_volume;
        state.fill = math::ratio(supplied, wanted[s], 1.0);
        state.delivered_home_share = math::ratio(delivered + procured, supplied + procured, state.home_share);
        state.procured_home_share = share_by_procurement(delivered, state.import_volume, procured);
        state.exports = exported * state.seller_price;
        state.procured = procured * state.seller_price;
        let home_sales = state.sales - state.exports - state.procured;
        state.subsidies = home_sales * state.subsidy_rate;
        state.buyer_price = math::ratio(home_sales - state.subsidies + state.imports, supplied, state.price);
        state.home_demand = wanted[s];

        let consumed = demand.consumption[s] * state.fill * state.buyer_price;
        ledger.pay(FlowKind::Consumption, End::Of(Account::Households), End::Of(Account::Goods), consumed);
        let purchased = demand.government[s] * state.fill * state.buyer_price;
        let local = purchased * parameters.government.local_spending_share;
        ledger.pay(FlowKind::GovernmentPurchases, End::Of(Account::Central), End::Of(Account::Goods), purchased - local);
        for (region, settings) in parameters.regions.iter().enumerate() {
            ledger.pay(
                FlowKind::GovernmentPurchases,
                End::Of(Account::Local(region)),
                End::Of(Account::Goods),
                local * settings.value.population_share,
            );
        }
        if state.procured > 0.0 {
            ledger.pay(FlowKind::Procurement, End::Of(Account::Central), End::Of(Account::Goods), state.procured);
        }
        ledger.pay(FlowKind::OutputSubsidies, End::Of(Account::Central), End::Of(Account::Goods), state.subsidies);
        ledger.pay(FlowKind::Exports, End::Of(Account::RestOfWorld), End::Of(Account::Goods), state.exports);
        ledger.pay(FlowKind::Imports, End::Of(Account::Goods), End::Of(Account::RestOfWorld), state.imports);
        state.cumulative_output += state.output;
    }
    for s in 0..count {
        let cost: f64 =
            tables.inputs[s].iter().zip(sectors.iter()).map(|(need, supplier)| need * supplier.fill * supplier.buyer_price).sum();
        sectors[s].intermediate_cost = cost / sectors[s].learning;
    }
    let goods_of_capital = demand.capital_units.iter().zip(sectors.iter());
    economy.capital_outlay = goods_of_capital.clone().map(|(units, state)| units * state.fill * state.buyer_price).sum();
    // A unit of capital is delivered as far as its goods are, by their value at year 0.
    let worth = |filled: f64| {
        goods_of_capital.clone().map(|(units, state)| units * state.base_price * (1.0 + filled * (state.fill - 1.0))).sum::<f64>()
    };
    economy.capital_fill = math::ratio(worth(1.0), worth(0.0), 1.0);
    economy.capital_price = math::ratio(economy.capital_outlay, economy.capital_fill, economy.capital_price);
}

//! The goods market: budgets become orders, orders and output are solved together, buyers pay.

use bevy_ecs::prelude::{Res, ResMut, Resource};

use crate::kinds::FlowKind;
use crate::mechanisms::timeline::Shocks;
use crate::parameters::Parameters;
use crate::rules::needs::{Need, served_parts, served_weights};
use crate::rules::self_sufficiency::share_by_procurement;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::{Calendar, Tables};
use crate::state::decisions::Decisions;
use crate::state::economy::{Economy, Tally};
use crate::state::sector::{SectorState, Sectors};
use tripath_engine::math;

use super::orders::{Means, Scene, expected_price};

/// Final demand of this tick in units by sector.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct FinalDemand {
    /// Households.
    pub consumption: Vec<f64>,
    /// Governments.
    pub government: Vec<f64>,
    /// Units of fixed capital.
    pub capital: f64,
    /// Units of each sector's goods in a unit of fixed capital.
    pub capital_units: Vec<f64>,
    /// Rest of the world.
    pub exports: Vec<f64>,
}

/// Part of planned consumption that households with little money at hand carry out: `min(1, D / (b YD))^φ`.
///
/// Buffer-stock saving (Carroll 1997): who has put savings into shares or a new enterprise fills the purse first.
pub fn precaution(parameters: &Parameters, disposable_income: f64, money: f64) -> f64 {
    let households = &parameters.households;
    let fill = math::ratio(money, households.buffer_years * disposable_income, 1.0).clamp(0.0, 1.0);
    math::pow(fill, households.buffer_response)
}

/// Consumption a year: `C = (c_y YD + c_w W) (1 − ε (r − r*)) (1 − φ (U − U*))`, with `r − r*` the gap of the real policy rate and `U − U*` that of
/// unemployment, within ten points below and thirty above.
///
/// Households put off spending where money is dear, and where they fear for their jobs (Carroll, Dynan and Krane 2003).
pub fn consumption(parameters: &Parameters, disposable_income: f64, wealth: f64, rate_gap: f64, unemployment: f64) -> f64 {
    let households = &parameters.households;
    let fear = (unemployment - parameters.labour.natural_unemployment).clamp(-0.1, 0.3);
    (households.consumption_from_income * disposable_income + households.consumption_from_wealth * wealth).max(0.0)
        * (1.0 - households.rate_sensitivity * rate_gap).max(0.0)
        * (1.0 - households.worry * fear).max(0.0)
}

/// Exports wanted a year: `X_s D*_s e / p_s`.
pub fn exports(state: &SectorState, exchange_rate: f64) -> f64 {
    state.world_share * state.world_demand * exchange_rate / state.price
}

/// Government purchases over potential output: lean against averaged unemployment, give way to debt.
///
/// `g · (1 − stance + κ · clip(Ū − U*, −0.05, 0.1))`
pub fn purchases_share(parameters: &Parameters, stance: f64, mean_unemployment: f64) -> f64 {
    let gap = (mean_unemployment - parameters.labour.natural_unemployment).clamp(-0.05, 0.1);
    (parameters.government.purchases_share * (1.0 - stance + parameters.government.counter_cycle * gap)).max(0.0)
}

/// Part of the output asked for that the supply of critical inputs allows: `Π_r (1 − c_r (1 − φ_r^κ))`, `c` how far a lack of a supplier's goods binds,
/// `φ` the part of demand for them that is filled.
pub fn input_limit(critical: &[f64], fills: &[f64], criticality: f64) -> f64 {
    let binding = critical.iter().zip(fills).filter(|(critical, _)| **critical > 0.0);
    binding.map(|(critical, fill)| 1.0 - critical * (1.0 - math::pow(*fill, criticality))).product()
}

/// Own work a unit of output, in person-years, that replaces inputs which are not to be had and do not bind output: `m Σ_r (1 − c_r) a_r (1 − φ_r) P_r / (Λ w)`.
pub fn makeshift(needs: &[f64], critical: &[f64], fills: &[f64], prices: &[f64], cost: f64, learning: f64, wage: f64) -> f64 {
    let missing: f64 = (0..needs.len()).map(|r| (1.0 - critical[r]) * needs[r] * (1.0 - fills[r]) * prices[r]).sum();
    cost * missing / (learning * wage)
}

/// Imports of a tick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Imports {
    /// Units.
    pub volume: f64,
    /// What they cost, in home money.
    pub bill: f64,
}

/// Imports of what home suppliers did not deliver, `missing`, of which buyers import `usual` in any case, and at most `cap`.
///
/// What is usual costs the foreign price. What is asked for on top was to be bought at home, and buyers spend on it what they set aside for it: where
/// foreign goods are the dearer they get fewer of them, and where these are cheaper their suppliers know what is missing, and ask what home goods cost.
pub fn imports(missing: f64, usual: f64, cap: f64, foreign_price: f64, home_price: f64) -> Imports {
    let in_any_case = missing.min(usual).min(cap);
    let affordable = (missing - usual).max(0.0) * math::ratio(home_price, foreign_price, 1.0).min(1.0);
    let on_top = affordable.min(cap - in_any_case);
    Imports { volume: in_any_case + on_top, bill: in_any_case * foreign_price + on_top * foreign_price.max(home_price) }
}

/// Caps of imports over normal ones from which there is no embargo.
pub(super) const NO_EMBARGO: f64 = 100.0;

/// [`imports`] of a sector's goods, where home suppliers sell at `price` before subsidies.
pub(super) fn imports_of(state: &SectorState, missing: f64, wanted: f64, cap: f64, price: f64, exchange_rate: f64) -> Imports {
    let most = if cap < NO_EMBARGO { cap * state.normal_imports } else { f64::INFINITY };
    let usual = (1.0 - state.home_share) * wanted;
    imports(missing, usual, most, state.foreign_price * exchange_rate, price * (1.0 - state.subsidy_rate))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_purse_is_filled_first() {
        let mut parameters = Parameters::default();
        (parameters.households.buffer_years, parameters.households.buffer_response) = (0.5, 0.5);
        assert_eq!(precaution(&parameters, 10.0, 5.0), 1.0);
        assert!((precaution(&parameters, 10.0, 1.25) - 0.5).abs() < 1e-12);
        assert_eq!(precaution(&parameters, 10.0, 0.0), 0.0);
    }

    #[test]
    fn dear_money_and_fear_for_jobs_hold_spending_back() {
        let mut parameters = Parameters::default();
        let households = &mut parameters.households;
        (households.consumption_from_income, households.consumption_from_wealth) = (0.8, 0.1);
        (households.rate_sensitivity, households.worry) = (1.0, 0.5);
        let natural = parameters.labour.natural_unemployment;
        assert!((consumption(&parameters, 10.0, 20.0, 0.0, natural) - 10.0).abs() < 1e-12);
        assert!((consumption(&parameters, 10.0, 20.0, 0.02, natural) - 9.8).abs() < 1e-12);
        assert!((consumption(&parameters, 10.0, 20.0, 0.0, natural + 0.04) - 9.8).abs() < 1e-12);
        assert_eq!(consumption(&parameters, 10.0, -200.0, 0.0, natural), 0.0);
    }

    #[test]
    fn a_lack_of_critical_inputs_binds_output() {
        assert_eq!(input_limit(&[0.0, 0.5], &[0.2, 1.0], 1.0), 1.0);
        // Four fifths of an input of which half binds, and half of one that binds in full.
        assert!((input_limit(&[0.5, 1.0], &[0.8, 0.5], 1.0) - 0.9 * 0.5).abs() < 1e-12);
    }

    #[test]
    fn inputs_that_are_not_to_be_had_are_made_by_hand() {
        assert_eq!(makeshift(&[0.2, 0.1], &[0.0, 0.5], &[1.0, 1.0], &[1.0, 2.0], 1.5, 1.0, 1.0), 0.0);
        // A quarter of 0.1 units at a price of 2 is missing, half of which binds output instead: 0.025, at 1.5 times its price and a wage of 0.5.
        assert!((makeshift(&[0.2, 0.1], &[0.0, 0.5], &[1.0, 0.75], &[1.0, 2.0], 1.5, 1.0, 0.5) - 0.075).abs() < 1e-12);
    }

    #[test]
    fn goods_that_nobody_can_make_are_no_cheaper_abroad() {
        let bought = |missing: f64, foreign_price: f64| imports(missing, 4.0, f64::INFINITY, foreign_price, 2.0);
        assert_eq!(bought(3.0, 0.5), Imports { volume: 3.0, bill: 1.5 });
        assert_eq!(bought(6.0, 0.5), Imports { volume: 6.0, bill: 2.0 + 4.0 });
    }

    #[test]
    fn on_what_is_missing_at_home_no_more_is_spent_than_was_set_aside() {
        // Two units on top were to cost 4 at home: abroad, at a price of 8, they buy half a unit.
        assert_eq!(imports(6.0, 4.0, f64::INFINITY, 8.0, 2.0), Imports { volume: 4.5, bill: 36.0 });
        // An embargo leaves less, of what is usual too.
        assert_eq!(imports(6.0, 4.0, 4.25, 8.0, 2.0), Imports { volume: 4.25, bill: 34.0 });
        assert_eq!(imports(6.0, 4.0, 1.0, 8.0, 2.0), Imports { volume: 1.0, bill: 8.0 });
    }

    #[test]
    fn purchases_lean_against_unemployment() {
        let parameters = Parameters::default();
        let natural = parameters.labour.natural_unemployment;
        let normal = purchases_share(&parameters, 0.0, natural);
        assert!((normal - parameters.government.purchases_share).abs() < 1e-12);
        assert!(purchases_share(&parameters, 0.0, natural + 0.04) > normal);
        assert!(purchases_share(&parameters, 0.1, natural) < normal);
    }
}

//! Orders of a tick: what buyers can spend, what they want, and orders and output that fit each other.

use crate::parameters::Parameters;
use crate::rules::goods::{NO_EMBARGO, consumption, exports, imports_of, input_limit, makeshift, precaution, purchases_share};
use crate::rules::labour::most_at_work;
use crate::rules::needs::{Preferences, consumption_shares, income_factor, served_weights};
use crate::state::economy::Economy;
use crate::state::final_demand::FinalDemand;
use crate::state::sector::{SectorState, Sectors};
use crate::state::shocks::Shocks;
use crate::state::tables::Tables;
use tripath_engine::math;

/// Passes of the fixed point of orders and output; each shrinks the error by the largest input share.
const PASSES: usize = 40;

/// What all buyers of a tick see.
pub(super) struct Scene<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) tables: &'a Tables,
    pub(super) shocks: &'a Shocks,
    /// Years in a tick.
    pub(super) years: f64,
}

/// What a unit costs a buyer at home if all orders are filled: home price less subsidy, foreign price at the exchange rate.
pub(super) fn expected_price(state: &SectorState, exchange_rate: f64) -> f64 {
    state.home_share * state.price * (1.0 - state.subsidy_rate) + (1.0 - state.home_share) * state.foreign_price * exchange_rate
}

/// Means of households: real income a person, and what they spend in a tick.
pub(super) struct Means {
    pub(super) real_income: f64,
    pub(super) budget: f64,
}

impl Means {
    /// Of households with so much `money`, and `bonds`.
    pub(super) fn of(parameters: &Parameters, economy: &Economy, money: f64, bonds: f64, years: f64) -> Self {
        let wealth = money + bonds;
        let income = economy.disposable_income + economy.capital_income;
        let wanted = consumption(parameters, income, wealth, economy.real_rate_gap(parameters), economy.unemployment)
            * precaution(parameters, income, money);
        Self {
            real_income: income / (economy.adjusted_consumer_price * economy.labour_force),
            budget: (wanted * years).min(0.9 * money).max(0.0),
        }
    }
}

impl Scene<'_> {
    /// Shares of sectors in consumption, at log prices since the base and incomes over those of the base.
    pub(super) fn consumption_shares(&self, sectors: &Sectors, served: &[f64], log_prices: &[f64], income_ratio: f64) -> Vec<f64> {
        let parameters = self.parameters;
        let tastes: Vec<f64> = sectors.iter().map(|state| state.taste).collect();
        let income_factors: Vec<f64> =
            parameters.sectors.iter().map(|sector| income_factor(sector.value.income_elasticity, income_ratio)).collect();
        let preferences = Preferences {
            tastes: &tastes,
            income_factors: &income_factors,
            between: parameters.households.substitution_elasticity,
            within: parameters.market.replacement_elasticity,
        };
        consumption_shares(&preferences, &self.tables.needs, served, log_prices)
    }

    /// Units that governments buy.
    pub(super) fn government(&self, economy: &Economy, served: &[f64], expected: &[f64]) -> Vec<f64> {
        let parameters = self.parameters;
        let potential = economy.labour_force * (1.0 - parameters.labour.natural_unemployment) * economy.nominal_productivity;
        let purchases = potential * self.years * purchases_share(parameters, economy.fiscal_stance, economy.mean_unemployment);
        let weights: Vec<f64> = parameters.sectors.iter().map(|sector| sector.value.government_weight).collect();
        let weights = served_weights(&weights, &self.tables.needs, served);
        weights.iter().zip(expected).map(|(weight, price)| weight * purchases / price).collect()
    }

    /// Units that the rest of the world buys.
    pub(super) fn exports(&self, economy: &Economy, sectors: &Sectors) -> Vec<f64> {
        let cycle = math::exp(economy.world_cycle);
        let of = |(state, shock): (&SectorState, &f64)| exports(state, economy.exchange_rate) * shock * cycle * self.years;
        sectors.iter().zip(&self.shocks.world).map(of).collect()
    }

    /// Solves orders and output together for final demand, with home demand by the way: inputs are what output needs, output what orders, capacity,
    /// inputs and people allow. `rd` is what R&D costs, which takes people too.
    pub(super) fn solve(&self, economy: &Economy, demand: &FinalDemand, rd: f64, procured: &[f64], sectors: &mut Sectors) -> Solution {
        let (parameters, tables, shocks, count) = (self.parameters, self.tables, self.shocks, sectors.len());
        // What enterprises plan is known since prices were set, their R&D since it was done.
        let (planned, capital_units) = (demand.capital, &demand.capital_units);
        // Staff that is there whatever is made, as far as it is known before orders are split; people are rationed exactly once they are.
        let rd_staff = rd / (economy.wage * self.years);
        let fixed = rd_staff + sectors.iter().map(|state| state.overhead_persons).sum::<f64>();
        let most_workers = most_at_work(&parameters.labour, economy.labour_force);
        let mut output: Vec<f64> = sectors.iter().map(|state| state.output.min(state.capacity)).collect();
        let mut orders = vec![0.0; count];
        let mut limits = vec![1.0; count];
        let mut fills = vec![1.0; count];
        let mut staff = 1.0f64;
        for _ in 0..PASSES {
            let mut home_demand: Vec<f64> =
                (0..count).map(|s| demand.consumption[s] + demand.government[s] + capital_units[s] * planned).collect();
            for (user, state) in sectors.iter().enumerate() {
                for (supplier, need) in tables.inputs[user].iter().enumerate() {
                    home_demand[supplier] += need * output[user] / state.learning;
                }
            }
            let mut at_home = vec![0.0; count];
            for s in 0..count {
                let (state, cap) = (&sectors[s], shocks.supply_cap[s]);
                // Who cannot buy abroad turns to home suppliers, as far as their goods serve the purpose.
                let turned = if cap < NO_EMBARGO {
                    parameters.trade.embargo_substitution
                        * ((1.0 - state.home_share) * home_demand[s] - cap * state.normal_imports).max(0.0)
                } else {
                    0.0
                };
                at_home[s] = state.home_share * home_demand[s] + turned;
                orders[s] = at_home[s] + demand.exports[s] + procured[s];
                limits[s] = input_limit(&tables.critical[s], &fills, parameters.production.input_criticality);
                output[s] = orders[s].min(state.capacity) * limits[s];
            }
            let workers: f64 = sectors.iter().zip(&output).map(|(state, output)| output * state.persons_per_unit).sum();
            staff = if fixed + workers > most_workers { math::ratio(most_workers - fixed, workers, 0.0).max(0.0) } else { 1.0 };
            for s in 0..count {
                output[s] *= staff;
                let delivered = math::ratio(output[s], orders[s], 1.0) * at_home[s];
                let missing = (home_demand[s] - delivered).max(0.0);
                let bought =
                    imports_of(&sectors[s], missing, home_demand[s], shocks.supply_cap[s], sectors[s].price, economy.exchange_rate);
                fills[s] = math::ratio(delivered + bought.volume, home_demand[s], 1.0).min(1.0);
                sectors[s].home_demand = home_demand[s];
            }
        }
        Solution { orders, output, limits, fills, staff }
    }

    /// Leaves what was solved to sectors, which learn from it what to expect.
    pub(super) fn expect(&self, economy: &Economy, solution: &Solution, procured: &[f64], ticks_per_year: f64, sectors: &mut Sectors) {
        let (parameters, tables, years) = (self.parameters, self.tables, self.years);
        let Solution { orders, output, limits, fills, staff } = solution;
        let smooth = math::smoothing(ticks_per_year, parameters.investment.demand_smoothing_years);
        let slow = math::smoothing(ticks_per_year, parameters.investment.trend_years);
        let buyer_prices: Vec<f64> = sectors.iter().map(|state| state.buyer_price).collect();
        for s in 0..sectors.len() {
            let state = &mut sectors[s];
            state.orders = orders[s];
            state.procurement_orders = procured[s];
            let cost = parameters.production.makeshift_cost;
            state.makeshift = makeshift(&tables.inputs[s], &tables.critical[s], fills, &buyer_prices, cost, state.learning, economy.wage);
            state.limit = limits[s];
            // Where people or inputs are what is missing, more capital would not sell more: expect what can be made.
            let annual = if limits[s] * *staff < 1.0 { output[s] } else { orders[s] } / years;
            let before = state.expected_demand;
            state.expected_demand += smooth * (annual - state.expected_demand);
            let growth = if before > 0.0 { math::ln(state.expected_demand / before) / years } else { 0.0 };
            state.demand_growth += smooth * (growth.clamp(-1.0, 1.0) - state.demand_growth);
            state.trend_growth += slow * (growth.clamp(-1.0, 1.0) - state.trend_growth);
        }
    }
}

/// Orders and output that fit each other.
pub(super) struct Solution {
    pub(super) orders: Vec<f64>,
    pub(super) output: Vec<f64>,
    /// Part of the output asked for that critical inputs allow.
    pub(super) limits: Vec<f64>,
    /// Part of demand that is filled, from home or abroad.
    pub(super) fills: Vec<f64>,
    /// Part of the people asked for that there are.
    pub(super) staff: f64,
}

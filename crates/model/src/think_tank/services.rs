//! What think tanks do with their people.

use bevy_ecs::prelude::{Component, Query, Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::accounts::{Account, Economy, End, FlowKind, Ledger};
use crate::finance::Fund;
use crate::markets::Sectors;
use crate::math;
use crate::parameters::Parameters;
use crate::random::Mechanism;
use crate::world::Calendar;

/// A think tank.
#[derive(Debug, Clone, PartialEq, Component, Serialize, Deserialize)]
pub struct ThinkTank {
    /// Stable id, from 1.
    pub id: u64,
    /// Region of its seat.
    pub region: u16,
    /// Weights over sectors; sum to 1.
    pub field: Vec<f64>,
    /// Staff.
    pub staff: f64,
    /// Quality of research.
    pub quality: f64,
    /// Independence.
    pub independence: f64,
    /// Reputation.
    pub reputation: f64,
    /// Deposits.
    pub cash: f64,
    /// Growth of demand by sector that it called a year ago.
    pub calls: Vec<f64>,
    /// Accuracy of its last calls.
    pub accuracy: f64,
    /// Income of the last tick: contracts, clients, subscriptions, commissions.
    pub income: [f64; 4],
}

/// Levels of service that others meet in this tick.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Services {
    /// Precision of policy advice by sector.
    pub advice: Vec<f64>,
    /// Precision of research by sector.
    pub research: Vec<f64>,
    /// Promising enterprises shown to a fund, a year.
    pub matches_per_fund: f64,
    /// Level of support seeking.
    pub support: f64,
    /// Honesty of support seeking.
    pub support_honesty: f64,
    /// Probability that an enterprise of mean attention is a client.
    pub client_probability: f64,
    /// Gain of a client's project success in log-odds.
    pub client_success: f64,
    /// Level of investment attraction.
    pub attraction: f64,
    /// The same by region of the seat, over its mean.
    pub attraction_by_region: Vec<f64>,
}

/// Accuracy of calls: `1 / (1 + mean squared error / σ²)` with `σ` = 5 points of growth, weighted by field.
pub fn call_accuracy(field: &[f64], calls: &[f64], outcomes: &[f64]) -> f64 {
    let error: f64 =
        field.iter().zip(calls).zip(outcomes).map(|((weight, call), outcome)| weight * (call - outcome) * (call - outcome)).sum();
    1.0 / (1.0 + error / 0.0025)
}

/// Checks last year's calls, makes new ones, takes contracts, and sets the level of each service.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn work_think_tanks(
    mut think_tanks: Query<&mut ThinkTank>,
    mut funds: Query<&mut Fund>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    sectors: Res<Sectors>,
    economy: Res<Economy>,
    mut ledger: ResMut<Ledger>,
    mut services: ResMut<Services>,
) {
    let settings = &parameters.think_tanks;
    let count = sectors.len();
    let regions = parameters.regions.len();
    let years = calendar.years_per_tick();
    let number = think_tanks.iter().count() as f64;
    *services =
        Services { advice: vec![0.0; count], research: vec![0.0; count], attraction_by_region: vec![0.0; regions], ..Services::default() };
    if number == 0.0 {
        return;
    }
    // Contracts of governments and subscriptions of funds go to think tanks together; they divide them by reputation.
    let contracts = settings.public_contract_share * economy.annual_output * years;
    let local = contracts * parameters.government.local_spending_share;
    ledger.pay(FlowKind::ThinkTankContracts, End::Of(Account::Central), End::Of(Account::ThinkTanks), contracts - local);
    for (region, place) in parameters.regions.iter().enumerate() {
        ledger.pay(
            FlowKind::ThinkTankContracts,
            End::Of(Account::Local(region)),
            End::Of(Account::ThinkTanks),
            local * place.value.population_share,
        );
    }
    for mut fund in &mut funds {
        if fund.id == 0 || fund.age(&calendar) >= parameters.venture.investment_years {
            continue;
        }
        let fee = (settings.subscription * fund.commitments * years)
            .min(fund.uncalled())
            .min(0.01 * ledger.balance(Account::Households).max(0.0));
        fund.call(&mut ledger, &calendar, fee);
        ledger.pay(FlowKind::ThinkTankContracts, End::Fund(&mut fund.cash), End::Of(Account::ThinkTanks), fee);
    }

    let outcomes: Vec<f64> = sectors.iter().map(|state| state.demand_growth).collect();
    let reference =
        (settings.staff / 1000.0 * f64::from(parameters.population.enterprises) * parameters.population.workers_per_enterprise).max(1e-9);
    let memory = 1.0 - math::exp(-1.0 / settings.reputation_years);
    let (mut total, mut honesty, mut weight) = (0.0, 0.0, 0.0);
    for mut tank in &mut think_tanks {
        if calendar.year_begins() {
            tank.accuracy = call_accuracy(&tank.field, &tank.calls, &outcomes);
            tank.reputation += memory * (tank.accuracy - tank.reputation);
            let mut draws = calendar.seed.draws(Mechanism::ThinkTank, tank.id, calendar.tick);
            // Research sees the trend; what it lacks in quality is noise, what it lacks in independence is praise of clients.
            let deviation = 0.06 * (1.0 - tank.quality);
            let praise = 0.04 * (1.0 - tank.independence);
            tank.calls =
                outcomes.iter().zip(&tank.field).map(|(trend, field)| trend + deviation * draws.normal() + praise * field).collect();
        }
        let effective = tank.staff / reference * tank.quality * (0.5 + tank.reputation);
        total += effective;
        honesty += effective * tank.independence * tank.quality;
        weight += effective;
        for s in 0..count {
            let reach = tank.field[s] * count as f64;
            services.advice[s] += 4.0 * settings.advice_weight * effective * reach * tank.independence;
            services.research[s] += 5.0 * settings.research_weight * effective * reach * (0.4 + 0.6 * tank.independence);
        }
        services.attraction_by_region[tank.region as usize] += settings.attraction_weight * effective;
    }
    services.matches_per_fund = 40.0 * settings.matchmaking_weight * total;
    services.support = 4.0 * settings.support_weight * total;
    services.support_honesty = math::ratio(honesty, weight, 0.0);
    services.client_probability = (settings.client_share * services.support).min(1.0);
    services.client_success = settings.advice_success * services.support_honesty;
    services.attraction = 6.0 * settings.attraction_weight * total;
    let mean = services.attraction_by_region.iter().sum::<f64>() / regions as f64;
    let whole = services.attraction;
    for level in &mut services.attraction_by_region {
        *level = whole * math::ratio(*level, mean, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accuracy_by_hand() {
        assert_eq!(call_accuracy(&[1.0], &[0.03], &[0.03]), 1.0);
        assert!((call_accuracy(&[1.0], &[0.08], &[0.03]) - 0.5).abs() < 1e-12);
    }
}

//! What think tanks do with their people.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::kinds::FlowKind;
use crate::parameters::{Parameters, ThinkTanks};
use crate::rules::advice::{appeal, call_accuracy, client_bias, client_success, influence, pick};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::decisions::{Decisions, Door};
use crate::state::economy::Economy;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::think_tanks::{ClientService, Services, ThinkTank};
use crate::state::venture::Fund;
use crate::streams::Draw;
use tripath_engine::math;

/// Staff per thousand people of the labour force at which capacity is 1. Staff at the start is a parameter, what a person does is not: fewer people serve less.
const NORMAL_STAFF: f64 = 1.5;

/// Checks last year's calls, makes new ones, takes contracts, and sets the level of each service.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn work_think_tanks(
    mut think_tanks: Query<&mut ThinkTank>,
    mut funds: Query<&mut Fund>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    sectors: Res<Sectors>,
    economy: Res<Economy>,
    decisions: Res<Decisions>,
    mut returns: ResMut<Returns>,
    mut ledger: ResMut<Ledger>,
    mut services: ResMut<Services>,
) {
    let regions = parameters.regions.len();
    let number = think_tanks.iter().count() as f64;
    let last: Vec<Option<u16>> = services.governments.iter().map(|advice| advice.adviser).collect();
    *services = Services::without_think_tanks(sectors.len(), regions);
    if number == 0.0 {
        return;
    }
    let subscriptions: f64 = subscribe(&mut funds, &parameters, &calendar, &mut returns, &mut ledger);
    if calendar.year_begins() {
        let outcomes: Vec<f64> = sectors.iter().map(|state| state.demand_growth).collect();
        let memory = 1.0 - math::exp(-1.0 / parameters.think_tanks.reputation_years);
        for mut tank in &mut think_tanks {
            tank.call(&calendar, &outcomes, memory);
        }
    }
    let tanks: Vec<ThinkTank> = think_tanks.iter().cloned().collect();
    let advisers: Vec<u16> = (0..=regions)
        .map(|government| match last[government] {
            Some(adviser) if !calendar.year_begins() => adviser,
            _ => choose_adviser(&calendar, &tanks, government),
        })
        .collect();
    let fees = contract_fees(&parameters, economy.annual_output * calendar.years_per_tick());
    for (government, fee) in fees.iter().enumerate() {
        let payer = if government == 0 { Account::Central } else { Account::Local(government - 1) };
        ledger.pay(FlowKind::ThinkTankContracts, End::Of(payer), End::Of(Account::ThinkTanks), *fee);
    }
    let whole: f64 = tanks.iter().map(|tank| appeal(tank.reputation, tank.staff, 1.0)).sum();
    for mut tank in &mut think_tanks {
        let place = tank.id as u16 - 1;
        let earned = math::total((0..=regions).filter(|government| advisers[*government] == place).map(|government| fees[government]));
        tank.earned = [earned, subscriptions * appeal(tank.reputation, tank.staff, 1.0) / whole];
    }
    // By the people there are now: measured against those of the start, services would grow with the labour force, and entry with them, for ever.
    let reference = (NORMAL_STAFF / 1000.0 * economy.labour_force).max(1e-9);
    let mut total = 0.0;
    for tank in &tanks {
        let effective = tank.staff / reference * tank.quality * (0.5 + tank.reputation);
        total += effective;
        tank.serve(&parameters.think_tanks, &decisions.advice, effective, &advisers, &mut services);
    }
    set_levels(&parameters.think_tanks, total, &mut services);
}

/// Funds that still invest subscribe to research: a part of their commitments a year, within what they may call and households can pay. Returns
/// what all paid.
fn subscribe(
    funds: &mut Query<&mut Fund>,
    parameters: &Parameters,
    calendar: &Calendar,
    returns: &mut Returns,
    ledger: &mut Ledger,
) -> f64 {
    let mut subscriptions = 0.0;
    for mut fund in funds {
        if fund.id == 0 || fund.age(calendar) >= parameters.venture.investment_years {
            continue;
        }
        let fee = (parameters.think_tanks.subscription * fund.commitments * calendar.years_per_tick())
            .min(fund.uncalled())
            .min(0.01 * ledger.balance(Account::Households).max(0.0));
        fund.call(ledger, calendar, fee);
        returns.funds.charge(&fund, fee);
        ledger.pay(FlowKind::ThinkTankContracts, End::Fund(&mut fund.cash), End::Of(Account::ThinkTanks), fee);
        subscriptions += fee;
    }
    subscriptions
}

/// The adviser of a government, chosen by reputation, staff and, for a locality, nearness: its place among think tanks.
fn choose_adviser(calendar: &Calendar, tanks: &[ThinkTank], government: usize) -> u16 {
    let near = |tank: &ThinkTank| if government == tank.region as usize + 1 { 2.0 } else { 1.0 };
    let weights: Vec<f64> = tanks.iter().map(|tank| appeal(tank.reputation, tank.staff, 1.0) * near(tank)).collect();
    let agent = (1 << 40) | government as u64;
    pick(&weights, calendar.seed.draws(Draw::ThinkTank, agent, calendar.tick).uniform())
}

/// What each government, the central one first, pays its adviser out of the `output` of a tick: localities share by population.
fn contract_fees(parameters: &Parameters, output: f64) -> Vec<f64> {
    let contracts = parameters.think_tanks.public_contract_share * output;
    let local = contracts * parameters.government.local_spending_share;
    let of_localities = parameters.regions.iter().map(|region| local * region.value.population_share);
    std::iter::once(contracts - local).chain(of_localities).collect()
}

/// Sets the levels of services that all think tanks give together, by their capacity in all.
fn set_levels(settings: &ThinkTanks, total: f64, services: &mut Services) {
    let governments = services.governments.len() as f64;
    for s in 0..services.research.len() {
        services.advice[s] = services.governments.iter().map(|advice| advice.precision[s]).sum::<f64>() / governments;
        services.coverage[s] = (settings.research_coverage * services.research[s]).min(1.0);
    }
    services.matches_per_fund = 40.0 * settings.matchmaking_weight * total;
    services.support = 4.0 * settings.support_weight * total;
    services.client_probability = (settings.client_share * services.support).min(1.0);
    services.attraction = 6.0 * settings.attraction_weight * total;
    let mean = services.attraction_by_region.iter().sum::<f64>() / services.attraction_by_region.len() as f64;
    let whole = services.attraction;
    for level in &mut services.attraction_by_region {
        *level = whole * math::ratio(*level, mean, 0.0);
    }
}

impl ThinkTank {
    /// Checks last year's calls against the growth of demand that came, and makes new ones.
    fn call(&mut self, calendar: &Calendar, outcomes: &[f64], memory: f64) {
        self.accuracy = call_accuracy(&self.field, &self.calls, outcomes);
        self.reputation += memory * (self.accuracy - self.reputation);
        let mut draws = calendar.seed.draws(Draw::ThinkTank, self.id, calendar.tick);
        // Research sees the trend; what it lacks in quality is noise, what it lacks in independence is praise of clients.
        let deviation = 0.06 * (1.0 - self.quality);
        self.calls = (0..outcomes.len())
            .map(|s| outcomes[s] + deviation * draws.normal() + 0.04 * client_bias(self.independence, &self.clients, s))
            .collect();
    }

    /// Adds what it does for clients, for readers of its research, for its region and for the governments that it advises.
    fn serve(&self, settings: &ThinkTanks, advice: &Door, effective: f64, advisers: &[u16], services: &mut Services) {
        let count = self.field.len();
        let even = count as f64;
        let field = |s: usize| self.field[s] * even;
        let captured = 1.0 - self.independence;
        services.tanks.push(ClientService {
            success: (0..count).map(|s| client_success(settings, self.independence, self.quality, field(s))).collect(),
            honesty: self.independence * self.quality,
            praise: settings.praise * captured,
        });
        for s in 0..count {
            services.research[s] += 5.0 * settings.research_weight * effective * field(s) * (0.4 + 0.6 * self.independence);
            services.choice[s].push(appeal(self.reputation, self.staff, field(s)));
        }
        services.attraction_by_region[self.region as usize] += settings.attraction_weight * effective;
        // Capacity is divided among the governments that a think tank advises.
        let place = self.id as u16 - 1;
        let served = advisers.iter().filter(|adviser| **adviser == place).count().max(1) as f64;
        let level = 4.0 * settings.advice_weight * effective * advisers.len() as f64 / served;
        let level = advice.through(usize::from(place), level);
        for government in (0..advisers.len()).filter(|government| advisers[*government] == place) {
            let given = &mut services.governments[government];
            given.adviser = Some(place);
            given.favour = captured * influence(level);
            for s in 0..count {
                given.precision[s] = level * field(s).min(3.0) * self.independence;
                given.bias[s] = influence(level) * client_bias(self.independence, &self.clients, s);
            }
        }
    }
}

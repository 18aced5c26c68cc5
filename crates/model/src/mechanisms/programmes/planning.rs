//! Budgets of a tick: programmes are evaluated, pots filled, subsidy rates fixed.

use bevy_ecs::prelude::{Res, ResMut};

use crate::observe::Records;
use crate::parameters::Parameters;
use crate::rules::fiscal::austerity;
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::government::{Plans, ProgrammeBudgets, ProgrammeState};
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::think_tanks::Services;
use tripath_engine::math;

use super::desk::Desk;
use super::laboratory::{advance_laboratories, pay_laboratory};

/// Evaluates programmes whose patience has ended, sets the budgets of the tick, fills pots, and fixes subsidy rates.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn plan_programmes(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    plans: Res<Plans>,
    mut ledger: ResMut<Ledger>,
    mut returns: ResMut<Returns>,
    services: Res<Services>,
    mut sectors: ResMut<Sectors>,
    mut budgets: ResMut<ProgrammeBudgets>,
    mut records: ResMut<Records>,
) {
    let years = calendar.years_per_tick();
    let count = sectors.len();
    let debt = math::ratio(ledger.total_debt(), economy.annual_output, 0.0);
    let kept = austerity(&parameters, debt);
    for state in sectors.iter_mut() {
        state.subsidy_rate = 0.0;
        state.procurement = 0.0;
    }
    returns.programme_cost = vec![0.0; count];
    let mut laboratories = vec![0.0; count];
    let budgets = &mut *budgets;
    budgets.interest_relief = vec![0.0; count];
    for relief in &mut budgets.capital_relief {
        relief.fill(0.0);
    }
    for (index, programme) in parameters.programmes.iter().enumerate() {
        let settings = &programme.value;
        let only = parameters.sector_index(&settings.sector);
        let desk = Desk { parameters: &parameters, calendar: &calendar, tables: &tables, index, settings, only };
        let opening = desk.standing(&economy, &returns, &sectors, budgets);
        let taken_up = desk.taken_up(&budgets.memories[index], &plans);
        let part = desk.open(&mut budgets.memories[index], opening, taken_up, &services, &mut records);
        let memory = &budgets.memories[index];
        let running = part > 0.0;
        let budget = settings.budget_share * economy.annual_output * years * kept * memory.scale * part;
        let rate = settings.rate * part;
        budgets.states[index] = ProgrammeState {
            budget,
            running,
            cut: running && kept < 1.0,
            waiting: calendar.years_in() < settings.start_year,
            fading: running && !memory.running,
            ..ProgrammeState::default()
        };
        match settings.instrument.as_str() {
            "output_subsidy" => {
                let Some(s) = only else { continue };
                let home_sales = (sectors[s].sales - sectors[s].exports).max(0.0);
                let rate = if running { rate.min(math::ratio(budget, home_sales, 1.0)) } else { 0.0 };
                sectors[s].subsidy_rate = (sectors[s].subsidy_rate + rate).min(0.9);
                budgets.states[index].rate = rate;
            }
            "interest_subsidy" => {
                let covered: Vec<usize> = (0..count).filter(|s| only.is_none_or(|o| o == *s)).collect();
                let interest: f64 = covered.iter().map(|s| budgets.interest_paid[*s]).sum();
                let rate = if running { rate.min(math::ratio(budget, interest, 1.0)) } else { 0.0 };
                for s in covered {
                    budgets.interest_relief[s] = (budgets.interest_relief[s] + rate).min(1.0);
                }
                budgets.states[index].rate = rate;
            }
            "procurement" => {
                let Some(s) = only else { continue };
                sectors[s].procurement += budget;
            }
            "public_laboratory" => {
                for (s, spent) in pay_laboratory(&mut ledger, &sectors, only, budget).into_iter().enumerate() {
                    laboratories[s] += spent;
                    budgets.money[index][s] += spent;
                    returns.programme_cost[s] += spent;
                }
                budgets.states[index].spent = budget;
            }
            "capital_subsidy" => desk.subsidise_capital(budgets, &plans, budget, if running { rate } else { 0.0 }),
            _ => {
                let pots = &mut budgets.pots[index];
                // Money that found no applicant for two years goes back.
                let keep = if running { 1.0 - 0.5 * years } else { 0.0 };
                for pot in pots.iter_mut() {
                    *pot *= keep;
                }
                if settings.instrument == "rescue" && settings.level == "local" {
                    for (region, pot) in pots.iter_mut().enumerate() {
                        *pot += budget * desk.people(region);
                    }
                } else if settings.level == "local" {
                    for (at, pot) in pots.iter_mut().enumerate() {
                        *pot += budget * desk.local_part(&plans, at);
                    }
                } else {
                    pots[0] += budget;
                }
            }
        }
    }
    advance_laboratories(&parameters, &mut sectors, &laboratories, calendar.ticks_per_year());
}

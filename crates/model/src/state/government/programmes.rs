//! Programmes: when they run, what they may spend in a tick, and the rates that follow from it.

use bevy_ecs::prelude::{Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::mechanisms::innovation_returns::Returns;
use crate::mechanisms::programmes::{Desk, advance_laboratories, pay_laboratory};
use crate::mechanisms::public_finance::austerity;
use crate::mechanisms::sector_choice::Plans;
use crate::observe::Records;
use crate::parameters::{Parameters, Programme};
use crate::rules::advice::Services;
use crate::rules::evaluation::ProgrammeMemory;
use crate::state::accounts::Ledger;
use crate::state::calendar::{Calendar, Tables};
use crate::state::economy::Economy;
use crate::state::sector::Sectors;
use tripath_engine::math;

use super::mission::Mission;

/// State of one programme in this tick.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeState {
    /// Budget of this tick.
    pub budget: f64,
    /// Rate of a subsidy in this tick.
    pub rate: f64,
    /// Awarded in this tick.
    pub spent: f64,
    /// Applicants.
    pub applicants: u64,
    /// Awards.
    pub awards: u64,
    /// Awards below the merit cut-off.
    pub type_one: u64,
    /// Refusals above the merit cut-off.
    pub type_two: u64,
    /// Applicants above the merit cut-off.
    pub worthy: u64,
    /// Runs in this tick.
    pub running: bool,
    /// Cut for want of money.
    pub cut: bool,
    /// Has not begun yet.
    pub waiting: bool,
    /// Has ended and fades.
    pub fading: bool,
}

/// Money that waits for applicants: by programme, then region (one for a central programme), then sector.
pub type Pots = Vec<Vec<f64>>;

/// All programmes.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct ProgrammeBudgets {
    /// State by programme.
    pub states: Vec<ProgrammeState>,
    /// Memory by programme.
    pub memories: Vec<ProgrammeMemory>,
    /// Key technology by programme, for whole-nation ones.
    pub missions: Vec<Mission>,
    /// Money paid to date, by programme and sector.
    pub money: Vec<Vec<f64>>,
    /// Pots of programmes that make awards: for a central one a single pot 0, for a local one `[region × sectors + sector]`, for
    /// rescues `[region]`.
    /// For capital subsidies, which make none, the rate by `[region × sectors + sector]`.
    pub pots: Pots,
    /// Part of interest that is paid by interest subsidies, by sector.
    pub interest_relief: Vec<f64>,
    /// Part of fixed capital formation paid by the central government and by the locality, by `[region × sectors + sector]`.
    pub capital_relief: [Vec<f64>; 2],
    /// Fixed capital formation in the last tick, by `[region × sectors + sector]`.
    pub invested: Vec<f64>,
    /// Tax credits given in this tick, by sector.
    pub credits: Vec<f64>,
    /// Interest paid in the last tick, by sector.
    pub interest_paid: Vec<f64>,
}

impl ProgrammeBudgets {
    /// Programmes of a configuration before the first tick.
    pub fn new(parameters: &Parameters) -> Self {
        let (count, regions) = (parameters.sectors.len(), parameters.regions.len());
        let pots = |settings: &Programme| match settings.instrument.as_str() {
            "capital_subsidy" => regions * count,
            "rescue" if settings.level == "local" => regions,
            _ if settings.level == "local" => regions * count,
            _ => 1,
        };
        Self {
            states: vec![ProgrammeState::default(); parameters.programmes.len()],
            memories: vec![ProgrammeMemory::default(); parameters.programmes.len()],
            missions: vec![Mission::default(); parameters.programmes.len()],
            money: vec![vec![0.0; count]; parameters.programmes.len()],
            pots: parameters.programmes.iter().map(|programme| vec![0.0; pots(&programme.value)]).collect(),
            interest_relief: vec![0.0; count],
            capital_relief: [vec![0.0; regions * count], vec![0.0; regions * count]],
            invested: vec![0.0; regions * count],
            credits: vec![0.0; count],
            interest_paid: vec![0.0; count],
        }
    }

    /// Part of interest that is subsidised in a sector.
    pub fn interest_relief(&self, sector: usize) -> f64 {
        self.interest_relief[sector]
    }

    /// Capital subsidies of the last tick in a sector.
    pub fn capital_cost(&self, sector: usize) -> f64 {
        let count = self.interest_relief.len();
        let places = (sector..self.invested.len()).step_by(count);
        places.map(|at| (self.capital_relief[0][at] + self.capital_relief[1][at]) * self.invested[at]).sum()
    }

    /// Part of fixed capital formation that subsidies paid in the last tick, mean of a sector.
    pub fn mean_capital_relief(&self, sector: usize) -> f64 {
        let count = self.interest_relief.len();
        let invested: f64 = (sector..self.invested.len()).step_by(count).map(|at| self.invested[at]).sum();
        math::ratio(self.capital_cost(sector), invested, 0.0)
    }

    /// Adds what programmes that pay by a rate or a budget of purchases paid in this tick to their money to date.
    pub fn count_subsidies(&mut self, parameters: &Parameters, sectors: &Sectors) {
        let count = sectors.len();
        for (index, programme) in parameters.programmes.iter().enumerate() {
            let settings = &programme.value;
            let only = parameters.sector_index(&settings.sector);
            match settings.instrument.as_str() {
                "output_subsidy" | "procurement" => {
                    let Some(s) = only else { continue };
                    self.money[index][s] += self.spent(index, settings, only, sectors);
                }
                "interest_subsidy" => {
                    for s in (0..count).filter(|s| only.is_none_or(|o| o == *s)) {
                        self.money[index][s] += self.states[index].rate * self.interest_paid[s];
                    }
                }
                "capital_subsidy" => {
                    for (at, (rate, invested)) in self.pots[index].iter().zip(&self.invested).enumerate() {
                        self.money[index][at % count] += rate * invested;
                    }
                }
                // Awards, missions, rescues and laboratories count where they pay.
                _ => {}
            }
        }
    }

    /// What a programme spent in the last tick, whatever its instrument.
    pub fn spent(&self, index: usize, settings: &Programme, only: Option<usize>, sectors: &Sectors) -> f64 {
        let state = &self.states[index];
        let covered = (0..sectors.len()).filter(|s| only.is_none_or(|o| o == *s));
        match settings.instrument.as_str() {
            "output_subsidy" => only.map_or(0.0, |s| sectors[s].subsidies * math::ratio(state.rate, sectors[s].subsidy_rate, 0.0)),
            "procurement" => only.map_or(0.0, |s| sectors[s].procured * math::ratio(state.budget, sectors[s].procurement, 0.0)),
            "interest_subsidy" => state.rate * covered.map(|s| self.interest_paid[s]).sum::<f64>(),
            "capital_subsidy" => self.pots[index].iter().zip(&self.invested).map(|(rate, invested)| rate * invested).sum(),
            _ => state.spent,
        }
    }
}

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

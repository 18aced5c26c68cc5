//! Programmes: when they run, what they may spend in a tick, and the rates that follow from it.

use bevy_ecs::prelude::{Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::accounts::{Economy, Ledger};
use crate::markets::Sectors;
use crate::math;
use crate::observe::{EventRow, Records};
use crate::parameters::{Parameters, Programme};
use crate::random::Mechanism;
use crate::technology::Returns;
use crate::think_tank::Services;
use crate::world::{Calendar, Tables};

use super::Plans;
use super::budget::austerity;
use super::evaluation::{Decision, Opening, ProgrammeMemory, decide, fading, programme_return};
use super::laboratory::{advance_laboratories, pay_laboratory};
use super::whole_nation::Mission;

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
        let opening = desk.standing(&economy, &returns, &sectors, &budgets.missions[index]);
        let part = desk.open(&mut budgets.memories[index], opening, &services, &mut records);
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

/// One programme on the desk of its government.
struct Desk<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    tables: &'a Tables,
    index: usize,
    settings: &'a Programme,
    only: Option<usize>,
}

impl Desk<'_> {
    /// Where the programme's sectors stand.
    fn standing(&self, economy: &Economy, returns: &Returns, sectors: &Sectors, mission: &Mission) -> Opening {
        let covered = (0..sectors.len()).filter(|s| self.only.is_none_or(|o| o == *s));
        let mut now = Opening {
            tick: self.calendar.tick,
            output: economy.annual_output,
            achieved: mission.achieved(),
            completed: f64::from(mission.completed),
            ..Opening::default()
        };
        for s in covered {
            now.cost += returns.policy_to_date[s].0;
            now.taxes += returns.policy_to_date[s].1;
            now.strategic += returns.strategic_to_date[s];
            now.sector_taxes += sectors[s].taxes;
        }
        now
    }

    /// Starts, judges and stops the programme; returns the part of it that runs in this tick.
    fn open(&self, memory: &mut ProgrammeMemory, now: Opening, services: &Services, records: &mut Records) -> f64 {
        let (settings, year) = (self.settings, self.calendar.years_in());
        let due = settings.active && year >= settings.start_year && year < settings.stop_year;
        let since = |tick: u32| f64::from(self.calendar.tick - tick) / self.calendar.ticks_per_year();
        if due && !memory.given_up && !memory.running {
            *memory = ProgrammeMemory { running: true, since: now, ..ProgrammeMemory::default() };
            self.log(records, "programme_start", None, None);
        } else if memory.running && !due {
            memory.running = false;
            memory.ended = Some(self.calendar.tick);
            self.log(records, "programme_stop", None, Some("end"));
        }
        if memory.running && settings.patience_years > 0.0 && since(memory.since.tick) >= settings.patience_years {
            let found = if settings.instrument == "whole_nation" {
                // A mission is judged by its milestones: returns come long after.
                now.achieved - memory.since.completed
            } else {
                programme_return(&memory.since, &now, since(memory.since.tick))
            };
            memory.evaluation = Some(found);
            memory.since = now;
            let seen = found + self.misjudgement(services);
            match decide(&self.parameters.government, &settings.rule, seen, memory.scale) {
                Decision::Continue => self.log(records, "programme_evaluated", Some(seen), Some("continue")),
                Decision::Scale(scale) => {
                    memory.scale = scale;
                    self.log(records, "programme_evaluated", Some(seen), Some("scale"));
                }
                Decision::Stop => {
                    memory.given_up = true;
                    memory.running = false;
                    memory.ended = Some(self.calendar.tick);
                    self.log(records, "programme_stop", Some(seen), Some("evaluation"));
                }
            }
        }
        if memory.running { 1.0 } else { memory.ended.map_or(0.0, |tick| fading(since(tick), settings.phase_out_years)) }
    }

    /// Error of an evaluation: `σ ε / sqrt(1 + κ advice)`.
    fn misjudgement(&self, services: &Services) -> f64 {
        let advice = match self.only {
            Some(s) => services.advice[s],
            None => services.advice.iter().sum::<f64>() / services.advice.len().max(1) as f64,
        };
        let mut draws = self.calendar.seed.draws(Mechanism::Evaluation, self.index as u64, self.calendar.tick);
        let precision = 1.0 + self.parameters.think_tanks.advice_precision * advice;
        self.parameters.government.evaluation_noise * draws.normal() / math::sqrt(precision)
    }

    fn log(&self, records: &mut Records, event: &'static str, amount: Option<f64>, note: Option<&'static str>) {
        if self.calendar.recorded() {
            let sector = self.only.map(|s| self.tables.sector_names[s].clone());
            records.events.push(EventRow { sector, amount, note, ..EventRow::at(self.calendar, event, self.index as u64) });
        }
    }

    /// Part of a local programme's budget for a region: by people, or all where the programme is that of one locality.
    fn people(&self, region: usize) -> f64 {
        let place = &self.parameters.regions[region];
        match self.settings.region.as_str() {
            "" => place.value.population_share,
            only => f64::from(u8::from(only == place.name)),
        }
    }

    /// Part of a local programme's budget for a place `[region × sectors + sector]`: by people, then by the locality's plan.
    fn local_part(&self, plans: &Plans, at: usize) -> f64 {
        let count = self.parameters.sectors.len();
        let (region, sector) = (at / count, at % count);
        self.people(region)
            * match self.only {
                Some(only) => f64::from(u8::from(only == sector)),
                None => plans.shares[region][sector],
            }
    }

    /// Rate of a capital subsidy by place: what is offered, or what the budget allows at the last tick's investment.
    fn subsidise_capital(&self, budgets: &mut ProgrammeBudgets, plans: &Plans, budget: f64, offered: f64) {
        let count = self.parameters.sectors.len();
        let local = self.settings.level == "local";
        let covered = |at: usize| self.only.is_none_or(|only| only == at % count);
        let all: f64 = budgets.invested.iter().enumerate().filter(|(at, _)| covered(*at)).map(|(_, invested)| invested).sum();
        let mut highest = 0.0f64;
        for at in 0..budgets.invested.len() {
            let money = if local { budget * self.local_part(plans, at) } else { budget };
            let base = if local { budgets.invested[at] } else { all };
            let taken = budgets.capital_relief[0][at] + budgets.capital_relief[1][at];
            let asked = if covered(at) && money > 0.0 { offered.min(math::ratio(money, base, 1.0)) } else { 0.0 };
            let rate = asked.min(0.9 - taken).max(0.0);
            budgets.pots[self.index][at] = rate;
            budgets.capital_relief[usize::from(local)][at] += rate;
            highest = highest.max(rate);
        }
        budgets.states[self.index].rate = highest;
    }
}

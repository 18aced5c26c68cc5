//! Programmes: whether they run, their budgets, pots and rates, and what they paid.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::parameters::{Parameters, Programme};
use crate::state::sector::Sectors;
use tripath_engine::math;

use super::memory::ProgrammeMemory;
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

//! Programmes: what they may spend in a tick, and the rates that follow from it.

use bevy_ecs::prelude::{Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::accounts::{Economy, Ledger};
use crate::markets::Sectors;
use crate::math;
use crate::parameters::Parameters;
use crate::world::Calendar;

use super::Plans;

/// State of one programme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeState {
    /// Budget of this tick.
    pub budget: f64,
    /// Rate of a subsidy in this tick.
    pub rate: f64,
    /// Spent in this tick.
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
}

/// Money that waits for applicants: by programme, then region (one for a central programme), then sector.
pub type Pots = Vec<Vec<f64>>;

/// All programmes in this tick.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct ProgrammeBudgets {
    /// State by programme.
    pub states: Vec<ProgrammeState>,
    /// Pots of grant programmes: for a central one `[sector]` with a single pot 0; for a local one `[region × sectors + sector]`.
    pub pots: Pots,
    /// Part of interest that is paid by interest subsidies, by sector.
    pub interest_relief: Vec<f64>,
    /// Tax credits given in this tick, by sector.
    pub credits: Vec<f64>,
    /// Interest paid in the last tick, by sector.
    pub interest_paid: Vec<f64>,
}

impl ProgrammeBudgets {
    /// Part of interest that is subsidised in a sector.
    pub fn interest_relief(&self, sector: usize) -> f64 {
        self.interest_relief[sector]
    }
}

/// Part of the programmes that is paid for, given debt: cut above the ceiling unless innovation is protected.
///
/// `1` up to the ceiling; falls linearly to 0.2 at 1.5 times the ceiling.
pub fn austerity(parameters: &Parameters, debt_over_output: f64) -> f64 {
    let ceiling = parameters.government.debt_ceiling;
    if parameters.government.protect_innovation || debt_over_output <= ceiling {
        return 1.0;
    }
    (1.0 - 1.6 * (debt_over_output / ceiling - 1.0)).max(0.2)
}

/// Sets the budgets of the tick, fills pots, and fixes subsidy rates.
pub fn plan_programmes(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    plans: Res<Plans>,
    ledger: Res<Ledger>,
    mut sectors: ResMut<Sectors>,
    mut budgets: ResMut<ProgrammeBudgets>,
) {
    let years = calendar.years_per_tick();
    let now = calendar.years_in();
    let count = sectors.len();
    let debt = math::ratio(ledger.total_debt(), economy.annual_output, 0.0);
    let kept = austerity(&parameters, debt);
    for state in sectors.iter_mut() {
        state.subsidy_rate = 0.0;
    }
    let budgets = &mut *budgets;
    budgets.interest_relief = vec![0.0; count];
    for (index, programme) in parameters.programmes.iter().enumerate() {
        let settings = &programme.value;
        let running = settings.active && now >= settings.start_year && now < settings.stop_year;
        let budget = if running { settings.budget_share * economy.annual_output * years * kept } else { 0.0 };
        budgets.states[index] =
            ProgrammeState { budget, running, cut: kept < 1.0, waiting: now < settings.start_year, ..ProgrammeState::default() };
        let only = parameters.sector_index(&settings.sector);
        match settings.instrument.as_str() {
            "output_subsidy" => {
                let Some(s) = only else { continue };
                let home_sales = (sectors[s].sales - sectors[s].exports).max(0.0);
                let rate = if running { settings.rate.min(math::ratio(budget, home_sales, 1.0)) } else { 0.0 };
                sectors[s].subsidy_rate = (sectors[s].subsidy_rate + rate).min(0.9);
                budgets.states[index].rate = rate;
            }
            "interest_subsidy" => {
                let covered: Vec<usize> = (0..count).filter(|s| only.is_none_or(|o| o == *s)).collect();
                let interest: f64 = covered.iter().map(|s| budgets.interest_paid[*s]).sum();
                let rate = if running { settings.rate.min(math::ratio(budget, interest, 1.0)) } else { 0.0 };
                for s in covered {
                    budgets.interest_relief[s] = (budgets.interest_relief[s] + rate).min(1.0);
                }
                budgets.states[index].rate = rate;
            }
            _ => {
                let pots = &mut budgets.pots[index];
                // Money that found no applicant for two years goes back.
                let keep = if running { 1.0 - 0.5 * years } else { 0.0 };
                for pot in pots.iter_mut() {
                    *pot *= keep;
                }
                if settings.level == "local" {
                    for (region, place) in parameters.regions.iter().enumerate() {
                        for s in 0..count {
                            let part = match only {
                                Some(o) => f64::from(u8::from(o == s)),
                                None => plans.shares[region][s],
                            };
                            pots[region * count + s] += budget * place.value.population_share * part;
                        }
                    }
                } else {
                    pots[0] += budget;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn austerity_spares_protected_innovation() {
        let mut parameters = Parameters::default();
        parameters.government.debt_ceiling = 1.0;
        assert_eq!(austerity(&parameters, 0.9), 1.0);
        assert!((austerity(&parameters, 1.25) - 0.6).abs() < 1e-12);
        assert_eq!(austerity(&parameters, 5.0), 0.2);
        parameters.government.protect_innovation = true;
        assert_eq!(austerity(&parameters, 5.0), 1.0);
    }
}

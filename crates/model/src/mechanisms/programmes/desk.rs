//! The desk of a programme: its government opens, judges, stops and takes up the programme, and divides its budget.

use crate::observe::{EventRow, Records};
use crate::parameters::{Parameters, Programme};
use crate::rules::evaluation::{Decision, decide, fading, programme_return};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::government::{Opening, Plans, ProgrammeBudgets, ProgrammeMemory, Standing};
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::think_tanks::Services;
use crate::streams::Draw;
use tripath_engine::math;

/// Whether a programme's money is earmarked for R&D of enterprises.
fn pays_research(settings: &Programme) -> bool {
    matches!(settings.instrument.as_str(), "rd_grant" | "whole_nation")
}

/// One programme on the desk of its government.
pub(crate) struct Desk<'a> {
    pub(crate) parameters: &'a Parameters,
    pub(crate) calendar: &'a Calendar,
    pub(crate) tables: &'a Tables,
    pub(crate) index: usize,
    pub(crate) settings: &'a Programme,
    pub(crate) only: Option<usize>,
}

impl Desk<'_> {
    /// Where the programme's sectors stand.
    pub(crate) fn standing(&self, economy: &Economy, returns: &Returns, sectors: &Sectors, budgets: &ProgrammeBudgets) -> Opening {
        let mission = &budgets.missions[self.index];
        let covered = (0..sectors.len()).filter(|s| self.only.is_none_or(|o| o == *s));
        let in_sector = |s: usize| {
            let (called, fund_gains) = returns.public_funds_to_date[s];
            let all_research: f64 = budgets
                .money
                .iter()
                .zip(&self.parameters.programmes)
                .filter(|(_, programme)| pays_research(&programme.value))
                .map(|(money, _)| money[s])
                .sum();
            let money = budgets.money[self.index][s];
            let taxes = returns.policy_to_date[s].1 - fund_gains;
            // Whose gains those of public money in funds are is not known: a guidance fund is judged by all such money in its sectors.
            let (money, research, all_research, rents) = match self.settings.instrument.as_str() {
                "guidance_fund" => (called, called, called, fund_gains),
                _ => {
                    (money, if pays_research(self.settings) { money } else { 0.0 }, all_research, taxes + returns.breakthroughs_to_date[s])
                }
            };
            Standing {
                money,
                research,
                cost: returns.policy_to_date[s].0,
                all_research,
                rents,
                secured: returns.strategic_to_date[s] - returns.breakthroughs_to_date[s],
                sector_taxes: sectors[s].taxes,
            }
        };
        Opening {
            tick: self.calendar.tick,
            output: economy.annual_output,
            achieved: mission.achieved(),
            completed: f64::from(mission.completed),
            sectors: covered.map(in_sector).collect(),
        }
    }

    /// Whether a plan takes up the programme that an evaluation stopped: the centre's next one, or those of localities with half of the
    /// people of all that pay, where they give its sector an even share at least.
    pub(crate) fn taken_up(&self, memory: &ProgrammeMemory, plans: &Plans) -> bool {
        let Some(ended) = memory.ended.filter(|_| memory.given_up && self.settings.renewable) else { return false };
        if self.settings.level != "local" {
            return plans.favours_since(0, self.only, ended);
        }
        let regions = 0..self.parameters.regions.len();
        let (mut all, mut for_it) = (0.0, 0.0);
        for region in regions {
            all += self.people(region);
            for_it += if plans.favours_since(region + 1, self.only, ended) { self.people(region) } else { 0.0 };
        }
        for_it >= 0.5 * all
    }

    /// Starts, judges and stops the programme; returns the part of it that runs in this tick.
    pub(crate) fn open(
        &self,
        memory: &mut ProgrammeMemory,
        now: Opening,
        taken_up: bool,
        services: &Services,
        records: &mut Records,
    ) -> f64 {
        let (settings, year) = (self.settings, self.calendar.years_in());
        let due = settings.active && year >= settings.start_year && year < settings.stop_year;
        let since = |tick: u32| f64::from(self.calendar.tick - tick) / self.calendar.ticks_per_year();
        if due && (!memory.given_up || taken_up) && !memory.running {
            *memory = ProgrammeMemory { running: true, since: now.clone(), ..ProgrammeMemory::default() };
            self.log(records, "programme_start", None, taken_up.then_some("plan"));
        } else if memory.running && !due {
            memory.running = false;
            memory.ended = Some(self.calendar.tick);
            self.log(records, "programme_stop", None, Some("end"));
        }
        if memory.running && settings.patience_years > 0.0 && since(memory.since.tick) >= settings.patience_years {
            let found = if settings.instrument == "whole_nation" {
                // A mission is judged by its milestones: returns come long after.
                Some(now.achieved - memory.since.completed)
            } else {
                programme_return(&memory.since, &now, since(memory.since.tick))
            };
            memory.since = now;
            if let Some(found) = found {
                self.judge(memory, found, services, records);
            }
        }
        if memory.running { 1.0 } else { memory.ended.map_or(0.0, |tick| fading(since(tick), settings.phase_out_years)) }
    }

    /// An evaluation's finding and what follows from it.
    fn judge(&self, memory: &mut ProgrammeMemory, found: f64, services: &Services, records: &mut Records) {
        memory.evaluation = Some(found);
        let seen = found + self.misjudgement(services);
        match decide(&self.parameters.government, &self.settings.rule, seen, memory.scale) {
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

    /// Error of an evaluation: `σ ε / sqrt(1 + κ advice)`, with the payer's own advice, a mean by people over the localities that pay.
    fn misjudgement(&self, services: &Services) -> f64 {
        let to = |place: usize| match self.only {
            Some(s) => services.advice_to(place, s),
            None => {
                let count = self.parameters.sectors.len();
                (0..count).map(|s| services.advice_to(place, s)).sum::<f64>() / count as f64
            }
        };
        let advice = if self.settings.level == "local" {
            let regions = 0..self.parameters.regions.len();
            let (people, sum) = regions
                .fold((0.0, 0.0), |(people, sum), region| (people + self.people(region), sum + self.people(region) * to(region + 1)));
            math::ratio(sum, people, 0.0)
        } else {
            to(0)
        };
        let mut draws = self.calendar.seed.draws(Draw::Evaluation, self.index as u64, self.calendar.tick);
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
    pub(crate) fn people(&self, region: usize) -> f64 {
        let place = &self.parameters.regions[region];
        match self.settings.region.as_str() {
            "" => place.value.population_share,
            only => f64::from(u8::from(only == place.name)),
        }
    }

    /// Part of a local programme's budget for a place `[region × sectors + sector]`: by people, then by the locality's plan.
    pub(crate) fn local_part(&self, plans: &Plans, at: usize) -> f64 {
        let count = self.parameters.sectors.len();
        let (region, sector) = (at / count, at % count);
        self.people(region)
            * match self.only {
                Some(only) => f64::from(u8::from(only == sector)),
                None => plans.shares[region][sector],
            }
    }

    /// Rate of a capital subsidy by place: what is offered, or what the budget allows at the last tick's investment.
    pub(crate) fn subsidise_capital(&self, budgets: &mut ProgrammeBudgets, plans: &Plans, budget: f64, offered: f64) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worked::{Small, by_hand};

    fn local(parameters: &mut Parameters) {
        let settings = Programme { level: "local".to_owned(), ..Programme::default() };
        parameters.programmes = vec![crate::parameters::Named { name: "local".to_owned(), value: settings }];
        (parameters.government.evaluation_noise, parameters.think_tanks.advice_precision) = (0.2, 3.0);
    }

    fn at_the_desk<T>(small: &Small, only: Option<usize>, look: impl FnOnce(&Desk<'_>) -> T) -> T {
        let parameters = small.get::<Parameters>();
        let settings = &parameters.programmes[0].value;
        look(&Desk { parameters, calendar: small.get::<Calendar>(), tables: small.get::<Tables>(), index: 0, settings, only })
    }

    #[test]
    fn who_is_advised_judges_better() {
        let mut small = Small::with(local);
        small.set::<Services>().governments[1].precision = vec![1.0, 0.5];
        small.set::<Services>().governments[2].precision = vec![0.2, 0.0];
        small.set::<Services>().governments[0].precision = vec![3.0, 3.0];
        let draw = small.get::<Calendar>().seed.draws(Draw::Evaluation, 0, 0).normal();
        let services = small.get::<Services>();
        // Three quarters of the people are advised at 0.75, a quarter at 0.1; on goods alone at 1 and 0.2. The centre's advice is nothing to localities.
        by_hand(&[
            ("of all", at_the_desk(&small, None, |desk| desk.misjudgement(services)), 0.2 * draw / math::sqrt(1.0 + 3.0 * 0.5875)),
            ("of goods", at_the_desk(&small, Some(0), |desk| desk.misjudgement(services)), 0.2 * draw / math::sqrt(1.0 + 3.0 * 0.8)),
        ]);
        small.world.resource_mut::<Parameters>().programmes[0].value.level = "central".to_owned();
        let services = small.get::<Services>();
        by_hand(&[("of the centre", at_the_desk(&small, None, |desk| desk.misjudgement(services)), 0.2 * draw / math::sqrt(10.0))]);
    }

    #[test]
    fn half_of_the_people_take_up_what_was_stopped() {
        let small = Small::with(local);
        let stopped = ProgrammeMemory { given_up: true, ended: Some(5), ..ProgrammeMemory::default() };
        let made = |plans: [Option<u32>; 3]| Plans { made: plans.to_vec(), ..Plans::even(2, 2) };
        let taken_up = |memory: &ProgrammeMemory, plans: &Plans| at_the_desk(&small, Some(0), |desk| desk.taken_up(memory, plans));
        // The north has three quarters of the people, the south a quarter.
        assert!(taken_up(&stopped, &made([None, Some(6), None])));
        assert!(!taken_up(&stopped, &made([Some(6), None, Some(6)])));
        assert!(!taken_up(&stopped, &made([None, Some(5), None])), "a plan of before");
        let elsewhere = Plans { shares: vec![vec![0.4, 0.6], vec![0.4, 0.6]], ..made([None, Some(6), Some(6)]) };
        assert!(!taken_up(&stopped, &elsewhere), "plans for other sectors");
        assert!(!taken_up(&ProgrammeMemory { given_up: false, ..stopped.clone() }, &made([None, Some(6), None])));
    }
}

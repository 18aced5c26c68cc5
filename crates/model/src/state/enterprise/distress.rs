//! Who may not go on at the end of a tick, and who would buy capital: found when enterprises look ahead, settled at the end.

use bevy_ecs::prelude::Resource;

use crate::mechanisms::failure::{Closure, verdict};
use crate::parameters::Parameters;
use crate::state::calendar::Calendar;
use crate::state::sector::Sectors;
use crate::streams::Mechanism;
use tripath_engine::math;
use tripath_engine::parallel::gather;

use super::components::{Identity, Plant, Position, Treasury};

/// Rows of those that could not go on when they looked ahead, and of those whose books changed thereafter: all others go on. Scratch.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Distressed(Vec<u32>);

impl Distressed {
    /// Begins a tick's list with what chunks of enterprises found.
    pub fn begin(&mut self, found: Vec<Vec<u32>>) {
        gather(&mut self.0, found);
    }

    /// The books of the enterprise in a row have changed: it is looked at again.
    pub fn look_again(&mut self, row: usize) {
        self.0.push(row as u32);
    }

    /// All rows to be looked at, in their order, each once.
    pub(crate) fn rows(&mut self) -> &[u32] {
        self.0.sort_unstable();
        self.0.dedup();
        &self.0
    }
}

/// What an enterprise at work needs to go on: cash, and size once its first years are over.
#[derive(Debug, Clone, Copy)]
pub struct Footing {
    grace_years: f64,
    least_size: f64,
}

impl Footing {
    /// As parameters have it.
    pub fn new(parameters: &Parameters) -> Self {
        Self { grace_years: parameters.population.exit_grace_years, least_size: parameters.population.exit_size }
    }

    /// Whether an enterprise has what it needs; its size is relative to what is typical of its sector.
    #[inline(always)]
    pub fn holds(&self, cash: f64, relative_size: f64, age_years: f64) -> bool {
        !((cash < 0.0) | ((age_years > self.grace_years) & (relative_size < self.least_size)))
    }
}

/// Size of an enterprise over what is typical of its sector, by their shares of the market.
#[inline(always)]
pub fn relative_size(share: f64, typical_share: f64) -> f64 {
    math::ratio(share, typical_share, 1.0)
}

/// By what it is known what becomes of an enterprise.
pub(crate) struct Prospects<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    sectors: &'a Sectors,
    capital_price: f64,
    /// Probability that owners of what is too small give up in a tick: they hold out for a mean time of `exit_years`, with the option to see it grow.
    gives_up: f64,
}

impl<'a> Prospects<'a> {
    /// As they are in this tick.
    pub(crate) fn new(parameters: &'a Parameters, calendar: &'a Calendar, sectors: &'a Sectors, capital_price: f64) -> Self {
        let held = math::ratio(calendar.years_per_tick(), parameters.population.exit_years, f64::INFINITY);
        Self { parameters, calendar, sectors, capital_price, gives_up: 1.0 - math::exp(-held) }
    }

    /// What would become of an enterprise at work if the tick ended now; `None` where it goes on as it is.
    pub(crate) fn of(&self, who: &Identity, position: &Position, plant: &Plant, treasury: &Treasury) -> Option<Closure> {
        let to_typical = relative_size(position.share, self.sectors[who.sector as usize].typical_share);
        let age = who.age_ticks(self.calendar.tick) / self.calendar.ticks_per_year();
        let capital = plant.capital * self.capital_price;
        let closure = verdict(self.parameters, treasury.cash, treasury.debt, capital, to_typical, position.share, age)?;
        (closure != Closure::GaveUp || self.gives_up(who)).then_some(closure)
    }

    /// Whether owners of what is too small give up in this tick.
    fn gives_up(&self, who: &Identity) -> bool {
        self.calendar.seed.draws(Mechanism::GivingUp, who.id, self.calendar.tick).happens(self.gives_up)
    }
}

/// Rows of those at work that build and so want capital, by sector: as it was when they looked ahead. Scratch.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Wanting(Vec<Vec<u32>>);

impl Wanting {
    /// Begins a tick's lists with the sectors and rows that chunks of enterprises found.
    pub fn begin(&mut self, sectors: usize, found: Vec<Vec<(u16, u32)>>) {
        self.0.resize_with(sectors, Vec::new);
        self.0.iter_mut().for_each(Vec::clear);
        for (sector, row) in found.into_iter().flatten() {
            self.0[usize::from(sector)].push(row);
        }
    }

    /// Rows of those that wanted capital of a sector.
    pub(crate) fn of(&self, sector: u16) -> &[u32] {
        self.0.get(usize::from(sector)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::super::components::Status;
    use super::*;
    use crate::state::sector::SectorState;

    #[test]
    fn owners_of_what_is_too_small_hold_out_for_a_while() {
        let mut parameters = Parameters::default();
        (parameters.population.exit_years, parameters.population.exit_grace_years) = (2.0, 0.0);
        let calendar = Calendar { tick: 400, ..Calendar::new(&parameters, 1) };
        let sectors = Sectors(vec![SectorState { typical_share: 1.0, ..SectorState::default() }]);
        let treasury = Treasury { cash: 1.0, ..Treasury::default() };
        let small = Position { share: 0.5 * parameters.population.exit_size, ..Position::default() };
        let of = |parameters: &Parameters, position: &Position| {
            let prospects = Prospects::new(parameters, &calendar, &sectors, 1.0);
            let who = |id| Identity { id, status: Status::Active, ..Identity::default() };
            (0..4000).filter(|id| prospects.of(&who(*id), position, &Plant::default(), &treasury) == Some(Closure::GaveUp)).count() as f64
        };
        // In a quarter, 1 − e^(−1/8) of them.
        assert!((of(&parameters, &small) / 4000.0 - 0.1175).abs() < 0.02);
        assert_eq!(of(&parameters, &Position { share: 1.0, ..small }), 0.0);
        parameters.population.exit_years = 0.0;
        assert_eq!(of(&parameters, &small), 4000.0);
    }
}

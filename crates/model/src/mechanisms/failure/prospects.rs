//! What would become of an enterprise at work if the tick ended now.

use crate::parameters::Parameters;
use crate::rules::failure::{Closure, relative_size, verdict};
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Identity, Plant, Position, Treasury};
use crate::state::sector::Sectors;
use crate::streams::Draw;
use tripath_engine::math;

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
        self.calendar.seed.draws(Draw::GivingUp, who.id, self.calendar.tick).happens(self.gives_up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::enterprise::Status;
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

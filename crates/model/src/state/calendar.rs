//! Time: ticks, years, and draws that last for a life.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::parameters::Parameters;
use crate::state::ids::born_from;
use crate::streams::Draw;
use tripath_engine::random::{Draws, Seed, Stream};

/// Time of the run.
#[derive(Debug, Clone, Copy, PartialEq, Resource, Serialize, Deserialize)]
pub struct Calendar {
    /// Seed of all draws.
    pub seed: Seed,
    /// Seed of what those born before [`Calendar::rekeyed_at`] are for life; the same as `seed` but in replicates of a branch.
    pub burn_in_seed: Seed,
    /// Tick from which draws come from `seed`; 0 but in replicates of a branch.
    pub rekeyed_at: u32,
    /// Current tick since the start of the burn-in; the first is 0.
    pub tick: u32,
    /// Ticks in a year.
    pub per_year: u32,
    /// Ticks of the burn-in.
    pub burn_in: u32,
    /// Ticks of the run, burn-in included.
    pub total: u32,
    /// Calendar year of the first recorded tick.
    pub start_year: u32,
}

/// Draws of what enterprises are for life: those born before a replicate branched off keep theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifelong {
    before: Stream,
    since: Stream,
    rekeyed_at: u32,
}

impl Lifelong {
    /// Generator for one enterprise.
    #[inline]
    pub fn draws(&self, enterprise: u64) -> Draws {
        if born_from(enterprise, self.rekeyed_at) { self.since.draws(enterprise) } else { self.before.draws(enterprise) }
    }
}

impl Calendar {
    /// The calendar of a configuration.
    pub fn new(parameters: &Parameters, seed: u64) -> Self {
        let time = &parameters.time;
        let burn_in = time.burn_in_years * time.ticks_per_year;
        Self {
            seed: Seed(seed),
            burn_in_seed: Seed(seed),
            rekeyed_at: 0,
            tick: 0,
            per_year: time.ticks_per_year,
            burn_in,
            total: burn_in + time.years * time.ticks_per_year,
            start_year: time.start_year,
        }
    }

    /// Draws come from another seed from the current tick on. What enterprises already there are for life stays as it was.
    pub fn rekey(&mut self, seed: Seed) {
        self.seed = seed;
        self.rekeyed_at = self.tick;
    }

    /// Draws of what enterprises are for life, which are made anew wherever they are needed and never stored.
    pub fn lifelong(&self, draw: Draw) -> Lifelong {
        let (before, since) = (self.burn_in_seed.stream(draw, 0), self.seed.stream(draw, 0));
        Lifelong { before, since, rekeyed_at: self.rekeyed_at }
    }

    /// Ticks in a year.
    pub fn ticks_per_year(&self) -> f64 {
        f64::from(self.per_year)
    }

    /// Years in a tick.
    pub fn years_per_tick(&self) -> f64 {
        1.0 / f64::from(self.per_year)
    }

    /// Whose yearly turn it is to decide what is decided once a year: turns are spread over the year by id.
    pub fn turns(&self) -> Turns {
        Turns::new(self.tick, self.per_year)
    }

    /// Whether the current tick is recorded.
    pub fn recorded(&self) -> bool {
        self.tick >= self.burn_in
    }

    /// Number of the current tick in tables.
    pub fn recorded_tick(&self) -> u32 {
        self.tick.saturating_sub(self.burn_in)
    }

    /// Years from the first recorded tick to the start of the current one; below 0 in the burn-in.
    pub fn years_in(&self) -> f64 {
        (f64::from(self.tick) - f64::from(self.burn_in)) / f64::from(self.per_year)
    }

    /// Calendar year at the end of the current tick.
    pub fn year(&self) -> f64 {
        f64::from(self.start_year) + self.years_in() + self.years_per_tick()
    }

    /// Years from the first recorded tick to a tick.
    pub fn year_of(&self, tick: i32) -> f64 {
        f64::from(self.start_year) + (f64::from(tick) - f64::from(self.burn_in)) / f64::from(self.per_year)
    }

    /// Whether the current tick is the first of a year.
    pub fn year_begins(&self) -> bool {
        self.tick.is_multiple_of(self.per_year)
    }

    /// Whether a recorded year ends with this tick.
    pub fn year_ends(&self) -> bool {
        (self.tick + 1).is_multiple_of(self.per_year)
    }
}

/// Whose yearly turn it is in a tick: of enterprises for which tick and id together are a multiple of the ticks in a year.
///
/// Without a division: a number is a multiple of an odd one where its product with that one's inverse modulo 2⁶⁴ is small, and of a power of two
/// where its last digits, rotated to the front, are none (Granlund and Montgomery 1994).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turns {
    tick: u64,
    inverse: u64,
    zeros: u32,
    most: u64,
}

impl Turns {
    fn new(tick: u32, per_year: u32) -> Self {
        let zeros = per_year.trailing_zeros();
        let odd = u64::from(per_year >> zeros);
        // Newton's iteration doubles the digits that are right, from the three of the number itself.
        let inverse = (0..5).fold(odd, |inverse: u64, _| inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse))));
        Self { tick: u64::from(tick), inverse, zeros, most: u64::MAX / u64::from(per_year) }
    }

    /// Whether it is the turn of an enterprise.
    #[inline(always)]
    pub fn of(&self, id: u64) -> bool {
        (self.tick + id).wrapping_mul(self.inverse).rotate_right(self.zeros) <= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::ids::stable_id;

    #[test]
    fn turns_come_once_a_year() {
        for per_year in [1, 2, 3, 4, 7, 12, 52, 360, 365] {
            for tick in [0, 1, 5, 4_000_000_000] {
                let turns = Turns::new(tick, per_year);
                for id in (0..500).chain((1..500).map(|i| i * 0x0001_2345_6789_ABCD)) {
                    assert_eq!(turns.of(id), (u64::from(tick) + id).is_multiple_of(u64::from(per_year)), "{per_year} {tick} {id}");
                }
            }
        }
    }

    #[test]
    fn a_replicate_keeps_what_enterprises_are_for_life_and_draws_the_rest_anew() {
        let mut calendar = Calendar::new(&Parameters::default(), 7);
        calendar.tick = 30;
        let other = calendar.seed.replicate(1, calendar.tick);
        assert_ne!(other, Seed(7));
        assert_ne!(other, Seed(7).replicate(2, calendar.tick));
        assert_eq!(calendar.seed.replicate(0, calendar.tick), Seed(7));
        calendar.rekey(other);
        let is = |seed: Seed, born| {
            let id = stable_id(born, 2, 5);
            calendar.lifelong(Draw::Promise).draws(id).uniform() == seed.draws(Draw::Promise, id, 0).uniform()
        };
        assert!([None, Some(0), Some(29)].into_iter().all(|born| is(Seed(7), born) && !is(other, born)));
        assert!([Some(30), Some(90)].into_iter().all(|born| is(other, born) && !is(Seed(7), born)));
    }

    #[test]
    fn dates_by_hand() {
        let mut parameters = Parameters::default();
        (parameters.time.burn_in_years, parameters.time.years, parameters.time.start_year) = (2, 5, 1990);
        let calendar = Calendar { tick: 11, ..Calendar::new(&parameters, 1) };
        assert_eq!((calendar.burn_in, calendar.total, calendar.recorded_tick()), (8, 28, 3));
        assert_eq!((calendar.ticks_per_year(), calendar.years_per_tick()), (4.0, 0.25));
        // Three quarters are over when the fourth begins, which ends with the year.
        assert_eq!((calendar.years_in(), calendar.year(), calendar.year_of(-4)), (0.75, 1991.0, 1987.0));
        assert!(calendar.recorded() && calendar.year_ends() && !calendar.year_begins());
        let before = Calendar { tick: 4, ..calendar };
        assert!(
            !before.recorded() && before.year_begins() && !before.year_ends() && before.years_in() == -1.0 && before.recorded_tick() == 0
        );
    }
}

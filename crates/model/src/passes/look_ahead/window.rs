//! Who applies for a listing, and at which board.

use crate::parameters::{Board as Rules, Parameters};
use crate::rules::attention::attended;
use crate::rules::integrity::{conscience, dressing, scruples};
use crate::rules::listing::{Prospectus, meets};
use crate::sources::CAPITAL;
use crate::state::calendar::{Calendar, Lifelong};
use crate::state::enterprise::{Attention, Equity, Identity, Operation, Pipeline, Treasury};
use crate::state::exchange::Board;
use crate::state::sector::Sectors;
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::random::Stream;

/// What moves enterprises to go public.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Motives {
    listing_hazard: f64,
    expansion_motive: f64,
    half_attention: f64,
    years: f64,
    /// The best mood of a board that is open.
    best_mood: f64,
}

impl Motives {
    /// Hazard of an application to a board in its mood: investment to be paid for and financiers who want their money back multiply it.
    #[inline(always)]
    fn hazard(&self, attention: f64, mood: f64, expanding: bool, financed: bool) -> f64 {
        let motive = if expanding { self.expansion_motive } else { 1.0 } * if financed { 2.0 } else { 1.0 };
        self.listing_hazard * attended(self.half_attention, attention) * mood * motive * self.years
    }

    /// The greatest that the hazard can be, on any board.
    #[inline(always)]
    pub(crate) fn greatest_hazard(&self, attention: f64, expanding: bool) -> f64 {
        self.hazard(attention, self.best_mood, expanding, true)
    }
}

/// What enterprises look at when they think of going public.
pub(crate) struct Window<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    /// Boards that are open with their moods, in the order of the configuration: an enterprise lists on the first whose rules it meets.
    boards: Vec<(usize, f64)>,
    pub(crate) motives: Motives,
    /// Annual sales and age below which no board takes anyone.
    pub(crate) least_sales: f64,
    pub(crate) least_age: f64,
    /// Mean annual sales of an enterprise.
    mean_sales: f64,
    stream: Stream,
    conscience: Lifelong,
}

impl<'a> Window<'a> {
    pub(crate) fn new(parameters: &'a Parameters, calendar: &'a Calendar, sectors: &Sectors, boards: &[Board]) -> Self {
        let market = &parameters.capital_market;
        let mean_sales = sectors.mean_annual_sales(calendar.ticks_per_year()).max(1e-12);
        let open = |board: &usize| market.open && parameters.boards[*board].value.open;
        let mood = |board: usize| (board, math::exp(boards[board].sentiment.clamp(-1.0, 1.0)));
        let boards: Vec<(usize, f64)> = (0..boards.len()).filter(open).map(mood).collect();
        let least =
            |of: fn(&Rules) -> f64| boards.iter().map(|(board, _)| of(&parameters.boards[*board].value)).fold(f64::INFINITY, f64::min);
        Self {
            least_sales: least(|rules| rules.minimum_size) * mean_sales,
            least_age: least(|rules| rules.minimum_age),
            motives: Motives {
                listing_hazard: market.listing_hazard,
                expansion_motive: market.expansion_motive,
                half_attention: parameters.path_choice.half_attention,
                years: calendar.years_per_tick(),
                best_mood: boards.iter().map(|(_, mood)| *mood).fold(0.0, f64::max),
            },
            parameters,
            calendar,
            boards,
            mean_sales,
            stream: calendar.seed.stream(Draw::Listing, calendar.tick),
            conscience: conscience(calendar),
        }
    }

    /// Places of the enterprises that the hazard of an application may strike: nobody else applies. `most` is the greatest hazard of each;
    /// `places` as long, and filled.
    pub(crate) fn exposed<'p>(&self, ids: &[u64], most: &[f64], places: &'p mut [u16]) -> &'p [u16] {
        if self.boards.is_empty() {
            return &[];
        }
        let most = &most[..ids.len()];
        self.stream.exposed(
            ids,
            #[inline(always)]
            |at| most[at],
            places,
        )
    }

    /// Board to which an enterprise applies in this tick, if it does.
    pub(crate) fn application(
        &self,
        who: &Identity,
        operation: &Operation,
        treasury: &Treasury,
        equity: &Equity,
        pipeline: &Pipeline,
        attention: &Attention,
    ) -> Option<u8> {
        let per_year = self.calendar.ticks_per_year();
        let sales = operation.sales * per_year;
        let age = who.age_ticks(self.calendar.tick) / per_year;
        if who.listed || who.queued || sales < self.least_sales || age < self.least_age {
            return None;
        }
        let dressed = dressing(&self.parameters.capital_market, scruples(&self.conscience, who.id));
        let shown = Prospectus::of(operation, treasury, equity, pipeline, dressed, age, per_year, self.mean_sales);
        let (board, mood) = self.boards.iter().find(|(board, _)| meets(&self.parameters.boards[*board].value, &shown))?;
        let hazard = self.motives.hazard(attention.shares[CAPITAL], *mood, who.expanding, who.rounds > 0);
        self.stream.draws(who.id).strikes(hazard).then_some(*board as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::listing::concept_premium;

    #[test]
    fn a_prospectus_and_a_hazard_by_hand() {
        let operation = Operation { sales: 5.0, ..Operation::default() };
        let treasury = Treasury { earnings: 2.0, ..Treasury::default() };
        let equity = Equity { fundamental: 30.0, market_value: 99.0 };
        let pipeline = Pipeline { spent: [0.2, 0.1, 0.1], ..Pipeline::default() };
        // A quarter's sales of 5 are twice the mean of 10 a year. Profit and value are dressed by a half.
        let shown = Prospectus::of(&operation, &treasury, &equity, &pipeline, 0.5, 3.5, 4.0, 10.0);
        let worked = Prospectus { size: 2.0, profit: 0.3, value: 4.5, rd: 0.08, age: 3.5 };
        for (found, worked) in [
            (shown.size, worked.size),
            (shown.profit, worked.profit),
            (shown.value, worked.value),
            (shown.rd, worked.rd),
            (shown.age, worked.age),
        ] {
            assert!((found - worked).abs() < 1e-12);
        }
        let motives = Motives { listing_hazard: 0.2, expansion_motive: 3.0, half_attention: 0.1, years: 0.25, best_mood: 1.5 };
        // At a fifth of attention 1.3 × 0.2 / 0.3 of it; in a mood of 1.2; three times in a spell, twice where funds wait.
        let usual = 0.2 * (1.3 * 0.2 / 0.3) * 1.2 * 0.25;
        for (expanding, financed, times) in [(false, false, 1.0), (true, false, 3.0), (false, true, 2.0), (true, true, 6.0)] {
            assert!((motives.hazard(0.2, 1.2, expanding, financed) - times * usual).abs() < 1e-12);
        }
        assert!((motives.greatest_hazard(0.2, true) - 6.0 * usual * 1.5 / 1.2).abs() < 1e-12);
        let mut parameters = Parameters {
            sectors: vec![crate::parameters::Named { name: "a".to_owned(), value: crate::parameters::Sector::default() }],
            ..Parameters::default()
        };
        parameters.sectors[0].value.industry_concept = 0.1;
        (parameters.venture.policy_premium, parameters.government.support_threshold) = (0.2, 0.002);
        assert!((concept_premium(&parameters, &Identity { support: 0.001, ..Identity::default() }) - 0.2).abs() < 1e-12);
    }
}

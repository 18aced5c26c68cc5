//! Enterprises that look for venture money: found while R&D has their projects at hand.

use crate::parameters::Parameters;
use crate::rules::attention::attended;
use crate::rules::promise::value_of_growth;
use crate::rules::search::research_norm;
use crate::sources::CAPITAL;
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::enterprise::{Attention, Belief, Equity, Identity, Operation, Owners, Plant, Technology, Treasury};
use crate::state::sector::Sectors;
use crate::state::venture::{Candidate, PROMISING_EDGE, ProjectsInView};
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::random::{Stream, greatest_hazard};

/// What enterprises look at when they think of venture money.
pub struct Scene<'a> {
    parameters: &'a Parameters,
    sectors: &'a Sectors,
    calendar: &'a Calendar,
    capital_price: f64,
    stream: Stream,
}

impl<'a> Scene<'a> {
    /// As it is in this tick.
    pub fn new(parameters: &'a Parameters, calendar: &'a Calendar, sectors: &'a Sectors, economy: &Economy) -> Self {
        let stream = calendar.seed.stream(Draw::Deal, calendar.tick);
        Self { parameters, sectors, calendar, capital_price: economy.capital_price, stream }
    }

    /// Hazard that an enterprise looks for venture money, as its rate and the exponent of what its lead makes of that; no rate where it does not.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline]
    fn hazard(
        &self,
        who: &Identity,
        attention: &Attention,
        operation: &Operation,
        technology: &Technology,
        expected_edge: f64,
        treasury: &Treasury,
        backed: bool,
        follow_on: f64,
    ) -> (f64, f64) {
        let per_year = self.calendar.ticks_per_year();
        let venture = &self.parameters.venture;
        let age = who.age_ticks(self.calendar.tick) / per_year;
        // Money of the last round must be mostly used before the next is sought.
        let used = treasury.round_is_used(operation.sales * per_year);
        let may = who.active() & !(who.listed | who.queued) & ((age <= venture.maximum_age) | backed) & used;
        let pressed = if backed { follow_on } else { 1.0 };
        let usual = self.calendar.years_per_tick()
            * 0.5
            * pressed
            * attended(self.parameters.path_choice.half_attention, attention.shares[CAPITAL]);
        let lead = self.potential(technology, expected_edge, who.sector as usize);
        (if may { usual } else { 0.0 }, (venture.scouting * lead).clamp(-3.0, 2.0))
    }

    /// What speaks for an enterprise: its lead in knowledge, and what its projects promise beyond the usual, `l + w max(e − e₀, 0)`, log points.
    #[inline]
    fn potential(&self, technology: &Technology, expected_edge: f64, sector: usize) -> f64 {
        technology.lead(&self.sectors[sector]) + self.parameters.venture.project_weight * (expected_edge - PROMISING_EDGE).max(0.0)
    }

    /// A hazard that the one of looking for venture money does not pass, as its rate and exponent, known without a look at the owners: those
    /// who never had a round have no fund among them.
    #[inline]
    pub(crate) fn greatest_hazard(
        &self,
        who: &Identity,
        attention: &Attention,
        operation: &Operation,
        technology: &Technology,
        expected_edge: f64,
        treasury: &Treasury,
    ) -> (f64, f64) {
        // Who had a round and is not backed any more looks at the usual rate, if at all.
        let follow_on = self.parameters.venture.follow_on.max(1.0);
        self.hazard(who, attention, operation, technology, expected_edge, treasury, who.rounds > 0, follow_on)
    }

    /// Places of those whom their first draw does not spare for certain ([`Stream::exposed`]): all others are no candidates.
    pub(crate) fn exposed<'p>(&self, ids: &[u64], rates: &[f64], exponents: &[f64], places: &'p mut [u16]) -> &'p [u16] {
        self.stream.exposed(
            ids,
            #[inline(always)]
            |at| greatest_hazard(rates[at], exponents[at]),
            places,
        )
    }

    /// Whether an enterprise at work looks for venture money in this tick, and on what terms.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline]
    pub fn candidate(
        &self,
        row: usize,
        who: &Identity,
        attention: &Attention,
        operation: &Operation,
        technology: &Technology,
        projects: ProjectsInView,
        plant: &Plant,
        treasury: &Treasury,
        equity: &Equity,
        owners: Option<&Owners>,
    ) -> Option<Candidate> {
        let backed = owners.is_some_and(|owners| owners.fund_share > 0.0);
        debug_assert!(!backed || who.rounds > 0);
        let (usual, exponent) =
            self.hazard(who, attention, operation, technology, projects.expected_edge, treasury, backed, self.parameters.venture.follow_on);
        let mut draws = self.stream.draws(who.id);
        if !draws.strikes_at(usual, exponent) {
            return None;
        }
        let (parameters, venture) = (self.parameters, &self.parameters.venture);
        let index = who.sector as usize;
        let state = &self.sectors[index];
        let annual_sales = operation.sales * self.calendar.ticks_per_year();
        let book = treasury.cash + plant.capital * self.capital_price - treasury.debt;
        let value = equity.fundamental.max(0.3 * book.max(0.0)).max(1e-6);
        // Founders do not sell below their view of value; after a round they ask for the growth that owners believe in.
        let belief = owners.map_or_else(Belief::default, Owners::believed);
        let growth = value_of_growth(venture.growth_support, venture.round_years, belief.expected(venture.promise_spread));
        let reservation = value * growth.max(1.0) * math::exp(0.3 * draws.normal() - 0.1);
        let scale = annual_sales.max(0.2 * state.mean_sales);
        let least = parameters.technology.small_enterprise_floor * state.typical_sales();
        // For research of the round's years, for growth, and to carry what is under way to its end.
        let research = 1.5 * research_norm(&parameters.technology, annual_sales, least);
        let need = venture.round_years * (research + 0.15 * scale) + projects.cost;
        Some(Candidate {
            row: row as u32,
            sector: who.sector,
            region: who.region,
            id: who.id,
            value,
            reservation,
            need: need.min(0.5 * value),
            potential: self.potential(technology, projects.expected_edge, index),
            belief,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sector::SectorState;
    use crate::worked::{Small, by_hand};

    #[test]
    fn who_looks_for_money_and_for_how_much() {
        let mut small = Small::with(|parameters| {
            let venture = &mut parameters.venture;
            (venture.follow_on, venture.scouting, venture.project_weight, venture.maximum_age) = (1.5, 3.0, 8.0, 5.0);
            (venture.growth_support, venture.promise_spread, venture.round_years) = (0.0, 0.0, 2.0);
            parameters.path_choice.half_attention = 0.1;
            (parameters.technology.research_norm, parameters.technology.small_enterprise_floor) = (0.02, 0.4);
        });
        small.set::<Calendar>().tick = 8;
        small.set::<Sectors>()[0] = SectorState { mean_sales: 40.0, typical_share: 0.1, count: 10.0, ..SectorState::default() };
        small.set::<Economy>().capital_price = 2.0;
        let (parameters, calendar) = (small.get::<Parameters>(), small.get::<Calendar>());
        let scene = Scene::new(parameters, calendar, small.get::<Sectors>(), small.get::<Economy>());
        let who = Identity { id: 7, region: 1, rounds: 1, status: crate::state::enterprise::Status::Active, ..Identity::default() };
        let attention = Attention { shares: [0.5, 0.2, 0.3] };
        let operation = Operation { sales: 5.0, ..Operation::default() };
        let technology = Technology { quality: 0.1, log_productivity: 0.05, ..Technology::default() };
        let treasury = Treasury { cash: 3.0, debt: 1.0, capital_money: 1.0, ..Treasury::default() };
        let hazard = |who: &Identity, treasury: &Treasury, backed| {
            scene.hazard(who, &attention, &operation, &technology, 0.06, treasury, backed, 1.5)
        };
        // Half a look a year at one third of attention, half more often with funds behind it. A lead of 0.15 and 8 × (0.06 − 0.04) speak for it.
        let rate = 0.25 * 0.5 * (1.3 * 0.3 / 0.4);
        let (usual, exponent) = hazard(&who, &treasury, false);
        by_hand(&[
            ("rate", usual, rate),
            ("of the backed", hazard(&who, &treasury, true).0, 1.5 * rate),
            ("what speaks for it", exponent, 3.0 * 0.31),
            ("at most", scene.greatest_hazard(&who, &attention, &operation, &technology, 0.06, &treasury).0, 1.5 * rate),
            // Who has money of a round, is listed, waits to be, or is too old does not look.
            ("with money", hazard(&who, &Treasury { capital_money: 1.3, ..treasury }, false).0, 0.0),
            ("listed", hazard(&Identity { listed: true, ..who }, &treasury, false).0, 0.0),
            ("waiting", hazard(&Identity { queued: true, ..who }, &treasury, false).0, 0.0),
            ("too old", hazard(&Identity { born: -13, ..who }, &treasury, false).0, 0.0),
            ("old and backed", hazard(&Identity { born: -13, ..who }, &treasury, true).0, 1.5 * rate),
        ]);
        let of = |id: u64| {
            let (plant, equity) = (Plant { capital: 20.0, ..Plant::default() }, Equity { fundamental: 50.0, ..Equity::default() });
            let projects = ProjectsInView { expected_edge: 0.06, cost: 1.5 };
            let who = Identity { id, ..who };
            scene.candidate(4, &who, &attention, &operation, &technology, projects, &plant, &treasury, &equity, None)
        };
        let found: Vec<Candidate> = (0..200).filter_map(of).collect();
        assert!(found.len() > 10);
        for candidate in found {
            let mut draws = scene.stream.draws(candidate.id);
            assert!(draws.strikes_at(rate, 0.93));
            // Two years of 1.5 × 0.02 × 20 for research and 0.15 × 20 for growth, and what is under way.
            by_hand(&[
                ("value", candidate.value, 50.0),
                ("asked", candidate.reservation, 50.0 * math::exp(0.3 * draws.normal() - 0.1)),
                ("need", candidate.need, 2.0 * (0.6 + 3.0) + 1.5),
                ("potential", candidate.potential, 0.31),
            ]);
            assert_eq!((candidate.row, candidate.region), (4, 1));
        }
    }
}

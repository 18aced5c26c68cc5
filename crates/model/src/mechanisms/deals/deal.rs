//! Rounds: funds meet enterprises, see value through noise, and bargain.

use bevy_ecs::prelude::{Entity, Query, Res, ResMut};

use crate::observe::Records;
use crate::parameters::Parameters;
use crate::rules::deals::{LEAST_PART, Valuer, round_price};
use crate::rules::guidance::state_money_discount;
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::decisions::{Decisions, Door};
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{Belief, Equity, Identity, Register, Rows, Treasury};
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::think_tanks::Services;
use crate::state::venture::{Candidate, Candidates, Fund, Mandate};
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::parallel::map_items;
use tripath_engine::random::{Draws, Stream};

use super::round::{Round, Rounds};

/// An offer of a fund to a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bid {
    pub(super) at: usize,
    pub(super) place: u32,
    pub(super) asked: f64,
    pub(super) bid: f64,
    pub(super) matched: bool,
    pub(super) belief: Belief,
}

/// Candidates by sector, and all of them, so that a fund with a mandate need not look at those of other sectors.
struct Pools {
    all: Vec<usize>,
    by_sector: Vec<Vec<usize>>,
}

impl Pools {
    fn of(candidates: &[Candidate], sectors: usize) -> Self {
        let mut by_sector = vec![Vec::new(); sectors];
        for (at, candidate) in candidates.iter().enumerate() {
            by_sector[candidate.sector as usize].push(at);
        }
        Self { all: (0..candidates.len()).collect(), by_sector }
    }

    /// Candidates that fit a mandate: those of its sector, and those of them in its locality.
    fn mandated(&self, candidates: &[Candidate], mandate: Mandate) -> (&[usize], Vec<usize>) {
        let wide = mandate.sector.map_or(&self.all, |sector| &self.by_sector[sector as usize]);
        let near = wide.iter().copied().filter(|at| mandate.region.is_none_or(|region| region == candidates[*at].region)).collect();
        (wide, near)
    }
}

/// What all funds see when they look for enterprises.
struct Fair<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    services: &'a Services,
    identity: &'a [Identity],
    candidates: &'a [Candidate],
    pools: Pools,
    /// Candidates by id.
    by_id: Vec<(u64, usize)>,
    /// The quarter that think tanks think most of, the best first.
    promising: Vec<usize>,
    stream: Stream,
    valuer: Valuer<'a>,
    /// What mechanisms from outside make of bids.
    bid: &'a Door,
}

impl<'a> Fair<'a> {
    fn open(
        parameters: &'a Parameters,
        calendar: &'a Calendar,
        services: &'a Services,
        identity: &'a [Identity],
        candidates: &'a [Candidate],
        bid: &'a Door,
    ) -> Self {
        let mut by_id: Vec<(u64, usize)> = candidates.iter().enumerate().map(|(at, candidate)| (candidate.id, at)).collect();
        by_id.sort_unstable();
        let order = |a: &(f64, u64, usize), b: &(f64, u64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        let mut ranked: Vec<(f64, u64, usize)> =
            candidates.iter().enumerate().map(|(at, candidate)| (candidate.potential, candidate.id, at)).collect();
        let quarter = (ranked.len() / 4).max(1);
        if quarter < ranked.len() {
            ranked.select_nth_unstable_by(quarter, order);
            ranked.truncate(quarter);
        }
        ranked.sort_unstable_by(order);
        Self {
            parameters,
            calendar,
            services,
            identity,
            candidates,
            pools: Pools::of(candidates, parameters.sectors.len()),
            by_id,
            promising: ranked.into_iter().map(|(_, _, at)| at).collect(),
            stream: calendar.seed.stream(Draw::Deal, calendar.tick),
            valuer: Valuer::new(parameters, calendar, services),
            bid,
        }
    }

    /// Candidates that a fund meets, and whether a think tank brought them.
    fn met_by(&self, fund: &Fund, draws: &mut Draws) -> Vec<(usize, bool)> {
        let (venture, candidates) = (&self.parameters.venture, self.candidates);
        let matches = {
            let expected = self.services.matches_per_fund * self.calendar.years_per_tick();
            expected as usize + usize::from(draws.happens(expected.fract()))
        };
        // Those it owns a part of, those it happens to meet, and those that think tanks bring.
        let mut met = Vec::new();
        for stake in &fund.stakes {
            if let Ok(found) = self.by_id.binary_search_by_key(&stake.id, |entry| entry.0) {
                met.push((self.by_id[found].1, false));
            }
        }
        met.dedup();
        if let Some(mandate) = fund.mandate {
            // A guidance fund looks where its mandate points, and as often as it must in its own locality.
            let reinvestment = self.parameters.programmes[mandate.programme as usize].value.reinvestment;
            let (wide, near) = self.pools.mandated(candidates, mandate);
            for _ in 0..venture.candidates {
                let pool = if draws.happens(reinvestment) { &near[..] } else { wide };
                if !pool.is_empty() {
                    met.push((pool[draws.below(pool.len())], false));
                }
            }
        } else {
            for _ in 0..venture.candidates {
                met.push((draws.below(candidates.len()), false));
            }
            for _ in 0..matches {
                met.push((self.promising[draws.below(self.promising.len())], true));
            }
        }
        met
    }

    /// Offers of a fund to the candidates that it meets.
    fn bids(&self, fund: &Fund) -> Vec<Bid> {
        let venture = &self.parameters.venture;
        // What it may pay for holdings of its own, and for new ones.
        let [more, first] = [true, false].map(|holds| fund.callable(venture, self.calendar, holds));
        if more <= 0.0 || self.candidates.is_empty() {
            return Vec::new();
        }
        let mut draws = self.stream.draws(u64::MAX - u64::from(fund.place));
        let mut bids = Vec::new();
        for (at, matched) in self.met_by(fund, &mut draws) {
            let candidate = &self.candidates[at];
            let who = &self.identity[candidate.row as usize];
            let (belief, bid) = self.valuer.bid(fund.skill, who, candidate.belief, candidate.value, draws.normal());
            let bid = self.bid.through(candidate.row as usize, bid);
            // Nobody bids for what it could not pay.
            let room = if fund.holds(candidate.id) { more } else { first };
            let aversion = if fund.mandate.is_some() { state_money_discount(venture, candidate.potential) } else { 1.0 };
            let asked = candidate.reservation * aversion;
            if bid >= asked && room >= LEAST_PART * candidate.need {
                bids.push(Bid { at, place: fund.place, asked, bid, matched, belief });
            }
        }
        bids
    }
}

/// What enterprises and funds agree on: each enterprise takes the best of the `bids`, at a price that the second best has a part in.
///
/// Bids and prices, in the order of price over value, then id, so that funds spend on their best bids first.
fn agreed(bargaining: f64, candidates: &[Candidate], mut bids: Vec<Bid>) -> Vec<(Bid, f64)> {
    bids.sort_unstable_by(|a, b| candidates[a.at].id.cmp(&candidates[b.at].id).then(b.bid.total_cmp(&a.bid)).then(a.place.cmp(&b.place)));
    let mut best: Vec<(Bid, f64)> = Vec::new();
    for offers in bids.chunk_by(|a, b| a.at == b.at) {
        let first = offers[0];
        let second = offers.iter().find(|other| other.place != first.place).map_or(0.0, |other| other.bid);
        best.push((first, round_price(bargaining, first.asked, first.bid, second)));
    }
    best.sort_unstable_by(|a, b| {
        let margin = |of: &(Bid, f64)| of.1 / candidates[of.0.at].value;
        margin(b).total_cmp(&margin(a)).then(candidates[a.0.at].id.cmp(&candidates[b.0.at].id))
    });
    best
}

/// Lets funds choose among the candidates they meet, and closes rounds: each enterprise takes the best price.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn make_deals(
    enterprises: Rows<(Entity, &'static mut Identity, &'static mut Treasury, &'static mut Equity)>,
    mut register: ResMut<Register>,
    mut funds: Query<&mut Fund>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    sectors: Res<Sectors>,
    services: Res<Services>,
    candidates: Res<Candidates>,
    decisions: Res<Decisions>,
    mut economy: ResMut<Economy>,
    mut registry: ResMut<Registry>,
    mut returns: ResMut<Returns>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
    mut records: ResMut<Records>,
) {
    let venture = &parameters.venture;
    let years = calendar.years_per_tick();
    let Some(mut funds) = tripath_engine::slice_mut!(funds) else { return };
    // Funds stand in the order of their places.
    let funds = funds.bypass_change_detection();
    let (entities, identity, treasury, equity) = enterprises.slices();
    let candidates = &candidates.0;
    // Funds look around at the same time; rounds close one by one.
    let fair = Fair::open(&parameters, &calendar, &services, identity, candidates, &decisions.bid);
    let bids: Vec<Bid> = map_items(funds, |fund| fair.bids(fund)).into_iter().flatten().collect();
    let mut market = Rounds {
        parameters: &parameters,
        calendar: &calendar,
        tables: &tables,
        register: &mut register,
        registry: &mut registry,
        returns: &mut returns,
        ledger: &mut ledger,
        records: &mut records,
    };
    for (bid, pre_money) in agreed(venture.bargaining, candidates, bids) {
        let candidate = &candidates[bid.at];
        let (row, fund) = (candidate.row as usize, &mut funds[bid.place as usize]);
        let Some(amount) = market.affordable(fund, candidate) else { continue };
        let round = Round { candidate, bid, amount, pre_money, enterprise: entities[row], number: identity[row].rounds };
        market.close(&round, fund, &mut identity[row], &mut treasury[row], &mut equity[row]);
        tally.deals += 1;
    }
    let young: f64 = sectors.iter().map(|state| state.initial_count).sum::<f64>() * parameters.population.entry_rate;
    let rate = math::ratio(tally.deals as f64 / years, young, 0.0);
    economy.deal_rate += math::smoothing(calendar.ticks_per_year(), 2.0) * (rate - economy.deal_rate);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::deals::round_name;
    use crate::rules::promise::{promise, promises};

    #[test]
    fn a_bid_by_hand() {
        let mut small = crate::worked::Small::with(|parameters| {
            let venture = &mut parameters.venture;
            (venture.policy_premium, venture.signal_noise, venture.hurdle) = (0.1, 2.0, 1.25);
            (venture.growth_support, venture.round_years, venture.promise_spread) = (0.5, 1.0, 0.4);
            (parameters.think_tanks.research_precision, parameters.government.support_threshold) = (2.0, 0.002);
        });
        small.set::<Services>().research = vec![0.3, 0.0];
        let (parameters, calendar) = (small.get::<Parameters>(), small.get::<Calendar>());
        let valuer = Valuer::new(parameters, calendar, small.get::<Services>());
        let who = Identity { id: 9, support: 0.001, ..Identity::default() };
        let promise = promise(&promises(calendar), 9);
        let (belief, bid) = valuer.bid(0.5, &who, Belief { mean: 0.2, evidence: 1.0 }, 40.0, 0.7);
        // It knows 0.5 by skill and 2 × 0.3 / 4 by research: a precision of 1.65 / 4. Noise of 0.7 in units of its deviation.
        let precision = 0.4125;
        let mean = (2.0 * 0.2 + precision * (promise + 0.7 / math::sqrt(precision))) / 2.4125;
        let expected = math::exp(0.4 * mean + 0.08 * (1.0 / 2.4125 - 1.0));
        crate::worked::by_hand(&[
            ("belief", belief.mean, mean),
            ("evidence", belief.evidence, 1.4125),
            ("bid", bid, 40.0 * math::exp(0.5 * (expected - 1.0)) * math::exp(0.05) / 1.25),
        ]);
        assert_eq!([0, 1, 2, 3, 4, 9].map(round_name), ["seed", "a", "b", "c", "pre_ipo", "pre_ipo"]);
    }
}

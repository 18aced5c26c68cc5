//! Rounds: funds meet enterprises, see value through noise, and bargain.

use bevy_ecs::prelude::{Query, Res, ResMut, Resource};

use crate::accounts::{Account, Economy, End, FlowKind, Ledger, Tally};
use crate::enterprise::{Attention, Equity, Identity, Operation, Plant, Technology, Treasury};
use crate::ids::Registry;
use crate::markets::Sectors;
use crate::math;
use crate::observe::{DealRow, EventRow, Records};
use crate::parameters::Parameters;
use crate::random::{Mechanism, Stream};
use crate::technology::{CAPITAL, Returns};
use crate::think_tank::Services;
use crate::world::{Calendar, Tables};

use super::fund::{Fund, Stake};
use super::guidance::{Mandate, state_money_discount};
use super::promise::{Belief, promise, promises, value_of_growth};

/// Name of a round.
pub fn round_name(round: u8) -> &'static str {
    ["seed", "a", "b", "c", "pre_ipo"][usize::from(round.min(4))]
}

/// An enterprise that looks for venture money.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    row: u32,
    id: u64,
    value: f64,
    reservation: f64,
    need: f64,
    potential: f64,
    belief: Belief,
}

/// Candidates of this tick in the order of their rows. Scratch: found when R&D is done.
#[derive(Debug, Default, Resource)]
pub struct Candidates(pub(crate) Vec<Candidate>);

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
        let stream = calendar.seed.stream(Mechanism::Deal, calendar.tick);
        Self { parameters, sectors, calendar, capital_price: economy.capital_price, stream }
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
        plant: &Plant,
        treasury: &Treasury,
        equity: &Equity,
    ) -> Option<Candidate> {
        if who.listed || who.queued {
            return None;
        }
        let (parameters, per_year) = (self.parameters, self.calendar.ticks_per_year());
        let venture = &parameters.venture;
        let age = who.age_ticks(self.calendar.tick) / per_year;
        let index = who.sector as usize;
        let state = &self.sectors[index];
        // Money of the last round must be mostly used before the next is sought.
        let annual_sales = operation.sales * per_year;
        let backed = equity.fund_share > 0.0;
        if (age > venture.maximum_age && !backed) || treasury.capital_money > 0.06 * annual_sales {
            return None;
        }
        let lead = technology.lead(state);
        let pressed = if backed { venture.follow_on } else { 1.0 };
        // The exponential is at most exp(2) < 7.4.
        let usual = self.calendar.years_per_tick() * 1.5 * pressed * attention.shares[CAPITAL];
        let mut draws = self.stream.draws(who.id);
        if !draws.strikes_up_to(7.4 * usual, || usual * math::exp((venture.scouting * lead).clamp(-3.0, 2.0))) {
            return None;
        }
        let book = treasury.cash + plant.capital * self.capital_price - treasury.debt;
        let value = equity.fundamental.max(0.3 * book.max(0.0)).max(1e-6);
        // Founders do not sell below their view of value; after a round they ask for the growth that owners believe in.
        let belief = equity.believed();
        let growth = value_of_growth(venture.growth_support, venture.round_years, belief.expected(venture.promise_spread));
        let reservation = value * growth.max(1.0) * math::exp(0.3 * draws.normal() - 0.1);
        let scale = annual_sales.max(0.2 * state.mean_sales);
        let normal_rd = parameters.sectors[index].value.rd_intensity.max(0.03)
            * annual_sales.max(parameters.technology.small_enterprise_floor * state.mean_sales);
        let need = venture.round_years * (normal_rd * 1.5 + 0.15 * scale);
        Some(Candidate { row: row as u32, id: who.id, value, reservation, need: need.min(0.5 * value), potential: lead, belief })
    }
}

/// An offer of a fund to a candidate.
#[derive(Debug, Clone, Copy)]
struct Bid {
    at: usize,
    place: u32,
    asked: f64,
    bid: f64,
    matched: bool,
    belief: Belief,
}

/// Precision of a fund's signal of a promise: `(1 + skill + research)/σ²`.
pub fn signal_precision(deviation: f64, precision: f64) -> f64 {
    (1.0 + precision) / (deviation * deviation)
}

/// Price before the round: the founders' part of the surplus of the best bid over what they ask; a second bid must be outbid.
pub fn round_price(bargaining: f64, asked: f64, best: f64, second: f64) -> f64 {
    (asked + bargaining * (best - asked)).max(second.min(best))
}

/// Candidates that fit a mandate: those of its sector, and those of them in its locality.
fn mandated(candidates: &[Candidate], identity: &[Identity], mandate: Mandate) -> [Vec<usize>; 2] {
    let who = |at: usize| &identity[candidates[at].row as usize];
    let wide: Vec<usize> = (0..candidates.len()).filter(|at| mandate.sector.is_none_or(|sector| sector == who(*at).sector)).collect();
    let near = wide.iter().copied().filter(|at| mandate.region.is_none_or(|region| region == who(*at).region)).collect();
    [wide, near]
}

/// Lets funds choose among the candidates they meet, and closes rounds: each enterprise takes the best price.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn make_deals(
    mut enterprises: Query<(&mut Identity, &mut Treasury, &mut Equity)>,
    mut funds: Query<&mut Fund>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    sectors: Res<Sectors>,
    services: Res<Services>,
    candidates: Res<Candidates>,
    mut economy: ResMut<Economy>,
    mut registry: ResMut<Registry>,
    mut returns: ResMut<Returns>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
    mut records: ResMut<Records>,
) {
    let venture = &parameters.venture;
    let years = calendar.years_per_tick();
    let Some(mut funds) = crate::slices_mut!(funds) else { return };
    // Funds stand in the order of their places.
    let funds = funds.bypass_change_detection();
    let Some((mut identity, mut treasury, mut equity)) = crate::slices_mut!(enterprises) else { return };
    let (identity, treasury, equity) =
        (identity.bypass_change_detection(), treasury.bypass_change_detection(), equity.bypass_change_detection());
    let stream = calendar.seed.stream(Mechanism::Deal, calendar.tick);
    let promises = promises(&calendar);
    let candidates = &candidates.0;

    // Think tanks know which candidates promise most.
    let mut promising: Vec<usize> = (0..candidates.len()).collect();
    promising.sort_unstable_by(|a, b| {
        candidates[*b].potential.total_cmp(&candidates[*a].potential).then(candidates[*a].id.cmp(&candidates[*b].id))
    });

    let mut by_id: Vec<(u64, usize)> = candidates.iter().enumerate().map(|(at, candidate)| (candidate.id, at)).collect();
    by_id.sort_unstable();
    let mut bids: Vec<Bid> = Vec::new();
    let mut met: Vec<(usize, bool)> = Vec::new();
    for fund in funds.iter() {
        if fund.id == 0 || fund.age(&calendar) >= venture.investment_years || fund.uncalled() <= 0.0 || candidates.is_empty() {
            continue;
        }
        let mut draws = stream.draws(u64::MAX - u64::from(fund.place));
        let matches = {
            let expected = services.matches_per_fund * years;
            expected as usize + usize::from(draws.happens(expected.fract()))
        };
        // Those it owns a part of, those it happens to meet, and those that think tanks bring.
        met.clear();
        for stake in &fund.stakes {
            if let Ok(found) = by_id.binary_search_by_key(&stake.id, |entry| entry.0) {
                met.push((by_id[found].1, false));
            }
        }
        met.dedup();
        if let Some(mandate) = fund.mandate {
            // A guidance fund looks where its mandate points, and as often as it must in its own locality.
            let reinvestment = parameters.programmes[mandate.programme as usize].value.reinvestment;
            let [wide, near] = mandated(candidates, identity, mandate);
            for _ in 0..venture.candidates {
                let pool = if draws.happens(reinvestment) { &near } else { &wide };
                if !pool.is_empty() {
                    met.push((pool[draws.below(pool.len())], false));
                }
            }
        } else {
            for _ in 0..venture.candidates {
                met.push((draws.below(candidates.len()), false));
            }
            for _ in 0..matches {
                met.push((promising[draws.below((promising.len() / 4).max(1))], true));
            }
        }
        for (at, matched) in met.iter().copied() {
            let candidate = &candidates[at];
            let who = &identity[candidate.row as usize];
            let premium = if who.supported { venture.policy_premium } else { 0.0 } + services.praise(who);
            let known = fund.skill + parameters.think_tanks.research_precision * services.report(who);
            let precision = signal_precision(venture.signal_noise, known);
            let signal = promise(&promises, candidate.id) + draws.normal() / math::sqrt(precision);
            let belief = candidate.belief.updated(signal, precision);
            let growth = value_of_growth(venture.growth_support, venture.round_years, belief.expected(venture.promise_spread));
            let bid = candidate.value * growth * math::exp(premium) / venture.hurdle;
            let aversion = if fund.mandate.is_some() { state_money_discount(venture, candidate.potential) } else { 1.0 };
            let asked = candidate.reservation * aversion;
            if bid >= asked {
                bids.push(Bid { at, place: fund.place, asked, bid, matched, belief });
            }
        }
    }
    bids.sort_unstable_by(|a, b| candidates[a.at].id.cmp(&candidates[b.at].id).then(b.bid.total_cmp(&a.bid)).then(a.place.cmp(&b.place)));
    let mut best: Vec<(Bid, f64)> = Vec::new();
    for offers in bids.chunk_by(|a, b| a.at == b.at) {
        let first = offers[0];
        let second = offers.iter().find(|other| other.place != first.place).map_or(0.0, |other| other.bid);
        best.push((first, round_price(venture.bargaining, first.asked, first.bid, second)));
    }
    // Rounds close in the order of price over value, then id, so that funds spend on their best bids first.
    best.sort_unstable_by(|a, b| {
        let margin = |of: &(Bid, f64)| of.1 / candidates[of.0.at].value;
        margin(b).total_cmp(&margin(a)).then(candidates[a.0.at].id.cmp(&candidates[b.0.at].id))
    });
    for (Bid { at, place, matched, belief, .. }, pre_money) in best {
        let candidate = candidates[at];
        let fund = &mut funds[place as usize];
        let amount = candidate.need.min(fund.uncalled()).min(0.25 * fund.commitments);
        if amount < 0.3 * candidate.need || amount <= 0.0 || amount > 0.5 * ledger.balance(Account::Households).max(0.0) {
            continue;
        }
        let row = candidate.row as usize;
        let who = &mut identity[row];
        let sector = who.sector as usize;
        fund.call(&mut ledger, &calendar, amount);
        ledger.pay(FlowKind::EquityRounds, End::Fund(&mut fund.cash), End::Enterprise(&mut treasury[row].cash), amount);
        treasury[row].capital_money += amount * venture.rd_use;
        let share = amount / (pre_money + amount);
        let shares = equity[row].issue(share);
        equity[row].fund_share += share;
        equity[row].believe(belief);
        equity[row].bought_by_funds += amount;
        equity[row].market_value = pre_money + amount;
        equity[row].fundamental += amount;
        let deal = registry.deal();
        let round = who.rounds;
        who.rounds = who.rounds.saturating_add(1);
        fund.stakes.push(Stake {
            deal,
            row: candidate.row,
            id: candidate.id,
            sector: who.sector,
            region: who.region,
            shares,
            paid: amount,
            tick: calendar.tick,
            round,
            supported: who.supported,
            matched,
        });
        fund.deals += 1;
        returns.fund_cash[sector][0] -= amount;
        returns.fund_cash[sector][1] -= share * equity[row].fundamental;
        tally.deals += 1;
        if matched {
            // The enterprise pays the commission out of the round.
            ledger.pay(
                FlowKind::Commissions,
                End::Enterprise(&mut treasury[row].cash),
                End::Of(Account::ThinkTanks),
                parameters.think_tanks.commission * amount,
            );
        }
        if calendar.recorded() {
            let place = &tables;
            records.events.push(EventRow {
                other: Some(fund.id),
                sector: Some(place.sector_names[sector].clone()),
                region: Some(place.region_names[who.region as usize].clone()),
                amount: Some(amount),
                note: Some(round_name(round)),
                ..EventRow::at(&calendar, "round", candidate.id)
            });
            records.deals.push(DealRow {
                tick: calendar.recorded_tick(),
                year: calendar.year(),
                deal,
                kind: "round",
                round: round_name(round),
                enterprise: candidate.id,
                sector: place.sector_names[sector].clone(),
                region: place.region_names[who.region as usize].clone(),
                fund: fund.id,
                amount,
                pre_money: Some(pre_money),
                fundamental: candidate.value,
                premium: pre_money / candidate.value - 1.0,
                route: None,
                multiple: None,
                years_held: None,
                supported: who.supported,
                matched,
            });
        }
    }
    let young: f64 = sectors.iter().map(|state| state.initial_count).sum::<f64>() * parameters.population.entry_rate;
    let rate = math::ratio(tally.deals as f64 / years, young, 0.0);
    economy.deal_rate += math::smoothing(calendar.ticks_per_year(), 2.0) * (rate - economy.deal_rate);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn research_sharpens_the_eye() {
        assert!((signal_precision(2.0, 0.0) - 0.25).abs() < 1e-12);
        assert!((signal_precision(2.0, 3.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_second_bid_is_good_for_founders() {
        assert!((round_price(0.5, 10.0, 20.0, 0.0) - 15.0).abs() < 1e-12);
        assert!((round_price(0.5, 10.0, 20.0, 18.0) - 18.0).abs() < 1e-12);
        assert!((round_price(0.5, 10.0, 20.0, 12.0) - 15.0).abs() < 1e-12);
    }
}

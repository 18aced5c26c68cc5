//! The secondary market: funds sell stakes to other funds, and last of all to the other owners of the enterprise.

use crate::kinds::FlowKind;
use crate::observe::Records;
use crate::parameters::{Parameters, Venture};
use crate::rules::deals::{LEAST_PART, Valuer, can_close, round_price};
use crate::rules::promise::value_of_growth;
use crate::rules::secondary_market::{buy_back_price, last_price, worth_of_waiting};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::tables::Tables;
use crate::state::think_tanks::Services;
use crate::state::venture::{Fund, Stake};
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::parallel::map_items;

use super::exits::Books;
use super::leaving::{Left, PutUp, Review, of_stake, record_exit, sell_to_households};

/// Price over cost below which a sale is not worth its trouble and the holding is written off.
const WORTH_SELLING: f64 = 0.05;

/// What owners may spend on buy-backs: households' deposits beyond the buffer from which they consume.
fn means_of_owners(parameters: &Parameters, economy: &Economy, deposits: f64) -> f64 {
    (deposits - parameters.households.buffer_years * economy.disposable_income).max(0.0)
}

/// A stake on the secondary market.
#[derive(Debug, Clone, Copy)]
struct Offer {
    /// Place of the seller among the funds.
    seller: usize,
    /// Row of the enterprise.
    row: usize,
    stake: Stake,
    terms: PutUp,
    /// Fundamental value of the stake.
    value: f64,
    /// What owners pay.
    buy_back: f64,
    /// What the seller asks of a fund: no less than owners pay if they are asked, no less than what waiting is worth if they are not.
    asked: f64,
}

/// A fund's bid for a stake.
#[derive(Debug, Clone, Copy)]
struct Bid {
    at: usize,
    place: usize,
    amount: f64,
    /// Decides between equal bids.
    lot: f64,
}

/// What funds see when they look at stakes of others.
pub(super) struct Looking<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    /// Enterprises that looked for a round in this tick: funds look at both alike.
    candidates: usize,
    valuer: Valuer<'a>,
}

impl<'a> Looking<'a> {
    pub(super) fn around(parameters: &'a Parameters, calendar: &'a Calendar, services: &'a Services, candidates: usize) -> Self {
        Self { parameters, calendar, candidates, valuer: Valuer::new(parameters, calendar, services) }
    }

    fn venture(&self) -> &Venture {
        &self.parameters.venture
    }

    /// Stakes that a fund puts up. What is asked depends on the demand for all that is put up and follows later.
    fn stakes_of(&self, review: &Review<'_>, books: &Books<'_>, sale_rate: f64, seller: usize, fund: &Fund) -> Vec<Offer> {
        let put_up = |stake: &Stake| {
            let terms = review.put_up(books, fund, stake, sale_rate)?;
            let row = books.rows.get(stake.enterprise)?;
            let value = books.register.of(row).map_or(0.0, |owners| stake.part(owners)) * books.equity[row].fundamental;
            Some(Offer { seller, row, stake: *stake, terms, value, buy_back: 0.0, asked: 0.0 })
        };
        fund.stakes.iter().filter_map(put_up).collect()
    }

    /// Sets what is asked for each stake, where funds have so much to spend on stakes.
    fn ask(&self, books: &Books<'_>, room: f64, offers: &mut [Offer]) {
        let (venture, discount_rate) = (self.venture(), self.parameters.capital_market.discount_rate);
        let chance = math::ratio(room, offers.iter().map(|offer| offer.value).sum(), 0.0).min(1.0);
        for Offer { row, terms, value, buy_back, asked, .. } in offers {
            let expected = books.register.believed(*row).expected(venture.promise_spread);
            let bid = value_of_growth(venture.growth_support, venture.round_years, expected) / venture.hurdle;
            let last = last_price(chance, bid);
            let waiting = worth_of_waiting(terms.hazard, discount_rate, terms.years, last);
            *buy_back = *value * buy_back_price(terms.hazard, discount_rate, terms.years, last);
            *asked = if terms.owners { *buy_back } else { *value * waiting };
        }
    }

    /// Bids of a fund for the stakes that it looks at, valued as in a round.
    fn bids(&self, books: &Books<'_>, place: usize, fund: &Fund, offers: &[Offer]) -> Vec<Bid> {
        let venture = self.venture();
        let room = fund.room_for_stakes(venture, self.calendar);
        if room <= 0.0 {
            return Vec::new();
        }
        let mut draws = self.calendar.seed.draws(Draw::SecondarySale, u64::MAX - u64::from(fund.place), self.calendar.tick);
        // Every look falls on an enterprise that raises a round or on a stake for sale: attention is the same scarce thing.
        let mut seen: Vec<usize> = (0..venture.candidates).map(|_| draws.below(self.candidates + offers.len())).collect();
        seen.retain(|at| *at < offers.len());
        seen.sort_unstable();
        seen.dedup();
        let mut bids = Vec::new();
        for at in seen {
            let offer = &offers[at];
            let row = offer.row;
            let who = &books.identity[row];
            let (noise, lot) = (draws.normal(), draws.uniform());
            let near = fund.mandate.is_none_or(|mandate| {
                mandate.sector.is_none_or(|sector| sector == who.sector) && mandate.region.is_none_or(|region| region == who.region)
            });
            if offer.seller == place || !near || room < LEAST_PART * offer.asked {
                continue;
            }
            let (_, amount) = self.valuer.bid(fund.skill, who, books.register.believed(row), offer.value, noise);
            if amount >= offer.asked && amount > 0.0 {
                bids.push(Bid { at, place, amount, lot });
            }
        }
        bids
    }
}

/// The best bid for each stake and its price, the dearest over value first.
///
/// The best bid wins at the second best, or where that is more at what is asked and the seller's part of the surplus over it.
fn winners(bargaining: f64, offers: &[Offer], mut bids: Vec<Bid>) -> Vec<(Bid, f64)> {
    bids.sort_unstable_by(|a, b| {
        a.at.cmp(&b.at).then(b.amount.total_cmp(&a.amount)).then(a.lot.total_cmp(&b.lot)).then(a.place.cmp(&b.place))
    });
    let price = |offers_for: &[Bid]| {
        let second = offers_for.get(1).map_or(0.0, |bid| bid.amount);
        (offers_for[0], round_price(bargaining, offers[offers_for[0].at].asked, offers_for[0].amount, second))
    };
    let mut best: Vec<(Bid, f64)> = bids.chunk_by(|a, b| a.at == b.at).map(price).collect();
    best.sort_unstable_by(|a, b| {
        let margin = |of: &(Bid, f64)| of.1 / offers[of.0.at].value;
        margin(b).total_cmp(&margin(a)).then(a.0.at.cmp(&b.0.at))
    });
    best
}

/// Takes a part of a holding out of a fund: the part, with what was paid for it. Nothing is left behind of a whole.
fn take(fund: &mut Fund, deal: u64, part: f64) -> Option<Stake> {
    let at = fund.stakes.iter().position(|stake| stake.deal == deal)?;
    let whole = fund.stakes[at];
    if part >= 1.0 {
        return Some(fund.stakes.remove(at));
    }
    let taken = Stake { shares: part * whole.shares, paid: part * whole.paid, ..whole };
    fund.stakes[at] = Stake { shares: whole.shares - taken.shares, paid: whole.paid - taken.paid, ..whole };
    Some(taken)
}

/// Lets funds sell what found neither an exchange nor a corporate buyer: to other funds by bids, then to owners, or write it off.
#[allow(clippy::too_many_arguments, reason = "books sales between funds and to owners")]
pub(super) fn trade_stakes(
    looking: &Looking<'_>,
    review: &Review<'_>,
    books: &mut Books<'_>,
    funds: &mut [Fund],
    tables: &Tables,
    economy: &Economy,
    registry: &mut Registry,
    returns: &mut Returns,
    ledger: &mut Ledger,
    records: &mut Records,
) {
    let (parameters, calendar, venture) = (looking.parameters, looking.calendar, looking.venture());
    let places: Vec<usize> = (0..funds.len()).collect();
    let put_up = map_items(&places, |place| looking.stakes_of(review, books, economy.sale_rate, *place, &funds[*place]));
    let mut offers: Vec<Offer> = put_up.into_iter().flatten().collect();
    if offers.is_empty() {
        return;
    }
    let room = funds.iter().map(|fund| fund.room_for_stakes(venture, calendar)).sum();
    looking.ask(books, room, &mut offers);
    let bids = map_items(&places, |place| looking.bids(books, *place, &funds[*place], &offers));
    for (Bid { at, place, .. }, price) in winners(venture.bargaining, &offers, bids.into_iter().flatten().collect()) {
        let Offer { seller, stake, value, .. } = offers[at];
        let amount = price.min(funds[place].room_for_stakes(venture, calendar));
        if !can_close(ledger, amount, price) {
            continue;
        }
        let part = amount / price;
        let Some(sold) = take(&mut funds[seller], stake.deal, part) else { continue };
        funds[place].call(ledger, calendar, amount);
        // All funds are one sector of the accounts: what one sells another does not change what the sector holds.
        if let Ok([buying, selling]) = funds.get_disjoint_mut([place, seller]) {
            ledger.pay(FlowKind::SecondarySales, End::Fund(&mut buying.cash), End::Fund(&mut selling.cash), amount);
        }
        let left = Left { route: "secondary", amount, fundamental: part * value, share: None };
        record_exit(calendar, tables, registry, returns, records, &funds[seller], &sold, &left);
        let deal = registry.deal();
        let bought = Stake { deal, paid: amount, tick: calendar.tick, matched: false, bought: true, ..sold };
        record_purchase(calendar, tables, returns, records, &funds[place], &bought, part * value);
        funds[place].invest(bought);
        // The rest of a stake that went in part is still there for owners.
        let offer = &mut offers[at];
        let rest = 1.0 - part;
        (offer.value, offer.buy_back) = (rest * offer.value, rest * offer.buy_back);
        (offer.stake.paid, offer.stake.shares) = (rest * stake.paid, rest * stake.shares);
    }
    let mut means = means_of_owners(parameters, economy, ledger.balance(Account::Households));
    // The oldest funds come first; for what owners cannot pay today a fund lives on.
    offers.retain(|offer| offer.terms.owners);
    offers.sort_by_key(|offer| (funds[offer.seller].vintage, offer.stake.deal));
    for Offer { seller, row, stake, value, buy_back, .. } in offers {
        let worthless = buy_back < WORTH_SELLING * stake.paid || buy_back <= 0.0;
        let (route, amount, part) = if worthless {
            ("write_off", 0.0, 1.0)
        } else if buy_back <= means {
            ("buy_back", buy_back, 1.0)
        } else {
            ("buy_back", means, means / buy_back)
        };
        if part <= 0.0 {
            continue;
        }
        let fund = &mut funds[seller];
        let Some(sold) = take(fund, stake.deal, part) else { continue };
        means -= amount;
        let Some(owners) = books.register.of_mut(row) else { continue };
        let share = sold.part(owners);
        sell_to_households(ledger, fund, owners, share, amount, 0.0, false);
        let left = Left { route, amount, fundamental: part * value, share: None };
        record_exit(calendar, tables, registry, returns, records, fund, &sold, &left);
    }
}

/// Books and records that a fund has bought a stake of another.
fn record_purchase(
    calendar: &Calendar,
    tables: &Tables,
    returns: &mut Returns,
    records: &mut Records,
    fund: &Fund,
    stake: &Stake,
    fundamental: f64,
) {
    returns.funds.buy(fund, stake.sector as usize, stake.paid, fundamental);
    if !calendar.recorded() {
        return;
    }
    records.deals.push(of_stake(calendar, tables, fund, stake, "purchase", stake.paid, fundamental));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stake() -> Stake {
        Stake { deal: 7, shares: 0.5, round: 1, matched: true, ..crate::worked::stake(1, 8.0) }
    }

    fn offer(asked: f64, value: f64) -> Offer {
        let terms = PutUp { hazard: 0.1, years: 0.0, owners: true };
        Offer { seller: 9, row: 0, stake: stake(), terms, value, buy_back: asked, asked }
    }

    #[test]
    fn the_best_bid_wins_at_the_second_or_a_part_of_the_surplus() {
        let offers = [offer(10.0, 20.0), offer(10.0, 10.0)];
        let bid = |at, place, amount| Bid { at, place, amount, lot: 0.5 };
        let found = winners(0.5, &offers, vec![bid(0, 1, 12.0), bid(0, 2, 16.0), bid(1, 1, 14.0), bid(0, 3, 15.0)]);
        // The second stake costs 1.2 times its value, the first 0.75 times: it closes first.
        let terms: Vec<(usize, usize, f64)> = found.iter().map(|(bid, price)| (bid.at, bid.place, *price)).collect();
        assert_eq!(terms, [(1, 1, 12.0), (0, 2, 15.0)]);
    }

    #[test]
    fn a_part_takes_its_part_of_the_cost() {
        let mut fund = Fund { stakes: vec![stake()], ..Fund::vacant(0) };
        let taken = take(&mut fund, 7, 0.25).unwrap();
        assert_eq!((taken.shares, taken.paid), (0.125, 2.0));
        assert_eq!((fund.stakes[0].shares, fund.stakes[0].paid), (0.375, 6.0));
        assert_eq!(take(&mut fund, 7, 1.0).unwrap().paid, 6.0);
        assert!(fund.stakes.is_empty() && take(&mut fund, 7, 1.0).is_none());
    }

    #[test]
    fn owners_keep_their_buffer() {
        let parameters = Parameters::default();
        let economy = Economy { disposable_income: 100.0, ..Economy::default() };
        let buffer = parameters.households.buffer_years * 100.0;
        assert_eq!(means_of_owners(&parameters, &economy, buffer + 5.0), 5.0);
        assert_eq!(means_of_owners(&parameters, &economy, 0.5 * buffer), 0.0);
    }
}

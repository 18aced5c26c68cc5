//! Trading: prices, issues, lock-ups, exposures, delistings, and the indices.

use bevy_ecs::prelude::{Commands, Entity, Res, ResMut};

use crate::kinds::FlowKind;
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rules::attention::attended;
use crate::rules::integrity::exposure_rate;
use crate::rules::listing::concept_premium;
use crate::sources::CAPITAL;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::{Calendar, Tables};
use crate::state::enterprise::{Attention, Distressed, Equity, Identity, Listed, Operation, Owners, Register, Rows, Treasury};
use crate::state::exchange::{Board, Exchange, Traded, is_suspended, sentiment_step};
use crate::state::sector::Sectors;
use crate::streams::Mechanism;
use tripath_engine::math;

/// Part of a share's own mispricing that is left after a year.
pub const MISPRICING_MEMORY: f64 = 0.7;

/// Sums of a board over a tick.
#[derive(Debug, Clone, Copy, Default)]
struct Close {
    /// Value now of what was listed before.
    after: f64,
    /// Dividends on it.
    paid: f64,
    value: f64,
    fundamental: f64,
    earnings: f64,
    listed: u64,
}

/// Price of all shares: value that the public believes in, times moods.
pub fn share_price(fundamental: f64, dressing: f64, sentiment: f64, concept: f64, idiosyncratic: f64) -> f64 {
    fundamental * (1.0 + dressing) * math::exp(sentiment + concept + idiosyncratic)
}

/// What all that are traded in a tick have in common.
struct Floor<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    tables: &'a Tables,
    /// Part of a share's own mispricing that is left after a tick, and what comes to it: its standard deviation.
    memory: f64,
    spread: f64,
    /// Part of dressed earnings that the public still believes after a tick.
    fading: f64,
    /// Probabilities of a tick.
    issue_probability: f64,
    delisting_probability: f64,
    exposure_probability: f64,
    /// Ticks after a listing in which founders may not sell.
    lockup: u32,
    /// Sales of a tick, times ticks a year, below which an enterprise is too small for a board.
    least_sales: f64,
}

/// A share that is traded: its enterprise, its owners and the board that it is traded on.
struct Share<'a> {
    who: &'a mut Identity,
    operation: &'a Operation,
    attention: &'a Attention,
    treasury: &'a mut Treasury,
    equity: &'a mut Equity,
    owners: &'a mut Owners,
    board: &'a mut Board,
    close: &'a mut Close,
}

/// What comes of a share in a tick.
#[derive(Default)]
struct Fate {
    /// Why it is taken off its board.
    delisted: Option<&'static str>,
    /// More of it was issued.
    issued: bool,
}

impl<'a> Floor<'a> {
    fn open(parameters: &'a Parameters, calendar: &'a Calendar, tables: &'a Tables, mean_sales: f64) -> Self {
        let (market, years) = (&parameters.capital_market, calendar.years_per_tick());
        let memory = math::pow(MISPRICING_MEMORY, years);
        let strikes = |rate: f64| 1.0 - math::exp(-rate * years);
        Self {
            parameters,
            calendar,
            tables,
            memory,
            spread: market.idiosyncratic * math::sqrt(1.0 - memory * memory),
            fading: math::exp(-years / market.dressing_years),
            issue_probability: strikes(market.seasoned_rate),
            delisting_probability: strikes(market.delisting_hazard),
            exposure_probability: strikes(exposure_rate(market)),
            lockup: (market.founder_lockup_years * calendar.ticks_per_year()).round() as u32,
            least_sales: market.delisting_size * mean_sales,
        }
    }

    /// Prices and trades a share that was listed before this tick.
    fn trade(&self, share: &mut Share<'_>, ledger: &mut Ledger, records: &mut Records) -> Fate {
        let mut draws = self.calendar.seed.draws(Mechanism::Trading, share.who.id, self.calendar.tick);
        share.owners.idiosyncratic = self.memory * share.owners.idiosyncratic + self.spread * draws.normal();
        share.owners.dressing *= self.fading;
        // A seasoned issue takes work of managers, as a first one does: at one third of attention to the capital path it comes at its rate.
        let effort = attended(self.parameters.path_choice.half_attention, share.attention.shares[CAPITAL]);
        let (issues, leaves) = (draws.happens(self.issue_probability * effort), draws.happens(self.delisting_probability));
        let (exposed, mut delisted) = self.inquire(share);
        if self.calendar.tick - share.who.listing_tick == self.lockup {
            self.end_lockup(share, ledger);
        }
        let concept = concept_premium(self.parameters, share.who);
        share.equity.market_value =
            share_price(share.equity.fundamental, share.owners.dressing, share.board.sentiment, concept, share.owners.idiosyncratic);
        if exposed {
            share.board.exposures += 1;
            share.board.exposed_value += share.equity.market_value;
            self.record(share, "exposure", None, records);
        }
        self.buy_back(share);
        let issued = issues && delisted.is_none() && self.issue(share, ledger);
        let small = share.operation.sales * self.calendar.ticks_per_year() < self.least_sales;
        if delisted.is_none() && small && leaves {
            delisted = Some("small");
        }
        Fate { delisted, issued }
    }

    /// Looks into earnings that are dressed: whether they are exposed, which costs the share its dressing and more, and why it is delisted for it.
    fn inquire(&self, share: &mut Share<'_>) -> (bool, Option<&'static str>) {
        let (market, owners) = (&self.parameters.capital_market, &mut *share.owners);
        if owners.dressing <= 0.01 {
            return (false, None);
        }
        let mut inquiry = self.calendar.seed.draws(Mechanism::Integrity, share.who.id, self.calendar.tick);
        if !inquiry.happens(self.exposure_probability) {
            return (false, None);
        }
        owners.dressing = 0.0;
        owners.idiosyncratic -= market.exposure_fall;
        (true, inquiry.happens(market.exposure_delisting).then_some("exposed"))
    }

    /// Founders sell part of what they hold: the price yields to the supply.
    fn end_lockup(&self, share: &mut Share<'_>, ledger: &mut Ledger) {
        let (market, owners) = (&self.parameters.capital_market, &mut *share.owners);
        let sold = market.founder_sale * (1.0 - owners.fund_share - owners.float_share).max(0.0);
        owners.float_share += sold;
        owners.idiosyncratic -= market.issuance_pressure * sold;
        let duty = (sold * share.equity.market_value * self.parameters.government.stamp_duty_rate)
            .min(0.1 * ledger.balance(Account::Households).max(0.0));
        ledger.pay(FlowKind::StampDuty, End::Of(Account::Households), End::Of(Account::Central), duty);
    }

    /// Parts what was paid to owners into buybacks and dividends. Fewer shares for the same value: a buyback lifts the price of a share.
    fn buy_back(&self, share: &mut Share<'_>) {
        let Share { equity, owners, board, close, .. } = share;
        let buyback = owners.dividends * self.parameters.capital_market.buyback_share;
        close.after += equity.market_value + buyback;
        close.paid += owners.dividends - buyback;
        board.buybacks += buyback;
        board.dividends += owners.dividends - buyback;
    }

    /// A seasoned issue: households pay for new shares, unless these would cost them a tenth of their money; returns whether they do.
    fn issue(&self, share: &mut Share<'_>, ledger: &mut Ledger) -> bool {
        let market = &self.parameters.capital_market;
        let Share { treasury, equity, owners, board, .. } = share;
        let issue = market.seasoned_size * equity.market_value;
        if !(issue > 0.0 && issue < 0.1 * ledger.balance(Account::Households).max(0.0)) {
            return false;
        }
        ledger.pay(FlowKind::SeasonedIssues, End::Of(Account::Households), End::Enterprise(&mut treasury.cash), issue);
        let duty = issue * self.parameters.government.stamp_duty_rate;
        ledger.pay(FlowKind::StampDuty, End::Enterprise(&mut treasury.cash), End::Of(Account::Central), duty);
        treasury.capital_money += issue * market.rd_use;
        owners.issue(issue / (equity.market_value + issue));
        owners.float_share += issue / (equity.market_value + issue);
        owners.bought_by_households += issue;
        equity.market_value += issue;
        equity.fundamental += issue;
        board.issuance += issue;
        true
    }

    /// Takes a share off its board.
    fn delist(&self, share: &mut Share<'_>, reason: &'static str, records: &mut Records) {
        share.who.listed = false;
        share.owners.float_share = 0.0;
        share.owners.dressing = 0.0;
        share.board.delistings += 1;
        self.record(share, "delisting", Some(reason), records);
    }

    /// Records what happened to a share, with its market value.
    fn record(&self, share: &Share<'_>, event: &'static str, note: Option<&'static str>, records: &mut Records) {
        if self.calendar.recorded() {
            records.events.push(EventRow {
                sector: Some(self.tables.sector_names[share.who.sector as usize].clone()),
                region: Some(self.tables.region_names[share.who.region as usize].clone()),
                amount: Some(share.equity.market_value),
                note,
                ..EventRow::at(self.calendar, event, share.who.id)
            });
        }
    }
}

/// Prices all listed shares, issues and buys back, takes the small and the exposed off the boards, and moves the indices.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn trade(
    enterprises: Rows<(Entity, &'static Operation, &'static Attention, &'static mut Identity, &'static mut Treasury, &'static mut Equity)>,
    mut register: ResMut<Register>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    sectors: Res<Sectors>,
    mut listed: ResMut<Traded>,
    mut commands: Commands,
    mut distressed: ResMut<Distressed>,
    mut exchange: ResMut<Exchange>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let (entities, operation, attention, identity, treasury, equity) = enterprises.slices();
    let floor = Floor::open(&parameters, &calendar, &tables, sectors.mean_annual_sales(calendar.ticks_per_year()));
    // Priced in the order of their rows: those who went public in this tick come last in the list.
    listed.0.sort_unstable();
    let mut closes = vec![Close::default(); exchange.boards.len()];
    for row in listed.0.iter().map(|row| *row as usize) {
        let number = identity[row].board as usize;
        // All that are listed are in the register.
        let Some(owners) = register.of_mut(row) else { continue };
        let mut share = Share {
            who: &mut identity[row],
            operation: &operation[row],
            attention: &attention[row],
            treasury: &mut treasury[row],
            equity: &mut equity[row],
            owners,
            board: &mut exchange.boards[number],
            close: &mut closes[number],
        };
        let new = share.who.listing_tick == calendar.tick;
        let Fate { delisted, issued } = if new { Fate::default() } else { floor.trade(&mut share, &mut ledger, &mut records) };
        if issued {
            distressed.look_again(row);
        }
        if let Some(reason) = delisted {
            floor.delist(&mut share, reason, &mut records);
            commands.entity(entities[row]).remove::<Listed>();
            continue;
        }
        share.close.value += share.equity.market_value;
        share.close.fundamental += share.equity.fundamental;
        share.close.earnings += share.treasury.earnings;
        share.close.listed += 1;
    }
    let was = exchange.suspended;
    close_boards(&parameters, &calendar, &mut exchange, &closes);
    if was != exchange.suspended && calendar.recorded() && parameters.capital_market.regime == "approval" {
        let event = if was { "listings_resumed" } else { "listings_suspended" };
        records.events.push(EventRow { amount: Some(exchange.composite - exchange.usual_composite), ..EventRow::at(&calendar, event, 0) });
    }
}

/// Moves indices and sentiment by what the tick brought.
///
/// The return of a board is today's value of what was listed at the last close over its value then: what failed since is worth nothing.
fn close_boards(parameters: &Parameters, calendar: &Calendar, exchange: &mut Exchange, closes: &[Close]) {
    let market = &parameters.capital_market;
    let years = calendar.years_per_tick();
    let per_year = calendar.ticks_per_year();
    let (mut all_before, mut all_after) = (0.0, 0.0);
    for (number, (board, close)) in exchange.boards.iter_mut().zip(closes).enumerate() {
        let before = board.market_value;
        all_before += before;
        all_after += if before > 0.0 { close.after } else { 0.0 };
        // An index that has lost all is not chained on from nothing.
        let price_return = math::ratio(close.after, before, 1.0).max(0.01);
        let total_return = math::ratio(close.after + close.paid, before, 1.0).max(0.01);
        if board.price_index <= 0.0 && close.listed > 0 {
            board.price_index = 100.0;
            board.total_return_index = 100.0;
        } else {
            board.price_index *= price_return;
            board.total_return_index *= total_return;
        }
        let annual = (math::ln(price_return) / years).clamp(-2.0, 2.0);
        let excess = if before > 0.0 { (annual - board.usual_return).clamp(-2.0, 2.0) } else { 0.0 };
        board.usual_return += math::smoothing(per_year, 5.0) * excess;
        let shock = calendar.seed.draws(Mechanism::Trading, number as u64, calendar.tick).normal();
        let issues = math::ratio(board.issuance, close.value, 0.0).min(0.5);
        let exposed = math::ratio(board.exposed_value, close.value, 0.0).min(0.5);
        board.sentiment = sentiment_step(market, board.sentiment, excess, issues, exposed, shock, years);
        board.market_value = close.value;
        board.fundamental_value = close.fundamental;
        board.earnings = close.earnings;
        board.listed = close.listed;
    }
    exchange.composite += math::ln(math::ratio(all_after, all_before, 1.0).max(0.01));
    exchange.usual_composite += math::smoothing(per_year, 2.0) * (exchange.composite - exchange.usual_composite);
    exchange.suspended = is_suspended(market, exchange.suspended, exchange.composite - exchange.usual_composite);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn price_by_hand() {
        assert!((share_price(100.0, 0.2, 0.1, 0.0, -0.1) - 120.0).abs() < 1e-9);
    }

    #[test]
    fn an_index_falls_by_what_has_failed_and_is_not_moved_by_new_listings() {
        let parameters = Parameters::default();
        let calendar = Calendar::new(&parameters, 1);
        let mut exchange = Exchange::new(1);
        exchange.boards[0].market_value = 100.0;
        exchange.boards[0].price_index = 50.0;
        let close = Close { after: 80.0, value: 300.0, listed: 2, ..Close::default() };
        close_boards(&parameters, &calendar, &mut exchange, &[close]);
        assert!((exchange.boards[0].price_index - 40.0).abs() < 1e-9);
        assert_eq!(exchange.boards[0].market_value, 300.0);
    }
}

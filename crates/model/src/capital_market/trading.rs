//! Trading: prices, issues, lock-ups, exposures, delistings, and the indices.

use bevy_ecs::prelude::{Commands, Entity, Res, ResMut};

use crate::accounts::{Account, End, FlowKind, Ledger};
use crate::enterprise::{Attention, Distressed, Equity, Identity, Listed, Operation, Register, Treasury, attended};
use crate::markets::Sectors;
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rows::Rows;
use crate::streams::Mechanism;
use crate::technology::CAPITAL;
use crate::world::{Calendar, Tables};
use tripath_engine::math;

use super::board::{Exchange, Traded, is_suspended, sentiment_step};
use super::integrity::exposure_rate;
use super::listing::concept_premium;

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
    let market = &parameters.capital_market;
    let years = calendar.years_per_tick();
    let per_year = calendar.ticks_per_year();
    let mean_sales = sectors.mean_annual_sales(per_year);
    let (entities, operation, attention, identity, treasury, equity) = enterprises.slices();
    let memory = math::pow(MISPRICING_MEMORY, years);
    let spread = market.idiosyncratic * math::sqrt(1.0 - memory * memory);
    let fading = math::exp(-years / market.dressing_years);
    let strikes = |rate: f64| 1.0 - math::exp(-rate * years);
    let (issue_probability, delisting_probability) = (strikes(market.seasoned_rate), strikes(market.delisting_hazard));
    let exposure_probability = strikes(exposure_rate(market));
    let lockup = (market.founder_lockup_years * per_year).round() as u32;
    let stamp_duty = parameters.government.stamp_duty_rate;
    // Priced in the order of their rows: those who went public in this tick come last in the list.
    listed.0.sort_unstable();
    let mut closes = vec![Close::default(); exchange.boards.len()];
    for row in listed.0.iter().map(|row| *row as usize) {
        let who = &mut identity[row];
        let (board, close) = (&mut exchange.boards[who.board as usize], &mut closes[who.board as usize]);
        let mut draws = calendar.seed.draws(Mechanism::Trading, who.id, calendar.tick);
        // All that are listed are in the register.
        let (equity, Some(owners)) = (&mut equity[row], register.of_mut(row)) else { continue };
        let mut delisted = None;
        let mut exposed = false;
        if who.listing_tick != calendar.tick {
            owners.idiosyncratic = memory * owners.idiosyncratic + spread * draws.normal();
            owners.dressing *= fading;
            // A seasoned issue takes work of managers, as a first one does: at one third of attention to the capital path it comes at its rate.
            let effort = attended(parameters.path_choice.half_attention, attention[row].shares[CAPITAL]);
            let (issues, leaves) = (draws.happens(issue_probability * effort), draws.happens(delisting_probability));
            if owners.dressing > 0.01 {
                let mut inquiry = calendar.seed.draws(Mechanism::Integrity, who.id, calendar.tick);
                if inquiry.happens(exposure_probability) {
                    exposed = true;
                    owners.dressing = 0.0;
                    owners.idiosyncratic -= market.exposure_fall;
                    delisted = inquiry.happens(market.exposure_delisting).then_some("exposed");
                }
            }
            if calendar.tick - who.listing_tick == lockup {
                // Founders sell part of what they hold: the price yields to the supply.
                let sold = market.founder_sale * (1.0 - owners.fund_share - owners.float_share).max(0.0);
                owners.float_share += sold;
                owners.idiosyncratic -= market.issuance_pressure * sold;
                let duty = (sold * equity.market_value * stamp_duty).min(0.1 * ledger.balance(Account::Households).max(0.0));
                ledger.pay(FlowKind::StampDuty, End::Of(Account::Households), End::Of(Account::Central), duty);
            }
            let concept = concept_premium(&parameters, who);
            equity.market_value = share_price(equity.fundamental, owners.dressing, board.sentiment, concept, owners.idiosyncratic);
            if exposed {
                board.exposures += 1;
                board.exposed_value += equity.market_value;
                if calendar.recorded() {
                    records.events.push(EventRow {
                        sector: Some(tables.sector_names[who.sector as usize].clone()),
                        region: Some(tables.region_names[who.region as usize].clone()),
                        amount: Some(equity.market_value),
                        ..EventRow::at(&calendar, "exposure", who.id)
                    });
                }
            }
            let buyback = owners.dividends * market.buyback_share;
            // Fewer shares for the same value: a buyback lifts the price of a share.
            close.after += equity.market_value + buyback;
            close.paid += owners.dividends - buyback;
            board.buybacks += buyback;
            board.dividends += owners.dividends - buyback;
            let issue = market.seasoned_size * equity.market_value;
            if issues && delisted.is_none() && issue > 0.0 && issue < 0.1 * ledger.balance(Account::Households).max(0.0) {
                ledger.pay(FlowKind::SeasonedIssues, End::Of(Account::Households), End::Enterprise(&mut treasury[row].cash), issue);
                let duty = issue * stamp_duty;
                ledger.pay(FlowKind::StampDuty, End::Enterprise(&mut treasury[row].cash), End::Of(Account::Central), duty);
                treasury[row].capital_money += issue * market.rd_use;
                owners.issue(issue / (equity.market_value + issue));
                owners.float_share += issue / (equity.market_value + issue);
                owners.bought_by_households += issue;
                equity.market_value += issue;
                equity.fundamental += issue;
                board.issuance += issue;
                distressed.look_again(row);
            }
            let small = operation[row].sales * per_year < market.delisting_size * mean_sales;
            if delisted.is_none() && small && leaves {
                delisted = Some("small");
            }
        }
        if let Some(reason) = delisted {
            who.listed = false;
            commands.entity(entities[row]).remove::<Listed>();
            owners.float_share = 0.0;
            owners.dressing = 0.0;
            board.delistings += 1;
            if calendar.recorded() {
                records.events.push(EventRow {
                    sector: Some(tables.sector_names[who.sector as usize].clone()),
                    region: Some(tables.region_names[who.region as usize].clone()),
                    amount: Some(equity.market_value),
                    note: Some(reason),
                    ..EventRow::at(&calendar, "delisting", who.id)
                });
            }
            continue;
        }
        close.value += equity.market_value;
        close.fundamental += equity.fundamental;
        close.earnings += treasury[row].earnings;
        close.listed += 1;
    }
    let was = exchange.suspended;
    close_boards(&parameters, &calendar, &mut exchange, &closes);
    if was != exchange.suspended && calendar.recorded() && market.regime == "approval" {
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

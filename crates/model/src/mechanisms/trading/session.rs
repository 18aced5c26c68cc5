//! Trading: all listed shares in a tick, then boards and their indices.

use bevy_ecs::prelude::{Commands, Entity, Res, ResMut};

use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rules::board::{is_suspended, sentiment_step};
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Attention, Distressed, Equity, Identity, Listed, Operation, Register, Rows, Treasury};
use crate::state::exchange::{Board, BoardsMut, Exchange, Traded};
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::streams::Draw;
use tripath_engine::math;

use super::floor::{Close, Fate, Floor, Share};

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
    boards: BoardsMut,
    mut exchange: ResMut<Exchange>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let (entities, operation, attention, identity, treasury, equity) = enterprises.slices();
    let boards = boards.slices();
    let floor = Floor::open(&parameters, &calendar, &tables, sectors.mean_annual_sales(calendar.ticks_per_year()));
    // Priced in the order of their rows: those who went public in this tick come last in the list.
    listed.0.sort_unstable();
    let mut closes = vec![Close::default(); boards.len()];
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
            board: &mut boards[number],
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
    close_boards(&parameters, &calendar, &mut exchange, boards, &closes);
    if was != exchange.suspended && calendar.recorded() && parameters.capital_market.regime == "approval" {
        let event = if was { "listings_resumed" } else { "listings_suspended" };
        records.events.push(EventRow { amount: Some(exchange.composite - exchange.usual_composite), ..EventRow::at(&calendar, event, 0) });
    }
}

/// Moves indices and sentiment by what the tick brought.
///
/// The return of a board is today's value of what was listed at the last close over its value then: what failed since is worth nothing.
fn close_boards(parameters: &Parameters, calendar: &Calendar, exchange: &mut Exchange, boards: &mut [Board], closes: &[Close]) {
    let market = &parameters.capital_market;
    let years = calendar.years_per_tick();
    let per_year = calendar.ticks_per_year();
    let (mut all_before, mut all_after) = (0.0, 0.0);
    for (number, (board, close)) in boards.iter_mut().zip(closes).enumerate() {
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
        let shock = calendar.seed.draws(Draw::Trading, number as u64, calendar.tick).normal();
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
    fn an_index_falls_by_what_has_failed_and_is_not_moved_by_new_listings() {
        let parameters = Parameters::default();
        let calendar = Calendar::new(&parameters, 1);
        let (mut exchange, mut boards) = (Exchange::default(), [Board::default()]);
        boards[0].market_value = 100.0;
        boards[0].price_index = 50.0;
        let close = Close { after: 80.0, value: 300.0, listed: 2, ..Close::default() };
        close_boards(&parameters, &calendar, &mut exchange, &mut boards, &[close]);
        assert!((boards[0].price_index - 40.0).abs() < 1e-9);
        assert_eq!(boards[0].market_value, 300.0);
    }
}

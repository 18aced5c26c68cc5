//! Going public: applicants wait in a queue, boards let them in, shares are offered, and those who sell them are listed.

use bevy_ecs::prelude::{Commands, Entity, Res, ResMut};

use crate::kinds::FlowKind;
use crate::observe::{EventRow, ListingRow, Records};
use crate::parameters::Parameters;
use crate::rules::integrity::{conscience, dressing, scruples};
use crate::rules::listing::{Prospectus, asks_for_profit, concept_premium, first_price_premium, meets, offer_price, shown_earnings};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::{Calendar, Lifelong};
use crate::state::economy::Economy;
use crate::state::enterprise::{Distressed, Equity, Identity, Listed, Operation, Owners, Pipeline, Plant, Register, Rows, Treasury};
use crate::state::exchange::{Applicants, Board, BoardsMut, Exchange, Traded, Waiting, by_approval};
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::rows::RowOf;

/// All enterprises, as going public finds and leaves them.
struct Table<'a> {
    operation: &'a [Operation],
    pipeline: &'a [Pipeline],
    plant: &'a [Plant],
    identity: &'a mut [Identity],
    treasury: &'a mut [Treasury],
    equity: &'a mut [Equity],
}

/// What a board answers to one that waits.
enum Answer {
    /// It is turned away: the event, and why.
    TurnedAway(&'static str, &'static str),
    /// It waits on.
    Waits,
    /// It may sell shares now.
    LetIn,
}

/// An issue of shares as it is offered to households.
struct Issue {
    row: usize,
    board: usize,
    /// The board lists by approval.
    approval: bool,
    /// Dressed earnings over true ones.
    dressed: f64,
    /// Price of all shares before the issue.
    offer: f64,
    /// Log price of its own on the first day.
    idiosyncratic: f64,
    /// Value of all shares before the issue at the first close.
    first_close: f64,
    /// Money raised.
    proceeds: f64,
}

impl Issue {
    /// Why shares are not sold: owners do not sell below `book` equity, and households do not spend a fifth of their `money` on one issue.
    fn obstacle(&self, book: f64, money: f64) -> Option<&'static str> {
        let pays = self.offer > 0.0 && self.offer >= book;
        if pays && self.proceeds < 0.2 * money {
            return None;
        }
        Some(if pays { "too_large" } else { "below_book" })
    }
}

/// What all who go public in a tick have in common.
struct Terms<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    tables: &'a Tables,
    conscience: Lifelong,
    /// Mean annual sales of an enterprise.
    mean_sales: f64,
}

impl Terms<'_> {
    /// Dressed earnings of an enterprise over true ones.
    fn dressed(&self, id: u64) -> f64 {
        dressing(&self.parameters.capital_market, scruples(&self.conscience, id))
    }

    /// What an enterprise shows to a board now.
    fn shown(&self, table: &Table<'_>, row: usize) -> Prospectus {
        let (who, per_year) = (&table.identity[row], self.calendar.ticks_per_year());
        let age = who.age_ticks(self.calendar.tick) / per_year;
        let dressed = self.dressed(who.id);
        let (operation, treasury) = (&table.operation[row], &table.treasury[row]);
        Prospectus::of(operation, treasury, &table.equity[row], &table.pipeline[row], dressed, age, per_year, self.mean_sales)
    }

    /// What a board answers to an enterprise that waits. Years may pass in a queue: the board looks at its rules again before it lets anyone in.
    fn answer(&self, exchange: &Exchange, table: &Table<'_>, row: usize, board: usize) -> Answer {
        let (who, market) = (&table.identity[row], &self.parameters.capital_market);
        let waited = f64::from(self.calendar.tick - who.listing_tick) * self.calendar.years_per_tick();
        if !(market.open && self.parameters.boards[board].value.open) {
            Answer::TurnedAway("listing_refused", "closed")
        } else if waited > market.queue_years {
            Answer::TurnedAway("listing_withdrawn", "waited")
        } else if !exchange.window_open(self.parameters, board) || (by_approval(self.parameters, board) && exchange.places < 1.0) {
            Answer::Waits
        } else if !(who.active() && meets(&self.parameters.boards[board].value, &self.shown(table, row))) {
            Answer::TurnedAway("listing_refused", "rules")
        } else {
            Answer::LetIn
        }
    }

    /// Lets in those whose turn it is, within the quota: rows and boards. The others wait on, or are turned away.
    fn let_in(&self, rows: RowOf<'_>, table: &mut Table<'_>, exchange: &mut Exchange, records: &mut Records) -> Vec<(usize, u8)> {
        let mut let_in: Vec<(usize, u8)> = Vec::new();
        for applicant in std::mem::take(&mut exchange.queue) {
            let Some(row) = rows.get(applicant.enterprise) else { continue };
            let board = applicant.board as usize;
            match self.answer(exchange, table, row, board) {
                Answer::TurnedAway(event, reason) => self.turn_away(&mut table.identity[row], event, reason, records),
                Answer::Waits => exchange.queue.push(applicant),
                Answer::LetIn => {
                    if by_approval(self.parameters, board) {
                        exchange.places -= 1.0;
                    }
                    let_in.push((row, applicant.board));
                }
            }
        }
        let_in
    }

    /// An enterprise that does not go public leaves the queue.
    fn turn_away(&self, who: &mut Identity, event: &'static str, reason: &'static str, records: &mut Records) {
        who.queued = false;
        if self.calendar.recorded() {
            records.events.push(EventRow {
                sector: Some(self.tables.sector_names[who.sector as usize].clone()),
                region: Some(self.tables.region_names[who.region as usize].clone()),
                note: Some(reason),
                ..EventRow::at(self.calendar, event, who.id)
            });
        }
    }

    /// The issue of an enterprise that is let in: `m = o f/(1 − f)` is raised at the offer price `o` for a float `f` of all shares.
    fn issue(&self, table: &Table<'_>, state: &Board, queue_years: f64, row: usize, board: usize) -> Issue {
        let (market, who) = (&self.parameters.capital_market, &table.identity[row]);
        let approval = by_approval(self.parameters, board);
        let concept = concept_premium(self.parameters, who);
        let mut draws = self.calendar.seed.draws(Draw::Listing, who.id, self.calendar.tick.wrapping_add(1 << 31));
        let dressed = self.dressed(who.id);
        let premium = first_price_premium(market, approval, queue_years);
        let sentiment = state.sentiment;
        let expected = table.equity[row].fundamental * (1.0 + dressed) * math::exp(sentiment + concept + premium);
        let capped = approval && asks_for_profit(&self.parameters.boards[board].value);
        let shown = capped.then(|| shown_earnings(table.treasury[row].earnings, dressed));
        let offer = offer_price(market, shown, expected, draws.normal());
        let idiosyncratic = premium + market.idiosyncratic * 0.5 * draws.normal();
        Issue {
            row,
            board,
            approval,
            dressed,
            offer,
            idiosyncratic,
            first_close: expected * math::exp(idiosyncratic - premium),
            proceeds: offer * market.float / (1.0 - market.float),
        }
    }

    /// Households pay for an issue, the enterprise pays its stamp duty, and owners and what they own are entered.
    fn book<'r>(&self, table: &mut Table<'_>, register: &'r mut Register, ledger: &mut Ledger, issue: &Issue) -> &'r Owners {
        let (market, row, proceeds) = (&self.parameters.capital_market, issue.row, issue.proceeds);
        let (who, money, equity) = (&table.identity[row], &mut table.treasury[row], &mut table.equity[row]);
        ledger.pay(FlowKind::ListingProceeds, End::Of(Account::Households), End::Enterprise(&mut money.cash), proceeds);
        let duty = proceeds * self.parameters.government.stamp_duty_rate;
        ledger.pay(FlowKind::StampDuty, End::Enterprise(&mut money.cash), End::Of(Account::Central), duty);
        money.capital_money += proceeds * market.rd_use;
        let owners = register.enter(row, || Owners::founders(equity, who.born == self.calendar.tick as i32));
        owners.issue(market.float);
        owners.float_share = market.float;
        owners.bought_by_households += proceeds;
        owners.idiosyncratic = issue.idiosyncratic;
        owners.dressing = issue.dressed;
        equity.fundamental += proceeds;
        equity.market_value = issue.first_close + proceeds;
        owners
    }

    /// Records a listing of one that still has the tick of its application.
    fn record(&self, table: &Table<'_>, owners: &Owners, issue: &Issue, records: &mut Records) {
        let (who, calendar, per_year) = (&table.identity[issue.row], self.calendar, self.calendar.ticks_per_year());
        let sector = &self.tables.sector_names[who.sector as usize];
        records.listings.push(ListingRow {
            tick: calendar.recorded_tick(),
            year: calendar.year(),
            enterprise: who.id,
            board: self.tables.board_names[issue.board].clone(),
            regime: if issue.approval { "approval" } else { "registration" }.into(),
            sector: sector.clone(),
            age: who.age_ticks(calendar.tick) / per_year,
            venture_backed: owners.fund_share > 0.0,
            supported: who.supported(&self.parameters.government),
            offer_price: issue.offer,
            first_close: issue.first_close,
            first_day_return: issue.first_close / issue.offer - 1.0,
            proceeds: issue.proceeds,
            earnings: table.treasury[issue.row].earnings,
            queue_years: f64::from(calendar.tick - who.listing_tick) / per_year,
            dressing: issue.dressed,
        });
        records.events.push(EventRow {
            sector: Some(sector.clone()),
            region: Some(self.tables.region_names[who.region as usize].clone()),
            amount: Some(issue.proceeds),
            ..EventRow::at(calendar, "listing", who.id)
        });
    }
}

/// Takes applications, approves within the quota, and lists.
///
/// Years may pass in a queue, so that the board looks at its rules again before it lets anyone in; owners do not sell below book equity.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn list_enterprises(
    enterprises: Rows<(
        Entity,
        &'static Operation,
        &'static Pipeline,
        &'static Plant,
        &'static mut Identity,
        &'static mut Treasury,
        &'static mut Equity,
    )>,
    mut register: ResMut<Register>,
    (rows, mut commands): (RowOf, Commands),
    mut applicants: ResMut<Applicants>,
    mut traded: ResMut<Traded>,
    mut distressed: ResMut<Distressed>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    sectors: Res<Sectors>,
    economy: Res<Economy>,
    boards: BoardsMut,
    mut exchange: ResMut<Exchange>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let boards = boards.slices();
    boards.iter_mut().for_each(Board::open_tick);
    let (entities, operation, pipeline, plant, identity, treasury, equity) = enterprises.slices();
    let mut table = Table { operation, pipeline, plant, identity, treasury, equity };
    for applicant in applicants.0.drain(..) {
        let who = &mut table.identity[applicant.row as usize];
        who.queued = true;
        who.board = applicant.board;
        who.listing_tick = calendar.tick;
        exchange.queue.push(Waiting { enterprise: entities[applicant.row as usize], board: applicant.board });
    }
    let quota = parameters.capital_market.quota * f64::from(parameters.population.enterprises) / 1000.0;
    if !exchange.suspended {
        exchange.places = (exchange.places + quota * calendar.years_per_tick()).min(quota + 1.0);
    }
    let queue_years = exchange.queue_years(quota);
    let terms = Terms {
        parameters: &parameters,
        calendar: &calendar,
        tables: &tables,
        conscience: conscience(&calendar),
        mean_sales: sectors.mean_annual_sales(calendar.ticks_per_year()).max(1e-12),
    };
    for (row, board) in terms.let_in(rows, &mut table, &mut exchange, &mut records) {
        let issue = terms.issue(&table, &boards[board as usize], queue_years, row, board as usize);
        let book = table.treasury[row].cash + table.plant[row].capital * economy.capital_price - table.treasury[row].debt;
        if let Some(reason) = issue.obstacle(book, ledger.balance(Account::Households).max(0.0)) {
            terms.turn_away(&mut table.identity[row], "listing_withdrawn", reason, &mut records);
            // The place is free for the next.
            exchange.places += if issue.approval { 1.0 } else { 0.0 };
            continue;
        }
        let owners = terms.book(&mut table, &mut register, &mut ledger, &issue);
        if calendar.recorded() {
            terms.record(&table, owners, &issue, &mut records);
        }
        let who = &mut table.identity[row];
        who.queued = false;
        who.listed = true;
        who.listing_tick = calendar.tick;
        commands.entity(entities[row]).insert(Listed);
        traded.0.push(row as u32);
        distressed.look_again(row);
        let state = &mut boards[board as usize];
        state.issuance += issue.proceeds;
        state.listings += 1;
    }
}

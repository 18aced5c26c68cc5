//! Exits of funds: sale on the exchange, corporate sale, and, where neither comes, the secondary market.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::observe::Records;
use crate::parameters::Parameters;
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{
    Attention, Closures, Distressed, Equity, Identity, Operation, Pipeline, Plant, Position, Register, Rows, Technology, TickAccount,
    Treasury, YearAccounts,
};
use crate::state::exchange::{Boards, Exchange};
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::technology::{Funnel, ProjectRows, Projects};
use crate::state::think_tanks::Services;
use crate::state::venture::{Candidates, Fund, Stake};
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::parallel::map_scattered;
use tripath_engine::rows::RowOf;

use super::corporate_sale::{Hope, SaleMarket};
use super::leaving::{Left, Review, record_exit, sell_to_households, watch_holdings};
use super::secondary::{Looking, trade_stakes};

/// Rows of all enterprises' components, to move whole books between two of them.
pub struct Books<'a> {
    /// Where they stand in the table.
    pub rows: RowOf<'a>,
    /// Who.
    pub identity: &'a mut [Identity],
    /// What they know.
    pub technology: &'a mut [Technology],
    /// Where they stand.
    pub position: &'a mut [Position],
    /// What they did.
    pub operation: &'a mut [Operation],
    /// Their plant.
    pub plant: &'a mut [Plant],
    /// Their money.
    pub treasury: &'a mut [Treasury],
    /// Their R&D.
    pub pipeline: &'a mut [Pipeline],
    /// Their projects.
    pub projects: ProjectRows<'a>,
    /// What they are worth.
    pub equity: &'a mut [Equity],
    /// What they look to.
    pub attention: &'a [Attention],
    /// Their account of the tick.
    pub account: &'a mut [TickAccount],
    /// Their owners.
    pub register: &'a mut Register,
}

/// Where exits are booked, counted and recorded.
pub(super) struct Accounts<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) tables: &'a Tables,
    pub(super) registry: &'a mut Registry,
    pub(super) sectors: &'a mut Sectors,
    pub(super) returns: &'a mut Returns,
    pub(super) funnel: &'a mut Funnel,
    pub(super) ledger: &'a mut Ledger,
    pub(super) tally: &'a mut Tally,
    pub(super) distressed: &'a mut Distressed,
    pub(super) years: &'a mut YearAccounts,
    pub(super) closures: &'a mut Closures,
    pub(super) records: &'a mut Records,
}

impl Accounts<'_> {
    /// Books and records the end of a holding.
    pub(super) fn record(&mut self, fund: &Fund, stake: &Stake, left: &Left) {
        record_exit(self.calendar, self.tables, self.registry, self.returns, self.records, fund, stake, left);
    }

    /// A fund leaves a holding: shares that are there yet go to households, on the exchange with a stamp duty.
    fn leave(&mut self, books: &mut Books<'_>, stamp_duty_rate: f64, fund: &mut Fund, stake: &Stake, left: &Left) {
        if let Some(share) = left.share {
            let listed = left.route == "listing";
            let duty = if listed { stamp_duty_rate } else { 0.0 };
            if let Some(owners) = books.rows.get(stake.enterprise).and_then(|row| books.register.of_mut(row)) {
                sell_to_households(self.ledger, fund, owners, share, left.amount, duty, listed);
            }
        }
        self.record(fund, stake, left);
    }
}

/// Lets each fund look through its holdings and leave those whose time has come; returns rows and ids of the enterprises that they put up for a
/// corporate sale, in order, each once.
///
/// Holdings are looked at all at once. What one fund sells another sees only where both hold a part: those are looked at again, in turn.
fn leave_holdings(
    review: &Review<'_>,
    stamp_duty_rate: f64,
    books: &mut Books<'_>,
    funds: &mut [Fund],
    accounts: &mut Accounts<'_>,
) -> Vec<(usize, u64)> {
    let rows = books.rows;
    let first_look = map_scattered(funds, |fund| review.fetch(books, fund), |fund| review.first_look(books, fund));
    let mut moving: Vec<u64> = first_look.iter().flatten().filter(|seen| seen.leaves).map(|seen| seen.id).collect();
    moving.sort_unstable();
    let mut sales: Vec<(usize, u64)> = Vec::new();
    for (fund, seen) in funds.iter_mut().zip(first_look) {
        if seen.is_empty() && !fund.stakes.iter().any(|stake| moving.binary_search(&stake.id).is_ok()) {
            continue;
        }
        let mut stakes = std::mem::take(&mut fund.stakes);
        let mut seen = seen.into_iter().peekable();
        let mut places = 0..;
        stakes.retain(|stake| {
            let place = places.next();
            let seen = seen.next_if(|seen| Some(seen.place) == place);
            let offered = |offered: bool| if offered { Some((rows.get(stake.enterprise)?, stake.id)) } else { None };
            if moving.binary_search(&stake.id).is_err() {
                sales.extend(offered(seen.is_some_and(|seen| seen.offered)));
                return true;
            }
            let fate = review.fate(books, fund, stake);
            sales.extend(offered(fate.offered));
            let Some(left) = fate.left else { return true };
            accounts.leave(books, stamp_duty_rate, fund, stake, &left);
            false
        });
        fund.stakes = stakes;
    }
    sales.sort_unstable();
    sales.dedup();
    sales
}

/// Lets funds sell or write off holdings.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn run_fund_exits(
    enterprises: Rows<(
        &'static mut Identity,
        &'static mut Technology,
        &'static mut Position,
        &'static mut Operation,
        &'static mut Plant,
        &'static mut Treasury,
        &'static mut Pipeline,
        &'static mut Equity,
        &'static mut TickAccount,
        &'static Attention,
    )>,
    (mut projects, mut register): (ResMut<Projects>, ResMut<Register>),
    (rows, mut funds): (RowOf, Query<&mut Fund>),
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    mut economy: ResMut<Economy>,
    (exchange, boards): (Res<Exchange>, Boards),
    services: Res<Services>,
    candidates: Res<Candidates>,
    (mut registry, mut sectors): (ResMut<Registry>, ResMut<Sectors>),
    (mut returns, mut funnel): (ResMut<Returns>, ResMut<Funnel>),
    mut ledger: ResMut<Ledger>,
    (mut tally, mut distressed, mut years, mut closures): (ResMut<Tally>, ResMut<Distressed>, ResMut<YearAccounts>, ResMut<Closures>),
    mut records: ResMut<Records>,
) {
    let (identity, technology, position, operation, plant, treasury, pipeline, equity, account, attention) = enterprises.slices();
    let (projects, register) = (projects.all(), &mut *register);
    let mut books = Books {
        rows,
        identity,
        technology,
        position,
        operation,
        plant,
        treasury,
        pipeline,
        projects,
        equity,
        attention,
        account,
        register,
    };
    let Some(mut funds) = tripath_engine::slice_mut!(funds) else { return };
    let funds = funds.bypass_change_detection();
    let per_year = calendar.ticks_per_year();
    watch_holdings(&mut books, funds, &parameters, &calendar);
    let hope = Hope::of(&parameters, &exchange, boards.slices(), &sectors, per_year);
    let review = Review::new(&parameters, &calendar);
    let mut accounts = Accounts {
        calendar: &calendar,
        tables: &tables,
        registry: &mut registry,
        sectors: &mut sectors,
        returns: &mut returns,
        funnel: &mut funnel,
        ledger: &mut ledger,
        tally: &mut tally,
        distressed: &mut distressed,
        years: &mut years,
        closures: &mut closures,
        records: &mut records,
    };
    let for_sale = leave_holdings(&review, parameters.government.stamp_duty_rate, &mut books, funds, &mut accounts);
    let (put_up, mut sold) = (for_sale.len() as f64, 0.0);
    let market = SaleMarket::open(&parameters, &calendar, &economy, hope, &books, funds, &for_sale);
    for (target, id) in for_sale {
        if books.identity[target].closed() {
            continue;
        }
        let mut draws = calendar.seed.draws(Draw::Merger, id, calendar.tick + 1);
        let Some(sale) = market.agreed(&books, funds, &mut draws, target) else { continue };
        if !accounts.lend_to_buyer(&parameters, &mut books, &sale) {
            continue;
        }
        accounts.pay_owners(&mut books, funds, market.holders(id), &sale);
        // Half of all mergers realise what was hoped for.
        accounts.merge(&mut books, &sale, if draws.happens(0.5) { 1.0 } else { 0.0 });
        sold += 1.0;
    }
    if put_up > 0.0 {
        economy.sale_rate += math::smoothing(per_year, 2.0) * (sold / put_up - economy.sale_rate);
    }
    let looking = Looking::around(&parameters, &calendar, &services, candidates.0.len());
    trade_stakes(&looking, &review, &mut books, funds, &tables, &economy, &mut registry, &mut returns, &mut ledger, &mut records);
}

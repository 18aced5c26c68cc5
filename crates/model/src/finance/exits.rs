//! Exits of funds: sale on the exchange, corporate sale, and, where neither comes, the secondary market.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Account, Economy, End, FlowKind, Group, Ledger, Tally};
use crate::capital_market::{Exchange, by_approval, concept_premium};
use crate::enterprise::{
    Attention, Closing, Closures, Distressed, Equity, Identity, Operation, Pipeline, Plant, Position, Register, Status, Technology,
    TickAccount, Treasury, YearAccounts, extinguish_equity,
};
use crate::ids::Registry;
use crate::markets::Sectors;
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rows::{RowOf, Rows};
use crate::streams::Mechanism;
use crate::technology::{Funnel, ProjectRows, Projects, Returns, expected_edge};
use crate::think_tank::Services;
use crate::world::{Calendar, Tables};
use tripath_engine::math;
use tripath_engine::parallel::{map_items, map_scattered};

use super::acquisition::{Acquirers, hold_out, listing_hope, sale_price};
use super::bank::room;
use super::candidate::Candidates;
use super::fund::Fund;
use super::leaving::{Left, Review, record_exit, sell_to_households, watch_holdings};
use super::promise::{promises_little, value_of_growth};
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
    /// Their account of the tick.
    pub account: &'a mut [TickAccount],
    /// Their owners.
    pub register: &'a mut Register,
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
    exchange: Res<Exchange>,
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
    let mut books =
        Books { rows, identity, technology, position, operation, plant, treasury, pipeline, projects, equity, account, register };
    let Some(mut funds) = crate::rows::slice_mut!(funds) else { return };
    let funds = funds.bypass_change_detection();
    let venture = &parameters.venture;
    let per_year = calendar.ticks_per_year();
    watch_holdings(&mut books, funds, &parameters, &calendar);
    let hope = Hope::of(&parameters, &exchange, &sectors, per_year);
    let review = Review::new(&parameters, &calendar);
    // Holdings are looked at all at once. What one fund sells another sees only where both hold a part: those are looked at again, in turn.
    let first_look = map_scattered(funds, |fund| review.fetch(&books, fund), |fund| review.first_look(&books, fund));
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
            let fate = review.fate(&books, fund, stake);
            sales.extend(offered(fate.offered));
            let Some(left) = fate.left else { return true };
            if let Some(share) = left.share {
                let listed = left.route == "listing";
                let duty = if listed { parameters.government.stamp_duty_rate } else { 0.0 };
                if let Some(owners) = rows.get(stake.enterprise).and_then(|row| books.register.of_mut(row)) {
                    sell_to_households(&mut ledger, fund, owners, share, left.amount, duty, listed);
                }
            }
            record_exit(&calendar, &tables, &mut registry, &mut returns, &mut records, fund, stake, &left);
            false
        });
        fund.stakes = stakes;
    }
    sales.sort_unstable();
    sales.dedup();
    let holders = holders_of(&sales, funds);
    let rulings = calendar.lifelong(Mechanism::Merger);
    let acquirers =
        if sales.is_empty() { None } else { Some(Acquirers::find(&books, &parameters, &economy, sales.iter().map(|(row, _)| *row))) };
    let (put_up, mut sold) = (sales.len() as f64, 0.0);
    for (target, id) in sales {
        if books.identity[target].closed() {
            continue;
        }
        let mut draws = calendar.seed.draws(Mechanism::Merger, id, calendar.tick + 1);
        // What a regulator refuses, it refuses for good.
        let allowed = rulings.draws(id).happens(parameters.capital_market.merger_approval);
        let found = acquirers.as_ref().and_then(|list| list.best(&books, &parameters, &economy, &mut draws, target));
        let (Some((buyer, synergy)), true) = (found, allowed) else { continue };
        let price = sale_price(books.equity[target].fundamental, synergy);
        let expected = books.register.believed(target).expected(venture.promise_spread);
        let growth = value_of_growth(venture.growth_support, venture.round_years, expected);
        let patient = holders[holders.partition_point(|holder| holder.0 < id)..]
            .iter()
            .take_while(|holder| holder.0 == id)
            .all(|(_, place)| funds[*place].age(&calendar) < venture.life_years);
        let listing = hope.of_enterprise(&parameters, &books.identity[target], books.operation[target].sales * per_year);
        if !promises_little(venture, expected) && price < books.equity[target].fundamental * hold_out(growth, listing, !patient) {
            continue;
        }
        // What cash does not cover the buyer's bank lends.
        let debt = books.treasury[target].debt;
        let money = &mut books.treasury[buyer];
        let lacking = (price - (money.cash - money.policy_money - money.capital_money).max(0.0)).max(0.0);
        let bank = books.identity[buyer].bank as usize;
        // Debts of the target stay with a common bank; another one must take them over.
        let moved = if books.identity[target].bank as usize == bank { 0.0 } else { debt };
        if lacking + moved > room(&parameters.banking, &ledger, bank) {
            tally.banks[bank].refused += lacking + moved;
            continue;
        }
        ledger.book().lend(bank, &mut money.cash, &mut money.debt, lacking);
        let first = holders.partition_point(|holder| holder.0 < id);
        for (_, place) in holders[first..].iter().take_while(|holder| holder.0 == id) {
            let fund = &mut funds[*place];
            let mut stakes = std::mem::take(&mut fund.stakes);
            stakes.retain(|stake| {
                if stake.id != id {
                    return true;
                }
                let Some(owners) = books.register.of_mut(target) else { return true };
                let share = stake.part(owners);
                let amount = share * price;
                let fundamental = share * books.equity[target].fundamental;
                ledger.pay(FlowKind::Acquisitions, End::Enterprise(&mut books.treasury[buyer].cash), End::Fund(&mut fund.cash), amount);
                owners.bought_by_funds -= amount;
                record_exit(
                    &calendar,
                    &tables,
                    &mut registry,
                    &mut returns,
                    &mut records,
                    fund,
                    stake,
                    &Left { route: "corporate_sale", amount, fundamental, share: None },
                );
                false
            });
            fund.stakes = stakes;
        }
        let rest = (1.0 - books.register.fund_share(target)) * price;
        ledger.pay(FlowKind::Acquisitions, End::Enterprise(&mut books.treasury[buyer].cash), End::Of(Account::Households), rest);
        if let Some(owners) = books.register.of_mut(target) {
            owners.bought_by_households -= rest;
        }
        let who = books.identity[target];
        if calendar.recorded() {
            records.events.push(EventRow {
                other: Some(books.identity[buyer].id),
                sector: Some(tables.sector_names[who.sector as usize].clone()),
                region: Some(tables.region_names[who.region as usize].clone()),
                amount: Some(price),
                ..EventRow::at(&calendar, "merger", who.id)
            });
        }
        let closing = Closing {
            who: &who,
            technology: &books.technology[target],
            position: &books.position[target],
            attention: &attention[target],
            operation: &books.operation[target],
            pipeline: &books.pipeline[target],
            account: &books.account[target],
        };
        years.close(&calendar, target, closing);
        // People move to the buyer: they are counted there.
        let moved = Operation { employment: 0.0, ..books.operation[target] };
        tally.close(&who, Group::of(&moved, &books.pipeline[target], &books.account[target]));
        // Half of all mergers realise what was hoped for.
        let realised = if draws.happens(0.5) { 1.0 } else { 0.0 };
        merge_enterprises(&mut ledger, &mut funnel, &mut books, buyer, target, realised);
        distressed.look_again(buyer);
        sectors[who.sector as usize].exits += 1;
        tally.exits += 1;
        sold += 1.0;
        closures.0.push(target as u32);
    }
    if put_up > 0.0 {
        economy.sale_rate += math::smoothing(per_year, 2.0) * (sold / put_up - economy.sale_rate);
    }
    let looking = Looking::around(&parameters, &calendar, &services, candidates.0.len());
    trade_stakes(&looking, &review, &mut books, funds, &tables, &economy, &mut registry, &mut returns, &mut ledger, &mut records);
}

/// Which funds hold the enterprises that are for sale: id and place among the funds, sorted, each pair once.
fn holders_of(sales: &[(usize, u64)], funds: &[Fund]) -> Vec<(u64, usize)> {
    let mut ids: Vec<u64> = sales.iter().map(|(_, id)| *id).collect();
    ids.sort_unstable();
    if ids.is_empty() {
        return Vec::new();
    }
    let held = map_items(funds, |fund| {
        let held = fund.stakes.iter().filter(|stake| ids.binary_search(&stake.id).is_ok());
        held.map(|stake| stake.id).collect::<Vec<u64>>()
    });
    let places = held.into_iter().enumerate();
    let mut holders: Vec<(u64, usize)> = places.flat_map(|(place, ids)| ids.into_iter().map(move |id| (id, place))).collect();
    holders.sort_unstable();
    holders.dedup();
    holders
}

/// What the exchange promises to those near its rules.
struct Hope {
    least_size: f64,
    premium: f64,
    wait: f64,
}

impl Hope {
    fn of(parameters: &Parameters, exchange: &Exchange, sectors: &Sectors, per_year: f64) -> Self {
        let market = &parameters.capital_market;
        let mean_sales = sectors.mean_annual_sales(per_year);
        let open = parameters.boards.iter().enumerate().filter(|(_, board)| market.open && board.value.open);
        let (mut least, mut premium, mut wait) = (f64::INFINITY, 0.0, 0.0);
        for (number, board) in open {
            if board.value.minimum_size < least {
                least = board.value.minimum_size;
                premium = exchange.boards[number].sentiment;
                let quota = market.quota * f64::from(parameters.population.enterprises) / 1000.0;
                wait = market.lockup_years + if by_approval(parameters, number) { exchange.queue_years(quota) } else { 0.0 };
            }
        }
        Self { least_size: least * mean_sales, premium, wait }
    }

    /// Price over fundamental value that an enterprise of some size may hope for: from half of the least size asked for.
    fn of_enterprise(&self, parameters: &Parameters, who: &Identity, annual_sales: f64) -> f64 {
        let premium = self.premium + concept_premium(parameters, who);
        listing_hope(annual_sales >= 0.5 * self.least_size, premium, parameters.capital_market.discount_rate, self.wait)
    }
}

/// Moves books, people and projects of the target to the buyer; the target ends. Its owners have been paid.
pub fn merge_enterprises(ledger: &mut Ledger, funnel: &mut Funnel, books: &mut Books<'_>, buyer: usize, target: usize, realised: f64) {
    let (target_bank, buyer_bank) = (books.identity[target].bank as usize, books.identity[buyer].bank as usize);
    let mut theirs = books.treasury[target];
    let mut ours = books.treasury[buyer];
    let debt = theirs.debt;
    if target_bank == buyer_bank {
        // The bank has another debtor, no loan is made or paid back.
        ledger.book().assume(&mut theirs.debt, &mut ours.debt);
    } else {
        // The buyer's bank refinances the target's loans.
        ledger.book().lend(buyer_bank, &mut ours.cash, &mut ours.debt, debt);
        ledger.pay(FlowKind::Acquisitions, End::Enterprise(&mut ours.cash), End::Enterprise(&mut theirs.cash), debt);
        ledger.book().repay(target_bank, &mut theirs.cash, &mut theirs.debt, debt);
    }
    let cash = theirs.cash;
    ledger.pay(FlowKind::Acquisitions, End::Enterprise(&mut theirs.cash), End::Enterprise(&mut ours.cash), cash);
    ours.policy_money += theirs.policy_money;
    ours.capital_money += theirs.capital_money;
    ours.losses += theirs.losses;
    ours.earnings += theirs.earnings;
    books.treasury[buyer] = ours;

    let (a, b) = (books.position[buyer].share, books.position[target].share);
    let weight = math::ratio(b, a + b, 0.0);
    let other = books.technology[target];
    let mine = &mut books.technology[buyer];
    // Where synergy is realised, the better knowledge is used beyond the mean of both.
    let blend = |x: f64, y: f64| x + weight * (y - x) + realised * (1.0 - weight) * weight * (y - x).abs();
    mine.log_productivity = blend(mine.log_productivity, other.log_productivity);
    mine.quality = blend(mine.quality, other.quality);
    mine.efficiency += weight * (other.efficiency - mine.efficiency);
    mine.work_out();
    mine.capital_factor += weight * (other.capital_factor - mine.capital_factor);
    for source in 0..3 {
        mine.edges[source] += weight * (other.edges[source] - mine.edges[source]);
    }
    books.position[buyer].share = a + b;
    books.plant[buyer].capital += books.plant[target].capital;
    books.operation[buyer].employment += books.operation[target].employment;
    books.account[buyer].last_employment += books.account[target].last_employment;
    let (mut mine, theirs) = (books.projects.of(buyer), books.projects.take(target));
    // What is under way goes on: it joins what the buyer has in the same stage.
    funnel.join(books.identity[target].sector, &mine, &theirs);
    for (mine, theirs) in mine.iter_mut().zip(&theirs) {
        *mine = mine.joined(theirs);
    }
    books.projects.put(buyer, mine);
    books.pipeline[buyer].effort += weight * (books.pipeline[target].effort - books.pipeline[buyer].effort);
    books.pipeline[buyer].expected_edge = expected_edge(mine.map(|project| project.size));
    if let Some(owners) = books.register.strike(target) {
        extinguish_equity(ledger, &owners);
    }
    books.equity[target] = Equity::default();
    books.identity[target].status = Status::Closed;
}

//! Corporate sales: an enterprise that funds put up is sold whole, and its books, people and projects move to the buyer.

use crate::kinds::FlowKind;
use crate::observe::EventRow;
use crate::parameters::Parameters;
use crate::rules::acquisition::{hold_out, listing_hope, sale_price};
use crate::rules::banking::room;
use crate::rules::listing::concept_premium;
use crate::rules::projects::expected_edge;
use crate::rules::promise::{promises_little, value_of_growth};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::{Calendar, Lifelong};
use crate::state::economy::{Economy, Group};
use crate::state::enterprise::{Closing, Equity, Identity, Operation, Status};
use crate::state::exchange::{Board, Exchange, by_approval};
use crate::state::sector::Sectors;
use crate::state::technology::Funnel;
use crate::state::venture::Fund;
use crate::streams::Draw;
use crate::transactions::closure::extinguish_equity;
use tripath_engine::math;
use tripath_engine::parallel::map_items;
use tripath_engine::random::Draws;

use super::acquisition::Acquirers;
use super::exits::{Accounts, Books};
use super::leaving::Left;

/// What the exchange promises to those near its rules.
pub(super) struct Hope {
    least_size: f64,
    premium: f64,
    wait: f64,
}

impl Hope {
    pub(super) fn of(parameters: &Parameters, exchange: &Exchange, boards: &[Board], sectors: &Sectors, per_year: f64) -> Self {
        let market = &parameters.capital_market;
        let mean_sales = sectors.mean_annual_sales(per_year);
        let open = parameters.boards.iter().enumerate().filter(|(_, board)| market.open && board.value.open);
        let (mut least, mut premium, mut wait) = (f64::INFINITY, 0.0, 0.0);
        for (number, board) in open {
            if board.value.minimum_size < least {
                least = board.value.minimum_size;
                premium = boards[number].sentiment;
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

/// A sale on which both sides agree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sale {
    /// Row of the enterprise that is sold.
    target: usize,
    /// Row of the enterprise that buys it.
    buyer: usize,
    /// Price of all of it.
    price: f64,
}

/// What is known when enterprises are put up for a corporate sale.
pub(super) struct SaleMarket<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    economy: &'a Economy,
    hope: Hope,
    /// Ids of what is for sale and places of funds that hold it, sorted.
    holders: Vec<(u64, usize)>,
    /// Who could buy; none where nothing is for sale.
    acquirers: Option<Acquirers>,
    rulings: Lifelong,
}

impl<'a> SaleMarket<'a> {
    /// Looks for the holders of what is for sale, and for those who could buy it.
    pub(super) fn open(
        parameters: &'a Parameters,
        calendar: &'a Calendar,
        economy: &'a Economy,
        hope: Hope,
        books: &Books<'_>,
        funds: &[Fund],
        for_sale: &[(usize, u64)],
    ) -> Self {
        let targets = || for_sale.iter().map(|(row, _)| *row);
        Self {
            parameters,
            calendar,
            economy,
            hope,
            holders: holders_of(for_sale, funds),
            acquirers: (!for_sale.is_empty()).then(|| Acquirers::find(books, parameters, economy, targets())),
            rulings: calendar.lifelong(Draw::Merger),
        }
    }

    /// Places of the funds that hold an enterprise.
    pub(super) fn holders(&self, id: u64) -> impl Iterator<Item = usize> + '_ {
        let first = self.holders.partition_point(|holder| holder.0 < id);
        self.holders[first..].iter().take_while(move |holder| holder.0 == id).map(|(_, place)| *place)
    }

    /// The sale of an enterprise to the best buyer, where regulators allow it and owners do not hold out for more.
    pub(super) fn agreed(&self, books: &Books<'_>, funds: &[Fund], draws: &mut Draws, target: usize) -> Option<Sale> {
        let (venture, who) = (&self.parameters.venture, &books.identity[target]);
        // What a regulator refuses, it refuses for good.
        let allowed = self.rulings.draws(who.id).happens(self.parameters.capital_market.merger_approval);
        let found = self.acquirers.as_ref().and_then(|list| list.best(books, self.parameters, self.economy, draws, target));
        let (Some((buyer, synergy)), true) = (found, allowed) else { return None };
        let price = sale_price(books.equity[target].fundamental, synergy);
        let expected = books.register.believed(target).expected(venture.promise_spread);
        let growth = value_of_growth(venture.growth_support, venture.round_years, expected);
        let patient = self.holders(who.id).all(|place| funds[place].age(self.calendar) < venture.life_years);
        let annual_sales = books.operation[target].sales * self.calendar.ticks_per_year();
        let listing = self.hope.of_enterprise(self.parameters, who, annual_sales);
        let held_out = price < books.equity[target].fundamental * hold_out(growth, listing, !patient);
        (promises_little(venture, expected) || !held_out).then_some(Sale { target, buyer, price })
    }
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

impl Accounts<'_> {
    /// What the buyer's cash does not cover its bank lends; returns whether it has the room to.
    pub(super) fn lend_to_buyer(&mut self, parameters: &Parameters, books: &mut Books<'_>, sale: &Sale) -> bool {
        let Sale { target, buyer, price } = *sale;
        let debt = books.treasury[target].debt;
        let money = &mut books.treasury[buyer];
        let lacking = (price - (money.cash - money.policy_money - money.capital_money).max(0.0)).max(0.0);
        let bank = books.identity[buyer].bank as usize;
        // Debts of the target stay with a common bank; another one must take them over.
        let moved = if books.identity[target].bank as usize == bank { 0.0 } else { debt };
        if lacking + moved > room(&parameters.banking, self.ledger, bank) {
            self.tally.banks[bank].refused += lacking + moved;
            return false;
        }
        self.ledger.book().lend(bank, &mut money.cash, &mut money.debt, lacking);
        true
    }

    /// The buyer pays funds for what they hold, and households for the rest; holdings of funds end.
    pub(super) fn pay_owners(&mut self, books: &mut Books<'_>, funds: &mut [Fund], holders: impl Iterator<Item = usize>, sale: &Sale) {
        let Sale { target, buyer, price } = *sale;
        let who = books.identity[target];
        for place in holders {
            let fund = &mut funds[place];
            let mut stakes = std::mem::take(&mut fund.stakes);
            stakes.retain(|stake| {
                if stake.id != who.id {
                    return true;
                }
                let Some(owners) = books.register.of_mut(target) else { return true };
                let share = stake.part(owners);
                let amount = share * price;
                let fundamental = share * books.equity[target].fundamental;
                let payer = End::Enterprise(&mut books.treasury[buyer].cash);
                self.ledger.pay(FlowKind::Acquisitions, payer, End::Fund(&mut fund.cash), amount);
                owners.bought_by_funds -= amount;
                self.record(fund, stake, &Left { route: "corporate_sale", amount, fundamental, share: None });
                false
            });
            fund.stakes = stakes;
        }
        let rest = (1.0 - books.register.fund_share(target)) * price;
        let payer = End::Enterprise(&mut books.treasury[buyer].cash);
        self.ledger.pay(FlowKind::Acquisitions, payer, End::Of(Account::Households), rest);
        if let Some(owners) = books.register.of_mut(target) {
            owners.bought_by_households -= rest;
        }
    }

    /// Records a sale that is paid, merges the two, and counts the end of the target.
    pub(super) fn merge(&mut self, books: &mut Books<'_>, sale: &Sale, realised: f64) {
        let Sale { target, buyer, price } = *sale;
        let who = books.identity[target];
        if self.calendar.recorded() {
            self.records.events.push(EventRow {
                other: Some(books.identity[buyer].id),
                sector: Some(self.tables.sector_names[who.sector as usize].clone()),
                region: Some(self.tables.region_names[who.region as usize].clone()),
                amount: Some(price),
                ..EventRow::at(self.calendar, "merger", who.id)
            });
        }
        let closing = Closing {
            who: &who,
            technology: &books.technology[target],
            position: &books.position[target],
            attention: &books.attention[target],
            operation: &books.operation[target],
            pipeline: &books.pipeline[target],
            account: &books.account[target],
        };
        self.years.close(self.calendar, target, closing);
        // People move to the buyer: they are counted there.
        let moved = Operation { employment: 0.0, ..books.operation[target] };
        self.tally.close(&who, Group::of(&moved, &books.pipeline[target], &books.account[target]));
        merge_enterprises(self.ledger, self.funnel, books, buyer, target, realised);
        self.distressed.look_again(buyer);
        self.sectors[who.sector as usize].exits += 1;
        self.tally.exits += 1;
        self.closures.0.push(target as u32);
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

#[cfg(test)]
mod tests {
    use bevy_ecs::prelude::{Entity, ResMut};
    use bevy_ecs::system::RunSystemOnce;

    use super::*;
    use crate::state::accounts::Account;
    use crate::state::enterprise::Rows;
    use crate::state::enterprise::{Enterprise, Owners, Pipeline, Plant, Position, Register, Technology, TickAccount, Treasury};
    use crate::state::technology::{Kind, Project, Projects};
    use crate::worked::{Small, by_hand};
    use tripath_engine::rows::RowOf;

    /// The second enterprise is merged into the first.
    fn merge_now(
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
            &'static crate::state::enterprise::Attention,
        )>,
        (mut projects, mut register): (ResMut<Projects>, ResMut<Register>),
        rows: RowOf,
        mut ledger: ResMut<Ledger>,
        mut funnel: ResMut<Funnel>,
    ) {
        let (identity, technology, position, operation, plant, treasury, pipeline, equity, account, attention) = enterprises.slices();
        let mut books = Books {
            rows,
            identity,
            technology,
            position,
            operation,
            plant,
            treasury,
            pipeline,
            projects: projects.all(),
            equity,
            attention,
            account,
            register: &mut register,
        };
        merge_enterprises(&mut ledger, &mut funnel, &mut books, 0, 1, 1.0);
    }

    #[test]
    fn two_become_one() {
        let mut small = Small::new();
        let half = |bank: u16, share: f64, technology: Technology, treasury: Treasury| Enterprise {
            identity: Identity { id: u64::from(bank) + 1, bank, ..Identity::default() },
            position: Position { share, ..Position::default() },
            operation: Operation { employment: 10.0 * share, ..Operation::default() },
            plant: Plant { capital: 100.0 * share, ..Plant::default() },
            pipeline: Pipeline { effort: 1.0 + f64::from(bank), ..Pipeline::default() },
            account: TickAccount { last_employment: 20.0 * share, ..TickAccount::default() },
            equity: Equity { market_value: 50.0, fundamental: 50.0 },
            technology,
            treasury,
            ..Enterprise::default()
        };
        let ours = Technology { log_productivity: 1.0, quality: 0.5, capital_factor: 1.0, edges: [0.2, 0.0, 0.1], ..Technology::default() };
        let theirs =
            Technology { log_productivity: 1.4, quality: 0.1, efficiency: 0.2, capital_factor: 2.0, edges: [0.0, 0.4, 0.1], ..ours };
        let money = Treasury { cash: 20.0, debt: 5.0, losses: 1.0, earnings: 8.0, ..Treasury::default() };
        let buyer = small.add(half(0, 0.3, ours, money));
        let money = Treasury { cash: 10.0, debt: 6.0, policy_money: 1.0, capital_money: 2.0, losses: 3.0, earnings: 4.0 };
        let target = small.add(half(1, 0.1, theirs, money));
        for (bank, debt) in [(0, 5.0), (1, 6.0)] {
            let mut owed = 0.0;
            small.set::<Ledger>().endow_loan(bank, &mut owed, debt);
        }
        {
            let mut projects = small.set::<Projects>();
            let mut rows = projects.all();
            rows.put(0, [Project::of(Kind::Process, 0.1, 1.0, 0), Project::default(), Project::default()]);
            rows.put(1, [Project::of(Kind::Product, 0.3, 1.0, 0), Project::default(), Project::of(Kind::Scale, 0.2, 1.0, 0)]);
        }
        // Two ideas in the laboratory and one in the line are under way, all paid by their owners.
        small.set::<Funnel>().cells[0][0].under_way = [2, 0, 1];
        small.set::<Register>().enter(1, || Owners { households_at_close: 50.0, bought_by_households: -40.0, ..Owners::default() });
        small.world.run_system_once(merge_now).expect("all is there");
        let (technology, treasury) = (small.of::<Technology>(buyer), small.of::<Treasury>(buyer));
        // A quarter of the new share is the target's. Of knowledge the mean, and of the difference 0.75 × 0.25 beyond it. The buyer's bank lends what the other is paid back.
        by_hand(&[
            ("log productivity", technology.log_productivity, 1.0 + 0.1 + 0.1875 * 0.4),
            ("quality", technology.quality, 0.5 - 0.1 + 0.1875 * 0.4),
            ("efficiency", technology.efficiency, 0.05),
            ("productivity", technology.productivity, math::exp(1.225)),
            ("capital factor", technology.capital_factor, 1.25),
            ("own edge", technology.edges[0], 0.15),
            ("policy's", technology.edges[1], 0.1),
            ("capital's", technology.edges[2], 0.1),
            ("cash", treasury.cash, 20.0 + 10.0),
            ("debt", treasury.debt, 11.0),
            ("earmarked", treasury.policy_money + 10.0 * treasury.capital_money, 21.0),
            ("losses", treasury.losses, 4.0),
            ("earnings", treasury.earnings, 12.0),
            ("loans of the buyer's bank", small.get::<Ledger>().loans(0), 11.0),
            ("of the target's", small.get::<Ledger>().loans(1), 0.0),
            ("bank of the buyer", small.balance(Account::Bank(0)), -6.0),
            ("share", small.of::<Position>(buyer).share, 0.4),
            ("capital", small.of::<Plant>(buyer).capital, 40.0),
            ("people", small.of::<Operation>(buyer).employment, 4.0),
            ("people before", small.of::<TickAccount>(buyer).last_employment, 8.0),
            ("effort", small.of::<Pipeline>(buyer).effort, 1.25),
            ("promise", small.of::<Pipeline>(buyer).expected_edge, expected_edge([0.4, 0.0, 0.2])),
            ("equity of the target", small.of::<Equity>(target).market_value, 0.0),
        ]);
        assert!(small.of::<Identity>(target).closed() && small.get::<Register>().of(1).is_none());
        let projects = small.get::<Projects>();
        assert_eq!([projects.count(0, 0), projects.count(0, 2), projects.count(1, 0), projects.count(1, 2)], [2, 1, 0, 0]);
        let cell = &small.get::<Funnel>().cells[0][0];
        assert_eq!((cell.under_way, cell.turned), ([2, 0, 1], [0; 3]));
    }

    #[test]
    fn holders_of_what_is_for_sale() {
        let stake = |id: u64| crate::state::venture::Stake {
            deal: 1,
            enterprise: Entity::PLACEHOLDER,
            id,
            sector: 0,
            region: 0,
            shares: 0.1,
            paid: 1.0,
            tick: 0,
            round: 0,
            supported: false,
            matched: false,
            bought: false,
        };
        let fund = |ids: &[u64]| Fund { stakes: ids.iter().map(|id| stake(*id)).collect(), ..Fund::vacant(0) };
        let funds = [fund(&[7, 5, 7]), fund(&[9]), fund(&[5])];
        assert_eq!(holders_of(&[(3, 7), (1, 5)], &funds), [(5, 0), (5, 2), (7, 0)]);
        assert_eq!(holders_of(&[], &funds), []);
    }
}

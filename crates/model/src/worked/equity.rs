//! What equity is worth, who gains by it, and the exchange.

#![cfg(test)]

use super::*;
use crate::kinds::{InstitutionalSector as S, Instrument};
use crate::mechanisms::flotation::list_enterprises;
use crate::mechanisms::trading::trade;
use crate::observe::Records;
use crate::parameters::Board;
use crate::passes::close::close_tick;
use crate::passes::look_ahead::look_ahead;
use crate::state::calendar::Calendar;
use crate::state::census::Census;
use crate::state::enterprise::{
    Attention, Distressed, Equity, Experience, Listed, Operation, Owners, Pipeline, Plant, Position, Technology, TickAccount, Treasury,
};
use crate::state::exchange::{Applicant, Applicants, Board as TradedOn, Exchange, Traded};
use crate::state::government::ProgrammeBudgets;

#[test]
fn the_close_of_a_tick() {
    let mut small = Small::with(|parameters| {
        parameters.capital_market.founder_lockup_years = 1.0;
        (parameters.path_choice.half_attention, parameters.path_choice.liquidity_value) = (0.1, 0.3);
    });
    small.set::<Calendar>().tick = 9;
    small.set::<Economy>().capital_price = 2.0;
    let with = |sector: u16, employment: f64, market_value: f64, fundamental: f64| Enterprise {
        identity: Identity { sector, bank: sector, region: sector, ..Identity::default() },
        position: Position { share: 0.5, ..Position::default() },
        operation: Operation { employment, sales: 10.0, ..Operation::default() },
        plant: Plant { capital: 20.0, ..Plant::default() },
        treasury: Treasury { cash: 10.0, debt: 5.0, ..Treasury::default() },
        attention: Attention { shares: [0.5, 0.2, 0.3] },
        equity: Equity { market_value, fundamental },
        account: TickAccount { last_employment: 5.0, ..TickAccount::default() },
        pipeline: Pipeline { spent: [1.0, 0.0, 0.0], ..Pipeline::default() },
        ..Enterprise::default()
    };
    // Founders' alone: worth its books of 10 + 40 − 5, 5 more than before. It hires two, the others lose one and three people.
    let founders = small.add(with(0, 7.0, 40.0, 30.0));
    // A quarter is funds', which paid 8 for a tenth in this tick.
    let backed = small.add(with(0, 4.0, 80.0, 70.0));
    // A fifth was sold to the public for 20.
    let mut listed = with(1, 2.0, 100.0, 90.0);
    (listed.identity.listed, listed.identity.advised) = (true, false);
    let listed = small.add(listed);
    {
        let mut register = small.set::<Register>();
        let of_funds = Owners { fund_share: 0.25, outstanding: 2.0, funds_at_close: 10.0, households_at_close: 50.0, ..Owners::default() };
        register.enter(1, || Owners { bought_by_funds: 8.0, ..of_funds });
        let of_public = Owners { float_share: 0.2, outstanding: 1.25, households_at_close: 60.0, ..Owners::default() };
        register.enter(2, || Owners { bought_by_households: 20.0, ..of_public });
    }
    small.run(close_tick);
    let ledger = small.get::<Ledger>();
    let changed = |instrument, sector| ledger.other_change(instrument, sector);
    // Founders of the backed keep three quarters of 80, had 0.75 / 0.9 of 72, and like to have 8.
    let gain = 60.0 - 0.75 / 0.9 * 72.0 + 0.3 * 8.0;
    // Those of the listed can sell in a year, when 0.7 of the log premium is left; of 40 a year, for 1.3 × 0.3 / 0.4 attended to.
    let price = 90.0 * (100.0 / 90.0f64).powf(0.7);
    let listing = (0.8 * price - 70.0 + 0.3 * 20.0) / 40.0 / 0.975;
    by_hand(&[
        ("founders' value", small.of::<Equity>(founders).market_value, 45.0),
        ("backed value", small.of::<Equity>(backed).market_value, 80.0),
        ("unlisted, households", changed(Instrument::Unlisted, S::Households), 5.0 + 60.0 - 50.0),
        ("unlisted, funds", changed(Instrument::Unlisted, S::Funds), 20.0 - 10.0 - 8.0),
        ("unlisted, enterprises", changed(Instrument::Unlisted, S::Enterprises), -17.0),
        ("listed, households", changed(Instrument::Listed, S::Households), 100.0 - 60.0 - 20.0),
        ("listed, enterprises", changed(Instrument::Listed, S::Enterprises), -20.0),
        ("became listed", ledger.reclassified(Instrument::Listed, S::Households), 80.0),
        ("of enterprises", ledger.reclassified(Instrument::Listed, S::Enterprises), -80.0),
        ("of funds", ledger.reclassified(Instrument::Listed, S::Funds), 0.0),
        ("what a round paid founders", small.of::<Experience>(backed).payoff[2], gain),
        ("what a listing paid", small.of::<Experience>(listed).payoff[2], 0.0),
        ("told to peers", small.get::<Sectors>()[1].listing_gains, listing),
        ("jobs gained", small.get::<Tally>().job_creation, 2.0),
        ("jobs lost", small.get::<Tally>().job_destruction, 4.0),
    ]);
    let (owners, census) = (*small.get::<Register>().of(1).expect("it has owners"), small.get::<Census>());
    by_hand(&[
        ("funds at the close", owners.funds_at_close, 20.0),
        ("households at the close", owners.households_at_close, 60.0),
        ("bought", owners.bought_by_funds, 0.0),
        ("holdings of funds", census.holdings[0][0], 20.0),
        ("at value", census.holdings[0][1], 17.5),
        ("attention", census.attention[0][2], 0.6),
        ("deposits", census.deposits[0], 20.0),
        ("of the other bank", census.deposits[1], 10.0),
        ("cash", census.stocks.enterprise_cash, 30.0),
        ("debt", census.stocks.enterprise_debt, 15.0),
        ("capital", census.stocks.fixed_capital, 120.0),
        ("unlisted of funds", census.stocks.unlisted_funds, 20.0),
        ("of households", census.stocks.unlisted_households, 105.0),
        ("listed of households", census.stocks.listed_households, 100.0),
        ("listed of funds", census.stocks.listed_funds, 0.0),
        ("R&D by sector", census.by_sector()[0].rd, 2.0),
        ("concentration", census.by_region()[1].shares_square, 0.25),
    ]);
    assert!(small.get::<Register>().of(2).expect("it has owners").listed_at_close);
    // A tick on nothing was bought; the listed lose 10, funds own a tenth, and it leaves the exchange.
    small.set::<Ledger>().open_tick();
    {
        let mut register = small.set::<Register>();
        let owners = register.of_mut(2).expect("it has owners");
        (owners.fund_share, owners.funds_at_close, owners.households_at_close) = (0.1, 10.0, 90.0);
    }
    small.world.get_mut::<Equity>(listed).expect("it is there").market_value = 90.0;
    small.world.get_mut::<Identity>(listed).expect("it is there").listed = false;
    small.run(close_tick);
    let ledger = small.get::<Ledger>();
    by_hand(&[
        ("fall of what funds hold", ledger.other_change(Instrument::Unlisted, S::Funds), -1.0),
        ("is listed no more", ledger.reclassified(Instrument::Listed, S::Funds), -10.0),
        ("of households", ledger.reclassified(Instrument::Listed, S::Households), -90.0),
    ]);
}

fn exchange() -> Small {
    let mut small = Small::with(|parameters| {
        parameters.boards =
            vec![Named { name: "main".to_owned(), value: Board { minimum_size: 0.5, minimum_age: 1.0, ..Board::default() } }];
        let market = &mut parameters.capital_market;
        (market.idiosyncratic, market.sentiment_noise, market.exposure_hazard) = (0.0, 0.0, 0.0);
        (market.founder_lockup_years, market.founder_sale, market.issuance_pressure) = (1.0, 0.25, 0.4);
        (market.buyback_share, market.dressing_years) = (0.25, 2.0);
        (market.seasoned_rate, market.seasoned_size, market.rd_use) = (1e6, 0.1, 0.3);
        (market.sentiment_persistence, market.extrapolation) = (0.8, 0.35);
        (market.delisting_hazard, market.delisting_size) = (1e6, 0.5);
        (market.float, market.offer_discount, market.new_issue_premium, market.enforcement) = (0.2, 0.1, 0.08, 1.0);
        parameters.government.stamp_duty_rate = 0.01;
        parameters.sectors[0].value.industry_concept = 0.02;
    });
    small.set::<Calendar>().tick = 4;
    small.endow(Account::Households, 1000.0);
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].sales, sectors[0].count, sectors[1].count) = (10.0, 1.0, 1.0);
    }
    small
}

fn share(small: &mut Small, sales: f64, owners: Owners) -> Entity {
    let row = small.get::<Projects>().rows().expect("rows are counted");
    let who = small.add(Enterprise {
        identity: Identity { id: row as u64 + 1, listed: true, born: -40, ..Identity::default() },
        operation: Operation { sales, ..Operation::default() },
        attention: Attention { shares: [0.4, 0.3, 0.3] },
        treasury: Treasury { cash: 1.0, earnings: 6.0, ..Treasury::default() },
        equity: Equity { market_value: 90.0, fundamental: 100.0 },
        ..Enterprise::default()
    });
    small.set::<Register>().enter(row, || owners);
    small.set::<Traded>().0.push(row as u32);
    who
}

#[test]
fn a_quarter_of_a_share() {
    let mut small = exchange();
    let owners = Owners {
        outstanding: 1.0,
        fund_share: 0.1,
        float_share: 0.2,
        idiosyncratic: 0.1,
        dressing: 0.2,
        dividends: 4.0,
        ..Owners::default()
    };
    let who = share(&mut small, 8.0, owners);
    {
        let mut board = small.first::<TradedOn>();
        (board.market_value, board.price_index, board.total_return_index) = (95.0, 100.0, 120.0);
        (board.usual_return, board.sentiment) = (0.1, 0.05);
    }
    small.run(trade);
    // Founders, whose lock-up ends, sell a quarter of their 0.7: the price yields by 0.4 of that, and 1 % of what 90 make of it is stamp duty.
    // Then the price: mispricing of 0.1 fades to 0.7^¼ of it, dressing to e^(−⅛), 0.05 of sentiment and 0.02 of concept.
    let sold = 0.175;
    let idiosyncratic = 0.1 * 0.7f64.powf(0.25) - 0.4 * sold;
    let dressing = 0.2 * (-0.125f64).exp();
    let price = 100.0 * (1.0 + dressing) * (0.07 + idiosyncratic).exp();
    // New shares for a tenth of the price: an eleventh of all.
    let issue = 0.1 * price;
    let (owners, equity, treasury) =
        (*small.get::<Register>().of(0).expect("it is listed"), small.of::<Equity>(who), small.of::<Treasury>(who));
    by_hand(&[
        ("mispricing", owners.idiosyncratic, idiosyncratic),
        ("dressing", owners.dressing, dressing),
        ("price", equity.market_value, price + issue),
        ("value", equity.fundamental, 100.0 + issue),
        ("shares", owners.outstanding, 1.1),
        ("of funds", owners.fund_share, 0.1 / 1.1),
        ("of the public", owners.float_share, (0.2 + sold + 0.1) / 1.1),
        ("bought", owners.bought_by_households, issue),
        ("cash", treasury.cash, 1.0 + 0.99 * issue),
        ("for R&D", treasury.capital_money, 0.3 * issue),
        ("households", small.balance(Account::Households), 1000.0 - issue - 0.01 * sold * 90.0),
        ("stamp duty", small.balance(Account::Central), 0.01 * issue + 0.01 * sold * 90.0),
    ]);
    // A quarter of 4 bought shares back: what was listed is worth 1 more, and 3 are dividends.
    let board = &small.all::<TradedOn>()[0];
    let exchange = small.get::<Exchange>();
    let growth = (price + 1.0) / 95.0;
    let excess = (4.0 * growth.ln()).clamp(-2.0, 2.0) - 0.1;
    by_hand(&[
        ("price index", board.price_index, 100.0 * growth),
        ("total return", board.total_return_index, 120.0 * (price + 4.0) / 95.0),
        ("buybacks", board.buybacks, 1.0),
        ("dividends", board.dividends, 3.0),
        ("issues", board.issuance, issue),
        ("market value", board.market_value, price + issue),
        ("value", board.fundamental_value, 100.0 + issue),
        ("earnings", board.earnings, 6.0),
        ("usual return", board.usual_return, 0.1 + (1.0 - (-0.05f64).exp()) * excess),
        ("sentiment", board.sentiment, 0.8f64.powf(0.25) * 0.05 + 0.35 * excess * 0.25 - 0.4 / 11.0),
        ("all boards", exchange.composite, growth.ln()),
        ("usual", exchange.usual_composite, 0.117_503_097_415_404_54 * growth.ln()),
        ("listed", board.listed as f64, 1.0),
    ]);
}

#[test]
fn the_small_leave_the_exchange_and_those_listed_now_are_not_priced_yet() {
    let mut small = exchange();
    let owners = Owners { outstanding: 1.0, float_share: 0.2, dressing: 0.005, ..Owners::default() };
    // 2 a quarter are 8 a year: less than half of the mean of 20.
    let little = share(&mut small, 2.0, owners);
    let new = share(&mut small, 2.0, owners);
    small.world.get_mut::<Identity>(new).expect("it was added").listing_tick = 4;
    small.first::<TradedOn>().price_index = 100.0;
    small.run(trade);
    assert!(!small.of::<Identity>(little).listed && small.of::<Identity>(new).listed);
    assert!(small.world.get::<Listed>(little).is_none());
    let board = &small.all::<TradedOn>()[0];
    by_hand(&[
        ("float of who left", small.get::<Register>().of(0).expect("it has owners").float_share, 0.0),
        ("price of the new", small.of::<Equity>(new).market_value, 90.0),
        ("board", board.market_value, 90.0),
        ("delistings", board.delistings as f64, 1.0),
        // Nothing was listed at the last close: new listings do not move the index.
        ("index", board.price_index, 100.0),
    ]);
    let events: Vec<_> = small.get::<Records>().events.iter().map(|event| (event.event, event.subject, event.note)).collect();
    assert_eq!(events, [("delisting", 1, Some("small"))]);
}

#[test]
fn dressed_earnings_are_exposed() {
    let mut small = exchange();
    {
        let mut parameters = small.world.resource_mut::<Parameters>();
        let market = &mut parameters.capital_market;
        (market.exposure_hazard, market.exposure_delisting, market.exposure_fall, market.seasoned_rate) = (1e6, 0.0, 0.4, 0.0);
        market.exposure_pressure = 0.5;
    }
    let owners = Owners { outstanding: 1.0, float_share: 0.2, dressing: 0.2, ..Owners::default() };
    let who = share(&mut small, 8.0, owners);
    small.world.get_mut::<Identity>(who).expect("it was added").listing_tick = 1;
    small.run(trade);
    let price = 100.0 * (0.02 - 0.4f64).exp();
    let board = &small.all::<TradedOn>()[0];
    by_hand(&[
        ("dressing", small.get::<Register>().of(0).expect("it has owners").dressing, 0.0),
        ("price", small.of::<Equity>(who).market_value, price),
        ("exposures", board.exposures as f64, 1.0),
        // All that is listed was exposed: half of it counts, at half.
        ("sentiment", board.sentiment, -0.25),
    ]);
    assert!(small.of::<Identity>(who).listed);
}

#[test]
fn going_public() {
    let mut small = exchange();
    let applicant = |small: &mut Small, sales: f64, cash: f64| {
        let row = small.get::<Projects>().rows().expect("rows are counted");
        let who = small.add(Enterprise {
            identity: Identity { id: row as u64 + 1, born: -40, ..Identity::default() },
            operation: Operation { sales, ..Operation::default() },
            treasury: Treasury { cash, earnings: 6.0, ..Treasury::default() },
            equity: Equity { market_value: 50.0, fundamental: 100.0 },
            ..Enterprise::default()
        });
        small.set::<Applicants>().0.push(Applicant { row: row as u32, board: 0 });
        who
    };
    let sold = applicant(&mut small, 8.0, 1.0);
    // One is too small for the board, another would sell below its books.
    let little = applicant(&mut small, 1.0, 1.0);
    let rich = applicant(&mut small, 8.0, 500.0);
    small.first::<TradedOn>().sentiment = 0.05;
    small.run(list_enterprises);
    let boards = small.all::<TradedOn>();
    let row = &small.get::<Records>().listings[0];
    // Expected: 100 e^(0.05 + 0.02 + 0.08). The offer is a tenth below it, more or less by its noise of 0.04.
    let expected = 100.0 * 0.15f64.exp();
    assert!((row.offer_price / expected).ln().abs() < 0.3 && row.offer_price < expected * 1.1);
    let proceeds = row.offer_price * 0.25;
    let (owners, treasury, equity) =
        (*small.get::<Register>().of(0).expect("it is listed"), small.of::<Treasury>(sold), small.of::<Equity>(sold));
    let board = &boards[0];
    by_hand(&[
        ("first close", row.first_close, expected),
        ("first day", row.first_day_return, expected / row.offer_price - 1.0),
        ("proceeds", row.proceeds, proceeds),
        ("age", row.age, 11.0),
        ("earnings", row.earnings, 6.0),
        ("cash", treasury.cash, 1.0 + 0.99 * proceeds),
        ("for R&D", treasury.capital_money, 0.3 * proceeds),
        ("value", equity.fundamental, 100.0 + proceeds),
        ("price", equity.market_value, expected + proceeds),
        ("shares", owners.outstanding, 1.25),
        ("float", owners.float_share, 0.2),
        ("bought", owners.bought_by_households, proceeds),
        ("founders had", owners.households_at_close, 50.0),
        ("mispricing", owners.idiosyncratic, 0.08),
        ("households", small.balance(Account::Households), 1000.0 - proceeds),
        ("stamp duty", small.balance(Account::Central), 0.01 * proceeds),
        ("issues", board.issuance, proceeds),
        ("listings", board.listings as f64, 1.0),
    ]);
    let who = small.of::<Identity>(sold);
    assert!(who.listed && !who.queued && who.listing_tick == 4 && small.world.get::<Listed>(sold).is_some());
    assert_eq!(small.get::<Traded>().0, [0]);
    assert!(!small.of::<Identity>(little).queued && !small.of::<Identity>(rich).listed && small.get::<Exchange>().queue.is_empty());
    let events: Vec<_> = small.get::<Records>().events.iter().map(|event| (event.event, event.subject, event.note)).collect();
    assert_eq!(events, [("listing_refused", 2, Some("rules")), ("listing", 1, None), ("listing_withdrawn", 3, Some("below_book"))]);
    // Flows of the tick are forgotten in the next.
    small.run(list_enterprises);
    let board = &small.all::<TradedOn>()[0];
    assert_eq!((board.listings, board.issuance), (0, 0.0));
}

#[test]
fn approval_lets_in_by_quota_and_the_rest_wait() {
    let mut small = exchange();
    {
        let mut parameters = small.world.resource_mut::<Parameters>();
        (parameters.capital_market.regime, parameters.capital_market.queue_years) = ("approval".to_owned(), 1.0);
        // 2 enterprises and 2,000 a year per thousand: 4 a year, one a quarter.
        (parameters.capital_market.quota, parameters.capital_market.price_cap) = (2000.0, 10.0);
    }
    for row in 0..3u32 {
        small.add(Enterprise {
            identity: Identity { id: u64::from(row) + 1, born: -40, ..Identity::default() },
            operation: Operation { sales: 8.0, ..Operation::default() },
            treasury: Treasury { cash: 1.0, earnings: 6.0, ..Treasury::default() },
            equity: Equity { market_value: 50.0, fundamental: 100.0 },
            ..Enterprise::default()
        });
        small.set::<Applicants>().0.push(Applicant { row, board: 0 });
    }
    small.run(list_enterprises);
    // Ten times earnings, where the market would have paid 100 and more.
    by_hand(&[("capped", small.get::<Records>().listings[0].offer_price, 60.0), ("places", small.get::<Exchange>().places, 0.0)]);
    assert_eq!((small.get::<Exchange>().queue.len(), small.get::<Records>().listings.len()), (2, 1));
    // The next quarter one more; suspended, nobody; and after more than a year who waits withdraws.
    small.set::<Calendar>().tick = 5;
    small.run(list_enterprises);
    assert_eq!(small.get::<Records>().listings.len(), 2);
    by_hand(&[("waited", small.get::<Records>().listings[1].queue_years, 0.25)]);
    small.set::<Calendar>().tick = 6;
    small.set::<Exchange>().suspended = true;
    small.run(list_enterprises);
    assert_eq!((small.get::<Exchange>().queue.len(), small.get::<Records>().listings.len()), (1, 2));
    by_hand(&[("places", small.get::<Exchange>().places, 0.0)]);
    small.set::<Calendar>().tick = 9;
    small.run(list_enterprises);
    assert!(small.get::<Exchange>().queue.is_empty());
    let last = small.get::<Records>().events.last().map(|event| (event.event, event.subject, event.note));
    assert_eq!(last, Some(("listing_withdrawn", 3, Some("waited"))));
}

#[test]
fn the_look_ahead() {
    let mut small = Small::with(|parameters| {
        (parameters.market.selection, parameters.market.size_scaling) = (2.0, 0.5);
        (parameters.market.diversification, parameters.market.diversification_share) = (0.8, 0.25);
        let investment = &mut parameters.investment;
        (investment.threshold, investment.maximum_rate, investment.build_years, investment.founding_years) =
            (0.2, 0.6, HALF_A_QUARTER, 1.0);
        (investment.cost_elasticity, investment.horizon_years, investment.cash_buffer_years) = (0.0, 0.0, 0.25);
        (investment.promotion_optimism, investment.subsidy_response) = (0.2, 0.5);
        (parameters.production.normal_utilisation, parameters.production.depreciation) = (0.8, 0.08);
        (parameters.capital_market.discount_rate, parameters.capital_market.long_growth, parameters.capital_market.edge_years) =
            (0.09, 0.04, 0.5);
        parameters.technology.project_value_years = 6.0;
    });
    small.set::<Calendar>().tick = 40;
    small.set::<Economy>().capital_price = 2.0;
    small.set::<ProgrammeBudgets>().capital_relief[0][0] = 0.1;
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.expected_demand, goods.count, goods.competitiveness, goods.typical_share) = (400.0, 10.0, 0.1, 0.1);
    }
    let with = |cash: f64, listed: bool| Enterprise {
        identity: Identity { listed, ..Identity::default() },
        technology: Technology { capital_factor: 1.25, ..Technology::default() },
        position: Position { share: 0.1, competitiveness: 0.15, ..Position::default() },
        operation: Operation { wages: 2.0, sales: 6.0, value_added: 4.0, ..Operation::default() },
        plant: Plant { capital: 40.0, backlog: 2.0, ..Plant::default() },
        treasury: Treasury { cash, debt: 30.0, policy_money: 1.0, earnings: 4.0, ..Treasury::default() },
        pipeline: Pipeline { expected_edge: 0.1, ..Pipeline::default() },
        equity: Equity { market_value: 50.0, fundamental: 1.0 },
        ..Enterprise::default()
    };
    let backed = small.add(with(20.0, false));
    small.set::<Register>().enter(0, || Owners { fund_share: 0.2, outstanding: 1.0, ..Owners::default() });
    small.add(with(-1.0, true));
    let founded = small.add(Enterprise { plant: Plant { backlog: 6.0, ..Plant::default() }, ..with(20.0, false) });
    {
        let mut who = small.world.get_mut::<Identity>(founded).expect("it was added");
        (who.status, who.born) = (Status::Founding, 39);
    }
    small.run(look_ahead);
    // It expects 0.1 × 400, and 0.15 more for what is promoted and subsidised: it wants 1.25 × 46 / 0.8 = 71.875 of capital, has 40 and has ordered 2. It orders wear of 0.8 and
    // a quarter of 0.52 × 40; half of all orders come.
    let plant = small.of::<Plant>(backed);
    // Edge: 2 (0.15 − 0.8 × 0.01 / 0.35 − 0.1) a year, for half a year. Earnings of 4 over 5 %; a tenth of six years of 16 for projects; 20 less 1 and three buffers of 4 to spare.
    let edge: f64 = 2.0 * (0.15 - 0.008 / 0.35 - 0.1);
    let value = 80.0 * (0.5 * edge).exp() + 9.6 + 7.0;
    by_hand(&[
        ("planned", plant.planned, 4.0),
        ("orders", plant.backlog, 8.0),
        ("value", small.of::<Equity>(backed).fundamental, value),
        // Marks of funds follow slowly.
        ("mark", small.of::<Equity>(backed).market_value, 50.0 + 0.117_503_097_415_404_54 * (value - 50.0)),
        // Founders build what is left of their orders in the two quarters that they have.
        ("built", small.of::<Plant>(founded).planned, 3.0),
        ("left to build", small.of::<Plant>(founded).backlog, 6.0),
    ]);
    assert!(small.of::<Identity>(backed).expanding && !small.of::<Identity>(founded).expanding);
    assert_eq!(small.get::<Traded>().0, [1]);
    let mut ailing = Distressed::default();
    ailing.look_again(1);
    assert_eq!(*small.get::<Distressed>(), ailing);
}

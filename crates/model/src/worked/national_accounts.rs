//! Output, prices, growth, balance sheets and the identities between them.

#![cfg(test)]

use super::*;
use crate::kinds::{InstitutionalSector as S, Instrument as I};
use crate::mechanisms::book_check::close_books;
use crate::mechanisms::national_accounts::{account_growth, measure_output};
use crate::rules::identities::{check_identities, stock_transactions};
use crate::state::accounts::BookCheck;
use crate::state::calendar::Calendar;
use crate::state::census::Census;
use crate::state::economy::{Group, Prices};
use crate::state::enterprise::{Operation, Pipeline, TickAccount};
use crate::state::growth::{Growth, GrowthWeights};
use crate::state::think_tanks::ThinkTank;
use crate::state::venture::{Fund, Mandate, Marks};
use tripath_engine::parallel::Merge;

/// Part of the way that an average over two years goes in a quarter, and those over one year and over three quarters.
const TWO_YEARS: f64 = 0.117_503_097_415_404_54;
const A_YEAR: f64 = 0.221_199_216_928_595_12;
const THREE_QUARTERS: f64 = 0.283_468_689_426_210_73;

fn sold() -> Small {
    let mut small = Small::with(|parameters| {
        parameters.technology.quality_in_output = 0.5;
        parameters.banking.expectation_years = HALF_A_QUARTER;
    });
    small.pay_enterprises(FlowKind::Sales, Account::Goods, 100.0);
    small.pay_enterprises(FlowKind::Intermediate, Account::Goods, -30.0);
    small.pay(FlowKind::OutputSubsidies, Account::Central, Account::Goods, 2.0);
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.output, goods.learning, goods.delivered_home_share) = (40.0, 2.0, 0.8);
        (goods.quality, goods.foreign_quality, goods.buyer_price) = (0.3, 0.3, 1.5);
        (goods.sales, goods.exports, goods.procured, goods.subsidies, goods.imports) = (90.0, 10.0, 5.0, 2.0, 27.0);
        (goods.seller_price, goods.subsidy_rate, goods.foreign_price) = (2.5, 0.1, 0.6);
        let tools = &mut sectors[1];
        (tools.output, tools.fill, tools.delivered_home_share, tools.foreign_quality) = (12.0, 0.8, 0.6, 0.4);
        (tools.sales, tools.foreign_price) = (12.0, 0.5);
    }
    {
        let mut economy = small.set::<Economy>();
        let goods = Prices { buyer: 1.2, producer: 2.0, quality: [0.1, 0.2], home: 2.0, foreign: 1.0, home_part: 0.75 };
        let tools = Prices { buyer: 0.5, producer: 0.5, quality: [0.0, 0.2], home: 1.0, foreign: 1.0, home_part: 1.0 };
        economy.last_prices = vec![goods, tools];
        economy.consumption_shares = vec![0.75, 0.25];
        (economy.exchange_rate, economy.output, economy.real_output, economy.adjusted_output) = (2.0, 60.0, 50.0, 45.0);
        (economy.price_history, economy.expected_inflation) = (vec![0.9, 0.95, 0.97, 0.98, 1.0], 0.02);
        (economy.annual_output, economy.employment) = (200.0, 50.0);
        (economy.productivity, economy.productivity_growth, economy.nominal_productivity) = (5.0, 0.01, 5.0);
    }
    small
}

#[test]
fn output_and_prices_of_a_quarter() {
    let mut small = sold();
    small.run(measure_output);
    // At the last prices: goods 40 × 2 = 80, made of 40 × 0.25 × 0.8 / 2 tools at 0.5: 2. Tools 12 × 0.5 = 6.
    // With quality counted by half: goods are better by e^0.1, tools from abroad, two fifths of those used, too.
    let adjusted = 80.0 * 0.1f64.exp() - 2.0 * (0.6 + 0.4 * 0.1f64.exp()) + 6.0;
    // Goods of home are 2.25 after the subsidy, from 2, and foreign ones 1.2, from 1; of tools nothing changes.
    let (prices, better) =
        (0.75 * (0.75 * 1.125 + 0.25 * 1.2) + 0.25, 0.75 * (0.75 * 1.125 * (-0.1f64).exp() + 0.25 * 1.2 * (-0.05f64).exp()) + 0.25);
    let inflation = prices / 0.95 - 1.0;
    let productivity = 5.0 + A_YEAR * (5.6 - 5.0);
    let economy = small.get::<Economy>();
    by_hand(&[
        ("output", economy.output, 68.0),
        ("real", economy.real_output, 50.0 * 84.0 / 60.0),
        ("with quality", economy.adjusted_output, 45.0 * adjusted / 60.0),
        ("consumer prices", economy.consumer_price, prices),
        ("with quality", economy.adjusted_consumer_price, better),
        ("inflation", economy.inflation, inflation),
        ("expected", economy.expected_inflation, 0.5 * (0.02 + inflation)),
        ("prices remembered", economy.price_history.len() as f64, 5.0),
        ("annual output", economy.annual_output, 200.0 + THREE_QUARTERS * 72.0),
        // 70 a quarter by 50 people are 5.6 a year.
        ("productivity", economy.productivity, productivity),
        ("its growth", economy.productivity_growth, 0.01 + TWO_YEARS * ((productivity / 5.0 - 1.0) * 4.0 - 0.01)),
        ("in money", economy.nominal_productivity, 5.0 + A_YEAR * (5.44 - 5.0)),
    ]);
    let (goods, tools) = (&economy.last_prices[0], &economy.last_prices[1]);
    by_hand(&[
        ("what buyers pay", goods.buyer, 1.5),
        ("what producers get", goods.producer, 2.2),
        ("home goods", goods.home, 2.25),
        ("foreign goods", goods.foreign, 1.2),
        ("home part", goods.home_part, 0.73),
        ("quality", goods.quality[0], 0.3),
        ("foreign quality", tools.quality[1], 0.4),
        ("home part of tools", tools.home_part, 1.0),
    ]);
    let weights = &small.get::<Growth>().weights;
    by_hand(&[
        ("weight of labour", weights[0].labour, 78.0 / 84.0),
        ("in tools", weights[1].labour, 6.0 / 84.0),
        ("weight of quality", weights[0].quality, 0.5 * 80.0 / 84.0),
        // Two units of tools are used at home, six tenths of them home-made.
        ("of tools", weights[1].quality, 0.5 * (6.0 - 1.2) / 84.0),
        ("weight of inputs", weights[0].inputs, 2.0 / 84.0),
        ("of tools", weights[1].inputs, 0.0),
    ]);
}

#[test]
fn the_first_quarter_has_nothing_to_grow_from() {
    let mut small = sold();
    small.set::<Economy>().output = 0.0;
    small.set::<Economy>().price_history = vec![0.9];
    small.run(measure_output);
    let economy = small.get::<Economy>();
    by_hand(&[
        ("real", economy.real_output, 68.0),
        ("with quality", economy.adjusted_output, 68.0),
        // A rise in one quarter, by the year.
        ("inflation", economy.inflation, (economy.consumer_price / 0.9).powi(4) - 1.0),
    ]);
}

#[test]
fn growth_of_a_quarter_by_where_it_comes_from() {
    let mut small = Small::new();
    let capital = |small: &mut Small, value: f64| {
        let measured = StockTable::measure(small.get::<Ledger>(), &MicroStocks { fixed_capital: value, ..MicroStocks::default() });
        small.world.insert_resource(measured);
    };
    {
        let mut economy = small.set::<Economy>();
        (economy.adjusted_output, economy.employment, economy.capital_price_at_close) = (100.0, 50.0, 2.0);
    }
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].log_productivity, sectors[0].quality, sectors[0].learning) = (1.0, 0.5, 1.0);
    }
    capital(&mut small, 400.0);
    small.run(account_growth);
    by_hand(&[("measured", small.get::<Growth>().measured, 0.0), ("factors", small.get::<Growth>().total_factor_productivity, 1.0)]);
    small.set::<Calendar>().tick = 1;
    {
        let mut economy = small.set::<Economy>();
        (economy.adjusted_output, economy.employment, economy.output) = (110.0, 52.0, 80.0);
    }
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].log_productivity, sectors[0].quality, sectors[0].learning) = (1.03, 0.52, 1.1);
    }
    {
        let mut growth = small.set::<Growth>();
        growth.weights[0] = GrowthWeights { labour: 0.5, quality: 0.4, inputs: 0.3 };
        // Diffusion raised productivity by 0.01. An entrant of a tenth stands 0.2 above the level and 0.1 below in quality; one of a twentieth that left 0.4 above and at it.
        growth.moves[0].diffused = [0.01, 0.0];
        growth.moves[0].entered.add(0.1, 1.2, 0.4);
        growth.moves[0].left.add(0.05, 1.4, 0.5);
    }
    capital(&mut small, 408.0);
    // Wages are 48 of 80.
    small.pay_enterprises(FlowKind::Wages, Account::Households, -48.0);
    small.run(account_growth);
    let growth = small.get::<Growth>();
    let [diffusion, learning, entry, exit, rest] = growth.sectors[0].others;
    by_hand(&[
        ("measured", growth.measured, 1.1f64.ln() - 1.04f64.ln()),
        ("factors", growth.total_factor_productivity, 1.1 * 1.04f64.powf(-0.6) * 1.02f64.powf(-0.4)),
        ("diffusion", diffusion, 0.005),
        ("learning", learning, 0.8 * 1.1f64.ln()),
        ("entry", entry, 0.5 * 0.02 - 0.4 * 0.01),
        ("exit", exit, -0.5 * 0.02),
        ("reallocation", rest, 0.5 * (0.03 - 0.01 - 0.02 + 0.02) + 0.4 * (0.02 + 0.01)),
        ("other", growth.other(), growth.measured - growth.sectors[0].sum()),
    ]);
    assert_eq!(growth.moves, vec![Default::default(); 2]);
    // A new year begins with nothing.
    small.set::<Calendar>().tick = 4;
    small.run(account_growth);
    by_hand(&[("measured", small.get::<Growth>().measured, 0.0), ("told", small.get::<Growth>().sectors[0].sum(), 0.0)]);
}

/// Sums over agents, each another.
fn stocks() -> MicroStocks {
    MicroStocks {
        enterprise_cash: 1.0,
        enterprise_debt: 2.0,
        fixed_capital: 3.0,
        listed_households: 5.0,
        listed_funds: 7.0,
        unlisted_households: 11.0,
        unlisted_funds: 13.0,
        fund_cash: 17.0,
        public_fund_units: 19.0,
        local_fund_units: 23.0,
        think_tank_cash: 29.0,
    }
}

#[test]
fn every_balance_sheet() {
    let mut ledger = Ledger::new(2, 2);
    let accounts = [
        (Account::Households, 1.5),
        (Account::Central, 2.5),
        (Account::RestOfWorld, 3.5),
        (Account::Goods, 4.5),
        (Account::ThinkTanks, 5.5),
        (Account::Local(0), 6.5),
        (Account::Local(1), 7.5),
        (Account::Bank(0), 8.5),
        (Account::Bank(1), 9.5),
    ];
    for (account, amount) in accounts {
        ledger.endow(account, amount);
    }
    let mut debt = 0.0;
    ledger.endow_loan(0, &mut debt, 31.0);
    ledger.endow_loan(1, &mut debt, 37.0);
    ledger.debts = vec![41.0, 43.0, 47.0];
    (ledger.household_bonds, ledger.bank_bonds, ledger.central_bank_bonds) = (53.0, vec![59.0, 61.0], 67.0);
    let table = StockTable::measure(&ledger, &stocks());
    let expected = [
        (I::Deposits, S::Households, 1.5),
        (I::Deposits, S::Enterprises, 1.0),
        (I::Deposits, S::Banks, 18.0),
        (I::Deposits, S::Funds, 17.0),
        (I::Deposits, S::CentralGovernment, 2.5),
        (I::Deposits, S::LocalGovernments, 14.0),
        (I::Deposits, S::ThinkTanks, 29.0 + 5.5),
        (I::Deposits, S::CentralBank, -49.5),
        (I::Deposits, S::RestOfWorld, 3.5),
        (I::Deposits, S::Goods, 4.5),
        (I::Loans, S::Banks, 68.0),
        (I::Loans, S::Enterprises, -2.0),
        (I::Bonds, S::CentralGovernment, -41.0),
        (I::Bonds, S::LocalGovernments, -90.0),
        (I::Bonds, S::Households, 53.0),
        (I::Bonds, S::Banks, 120.0),
        (I::Bonds, S::CentralBank, 67.0),
        (I::Unlisted, S::Households, 11.0),
        (I::Unlisted, S::Funds, 13.0),
        (I::Unlisted, S::Enterprises, -24.0),
        (I::Listed, S::Households, 5.0),
        (I::Listed, S::Funds, 7.0),
        (I::Listed, S::Enterprises, -12.0),
        (I::FundUnits, S::Households, 37.0 - 19.0 - 23.0),
        (I::FundUnits, S::LocalGovernments, 23.0),
        (I::FundUnits, S::CentralGovernment, 19.0),
        (I::FundUnits, S::Funds, -37.0),
        (I::FixedCapital, S::Enterprises, 3.0),
    ];
    for instrument in I::ALL {
        for sector in S::ALL {
            let worked = expected.iter().find(|(i, s, _)| i == instrument && s == sector).map_or(0.0, |(.., worked)| *worked);
            by_hand(&[(&format!("{} of {}", instrument.word(), sector.word()), table.get(*instrument, *sector), worked)]);
        }
    }
}

#[test]
fn sums_of_parts_are_sums_of_all() {
    let mut sum = stocks();
    sum.merge(stocks());
    let twice = MicroStocks {
        enterprise_cash: 2.0,
        enterprise_debt: 4.0,
        fixed_capital: 6.0,
        listed_households: 10.0,
        listed_funds: 14.0,
        unlisted_households: 22.0,
        unlisted_funds: 26.0,
        fund_cash: 34.0,
        public_fund_units: 38.0,
        local_fund_units: 46.0,
        think_tank_cash: 58.0,
    };
    assert_eq!(sum, twice);
    // What an enterprise did: R&D of all sources and of contracts.
    let operation = Operation { value_added: 2.0, employment: 3.0, profit: 5.0, ..Operation::default() };
    let pipeline = Pipeline { spent: [1.0, 2.0, 4.0], ..Pipeline::default() };
    let account = TickAccount { contract: 8.0, investment: 7.0, subsidies: 11.0, taxes: 13.0, ..TickAccount::default() };
    let one = Group::of(&operation, &pipeline, &account);
    let worked =
        Group { output: 2.0, employment: 3.0, rd: 15.0, profit: 5.0, investment: 7.0, subsidies: 11.0, taxes: 13.0, ..Group::default() };
    assert_eq!(one, worked);
    let mut both = Group { count: 2, shares_square: 0.25, ..one };
    both.merge(Group { count: 3, shares_square: 0.5, ..one });
    let worked = Group {
        output: 4.0,
        employment: 6.0,
        count: 5,
        shares_square: 0.75,
        rd: 30.0,
        profit: 10.0,
        investment: 14.0,
        subsidies: 22.0,
        taxes: 26.0,
    };
    assert_eq!(both, worked);
    let mut tally = Tally::open(2, 3, 4);
    tally.close(&Identity { sector: 1, region: 2, ..Identity::default() }, one);
    tally.close(&Identity { sector: 1, region: 0, ..Identity::default() }, one);
    assert_eq!(
        (tally.closed_by_sector.len(), tally.closed_by_region.len(), tally.entries_by_region.len(), tally.banks.len()),
        (2, 3, 3, 4)
    );
    assert_eq!(tally.closed_by_sector.iter().map(|group| group.rd).collect::<Vec<_>>(), [0.0, 30.0]);
    assert_eq!(tally.closed_by_region.iter().map(|group| group.rd).collect::<Vec<_>>(), [15.0, 0.0, 15.0]);
}

#[test]
fn a_payment_is_a_transaction_in_what_it_buys() {
    // Households pay 3 for each kind; in which instrument that is more, or less.
    let bought = |kind: FlowKind| match kind {
        FlowKind::NewLoans | FlowKind::Repayments => Some(I::Loans),
        FlowKind::BondIssues | FlowKind::BondRedemptions | FlowKind::BondTrades => Some(I::Bonds),
        FlowKind::FounderEquity
        | FlowKind::EquityRounds
        | FlowKind::ListingProceeds
        | FlowKind::SeasonedIssues
        | FlowKind::Buybacks
        | FlowKind::SecondarySales
        | FlowKind::Acquisitions
        | FlowKind::Liquidation => Some(I::Unlisted),
        FlowKind::CapitalCalls | FlowKind::Distributions => Some(I::FundUnits),
        _ => None,
    };
    for kind in FlowKind::STANDARD {
        let mut ledger = Ledger::new(1, 1);
        ledger.pay(*kind, End::Of(Account::Households), End::Of(Account::Bank(0)), 3.0);
        for instrument in I::ALL {
            let worked = match *instrument {
                I::Deposits => -3.0,
                _ if Some(*instrument) == bought(*kind) => 3.0,
                _ => 0.0,
            };
            let what = format!("{} by {}", instrument.word(), kind.word());
            by_hand(&[
                (&what, stock_transactions(&ledger, *instrument, S::Households), worked),
                (&what, stock_transactions(&ledger, *instrument, S::Banks), -worked),
            ]);
        }
    }
    let (mut ledger, mut cash) = (Ledger::new(1, 1), 9.0);
    ledger.pay(FlowKind::Investment, End::Enterprise(&mut cash), End::Of(Account::Goods), 4.0);
    ledger.book().reclassify_equity(S::Funds, 5.0);
    by_hand(&[
        ("investment", stock_transactions(&ledger, I::FixedCapital, S::Enterprises), 4.0),
        ("goods", stock_transactions(&ledger, I::FixedCapital, S::Goods), 0.0),
        ("became listed", stock_transactions(&ledger, I::Listed, S::Funds), 5.0),
        ("is unlisted no more", stock_transactions(&ledger, I::Unlisted, S::Funds), -5.0),
        ("of others", stock_transactions(&ledger, I::Listed, S::Households), 0.0),
        ("reclassified", ledger.reclassified(I::Listed, S::Funds), 5.0),
    ]);
}

#[test]
fn a_breach_of_any_identity_is_named() {
    let opening = StockTable::default();
    let mut ledger = Ledger::new(1, 1);
    let mut cash = 10.0;
    ledger.pay(FlowKind::Wages, End::Enterprise(&mut cash), End::Of(Account::Households), 4.0);
    let sound = StockTable::measure(&ledger, &MicroStocks { enterprise_cash: -4.0, ..MicroStocks::default() });
    by_hand(&[("sound books", check_identities(&opening, &sound, &ledger).residual, 0.0)]);
    // A third of what was paid is missing: 1 of gross flows of 4.
    let short = StockTable::measure(&ledger, &MicroStocks { enterprise_cash: -5.0, ..MicroStocks::default() });
    let breach = check_identities(&opening, &short, &ledger);
    assert_eq!((breach.row.as_str(), breach.residual), ("change of deposits of enterprises", 0.25));
    // A debt that no bank knows of, twice as large.
    let owed = StockTable::measure(&ledger, &MicroStocks { enterprise_cash: -4.0, enterprise_debt: 2.0, ..MicroStocks::default() });
    let breach = check_identities(&opening, &owed, &ledger);
    assert_eq!((breach.row.as_str(), breach.residual), ("change of loans of enterprises", 0.5));
    ledger.book().revalue(I::Loans, S::Enterprises, -2.0);
    assert_eq!(check_identities(&opening, &owed, &ledger).row, "assets and liabilities in loans");
    // Capital that wore out is a change without a payment.
    let mut ledger = Ledger::new(1, 1);
    ledger.pay(FlowKind::Wages, End::Of(Account::Households), End::Of(Account::Households), 1.0);
    ledger.book().revalue(I::FixedCapital, S::Enterprises, 3.0);
    let capital = StockTable::measure(&ledger, &MicroStocks { fixed_capital: 3.0, ..MicroStocks::default() });
    assert_eq!(check_identities(&opening, &capital, &ledger).residual, 0.0);
    let mut ledger = Ledger::new(1, 1);
    ledger.pay(FlowKind::Consumption, End::Of(Account::Households), End::Of(Account::Goods), 4.0);
    let unsold = StockTable::measure(&ledger, &MicroStocks::default());
    assert_eq!(check_identities(&opening, &unsold, &ledger).row, "goods and services account");
    let nothing = StockTable::measure(&ledger, &MicroStocks { fund_cash: f64::NAN, ..MicroStocks::default() });
    assert_eq!(check_identities(&opening, &nothing, &ledger).residual, f64::INFINITY);
}

#[test]
fn the_ledger_moves_what_it_is_told_and_forgets_flows() {
    let mut ledger = Ledger::new(2, 2);
    let (mut cash, mut debt, mut fund, mut tank) = (0.0, 0.0, 8.0, 2.0);
    ledger.book().lend(1, &mut cash, &mut debt, 10.0);
    ledger.book().repay(1, &mut cash, &mut debt, 3.0);
    ledger.book().write_off(1, &mut debt, 2.0);
    let granted = ledger.book().grant(0, 6.0);
    granted.receive(&mut cash, &mut debt);
    let mut other = 1.0;
    ledger.book().assume(&mut debt, &mut other);
    ledger.pay(FlowKind::Distributions, End::Fund(&mut fund), End::Of(Account::Local(1)), 5.0);
    ledger.pay(FlowKind::ThinkTankContracts, End::Of(Account::Central), End::ThinkTank(&mut tank), 1.5);
    by_hand(&[
        ("cash", cash, 13.0),
        ("debt that another took over", debt, 0.0),
        ("debt with it", other, 12.0),
        ("loans", ledger.loans(1), 5.0),
        ("of the other bank", ledger.loans(0), 6.0),
        ("granted", ledger.granted(1), 10.0),
        ("lost by the bank", ledger.other_change(I::Loans, S::Banks), -2.0),
        ("gained by the enterprise", ledger.other_change(I::Loans, S::Enterprises), 2.0),
        ("bank", ledger.balance(Account::Bank(1)), -7.0),
        ("fund", fund, 3.0),
        ("think tank", tank, 3.5),
        ("south", ledger.balance(Account::Local(1)), 5.0),
        ("its receipts", ledger.government_receipts(2, FlowKind::Distributions), 5.0),
        ("payments of the centre", ledger.government_payments(0, FlowKind::ThinkTankContracts), 1.5),
        ("receipts of the centre", ledger.government_receipts(0, FlowKind::ThinkTankContracts), 0.0),
        ("gross flows", ledger.gross_flows(), 10.0 + 3.0 + 6.0 + 5.0 + 1.5),
        ("paid by banks", ledger.paid(FlowKind::NewLoans, S::Banks), 16.0),
        ("received by banks", ledger.received(FlowKind::Repayments, S::Banks), 3.0),
        ("from enterprises", ledger.flow(FlowKind::Repayments, S::Enterprises, S::Banks), 3.0),
        ("own funds", ledger.own_funds(1), 5.0 - 7.0),
    ]);
    ledger.bank_bonds[1] = 4.0;
    by_hand(&[("own funds with bonds", ledger.own_funds(1), 2.0)]);
    ledger.open_tick();
    by_hand(&[
        ("gross flows", ledger.gross_flows(), 0.0),
        ("granted", ledger.granted(1), 0.0),
        ("lost", ledger.other_change(I::Loans, S::Banks), 0.0),
        ("receipts", ledger.government_receipts(2, FlowKind::Distributions), 0.0),
        ("payments", ledger.government_payments(0, FlowKind::ThinkTankContracts), 0.0),
        ("loans", ledger.loans(1), 5.0),
    ]);
}

#[test]
fn closing_the_books() {
    let mut small = Small::new();
    let fund = |public_share: f64, cash: f64, region: Option<u16>| Fund {
        public_share,
        cash,
        mandate: region.map(|region| Mandate { programme: 0, sector: None, region: Some(region), target: 0.0, called: 0.0 }),
        ..Fund::vacant(0)
    };
    // A private fund, one of which the centre has a quarter, one of which the south has half; marked at 10, 20 and 30.
    for fund in [fund(0.0, 1.0, None), fund(0.25, 4.0, None), fund(0.5, 6.0, Some(1))] {
        small.world.spawn(fund);
    }
    small.set::<Marks>().0 = vec![10.0, 20.0, 30.0];
    small.world.spawn(tank(2.5));
    small.set::<Census>().stocks =
        MicroStocks { enterprise_cash: 7.0, enterprise_debt: 9.0, unlisted_funds: 40.0, listed_funds: 20.0, ..MicroStocks::default() };
    small.set::<Economy>().capital_price = 1.25;
    small.run(close_books);
    let table = small.get::<StockTable>();
    by_hand(&[
        ("cash of funds", table.get(I::Deposits, S::Funds), 11.0),
        ("units of the centre", table.get(I::FundUnits, S::CentralGovernment), 0.25 * 24.0),
        ("units of the south", table.get(I::FundUnits, S::LocalGovernments), 0.5 * 36.0),
        ("units of households", table.get(I::FundUnits, S::Households), 71.0 - 6.0 - 18.0),
        ("cash of think tanks", table.get(I::Deposits, S::ThinkTanks), 2.5),
        ("gain of the centre", small.get::<Ledger>().other_change(I::FundUnits, S::CentralGovernment), 6.0),
        ("price at the close", small.get::<Economy>().capital_price_at_close, 1.25),
    ]);
    // Nobody paid anything, and yet there is cash, debt and equity: the books are broken.
    assert!(small.get::<BookCheck>().breach.is_some() && small.get::<Economy>().residual > 1e-9);
    // The next close opens with these stocks: nothing has changed but what units are worth.
    small.set::<Ledger>().open_tick();
    small.pay(FlowKind::Benefits, Account::Central, Account::Households, 5.0);
    small.set::<Marks>().0[1] = 24.0;
    small.run(close_books);
    by_hand(&[
        ("gain of the centre", small.get::<Ledger>().other_change(I::FundUnits, S::CentralGovernment), 1.0),
        ("gain of households", small.get::<Ledger>().other_change(I::FundUnits, S::Households), -1.0),
    ]);
}

/// A think tank that has nothing but cash.
fn tank(cash: f64) -> ThinkTank {
    ThinkTank {
        id: 1,
        region: 0,
        field: vec![0.5, 0.5],
        staff: 0.0,
        quality: 0.0,
        independence: 0.0,
        reputation: 0.0,
        cash,
        calls: vec![0.0; 2],
        accuracy: 0.0,
        income: [0.0; 4],
        clients: vec![0.0; 2],
        earned: [0.0; 2],
    }
}

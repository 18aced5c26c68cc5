//! The quarter of an enterprise, from production to dividends.

#![cfg(test)]

use super::*;
use crate::kinds::{InstitutionalSector as S, Instrument};
use crate::passes::operation::produce_and_settle;
use crate::state::bank::Rates;
use crate::state::economy::Staffing;
use crate::state::enterprise::{
    Equity, Experience, Operation, Owners, Pipeline, Plant, Position, Technology, TickAccount, Treasury, YearAccounts,
};
use crate::state::government::{GovernmentAccounts, ProgrammeBudgets, Receipts};
use crate::state::returns::Returns;
use crate::state::think_tanks::{ClientFees, ClientService, Services};

/// Part of the way that an average over two years goes in a quarter.
const TWO_YEARS: f64 = 0.117_503_097_415_404_54;

fn workshop() -> Small {
    let mut small = Small::with(|parameters| {
        parameters.market.delivery_years = HALF_A_QUARTER;
        parameters.labour.overhead_share = 0.2;
        (parameters.production.normal_utilisation, parameters.production.depreciation) = (0.8, 0.08);
        let government = &mut parameters.government;
        (government.vat_rate, government.local_vat_share, government.local_corporate_share) = (0.1, 0.5, 0.4);
        (government.corporate_tax_rate, government.high_tech_tax_rate, government.high_tech_threshold) = (0.25, 0.15, 0.03);
        (government.rd_super_deduction, government.rd_credit_rate, government.loss_carry_forward) = (0.5, 0.1, true);
        (government.support_years, government.support_threshold) = (HALF_A_QUARTER, 0.002);
        let banking = &mut parameters.banking;
        (banking.base_spread, banking.leverage_spread, banking.repayment_rate) = (0.01, 0.02, 0.4);
        (banking.covenant, banking.payout) = (0.4, 0.5);
        parameters.investment.cash_buffer_years = 0.25;
        parameters.capital_market.buyback_share = 0.25;
        parameters.path_choice.liquidity_value = 0.3;
        parameters.think_tanks.client_fee = 0.05;
    });
    *small.set::<Rates>() = Rates { policy: 0.03, deposit: 0.02, bond: 0.0, expected_loss: 0.01 };
    {
        let mut economy = small.set::<Economy>();
        economy.staffing = Staffing { output: 0.7, overhead: 0.5, research: 0.8 };
        (economy.capital_outlay, economy.capital_fill, economy.capital_price, economy.capital_price_at_close) = (1.5, 0.5, 2.5, 2.8);
    }
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.learning, goods.supplied, goods.makeshift, goods.spare_fill) = (2.0, 0.5, 0.1, 0.25);
        (goods.output, goods.intermediate_cost) = (20.0, 0.3);
        (goods.profit_share, goods.value_added_share, goods.taxes) = (0.1, 0.5, 3.0);
    }
    {
        // In the south, for goods: the third of four places.
        let mut programmes = small.set::<ProgrammeBudgets>();
        programmes.interest_relief = vec![0.4, 0.0];
        programmes.capital_relief = [vec![0.0, 0.0, 0.1, 0.0], vec![0.0, 0.0, 0.05, 0.0]];
    }
    small.set::<Services>().tanks = vec![ClientService::default(); 2];
    small
}

/// Of the south, with the second bank, a client of the second think tank, listed.
fn producer(small: &mut Small, change: impl FnOnce(&mut Enterprise, &mut Owners)) -> Entity {
    let mut owners = Owners { outstanding: 1.0, bought_by_households: 1.0, ..Owners::default() };
    let mut enterprise = Enterprise {
        identity: Identity { region: 1, bank: 1, advised: true, adviser: 1, listed: true, support: 0.01, ..Identity::default() },
        technology: Technology { productivity: 4.0, capital_factor: 1.25, edges: [0.1, 0.05, 0.02], ..Technology::default() },
        pipeline: Pipeline { spent: [0.5, 0.3, 0.2], ..Pipeline::default() },
        position: Position { share: 0.4, price: 2.0, ..Position::default() },
        operation: Operation { output: 12.0, employment: 5.0, ..Operation::default() },
        plant: Plant { capital: 50.0, planned: 6.0, backlog: 5.0 },
        treasury: Treasury { cash: 30.0, debt: 65.0, losses: 1.0, earnings: 8.0, policy_money: 2.0, capital_money: 1.0 },
        experience: Experience { payoff: [1.0, 2.0, 3.0], sales: 100.0, ..Experience::default() },
        equity: Equity { market_value: 90.0, fundamental: 90.0 },
        ..Enterprise::default()
    };
    change(&mut enterprise, &mut owners);
    let row = small.get::<Projects>().rows().expect("rows are counted");
    let mut debt = 0.0;
    small.set::<Ledger>().endow_loan(usize::from(enterprise.identity.bank), &mut debt, enterprise.treasury.debt);
    small.set::<Register>().enter(row, || owners);
    small.add(enterprise)
}

#[test]
fn a_quarter_from_production_to_dividends() {
    let mut small = workshop();
    let who = producer(&mut small, |_, _| ());
    // A grant of 1.5, and a contract of 0.4 for research.
    small.set::<Receipts>().contract(0, 0.4);
    small.set::<Receipts>().grant(0, 1.5);
    small.run(produce_and_settle);
    // Capacity 50 × 2 × ¼ / 1.25 = 20. Of 12 that were ordered and a quarter of the 8 to spare half is made: 7, for 14, of inputs for 2.1.
    // Hands: (0.8 × 7 + 0.2 × 0.8 × 10) / (4 × 2 × ¼) = 3.6, and 7 × 0.1 / ¼ = 2.8 that make up for inputs: 3.2 of wages. Research of 1.4 pays 2.8 people at the
    // common wage, and four fifths of them as they are short.
    let (position, operation) = (small.of::<Position>(who), small.of::<Operation>(who));
    by_hand(&[
        ("output", operation.output, 7.0),
        ("share", position.share, 0.5 * (0.4 + 7.0 / 20.0)),
        ("sales", operation.sales, 14.0),
        ("value added", operation.value_added, 11.9),
        ("people", operation.employment, 6.4 + 0.8 * 2.8),
        ("wages", operation.wages, 4.6),
        ("all people", small.get::<Economy>().employment, 8.64),
    ]);
    // Six units of capital are paid at 1.5, and half of them come; a fiftieth of 50 wears out. A tenth and a twentieth are subsidised.
    let (plant, account) = (small.of::<Plant>(who), small.of::<TickAccount>(who));
    by_hand(&[
        ("capital", plant.capital, 52.0),
        ("planned", plant.planned, 0.0),
        ("backlog", plant.backlog, 2.0),
        ("investment", account.investment, 9.0),
        // 50 fall by 0.3 each, one is gone at 2.5, three for 9 are worth 7.5.
        ("revaluation", small.get::<Ledger>().other_change(Instrument::FixedCapital, S::Enterprises), -15.0 - 2.5 - 1.5),
        ("invested in the place", small.get::<ProgrammeBudgets>().invested[2], 9.0),
        ("and elsewhere", small.get::<ProgrammeBudgets>().invested[0], 0.0),
    ]);
    // Cash: 30 + 14 − 2.1 − 4.6 − 9 + 1.35 = 29.65. Loans of half the capital's worth of 130 cost 0.03 + 0.01 + 0.01 + 0.01 a year: 0.975, of which two fifths are paid
    // by the state; a quarter of 2 % is earned. VAT 1.19. Before tax: 11.9 − 1.19 − 4.6 + 0.4 − 0.975 + 0.14825 + 0.39 − 2.6 = 3.47325. Half of own R&D is deducted
    // again, and a loss of 1: 2.22325 at 15 %, for R&D of 0.5 is more than 3 % of sales; less a credit of 0.05. The think tank gets a twentieth of wages.
    let tax = 0.15 * 2.22325 - 0.05;
    let profit = 3.47325 - tax - 0.23;
    let cash = 29.65 - 1.19 - tax - 0.975 + 0.14825 + 0.39 - 0.23;
    // A tenth of debt is repaid, 6.5; then debt is 58.5, 6.5 above the covenant of 52, and there is cash for it beyond earmarks of 3 and a buffer of 6.7.
    // Half of profit is paid out, a quarter of that for shares.
    let payout = 0.5 * profit;
    let treasury = small.of::<Treasury>(who);
    let owners = *small.get::<Register>().of(0).expect("it has owners");
    by_hand(&[
        ("profit", operation.profit, profit),
        ("taxes", account.taxes, 1.19 + tax),
        ("subsidies", account.subsidies, 1.5 + 0.4 + 1.35 + 0.39 + 0.05),
        ("contract", account.contract, 0.4),
        ("people before", account.last_employment, 5.0),
        ("losses", treasury.losses, 0.0),
        ("debt", treasury.debt, 52.0),
        ("cash", treasury.cash, cash - 13.0 - payout),
        ("earnings", treasury.earnings, 8.0 + TWO_YEARS * (4.0 * profit - 8.0)),
        ("earmarked by policy", treasury.policy_money, 2.0),
        ("by capital", treasury.capital_money, 1.0),
        ("to owners", owners.dividends, payout),
        ("bought by households", owners.bought_by_households, 1.0 - 0.25 * payout),
        ("support", small.of::<Identity>(who).support, 0.5 * (0.01 + 1.9 / 14.0)),
        ("interest", small.get::<YearAccounts>().interest(0), 0.975),
    ]);
    books_of_a_quarter(&small, tax, payout);
    let rents = [0.1f64, 0.05, 0.02].map(|edge| 11.9 * (1.0 - (-edge).exp()));
    let (experience, cells) = (small.of::<Experience>(who), &small.get::<Returns>().cells[0]);
    let (goods, programmes) = (&small.get::<Sectors>()[0], small.get::<ProgrammeBudgets>());
    by_hand(&[
        ("what industry paid", experience.payoff[0], 1.0 + rents.iter().sum::<f64>()),
        // Of what was sought, grants, three tenths.
        ("what policy paid", experience.payoff[1], 2.0 + rents[1] + 0.3 * 1.5),
        ("what capital paid", experience.payoff[2], 3.0 + rents[2]),
        ("sales since the choice", experience.sales, 114.0),
        ("rents of own edges", cells[0].industrial, rents[0]),
        ("of policy's", cells[1].industrial, rents[1]),
        ("of capital's", cells[2].industrial, rents[2]),
        ("profit share", goods.profit_share, 0.1 + TWO_YEARS * (profit / 14.0 - 0.1)),
        ("share of value added", goods.value_added_share, 0.5 + TWO_YEARS * (0.85 - 0.5)),
        ("taxes", goods.taxes, 3.0 + TWO_YEARS * (4.0 * (1.19 + tax) - 3.0)),
        ("mean sales", goods.mean_sales, 56.0),
        ("credits", programmes.credits[0], 0.05),
        ("interest paid", programmes.interest_paid[0], 0.975),
        ("tax of the supported", small.get::<GovernmentAccounts>().tax_of_supported[1], 1.19 + tax),
        ("and elsewhere", small.get::<GovernmentAccounts>().tax_of_supported[0], 0.0),
        ("interest of the bank", small.get::<Tally>().banks[1].interest, 0.975),
        ("fees of the second think tank", small.get::<ClientFees>().0[2], 0.23),
        ("of all", small.get::<ClientFees>().0.iter().sum(), 0.23),
    ]);
}

/// Where the money of [`a_quarter_from_production_to_dividends`] went.
fn books_of_a_quarter(small: &Small, tax: f64, payout: f64) {
    let ledger = small.get::<Ledger>();
    by_hand(&[
        ("goods account", small.balance(Account::Goods), 2.1 + 9.0 - 14.0),
        ("households", small.balance(Account::Households), 4.6 + payout),
        ("of which wages", ledger.received(FlowKind::Wages, S::Households), 4.6),
        ("dividends", ledger.received(FlowKind::Dividends, S::Households), 0.75 * payout),
        ("buybacks", ledger.received(FlowKind::Buybacks, S::Households), 0.25 * payout),
        ("VAT of the centre", ledger.government_receipts(0, FlowKind::Vat), 0.595),
        ("VAT of the south", ledger.government_receipts(2, FlowKind::Vat), 0.595),
        ("tax of the centre", ledger.government_receipts(0, FlowKind::CorporateTax), 0.6 * tax),
        ("tax of the south", ledger.government_receipts(2, FlowKind::CorporateTax), 0.4 * tax),
        ("capital subsidies of the centre", ledger.government_payments(0, FlowKind::CapitalSubsidies), 0.9),
        ("of the south", ledger.government_payments(2, FlowKind::CapitalSubsidies), 0.45),
        ("interest relief", ledger.government_payments(0, FlowKind::InterestSubsidies), 0.39),
        ("the bank", small.balance(Account::Bank(1)), 0.975 - 0.14825 + 13.0),
        ("the other bank", small.balance(Account::Bank(0)), 0.0),
        ("loans", ledger.loans(1), 52.0),
        ("think tanks", small.balance(Account::ThinkTanks), 0.23),
        ("intermediate goods", ledger.paid(FlowKind::Intermediate, S::Enterprises), 2.1),
        ("investment", ledger.paid(FlowKind::Investment, S::Enterprises), 9.0),
    ]);
}

#[test]
fn who_builds_pays_for_the_plant_and_goes_to_work_once_it_stands() {
    let mut small = workshop();
    let build = |small: &mut Small, backlog: f64| {
        let who = small.add(Enterprise {
            identity: Identity { sector: 1, ..Identity::default() },
            technology: Technology { productivity: 1.0, capital_factor: 1.0, ..Technology::default() },
            operation: Operation { output: 3.0, ..Operation::default() },
            position: Position { share: 0.1, price: 1.0, ..Position::default() },
            plant: Plant { capital: 0.0, planned: 4.0, backlog },
            treasury: Treasury { cash: 20.0, ..Treasury::default() },
            ..Enterprise::default()
        });
        small.world.get_mut::<Identity>(who).expect("it was added").status = Status::Founding;
        who
    };
    let (ready, waiting) = (build(&mut small, 2.0), build(&mut small, 9.0));
    small.set::<Sectors>()[1].output = 10.0;
    small.run(produce_and_settle);
    assert_eq!(small.of::<Identity>(ready).status, Status::Active);
    assert_eq!(small.of::<Identity>(waiting).status, Status::Founding);
    // Two units for 6, worth 5, of which 0.1 wears out; 14 at 2 % earn 0.07. The loss waits for a profit.
    let (operation, treasury) = (small.of::<Operation>(ready), small.of::<Treasury>(ready));
    by_hand(&[
        ("output", operation.output, 0.0),
        ("people", operation.employment, 0.0),
        ("capital", small.of::<Plant>(ready).capital, 2.0),
        ("cash", treasury.cash, 14.07),
        ("profit", operation.profit, -0.03),
        ("losses", treasury.losses, 0.03),
        ("share", small.of::<Position>(ready).share, 0.1),
        ("left to build", small.of::<Plant>(waiting).backlog, 7.0),
        ("mean sales", small.get::<Sectors>()[1].mean_sales, 0.0),
    ]);
}

#[test]
fn who_pays_owners_and_how() {
    // What differs from the producer above, and what owners, of whom households for shares, get of its profit.
    let cases: [(&str, fn(&mut Enterprise, &mut Owners), [f64; 2]); 4] = [
        ("funds want growth", |_, owners| owners.fund_share = 0.1, [0.0, 0.0]),
        ("no shares are traded", |enterprise, _| enterprise.identity.listed = false, [0.5, 0.0]),
        ("no cash beyond earmarks", |enterprise, _| enterprise.treasury.policy_money = 30.0, [0.0, 0.0]),
        ("no debt", |enterprise, _| (enterprise.treasury.debt, enterprise.treasury.cash) = (0.0, 20.0), [0.5, 0.125]),
    ];
    for (what, change, [paid, bought_back]) in cases {
        let mut small = workshop();
        let who = producer(&mut small, change);
        small.run(produce_and_settle);
        let profit = small.of::<Operation>(who).profit;
        let owners = *small.get::<Register>().of(0).expect("it has owners");
        assert!(profit > 0.0);
        by_hand(&[(what, owners.dividends, paid * profit), (what, 1.0 - owners.bought_by_households, bought_back * profit)]);
    }
}

#[test]
fn idle_cash_is_paid_out_in_time_and_earmarks_shrink_with_what_there_is() {
    // 103 idle beyond 3 earmarked: what is above two buffers more is paid out at half of it a year.
    let mut small = workshop();
    let who = producer(&mut small, |enterprise, _| (enterprise.treasury.debt, enterprise.treasury.cash) = (0.0, 130.0));
    small.run(produce_and_settle);
    let (operation, treasury) = (small.of::<Operation>(who), small.of::<Treasury>(who));
    let owners = *small.get::<Register>().of(0).expect("it has owners");
    // Costs of 0.25 years are what a quarter costs.
    let buffer = operation.costs();
    let idle = treasury.cash + owners.dividends - 3.0 - buffer;
    by_hand(&[("paid", owners.dividends, 0.5 * operation.profit + 0.125 * (idle - 2.0 * buffer))]);
    // 2 and 1 are earmarked, and all cash is gone but 0.75 by what it owes: a quarter of each is left.
    let mut small = workshop();
    let who = producer(&mut small, |enterprise, _| (enterprise.treasury.debt, enterprise.treasury.cash) = (0.0, 0.0));
    small.run(produce_and_settle);
    let treasury = small.of::<Treasury>(who);
    let kept = (treasury.cash.max(0.0) / 3.0).min(1.0);
    assert!(treasury.cash < 3.0);
    by_hand(&[("policy", treasury.policy_money, 2.0 * kept), ("capital", treasury.capital_money, kept)]);
}

#[test]
fn a_covenant_takes_what_cash_there_is_beyond_earmarks_and_buffer() {
    // 3 are earmarked and a buffer of a quarter's costs is kept: what is beyond is less than the 6.5 above the covenant.
    let mut small = workshop();
    let who = producer(&mut small, |enterprise, _| enterprise.treasury.cash = 22.0);
    small.run(produce_and_settle);
    let (operation, treasury) = (small.of::<Operation>(who), small.of::<Treasury>(who));
    by_hand(&[("cash", treasury.cash, 3.0 + operation.costs())]);
    assert!(treasury.debt > 52.0 && treasury.debt < 58.5 && small.get::<Register>().of(0).expect("it has owners").dividends == 0.0);
}

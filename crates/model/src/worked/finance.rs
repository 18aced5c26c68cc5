//! Rates, credit and banks.

#![cfg(test)]

use super::*;
use crate::mechanisms::banking::{bank_accounts, measure_banks};
use crate::mechanisms::credit::grant_credit;
use crate::mechanisms::monetary_policy::set_rates;
use crate::observe::Records;
use crate::state::bank::{Bank, Rates};
use crate::state::census::Census;
use crate::state::enterprise::{Operation, Plant, Treasury};

/// A loan that is there from the start.
fn lent(small: &mut Small, bank: usize, amount: f64) {
    let mut debt = 0.0;
    small.set::<Ledger>().endow_loan(bank, &mut debt, amount);
}

fn central_bank() -> Small {
    let mut small = Small::with(|parameters| {
        let banking = &mut parameters.banking;
        (banking.neutral_learning, banking.neutral_learning_prices) = (0.2, 0.5);
        (banking.inflation_target, banking.inflation_response, banking.unemployment_response) = (0.02, 0.5, 1.0);
        (banking.shadow_floor, banking.policy_shift) = (-0.06, 0.01);
        (banking.base_spread, banking.leverage_spread, banking.deposit_margin) = (0.01, 0.02, 0.01);
        (banking.bond_spread, banking.bond_years) = (0.005, HALF_A_QUARTER);
        (parameters.investment.loan_share, parameters.investment.cost_years) = (0.5, HALF_A_QUARTER);
        parameters.labour.natural_unemployment = 0.05;
    });
    lent(&mut small, 0, 300.0);
    lent(&mut small, 1, 100.0);
    {
        let mut economy = small.set::<Economy>();
        (economy.loans_lost, economy.inflation, economy.unemployment) = (1.0, 0.04, 0.03);
        (economy.shadow_rate, economy.neutral_rate, economy.loan_rate) = (0.02, 0.01, 0.05);
    }
    *small.set::<Rates>() = Rates { policy: 0.02, deposit: 0.01, bond: 0.02, expected_loss: 0.03 };
    small
}

#[test]
fn a_quarter_of_rates() {
    let mut small = central_bank();
    small.run(set_rates);
    let (economy, rates) = (small.get::<Economy>(), small.get::<Rates>());
    // One of 400 lost in a quarter is 1 % a year; of the way there from 3 % an average over three years goes 1 − e^(−1/12) = 0.079956 in a quarter.
    let expected_loss = 0.03 - 0.02 * 0.079_955_585_370_676_71;
    // Two points of unemployment below the natural rate, and half of two points of inflation above the target: 0.2 × 0.03 × ¼ above 0.01.
    let neutral = 0.0115;
    // The rule: 0.0115 + 0.04 + ½ 0.02 + 0.02 = 0.0815; the bank goes 1 − e^(−0.175) = 0.160543 of the way from 0.02.
    let shadow = 0.02 + 0.0615 * 0.160_542_979_230_792_64;
    by_hand(&[
        ("expected loss", rates.expected_loss, expected_loss),
        ("neutral rate", economy.neutral_rate, neutral),
        ("shadow rate", economy.shadow_rate, shadow),
        ("effective rate", economy.effective_rate, shadow + 0.01),
        ("policy rate", economy.policy_rate, shadow + 0.01),
        ("rate of banks", rates.policy, shadow + 0.01),
        ("deposits", rates.deposit, shadow),
        // Half of the way from 0.02 to 0.005 above the policy rate.
        ("bonds", rates.bond, 0.5 * (0.02 + shadow + 0.015)),
        // A loan at half leverage: 0.01 + ½ 0.02 and the loss above the effective rate; half of the way from 0.05.
        ("loans", economy.loan_rate, 0.5 * (0.05 + shadow + 0.03 + expected_loss)),
    ]);
}

#[test]
fn at_the_floor_unemployment_says_nothing_of_what_is_neutral() {
    let mut small = central_bank();
    {
        let mut economy = small.set::<Economy>();
        (economy.inflation, economy.unemployment, economy.shadow_rate) = (-0.05, 0.2, -0.06);
    }
    small.run(set_rates);
    let economy = small.get::<Economy>();
    by_hand(&[
        ("neutral rate", economy.neutral_rate, 0.01),
        ("shadow rate", economy.shadow_rate, -0.06),
        ("effective rate", economy.effective_rate, -0.05),
        ("policy rate", economy.policy_rate, 0.0),
        ("deposits", small.get::<Rates>().deposit, 0.0),
    ]);
    // Above the floor, it does: 0.2 × (−0.15 − ½ 0.07) × ¼.
    small.set::<Economy>().shadow_rate = -0.05;
    small.run(set_rates);
    by_hand(&[("neutral rate", small.get::<Economy>().neutral_rate, 0.01 - 0.2 * 0.185 * 0.25)]);
    // At the floor and short of people, too: 0.2 × (0.05 − 0.01 − ½ 0.07) × ¼ more.
    (small.set::<Economy>().shadow_rate, small.set::<Economy>().unemployment) = (-0.06, 0.01);
    let before = small.get::<Economy>().neutral_rate;
    small.run(set_rates);
    by_hand(&[("neutral rate", small.get::<Economy>().neutral_rate, before + 0.2 * 0.005 * 0.25)]);
}

#[test]
fn banks_settle_pay_owners_and_are_rescued() {
    let mut small = Small::with(|parameters| {
        (parameters.banking.leverage_limit, parameters.banking.capital_target) = (10.0, 0.1);
    });
    lent(&mut small, 0, 100.0);
    lent(&mut small, 1, 200.0);
    small.set::<Ledger>().bank_bonds[0] = 4.0;
    // Own funds: 100 + 4 − 80.9 = 23.1, and 200 − 199.1 = 0.9.
    small.endow(Account::Bank(0), -80.9);
    small.endow(Account::Bank(1), -199.1);
    small.run(|mut banks: Query<&mut Bank>| {
        for (mut bank, (reserves, owed)) in banks.iter_mut().zip([(10.0, 2.0), (30.0, 1.0)]) {
            (bank.reserves, bank.owed) = (reserves, owed);
        }
    });
    small.set::<Rates>().policy = 0.04;
    small.set::<Economy>().annual_output = 400.0;
    (small.set::<Tally>().banks[0].defaults, small.set::<Tally>().banks[1].defaults) = (0.5, 0.25);
    small.run(bank_accounts);
    // Ten less than their mean: a quarter of 4 % on it is 0.1. Then the first has 23, ten above 0.13 of its loans, and pays out half of that a quarter:
    // what it owes for its rescue, 2, and 3. The second has 1, less than a quarter of 0.3 × 26 + 0.001 × 400 / 2 = 8: it gets 7.
    let banks: Vec<Bank> = small.all();
    let ledger = small.get::<Ledger>();
    by_hand(&[
        ("loans lost", small.get::<Economy>().loans_lost, 0.75),
        ("own funds of the first", ledger.own_funds(0), 18.0),
        ("of the second", ledger.own_funds(1), 8.0),
        ("dividend to the state", ledger.government_receipts(0, FlowKind::BankDividends), 2.0),
        ("to owners", small.balance(Account::Households), 3.0),
        ("rescue", ledger.government_payments(0, FlowKind::Rescues), 7.0),
        ("owed by the first", banks[0].owed, 0.0),
        ("by the second", banks[1].owed, 8.0),
    ]);
    let events = &small.get::<Records>().events;
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].event, events[0].subject, events[0].amount.map(|amount| (1e6 * amount).round())), ("bank_rescue", 2, Some(7e6)));
}

#[test]
fn deposits_are_what_all_others_hold() {
    let mut small = Small::new();
    small.set::<Census>().deposits = vec![5.0, 7.0];
    let mut cash = 0.0;
    small.set::<Ledger>().endow_cash(&mut cash, 12.0);
    for (account, balance) in
        [(Account::Households, 200.0), (Account::RestOfWorld, -20.0), (Account::Bank(0), -80.0), (Account::Bank(1), -200.0)]
    {
        small.endow(account, balance);
    }
    small.run(measure_banks);
    // Households' 200 are at both banks alike; the debt of the rest of the world is no deposit.
    let banks: Vec<Bank> = small.all();
    by_hand(&[
        ("deposits of the first", banks[0].deposits, 105.0),
        ("of the second", banks[1].deposits, 107.0),
        ("reserves of the first", banks[0].reserves, 25.0),
        ("of the second", banks[1].reserves, -93.0),
    ]);
}

/// An enterprise that would invest ten units of capital.
fn borrower(bank: u16, treasury: Treasury, costs: f64, capital: f64) -> Enterprise {
    Enterprise {
        identity: Identity { id: u64::from(bank) + 1, bank, ..Identity::default() },
        // Costs of a tick are wages and what is bought: a third, and two thirds.
        operation: Operation { wages: costs / 3.0, sales: costs, value_added: costs / 3.0, ..Operation::default() },
        plant: Plant { capital, planned: 10.0, ..Plant::default() },
        treasury,
        ..Enterprise::default()
    }
}

#[test]
fn banks_lend_what_they_may_to_the_least_indebted() {
    let mut small = Small::with(|parameters| {
        (parameters.banking.leverage_limit, parameters.banking.collateral_share) = (10.0, 0.5);
        (parameters.investment.cash_buffer_years, parameters.venture.rd_use) = (0.2, 0.5);
    });
    small.set::<Economy>().capital_price = 2.0;
    // An outlay of 20 and 5 to hand: 15 are wanted; half of 20 + 20 less 8 can be had.
    let indebted = small.add(borrower(0, Treasury { cash: 5.0, debt: 8.0, ..Treasury::default() }, 0.0, 10.0));
    // 30 less 4 and half of 8 that is earmarked, less a fifth of 60 that a year costs: 10 to hand, 10 wanted.
    let sound = Treasury { cash: 30.0, debt: 15.0, policy_money: 4.0, capital_money: 8.0, ..Treasury::default() };
    let sound = small.add(borrower(0, sound, 15.0, 20.0));
    let elsewhere = small.add(borrower(1, Treasury { cash: 15.0, ..Treasury::default() }, 0.0, 10.0));
    let founded = small.add(borrower(0, Treasury::default(), 0.0, 100.0));
    small.world.get_mut::<Identity>(founded).expect("it was added").status = Status::Founding;
    // The first bank has lent 23 on own funds of 3.9: room for 16. The other has none.
    lent(&mut small, 0, 23.0);
    small.endow(Account::Bank(0), -19.1);
    small.run(grant_credit);
    // Debt over capital and cash: 8/25 and 15/70.
    let money = |who| small.of::<Treasury>(who);
    by_hand(&[
        ("loan of the sound", money(sound).debt, 25.0),
        ("cash of the sound", money(sound).cash, 40.0),
        ("loan of the indebted", money(indebted).debt, 14.0),
        ("cash of the indebted", money(indebted).cash, 11.0),
        ("loan elsewhere", money(elsewhere).debt, 0.0),
        ("of those who still build", money(founded).debt, 0.0),
        ("loans of the bank", small.get::<Ledger>().loans(0), 39.0),
        ("granted", small.get::<Ledger>().granted(0), 16.0),
        ("refused", small.get::<Tally>().banks[0].refused, 6.0),
        ("refused elsewhere", small.get::<Tally>().banks[1].refused, 5.0),
    ]);
}

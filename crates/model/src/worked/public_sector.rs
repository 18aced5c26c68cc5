//! Public budgets, bonds, grants and think tanks.

#![cfg(test)]

use super::*;
use crate::mechanisms::innovation_returns::record_returns;
use crate::mechanisms::public_finance::public_finance;
use crate::state::bank::Rates;
use crate::state::census::Census;
use crate::state::government::{GovernmentAccounts, ProgrammeBudgets};
use crate::state::returns::Returns;
use crate::state::venture::Fund;

#[test]
fn a_quarter_of_public_finance() {
    let mut small = Small::with(|parameters| {
        let government = &mut parameters.government;
        (government.equalisation, parameters.households.bond_share) = (0.5, 0.25);
        (government.debt_target, government.debt_target_years, government.fiscal_lag_years) = (0.6, HALF_A_QUARTER, HALF_A_QUARTER);
        (government.debt_response, government.debt_ceiling, government.ceiling_start) = (0.5, 0.4, 0.5);
        (government.ceiling_purchases, government.protect_innovation) = (0.1, true);
    });
    small.set::<Rates>().bond = 0.04;
    {
        let mut economy = small.set::<Economy>();
        (economy.annual_output, economy.debt_target, economy.fiscal_stance) = (1000.0, 0.8, 0.1);
    }
    {
        let mut ledger = small.set::<Ledger>();
        ledger.debts = vec![200.0, 60.0, 40.0];
        (ledger.household_bonds, ledger.bank_bonds, ledger.central_bank_bonds) = (150.0, vec![60.0, 60.0], 30.0);
    }
    // What the tick brought before: the north spent 3 and raised 1, the south raised 2; capital calls of the centre are no spending.
    small.pay(FlowKind::GovernmentPurchases, Account::Local(0), Account::Goods, 3.0);
    small.pay_enterprises(FlowKind::Vat, Account::Local(0), -1.0);
    small.pay_enterprises(FlowKind::Vat, Account::Local(1), -2.0);
    let mut fund = 0.0;
    small.set::<Ledger>().pay(FlowKind::CapitalCalls, End::Of(Account::Central), End::Fund(&mut fund), 9.0);
    // Late income of households: dividends of banks 2, carry 0.7, wages of think tanks 0.8. Gains: 3 + 6 + 4 − 1, of which funds call 5.
    small.pay(FlowKind::BankDividends, Account::Bank(0), Account::Households, 2.0);
    small.pay_enterprises(FlowKind::Buybacks, Account::Households, -3.0);
    small.pay_enterprises(FlowKind::Acquisitions, Account::Households, -6.0);
    let mut tank = 0.0;
    {
        let mut ledger = small.set::<Ledger>();
        let households = || End::Of(Account::Households);
        ledger.pay(FlowKind::CarriedInterest, End::Fund(&mut fund), households(), 0.7);
        ledger.pay(FlowKind::Wages, End::ThinkTank(&mut tank), households(), 0.8);
        ledger.pay(FlowKind::Distributions, End::Fund(&mut fund), households(), 4.0);
        ledger.pay(FlowKind::SecondarySales, households(), End::Fund(&mut fund), 1.0);
        ledger.pay(FlowKind::CapitalCalls, households(), End::Fund(&mut fund), 5.0);
    }
    for (account, balance) in
        [(Account::Central, -0.7), (Account::Local(0), 3.05), (Account::Local(1), 4.69), (Account::Households, 510.46)]
    {
        small.endow(account, balance);
    }
    // The central bank owes 25.3, and has 30 in bonds.
    let rest = small.balance(Account::Bank(0)) + small.balance(Account::CentralBank) + 25.3;
    small.endow(Account::Bank(0), rest);
    let banks = [small.balance(Account::Bank(0)), small.balance(Account::Bank(1))];
    small.run(public_finance);
    // Interest of 2, 0.6 and 0.4: half to households, a fifth to each bank, a tenth to the central bank, whose profit of 5 goes to the centre. Half of the
    // north's deficit of 2.6 is made good. Deposits to reach: 5, 3.75 and 1.25. The centre lacks 4, of which households take a quarter, the central bank
    // 0.32 and each bank 1.34. The north has what it needs. The south redeems 3.04, a hundredth of the 304 that are out: 1.51, 0.6134 twice, 0.3032.
    // Then households have 512.47 and bonds of 149.49: they lack 16 of a quarter of both, and buy a sixteenth of that from the banks.
    let ledger = small.get::<Ledger>();
    let economy = small.get::<Economy>();
    let deficits = &small.get::<GovernmentAccounts>().deficits;
    by_hand(&[
        ("deficit of the centre", deficits[0], 2.0 + 1.3 - 5.0),
        ("of the north", deficits[1], 1.3),
        ("of the south", deficits[2], -1.6),
        ("centre", small.balance(Account::Central), 5.0),
        ("north", small.balance(Account::Local(0)), 3.75),
        ("south", small.balance(Account::Local(1)), 1.25),
        ("central bank", small.balance(Account::CentralBank), -30.0 - 0.32 + 0.3032),
        ("debt of the centre", ledger.debts[0], 204.0),
        ("of the north", ledger.debts[1], 60.0),
        ("of the south", ledger.debts[2], 36.96),
        ("bonds of households", ledger.household_bonds, 150.49),
        ("of a bank", ledger.bank_bonds[0], 60.2266),
        ("of the other", ledger.bank_bonds[1], 60.2266),
        ("of the central bank", ledger.central_bank_bonds, 30.0168),
        ("purse", small.balance(Account::Households), 511.47),
        ("a bank", small.balance(Account::Bank(0)), banks[0] + 0.6 - 1.34 + 0.6134 + 0.5),
        ("the other", small.balance(Account::Bank(1)), banks[1] + 0.6 - 1.34 + 0.6134 + 0.5),
        ("late income", economy.late_income, 1.5 + 2.0 + 0.7 + 0.8),
        ("late gains", economy.late_gains, 7.0),
        ("target", economy.debt_target, 0.7),
        // ½ (0.30096 − 0.7), and twice a tenth of (0.7524 − ½)/½; half of the way from 0.1.
        ("stance", economy.fiscal_stance, 0.5 * (0.1 - 0.19952 + 0.10096)),
    ]);
}

#[test]
fn returns_by_who_paid() {
    let mut small = Small::with(|parameters| {
        parameters.sectors[0].value.strategic_value = 0.5;
        (parameters.trade.elasticity, parameters.trade.adjustment_years) = (2.0, HALF_A_QUARTER);
        (parameters.market.price_weight, parameters.technology.breakthrough_shadow_value) = (1.5, 0.1);
    });
    small.pay_enterprises(FlowKind::Vat, Account::Local(0), -3.0);
    small.pay_enterprises(FlowKind::Vat, Account::Central, -2.0);
    small.pay_enterprises(FlowKind::CorporateTax, Account::Local(1), -4.0);
    small.pay_enterprises(FlowKind::CorporateTax, Account::Central, -1.0);
    small.set::<Economy>().output = 40.0;
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.rd_payoff, goods.count, goods.subsidies, goods.procured) = (2.0, 4.0, 0.5, 0.25);
        (goods.home_demand, goods.buyer_price, goods.home_share, goods.procured_home_share) = (10.0, 2.0, 0.75, 0.03);
        (goods.independence, goods.subsidy_rate) = ([0.02, 0.0, 0.0], 0.1);
    }
    {
        let mut programmes = small.set::<ProgrammeBudgets>();
        (programmes.interest_relief[0], programmes.interest_paid[0], programmes.credits[0]) = (0.4, 2.0, 0.3);
        programmes.capital_relief[0][0] = 0.1;
        programmes.invested[0] = 5.0;
    }
    small.set::<Census>().attention[0] = [2.0, 1.0, 1.0];
    small.set::<Census>().holdings[0] = [4.0, 3.0];
    {
        let mut returns = small.set::<Returns>();
        for (cell, industrial) in returns.cells[0].iter_mut().zip([8.0, 4.0, 2.0]) {
            (cell.industrial, cell.spent) = (industrial, 2.0);
        }
        returns.programme_cost[0] = 1.5;
        // A fund of which half is the state's bought what is worth 1.5 for 2, and sold for 3 what was worth 2.5.
        let fund = Fund { public_share: 0.5, ..Fund::vacant(0) };
        returns.funds.buy(&fund, 0, 2.0, 1.5);
        returns.funds.sell(&fund, 0, 3.0, 2.5);
        returns.breakthroughs[0] = [0.0, 0.2, 0.1];
    }
    small.run(record_returns);
    // Taxes are a quarter of output. Policy cost 1.5 + 0.5 + 0.25 + 0.8 + 0.5 + 0.3. A year's demand of 80 counts by half. The home share moves by 2 × 0.75 × 0.25 a log point:
    // own money by 0.02, policy by 1.5 ln (1 / 0.9), half of it in the quarter; procurement by 0.03 at once.
    let subsidy = -1.5 * 0.9f64.ln();
    let policy = 40.0 * (0.5 * 0.375 * subsidy + 0.03 + 0.1 * 0.2);
    let returns = small.get::<Returns>();
    let [own, of_policy, capital] = &returns.cells[0];
    by_hand(&[
        ("fiscal return of own money", own.fiscal, 2.0),
        // The state's part of what was sold is 1.5, of what was called 1.
        ("of policy", of_policy.fiscal, 1.0 - 3.85 + 1.5 - 1.0),
        ("of capital", capital.fiscal, 0.5),
        ("strategic return of own money", own.strategic, 40.0 * 0.5 * 0.375 * 0.02),
        ("of policy", of_policy.strategic, policy),
        ("of capital", capital.strategic, 40.0 * 0.01),
        ("of funds, at value", capital.capital_fundamental, 3.0 - 1.5 + 2.5),
        ("the premium", capital.capital_premium, 4.0 - 2.0 + 3.0 - 4.0),
        ("cost to date", returns.policy_to_date[0].0, 4.85),
        ("taxes and gains to date", returns.policy_to_date[0].1, 2.5),
        ("called to date", returns.public_funds_to_date[0].0, 1.0),
        ("gains to date", returns.public_funds_to_date[0].1, 1.5),
        ("strategic to date", returns.strategic_to_date[0], policy),
        ("breakthroughs to date", returns.breakthroughs_to_date[0], 40.0 * 0.02),
        ("payoff of R&D", small.get::<Sectors>()[0].rd_payoff, 2.0 + 0.221_199_216_928_595_12 * (4.0 - 2.0)),
        ("attention", small.get::<Sectors>()[0].attention[0], 0.5),
        ("to capital", small.get::<Sectors>()[0].attention[2], 0.25),
    ]);
}

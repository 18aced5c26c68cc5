//! Banks: dividends, rescue, and what is measured of them. A bank's money is its balance in the ledger.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::kinds::FlowKind;
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rules::banking::{divide_dividend, payout_target};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::bank::{Bank, Rates};
use crate::state::calendar::Calendar;
use crate::state::census::Census;
use crate::state::economy::{Economy, Tally};

/// Settles among banks, pays bank dividends and rescues banks whose own funds are gone.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn bank_accounts(
    mut banks: Query<&mut Bank>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    rates: Res<Rates>,
    tally: Res<Tally>,
    mut economy: ResMut<Economy>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let years = calendar.years_per_tick();
    let count = ledger.banks();
    economy.loans_lost = tally.banks.iter().map(|bank| bank.defaults).sum();
    let reserves: Vec<f64> = banks.iter().map(|bank| bank.reserves).collect();
    let base = reserves.iter().sum::<f64>() / count as f64;
    // Banks with more reserves than their part receive the policy rate from those with less. The sum is nil, so
    // it settles along the row of banks: each passes on what the banks before it are owed together.
    let mut owed = 0.0;
    for index in 0..count.saturating_sub(1) {
        owed += rates.policy * (reserves[index] - base) * years;
        ledger.pay(FlowKind::InterbankInterest, End::Of(Account::Bank(index + 1)), End::Of(Account::Bank(index)), owed);
    }
    for mut bank in &mut banks {
        let index = bank.index as usize;
        let loans = ledger.loans(index);
        let own = ledger.own_funds(index);
        let target = payout_target(&parameters.banking) * loans;
        let wanted = 0.3 * target + 0.001 * economy.annual_output / count as f64;
        if own < 0.25 * wanted {
            // A bank without own funds is rescued: the cost lands on the central budget.
            let cost = wanted - own;
            ledger.pay(FlowKind::Rescues, End::Of(Account::Central), End::Of(Account::Bank(index)), cost);
            bank.owed += cost;
            if calendar.recorded() {
                records.events.push(EventRow { amount: Some(cost), ..EventRow::at(&calendar, "bank_rescue", index as u64 + 1) });
            }
        } else if own > target {
            let dividend = (own - target) * (2.0 * years).min(1.0);
            let (to_state, to_owners) = divide_dividend(dividend, bank.owed);
            bank.owed -= to_state;
            ledger.pay(FlowKind::BankDividends, End::Of(Account::Bank(index)), End::Of(Account::Central), to_state);
            ledger.pay(FlowKind::BankDividends, End::Of(Account::Bank(index)), End::Of(Account::Households), to_owners);
        }
    }
}

/// Measures deposits of customers and the reserves that follow, once all payments of the tick are made.
pub fn measure_banks(mut banks: Query<&mut Bank>, census: Res<Census>, ledger: Res<Ledger>) {
    let count = ledger.banks();
    // Everyone but enterprises banks everywhere alike; accounts of the rest of the world count as claims, not deposits.
    let balances: f64 = (0..count).map(|bank| ledger.balance(Account::Bank(bank))).sum();
    let everyone = -balances - ledger.balance(Account::CentralBank);
    let others = (everyone - ledger.balance(Account::RestOfWorld) - census.deposits.iter().sum::<f64>()) / count as f64;
    for mut bank in &mut banks {
        let index = bank.index as usize;
        bank.deposits = census.deposits[index] + others;
        bank.reserves = ledger.balance(Account::Bank(index)) + bank.deposits;
    }
}

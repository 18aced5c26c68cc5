//! Credit: enterprises ask for what their cash does not cover; banks rank by leverage where funds are short.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Economy, Ledger, Tally};
use crate::enterprise::{Identity, Operation, Plant, Treasury};
use crate::math;
use crate::parallel::map_chunks;
use crate::parameters::Parameters;
use crate::world::Calendar;

/// Loan an enterprise asks for: outlay and overdraft beyond free cash, within its collateral.
///
/// `min(outlay − free cash, c (capital + outlay) − debt)`, at least 0.
pub fn loan_request(outlay: f64, free_cash: f64, collateral_share: f64, capital_value: f64, debt: f64) -> f64 {
    (outlay - free_cash).min(collateral_share * (capital_value + outlay) - debt).max(0.0)
}

/// Cash beyond what is earmarked and a buffer of costs.
fn free_cash(parameters: &Parameters, per_year: f64, operation: &Operation, treasury: &Treasury) -> f64 {
    let earmarked = treasury.policy_money + treasury.capital_money * parameters.venture.rd_use;
    treasury.cash - earmarked - parameters.investment.cash_buffer_years * operation.annual_costs(per_year)
}

/// Investment that an enterprise can pay for, units: spending on capital may use half of the cash buffer.
pub fn payable_investment(parameters: &Parameters, per_year: f64, capital_price: f64, operation: &Operation, treasury: &Treasury) -> f64 {
    let buffer = 0.5 * parameters.investment.cash_buffer_years * operation.annual_costs(per_year);
    ((free_cash(parameters, per_year, operation, treasury) + buffer) / capital_price).max(0.0)
}

#[derive(Debug, Clone, Copy)]
struct Request {
    row: u32,
    id: u64,
    bank: u16,
    amount: f64,
    leverage: f64,
}

/// Takes requests and grants them within banks' limits.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn grant_credit(
    mut enterprises: Query<(&Identity, &Operation, &Plant, &mut Treasury)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
) {
    let banking = &parameters.banking;
    let price = economy.capital_price;
    let per_year = calendar.ticks_per_year();
    let Some((identity, operation, plant, mut treasury)) = crate::slices_mut!(enterprises) else { return };
    let treasury = treasury.bypass_change_detection();
    let requests: Vec<Request> = map_chunks((identity, operation, plant, &*treasury), |first, (identity, operation, plant, treasury)| {
        let mut found = Vec::new();
        for row in 0..identity.len() {
            if !identity[row].active() {
                continue;
            }
            let free = free_cash(&parameters, per_year, &operation[row], &treasury[row]);
            let value = plant[row].capital * price;
            let amount = loan_request(plant[row].planned * price, free, banking.collateral_share, value, treasury[row].debt);
            if amount > 0.0 {
                let leverage = math::ratio(treasury[row].debt, value + treasury[row].cash.max(0.0), 1.0);
                found.push(Request { row: (first + row) as u32, id: identity[row].id, bank: identity[row].bank, amount, leverage });
            }
        }
        found
    })
    .into_iter()
    .flatten()
    .collect();

    // Copies, not references: sorting by what lies elsewhere waits for memory in big worlds.
    let mut by_bank: Vec<Vec<Request>> = vec![Vec::new(); ledger.banks()];
    for request in requests {
        by_bank[request.bank as usize].push(request);
    }
    for (bank, mut asked) in by_bank.into_iter().enumerate() {
        let supply = (banking.leverage_limit * ledger.own_funds(bank) - ledger.loans(bank)).max(0.0);
        let total: f64 = asked.iter().map(|request| request.amount).sum();
        if total > supply {
            asked.sort_unstable_by(|a, b| a.leverage.total_cmp(&b.leverage).then(a.id.cmp(&b.id)));
        }
        let mut left = supply;
        for request in asked {
            let granted = request.amount.min(left);
            left -= granted;
            if granted > 0.0 {
                let treasury = &mut treasury[request.row as usize];
                ledger.book().lend(bank, &mut treasury.cash, &mut treasury.debt, granted);
            }
            tally.banks[bank].refused += request.amount - granted;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_by_hand() {
        assert_eq!(loan_request(10.0, 4.0, 0.75, 100.0, 50.0), 6.0);
        // Within collateral: 0.75 × 110 − 80 = 2.5.
        assert_eq!(loan_request(10.0, 4.0, 0.75, 100.0, 80.0), 2.5);
        assert_eq!(loan_request(10.0, 40.0, 0.75, 100.0, 0.0), 0.0);
        assert_eq!(loan_request(0.0, -5.0, 0.75, 100.0, 0.0), 5.0);
    }
}

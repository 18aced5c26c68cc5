//! Credit: enterprises ask for what their cash does not cover; banks rank by leverage where funds are short.

use bevy_ecs::prelude::{Res, ResMut, Single};

use crate::accounts::{Economy, Granted, Ledger, Tally};
use crate::columns::{Column, Slices};
use crate::enterprise::{Identity, Operation, Plant, Treasury};
use crate::math;
use crate::parallel::{map_chunks, map_few, map_rows};
use crate::parameters::Parameters;
use crate::world::Calendar;

use super::bank::room;

/// Loan an enterprise asks for: outlay and overdraft beyond free cash, within its collateral.
///
/// `min(outlay − free cash, c (capital + outlay) − debt)`, at least 0.
pub fn loan_request(outlay: f64, free_cash: f64, collateral_share: f64, capital_value: f64, debt: f64) -> f64 {
    (outlay - free_cash).min(collateral_share * (capital_value + outlay) - debt).max(0.0)
}

/// What of their cash enterprises may spend, by what all have in common in a tick.
#[derive(Debug, Clone, Copy)]
pub struct Spending {
    /// Part of a round's money that is for R&D.
    rd_use: f64,
    /// Costs that cash is kept for, years.
    buffer_years: f64,
    per_year: f64,
    capital_price: f64,
}

impl Spending {
    /// As it is in this tick.
    pub fn new(parameters: &Parameters, per_year: f64, capital_price: f64) -> Self {
        Self { rd_use: parameters.venture.rd_use, buffer_years: parameters.investment.cash_buffer_years, per_year, capital_price }
    }

    /// Cash beyond what is earmarked.
    #[inline(always)]
    pub fn unmarked(&self, treasury: &Treasury) -> f64 {
        treasury.cash - (treasury.policy_money + treasury.capital_money * self.rd_use)
    }

    /// Unmarked cash beyond a buffer of costs, from the costs of a tick ([`Operation::costs`]).
    #[inline(always)]
    fn free_cash(&self, unmarked: f64, costs: f64) -> f64 {
        unmarked - self.buffer_years * (costs * self.per_year)
    }

    /// Investment that an enterprise can pay for, units: spending on capital may use half of the cash buffer.
    #[inline(always)]
    pub fn payable_investment(&self, unmarked: f64, costs: f64) -> f64 {
        let buffer = 0.5 * self.buffer_years * (costs * self.per_year);
        ((self.free_cash(unmarked, costs) + buffer) / self.capital_price).max(0.0)
    }
}

#[derive(Debug, Clone, Copy)]
struct Request {
    row: u32,
    id: u64,
    bank: u16,
    amount: f64,
    leverage: f64,
}

/// What a bank grants of each request, in the order in which they come to its books.
///
/// `asked` are places in the list of requests, in the order of rows. Where they ask for more than there is, those with the least leverage
/// come first.
fn grants(requests: &[Request], mut asked: Vec<u32>, supply: f64) -> Vec<(u32, f64)> {
    let request = |at: u32| &requests[at as usize];
    let total: f64 = asked.iter().map(|at| request(*at).amount).sum();
    if total > supply {
        // Copies, not references: sorting by what lies elsewhere waits for memory in big worlds.
        let mut ranked: Vec<(f64, u64, u32)> = asked.iter().map(|at| (request(*at).leverage, request(*at).id, *at)).collect();
        ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        asked = ranked.into_iter().map(|(_, _, at)| at).collect();
    }
    let mut left = supply;
    let grant = |at| {
        let granted = request(at).amount.min(left);
        left -= granted;
        (at, granted)
    };
    asked.into_iter().map(grant).collect()
}

/// Takes requests and grants them within banks' limits.
///
/// Banks decide at the same time, the ledger books their loans in order, and enterprises get the money in the order of their rows.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn grant_credit(
    enterprises: Single<(&Column<Identity>, &Column<Operation>, &Column<Plant>, &mut Column<Treasury>)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
) {
    let banking = &parameters.banking;
    let price = economy.capital_price;
    let spending = Spending::new(&parameters, calendar.ticks_per_year(), price);
    let (identity, operation, plant, treasury) = enterprises.into_inner().slices();
    let requests: Vec<Request> = map_chunks((identity, operation, plant, &*treasury), |first, (identity, operation, plant, treasury)| {
        let mut found = Vec::new();
        for row in 0..identity.len() {
            if !identity[row].active() {
                continue;
            }
            let free = spending.free_cash(spending.unmarked(&treasury[row]), operation[row].costs());
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

    let mut by_bank: Vec<(f64, Vec<u32>)> = (0..ledger.banks()).map(|bank| (room(banking, &ledger, bank), Vec::new())).collect();
    for (at, request) in requests.iter().enumerate() {
        by_bank[request.bank as usize].1.push(at as u32);
    }
    let mut lent: Vec<Option<Granted>> = vec![None; requests.len()];
    for (bank, grants) in map_few(by_bank, requests.len(), |(supply, asked)| grants(&requests, asked, supply)).into_iter().enumerate() {
        for (at, granted) in grants {
            if granted > 0.0 {
                lent[at as usize] = Some(ledger.book().grant(bank, granted));
            }
            tally.banks[bank].refused += requests[at as usize].amount - granted;
        }
    }
    let loans: Vec<(u32, Granted)> = requests.iter().zip(lent).filter_map(|(request, lent)| Some((request.row, lent?))).collect();
    map_rows(
        treasury,
        &loans,
        |loan| loan.0 as usize,
        |first, treasury, loans| {
            for (row, lent) in loans {
                let treasury = &mut treasury[*row as usize - first];
                lent.receive(&mut treasury.cash, &mut treasury.debt);
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_indebted_come_first_where_funds_are_short() {
        let request = |id, leverage| Request { row: id as u32, id, bank: 0, amount: 4.0, leverage };
        let requests = [request(0, 0.5), request(1, 0.2), request(2, 0.2)];
        assert_eq!(grants(&requests, vec![0, 1, 2], 12.0), [(0, 4.0), (1, 4.0), (2, 4.0)]);
        assert_eq!(grants(&requests, vec![0, 1, 2], 6.0), [(1, 4.0), (2, 2.0), (0, 0.0)]);
    }

    #[test]
    fn requests_by_hand() {
        assert_eq!(loan_request(10.0, 4.0, 0.75, 100.0, 50.0), 6.0);
        // Within collateral: 0.75 × 110 − 80 = 2.5.
        assert_eq!(loan_request(10.0, 4.0, 0.75, 100.0, 80.0), 2.5);
        assert_eq!(loan_request(10.0, 40.0, 0.75, 100.0, 0.0), 0.0);
        assert_eq!(loan_request(0.0, -5.0, 0.75, 100.0, 0.0), 5.0);
    }
}

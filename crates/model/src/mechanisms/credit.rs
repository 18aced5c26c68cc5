//! Credit: enterprises ask for what their cash does not cover; banks rank by leverage where funds are short.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::Parameters;
use crate::rules::banking::room;
use crate::rules::credit::{Spending, loan_request};
use crate::state::accounts::{Granted, Ledger};
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{Identity, Operation, Plant, Rows, Treasury};
use tripath_engine::parallel::{BATCH, batches, map_chunks, map_few, map_rows};
use tripath_engine::vectors::{Ahead, Places};
use tripath_engine::{batch, math, vectors};

batch! {
    /// What a batch of enterprises needs, field by field.
    struct Needs[BATCH] {
        /// Who is not at work asks for nothing.
        unmarked: f64 = if who.active() { spending.unmarked(treasury) } else { f64::INFINITY },
        costs: f64 = operation.costs(),
        capital: f64 = plant.capital,
        planned: f64 = plant.planned,
        debt: f64 = treasury.debt,
        /// Loan asked for.
        amount: f64,
    }
    gather(who: Identity, operation: Operation, plant: Plant, treasury: Treasury; spending: &Spending) {}
}

impl Needs {
    /// Works out what each asks for, and who asks for anything.
    #[inline(always)]
    fn ask(&mut self, spending: &Spending, collateral_share: f64) -> Places {
        let mut asking = Places::default();
        for at in 0..BATCH {
            let free = spending.free_cash(self.unmarked[at], self.costs[at]);
            let (outlay, value) = (self.planned[at] * spending.capital_price, self.capital[at] * spending.capital_price);
            let amount = loan_request(outlay, free, collateral_share, value, self.debt[at]);
            self.amount[at] = amount;
            asking.add_where(at, amount > 0.0);
        }
        asking
    }
}

#[derive(Debug, Clone, Copy)]
struct Request {
    row: u32,
    bank: u16,
    amount: f64,
}

/// What a bank has before it: places in the list of requests, in the order of rows, with what each asks for.
#[derive(Debug, Clone)]
struct Asked {
    supply: f64,
    total: f64,
    requests: Vec<(u32, f64)>,
}

/// What a bank grants of each request, in the order in which they come to its books.
///
/// Where they ask for more than there is, those with the least leverage come first: `rank` tells leverage and id of who makes a request.
fn grants(asked: Asked, rank: impl Fn(u32) -> (f64, u64)) -> Vec<(u32, f64)> {
    let Asked { supply, total, mut requests } = asked;
    // Where there is plenty, which no sum of rounding errors can hide, each gets what it asks for.
    if total < (1.0 - 1e-6) * supply {
        return requests;
    }
    if total > supply {
        // Copies, not references: sorting by what lies elsewhere waits for memory in big worlds.
        let ranked = |(at, amount): (u32, f64)| {
            let (leverage, id) = rank(at);
            (leverage, id, at, amount)
        };
        let mut ranked: Vec<(f64, u64, u32, f64)> = requests.into_iter().map(ranked).collect();
        ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        requests = ranked.into_iter().map(|(_, _, at, amount)| (at, amount)).collect();
    }
    let mut left = supply;
    for (_, amount) in &mut requests {
        *amount = amount.min(left);
        left -= *amount;
    }
    requests
}

/// Takes requests and grants them within banks' limits.
///
/// Banks decide at the same time, the ledger books their loans in order, and enterprises get the money in the order of their rows.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn grant_credit(
    enterprises: Rows<(&'static Identity, &'static Operation, &'static Plant, &'static mut Treasury)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    decisions: Res<Decisions>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
) {
    let (banking, credit) = (&parameters.banking, &decisions.credit);
    let price = economy.capital_price;
    let spending = Spending::new(&parameters, calendar.ticks_per_year(), price);
    let (identity, operation, plant, treasury) = enterprises.slices();
    let columns = (identity, operation, plant, &*treasury);
    let requests: Vec<Request> = map_chunks(columns, |first, (identity, operation, plant, treasury)| {
        let mut found = Vec::with_capacity(identity.len());
        let mut needs = Needs::new();
        for batch in batches(identity.len()) {
            let first = first + batch.start;
            let next = (identity, operation, plant, treasury).soon(batch.end);
            let (identity, operation) = (&identity[batch.clone()], &operation[batch.clone()]);
            let (plant, treasury) = (&plant[batch.clone()], &treasury[batch]);
            let rows = needs.gather((identity, operation, plant, treasury), &spending, |at| next.ask(at));
            let asking = vectors::widest(
                #[inline(always)]
                || needs.ask(&spending, banking.collateral_share),
            );
            let request = |at: usize| {
                let amount = credit.through(first + at, needs.amount[at]);
                Request { row: (first + at) as u32, bank: identity[at].bank, amount }
            };
            found.extend(asking.below(rows).map(request));
        }
        found
    })
    .concat();

    let likely = requests.len() / ledger.banks().max(1);
    let before = |bank| Asked { supply: room(banking, &ledger, bank), total: 0.0, requests: Vec::with_capacity(likely) };
    let mut by_bank: Vec<Asked> = (0..ledger.banks()).map(before).collect();
    for (at, request) in requests.iter().enumerate() {
        let asked = &mut by_bank[request.bank as usize];
        asked.total += request.amount;
        asked.requests.push((at as u32, request.amount));
    }
    let rank = |at: u32| {
        let row = requests[at as usize].row as usize;
        let means = plant[row].capital * price + treasury[row].cash.max(0.0);
        (math::ratio(treasury[row].debt, means, 1.0), identity[row].id)
    };
    let decided = map_few(by_bank, requests.len(), |asked| grants(asked, rank));
    let mut lent: Vec<(u32, Option<Granted>)> = requests.iter().map(|request| (request.row, None)).collect();
    let book = ledger.book();
    for (bank, (grants, tally)) in decided.into_iter().zip(&mut tally.banks).enumerate() {
        for (at, granted) in grants {
            if granted > 0.0 {
                lent[at as usize].1 = Some(book.grant(bank, granted));
            }
            tally.refused += requests[at as usize].amount - granted;
        }
    }
    map_rows(
        treasury,
        &lent,
        |(row, _)| *row as usize,
        |first, treasury, lent| {
            for (row, lent) in lent {
                if let Some(lent) = lent {
                    let treasury = &mut treasury[*row as usize - first];
                    lent.receive(&mut treasury.cash, &mut treasury.debt);
                }
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three who ask for 4 each; the first owes most.
    fn granted(supply: f64) -> Vec<(u32, f64)> {
        let asked = Asked { supply, total: 12.0, requests: vec![(0, 4.0), (1, 4.0), (2, 4.0)] };
        grants(asked, |at| ([0.5, 0.2, 0.2][at as usize], u64::from(at)))
    }

    #[test]
    fn the_least_indebted_come_first_where_funds_are_short() {
        for enough in [12.0, 12.000_001, 100.0] {
            assert_eq!(granted(enough), [(0, 4.0), (1, 4.0), (2, 4.0)]);
        }
        assert_eq!(granted(6.0), [(1, 4.0), (2, 2.0), (0, 0.0)]);
    }
}

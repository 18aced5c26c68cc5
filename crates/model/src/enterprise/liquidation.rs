//! Used capital: a closed enterprise's plant goes to an expanding one of its sector that can pay.

use crate::accounts::{End, FlowKind, Ledger};
use crate::random::{Draws, Stream};

use super::{Identity, Plant, Treasury, Wanting};

/// Enterprises asked whether they want a closed enterprise's capital.
const ASKED: usize = 64;

/// A search for a buyer, as far as it has come.
pub(super) struct Search {
    draws: Draws,
    left: usize,
    /// The first that may buy.
    found: Option<usize>,
}

impl Search {
    /// Asks until one may buy, by what is known before anything is closed. Those passed over will not buy at the end either: they want
    /// no capital, or are short of money, and money comes to none but those in overdraft.
    pub(super) fn begin(
        stream: &Stream,
        wanting: &Wanting,
        identity: &[Identity],
        plant: &[Plant],
        treasury: &[Treasury],
        row: usize,
        unit_price: f64,
    ) -> Self {
        let mut search = Self { draws: stream.draws(identity[row].id), left: ASKED, found: None };
        let (sector, cost) = (identity[row].sector, plant[row].capital * unit_price);
        search.go_on(identity.len(), |other| {
            let may_pay = |money: &Treasury| free(money) > cost || money.cash < 0.0;
            wanting.wants(other, sector) && other != row && may_pay(&treasury[other])
        });
        search
    }

    fn go_on(&mut self, rows: usize, fits: impl Fn(usize) -> bool) {
        self.found = None;
        while self.found.is_none() && self.left > 0 {
            self.left -= 1;
            self.found = Some(self.draws.below(rows)).filter(|other| fits(*other));
        }
    }

    /// Of those asked in the same sector: an expanding one that can pay now, the first; `None` where there is none.
    pub(super) fn end(
        mut self,
        identity: &[Identity],
        plant: &[Plant],
        treasury: &[Treasury],
        row: usize,
        unit_price: f64,
    ) -> Option<usize> {
        let cost = plant[row].capital * unit_price;
        let fits = |other: usize| {
            let who = &identity[other];
            other != row && who.active() && who.sector == identity[row].sector && who.expanding && free(&treasury[other]) > cost
        };
        if self.found.is_some_and(|other| !fits(other)) {
            self.go_on(identity.len(), fits);
        }
        self.found
    }
}

/// Cash that is not earmarked.
fn free(money: &Treasury) -> f64 {
    money.cash - money.policy_money - money.capital_money
}

/// Sells all capital of one enterprise to another: within the sector of enterprises only cash moves, capital stays what it is.
pub(super) fn sell_capital(ledger: &mut Ledger, plant: &mut [Plant], treasury: &mut [Treasury], row: usize, buyer: usize, unit_price: f64) {
    let (mut seller_cash, mut buyer_cash) = (treasury[row].cash, treasury[buyer].cash);
    ledger.pay(FlowKind::UsedCapital, End::Enterprise(&mut buyer_cash), End::Enterprise(&mut seller_cash), plant[row].capital * unit_price);
    treasury[row].cash = seller_cash;
    treasury[buyer].cash = buyer_cash;
    plant[buyer].capital += plant[row].capital;
    plant[buyer].planned = (plant[buyer].planned - plant[row].capital).max(0.0);
    plant[row].capital = 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enterprise::Status;
    use crate::random::{Mechanism, Seed};

    /// Asks one by one, as things stand.
    fn first_buyer(draws: &mut Draws, identity: &[Identity], plant: &[Plant], treasury: &[Treasury], row: usize) -> Option<usize> {
        (0..ASKED).map(|_| draws.below(identity.len())).find(|other| {
            let (who, cost) = (&identity[*other], plant[row].capital);
            *other != row && who.active() && who.sector == identity[row].sector && who.expanding && free(&treasury[*other]) > cost
        })
    }

    #[test]
    fn a_search_begun_early_ends_as_one_made_late() {
        let rows = 200;
        let stream = Seed(4).stream(Mechanism::Liquidation, 9);
        let mut draws = Seed(4).draws(Mechanism::Endowment, 0, 0);
        let mut identity = Vec::new();
        let (mut plant, mut treasury) = (Vec::new(), Vec::new());
        for id in 0..rows {
            identity.push(Identity { id, sector: (id % 3) as u16, status: Status::Active, ..Identity::default() });
            plant.push(Plant { capital: draws.uniform(), ..Plant::default() });
            identity[id as usize].expanding = draws.happens(0.4);
            treasury.push(Treasury { cash: 2.0 * draws.uniform() - 0.3, ..Treasury::default() });
        }
        let mut wanting = Wanting::default();
        for (entry, who) in wanting.open(identity.len()).iter_mut().zip(&identity) {
            *entry = Wanting::entry(who.sector, who.active() && who.expanding);
        }
        let closing: Vec<usize> = (0..rows as usize).filter(|row| row % 5 == 0).collect();
        let begun: Vec<Search> =
            closing.iter().map(|row| Search::begin(&stream, &wanting, &identity, &plant, &treasury, *row, 1.0)).collect();
        let mut ledger = Ledger::new(1, 1);
        let mut sold = 0;
        for (row, search) in closing.into_iter().zip(begun) {
            let buyer = search.end(&identity, &plant, &treasury, row, 1.0);
            assert_eq!(buyer, first_buyer(&mut stream.draws(identity[row].id), &identity, &plant, &treasury, row));
            if let Some(buyer) = buyer {
                sell_capital(&mut ledger, &mut plant, &mut treasury, row, buyer, 1.0);
                sold += 1;
            }
            identity[row].status = Status::Vacant;
            plant[row] = Plant::default();
        }
        assert!(sold > 20);
    }
}

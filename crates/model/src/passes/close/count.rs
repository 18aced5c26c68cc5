//! A census that is being taken: what is summed of every enterprise stands where a loop has it at hand.

use crate::state::accounts::MicroStocks;
use crate::state::census::Census;
use crate::state::economy::Group;
use crate::state::enterprise::{Attention, Equity, Identity, Operation, Pipeline, Plant, Position, TickAccount, Treasury};

impl Census {
    /// Begins to count enterprises.
    pub(crate) fn take(&mut self) -> Count<'_> {
        let sectors = self.attention.len();
        Count {
            sectors,
            attention: &mut self.attention,
            holdings: &mut self.holdings[..sectors],
            deposits: &mut self.deposits,
            nobody: self.clients.len() - 1,
            clients: &mut self.clients,
            stocks: self.stocks,
            written: &mut self.stocks,
            groups: &mut self.groups,
        }
    }
}

/// A census that is being taken: what is summed of every enterprise stands where a loop has it at hand.
pub(crate) struct Count<'a> {
    sectors: usize,
    attention: &'a mut [[f64; 3]],
    holdings: &'a mut [[f64; 2]],
    deposits: &'a mut [f64],
    clients: &'a mut [u64],
    /// Place among clients of those who are nobody's.
    nobody: usize,
    /// Stocks so far, and where they go when all are counted.
    stocks: MicroStocks,
    written: &'a mut MicroStocks,
    groups: &'a mut [Group],
}

impl Count<'_> {
    /// All are counted.
    pub(crate) fn end(self) {
        *self.written = self.stocks;
    }

    /// Counts an enterprise.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline(always)]
    pub(crate) fn add(
        &mut self,
        capital_price: f64,
        who: &Identity,
        position: &Position,
        operation: &Operation,
        plant: &Plant,
        treasury: &Treasury,
        pipeline: &Pipeline,
        attention: &Attention,
        equity: &Equity,
        fund_share: f64,
        account: &TickAccount,
    ) {
        let sector = who.sector as usize;
        let stocks = &mut self.stocks;
        if who.active() {
            let sum = &mut self.attention[sector];
            for path in 0..3 {
                sum[path] += attention.shares[path];
            }
        }
        if fund_share > 0.0 {
            let by_funds = fund_share * equity.market_value;
            if who.active() {
                let holdings = &mut self.holdings[sector];
                holdings[0] += by_funds;
                holdings[1] += fund_share * equity.fundamental;
            }
            *(if who.listed { &mut stocks.listed_funds } else { &mut stocks.unlisted_funds }) += by_funds;
        }
        let by_households = (1.0 - fund_share) * equity.market_value;
        if who.listed {
            stocks.listed_households += by_households;
        } else {
            stocks.unlisted_households += by_households;
        }
        stocks.enterprise_cash += treasury.cash;
        stocks.enterprise_debt += treasury.debt;
        stocks.fixed_capital += plant.capital * capital_price;
        self.deposits[who.bank as usize] += treasury.cash;
        // Without a branch: nobody can foretell who is a client.
        self.clients[if who.advised { who.adviser as usize } else { self.nobody }] += 1;
        let group = &mut self.groups[who.region as usize * self.sectors + sector];
        group.add(operation, pipeline, account);
        group.count += 1;
        group.shares_square += position.share * position.share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_sums_of_their_places() {
        let mut census = Census::new(2, 3, 1, 1);
        for (region, sector) in [(0, 0), (0, 1), (2, 1), (2, 1)] {
            let who = Identity { region, sector, ..Identity::default() };
            let operation = Operation { employment: 1.0 + f64::from(region), ..Operation::default() };
            let account = TickAccount { taxes: 2.0, ..TickAccount::default() };
            let (position, plant, treasury) = (Position::default(), Plant::default(), Treasury { cash: 3.0, ..Treasury::default() });
            let (pipeline, attention, equity) = (Pipeline::default(), Attention::default(), Equity::default());
            let mut count = census.take();
            count.add(1.0, &who, &position, &operation, &plant, &treasury, &pipeline, &attention, &equity, 0.0, &account);
            count.end();
        }
        let of = |groups: Vec<Group>| groups.iter().map(|group| (group.count, group.employment, group.taxes)).collect::<Vec<_>>();
        assert_eq!(of(census.by_sector()), [(1, 1.0, 2.0), (3, 7.0, 6.0)]);
        assert_eq!(of(census.by_region()), [(2, 2.0, 4.0), (0, 0.0, 0.0), (2, 6.0, 4.0)]);
        assert_eq!((census.deposits[0], census.stocks.enterprise_cash), (12.0, 12.0));
    }
}

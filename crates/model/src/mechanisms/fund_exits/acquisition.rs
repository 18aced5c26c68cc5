//! Corporate sales: who can buy, what a buyer gains, what sellers hold out for.

use crate::parameters::Parameters;
use crate::state::economy::Economy;
use crate::state::enterprise::{Identity, Plant, Treasury};
use tripath_engine::parallel::{BATCH, batches, map_chunks};
use tripath_engine::random::Draws;
use tripath_engine::vectors::Places;
use tripath_engine::{batch, math, vectors};

use super::exits::Books;

/// Greatest value that a buyer of its own sector can add to an enterprise; what one finds is uniform below.
const GREATEST_SYNERGY: f64 = 0.4;
/// Share of home supply above which a merger is not allowed.
const ANTITRUST: f64 = 0.35;
/// Buyers that look at an enterprise for sale.
const LOOKING: usize = 8;
/// Part of what a bank would lend against capital that it lends for a purchase.
const PURCHASE_CREDIT: f64 = 0.8;

/// Price of a corporate sale: the surplus of synergy is split evenly.
pub fn sale_price(fundamental: f64, synergy: f64) -> f64 {
    fundamental * (1.0 + 0.5 * synergy)
}

/// What a fund holds out for, over fundamental value: growth that it believes in, or the price on a board that the enterprise may reach.
/// A fund past its life takes what it gets.
pub fn hold_out(growth: f64, listing: f64, over: bool) -> f64 {
    if over { 0.0 } else { growth.max(listing) }
}

/// Means of a buyer: cash that is not earmarked, and credit against its plant.
#[inline(always)]
pub fn means(cash: f64, earmarked: f64, debt: f64, capital_value: f64, collateral_share: f64) -> (f64, f64) {
    let free = (cash - earmarked).max(0.0);
    (free, (PURCHASE_CREDIT * collateral_share * capital_value - debt).max(0.0))
}

/// Possible buyers of the tick, by sector: those who can pay the dearest target first.
pub struct Acquirers(Vec<Buyers>);

/// Possible buyers of one sector.
struct Buyers {
    /// What a buyer must have for each target, the dearest first.
    asked: Vec<f64>,
    /// Rows of buyers, in the order of the dearest target that they can pay.
    rows: Vec<u32>,
    /// How many of them can pay each target.
    able: Vec<usize>,
}

/// Means that a buyer must have to be asked at all.
fn least_means(value: f64) -> f64 {
    1.1 * sale_price(value, GREATEST_SYNERGY)
}

batch! {
    /// What a batch of enterprises could pay, field by field.
    struct Purses[BATCH] {
        /// None where an enterprise is not at work.
        cash: f64 = if who.active() { treasury.cash } else { 0.0 },
        earmarked: f64 = treasury.policy_money + treasury.capital_money,
        debt: f64 = treasury.debt,
        capital: f64 = plant.capital,
        /// What the cheapest target of the sector asks for.
        least: f64 = cheapest[usize::from(who.sector)],
        means: f64,
    }
    gather(who: Identity, treasury: Treasury, plant: Plant; cheapest: &[f64]) {}
}

impl Purses {
    /// Who has cash, and means for a target.
    #[inline(always)]
    fn able(&mut self, capital_price: f64, collateral_share: f64) -> Places {
        let mut able = Places::default();
        for at in 0..BATCH {
            let capital = self.capital[at] * capital_price;
            let (free, credit) = means(self.cash[at], self.earmarked[at], self.debt[at], capital, collateral_share);
            self.means[at] = free + credit;
            able.add_where(at, (self.cash[at] > 0.0) & (self.means[at] >= self.least[at]));
        }
        able
    }
}

impl Acquirers {
    /// Those at work, without a fund among their owners and with money for one of the targets.
    pub fn find(books: &Books<'_>, parameters: &Parameters, economy: &Economy, targets: impl Iterator<Item = usize>) -> Self {
        let mut asked = vec![Vec::new(); parameters.sectors.len()];
        for target in targets {
            asked[books.identity[target].sector as usize].push(least_means(books.equity[target].fundamental));
        }
        for sector in &mut asked {
            sector.sort_unstable_by(|a, b| b.total_cmp(a));
        }
        // Most cannot pay the cheapest: they are done with at one look.
        let cheapest: Vec<f64> = asked.iter().map(|targets| targets.last().copied().unwrap_or(f64::INFINITY)).collect();
        let columns = (&*books.identity, &*books.treasury, &*books.plant);
        let register = &*books.register;
        let (capital_price, collateral_share) = (economy.capital_price, parameters.banking.collateral_share);
        let parts = map_chunks(columns, |first, (identity, treasury, plant)| {
            let (entries, owners) = register.page(first);
            let mut found: Vec<Vec<(u32, u32)>> = vec![Vec::new(); asked.len()];
            let mut purses = Purses::new();
            for batch in batches(identity.len()) {
                let begin = batch.start;
                let (identity, treasury, plant) = (&identity[batch.clone()], &treasury[batch.clone()], &plant[batch]);
                let rows = purses.gather((identity, treasury, plant), &cheapest, |_| ());
                let able = vectors::widest(
                    #[inline(always)]
                    || purses.able(capital_price, collateral_share),
                );
                for at in able.below(rows) {
                    let row = begin + at;
                    if entries.at(row).is_some_and(|place| owners[place].fund_share > 0.0) {
                        continue;
                    }
                    let sector = identity[at].sector as usize;
                    let dearest = asked[sector].partition_point(|least| *least > purses.means[at]);
                    found[sector].push((dearest as u32, (first + row) as u32));
                }
            }
            found
        });
        let sectors = asked.into_iter().enumerate().map(|(sector, asked)| {
            // Sorted by counting: rows stay in their order within a target.
            let mut able = vec![0; asked.len()];
            let found = || parts.iter().flat_map(|part| &part[sector]);
            for (dearest, _) in found() {
                able[*dearest as usize] += 1;
            }
            let mut place: Vec<usize> = able.iter().scan(0, |sum, count| Some(std::mem::replace(sum, *sum + count))).collect();
            let mut rows = vec![0; able.iter().sum()];
            for (dearest, row) in found() {
                let at = &mut place[*dearest as usize];
                rows[*at] = *row;
                *at += 1;
            }
            // Every place now stands at the end of its rows: so many can pay the target.
            able.copy_from_slice(&place);
            Buyers { asked, rows, able }
        });
        Self(sectors.collect())
    }

    /// The buyer that gains most among those that look, within the limit of antitrust: row and synergy.
    pub fn best(
        &self,
        books: &Books<'_>,
        parameters: &Parameters,
        economy: &Economy,
        draws: &mut Draws,
        target: usize,
    ) -> Option<(usize, f64)> {
        let Buyers { asked, rows, able } = &self.0[books.identity[target].sector as usize];
        let value = books.equity[target].fundamental;
        let least = least_means(value);
        // The cheapest target that asks for no less.
        let able = match asked.partition_point(|other| *other >= least) {
            0 => 0,
            count => able[count - 1],
        };
        let mut best: Option<(usize, f64)> = None;
        for _ in 0..LOOKING.min(able) {
            let row = rows[draws.below(able)] as usize;
            let synergy = GREATEST_SYNERGY * draws.uniform();
            let who = &books.identity[row];
            let joint = books.position[row].share + books.position[target].share;
            // It may have bought or ended since the list was made.
            let money = &books.treasury[row];
            let capital = books.plant[row].capital * economy.capital_price;
            let earmarked = money.policy_money + money.capital_money;
            let (free, credit) = means(money.cash, earmarked, money.debt, capital, parameters.banking.collateral_share);
            let fits = row != target && who.active() && who.sector == books.identity[target].sector && joint <= ANTITRUST;
            if fits && free + credit >= 1.05 * sale_price(value, synergy) && best.is_none_or(|(_, most)| synergy > most) {
                best = Some((row, synergy));
            }
        }
        best
    }
}

/// Price on the exchange over fundamental value that an enterprise may hope for, after the wait: `exp(premium − r·years)`;
/// 0 for those too far from any board's rules.
pub fn listing_hope(near: bool, premium: f64, discount_rate: f64, years: f64) -> f64 {
    if near { math::exp(premium - discount_rate * years) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_a_sale_by_hand() {
        assert!((sale_price(100.0, 0.3) - 115.0).abs() < 1e-12);
        assert_eq!(hold_out(1.2, 1.5, false), 1.5);
        assert_eq!(hold_out(1.2, 1.5, true), 0.0);
        let (free, credit) = means(10.0, 4.0, 20.0, 100.0, 0.75);
        assert!((free - 6.0).abs() < 1e-12 && (credit - 40.0).abs() < 1e-12);
        assert_eq!(means(1.0, 4.0, 90.0, 100.0, 0.75), (0.0, 0.0));
        assert!((listing_hope(true, 0.3, 0.1, 3.0) - 1.0).abs() < 1e-12);
        assert_eq!(listing_hope(false, 0.3, 0.1, 3.0), 0.0);
    }
}

//! Corporate sales: who can buy, what a buyer gains, what sellers hold out for.

use crate::parameters::Parameters;
use crate::rules::acquisition::{GREATEST_SYNERGY, least_means, means, sale_price};
use crate::state::economy::Economy;
use crate::state::enterprise::{Identity, Plant, Treasury};
use tripath_engine::parallel::{BATCH, batches, map_chunks};
use tripath_engine::random::Draws;
use tripath_engine::vectors::Places;
use tripath_engine::{batch, vectors};

use super::exits::Books;

/// Share of home supply above which a merger is not allowed.
const ANTITRUST: f64 = 0.35;

/// Buyers that look at an enterprise for sale.
const LOOKING: usize = 8;

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

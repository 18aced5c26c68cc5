//! Corporate sales: who can buy, what a buyer gains, what sellers hold out for.

use crate::accounts::Economy;
use crate::math;
use crate::parallel::map_chunks;
use crate::parameters::Parameters;
use crate::random::Draws;

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
pub fn means(cash: f64, earmarked: f64, debt: f64, capital_value: f64, collateral_share: f64) -> (f64, f64) {
    let free = (cash - earmarked).max(0.0);
    (free, (PURCHASE_CREDIT * collateral_share * capital_value - debt).max(0.0))
}

/// Possible buyers by sector, with their means at the start of the tick's sales, the richest first.
pub struct Acquirers(Vec<Vec<(u32, f64)>>);

impl Acquirers {
    /// Those at work, without a fund among their owners and with money.
    pub fn find(books: &Books<'_>, parameters: &Parameters, economy: &Economy) -> Self {
        let columns = (&*books.identity, &*books.treasury, &*books.plant, &*books.equity);
        let parts = map_chunks(columns, |first, (identity, treasury, plant, equity)| {
            let mut found = vec![Vec::new(); parameters.sectors.len()];
            for row in 0..identity.len() {
                let who = &identity[row];
                if who.active() && equity[row].fund_share <= 0.0 && treasury[row].cash > 0.0 {
                    let money = &treasury[row];
                    let capital = plant[row].capital * economy.capital_price;
                    let earmarked = money.policy_money + money.capital_money;
                    let (free, credit) = means(money.cash, earmarked, money.debt, capital, parameters.banking.collateral_share);
                    found[who.sector as usize].push(((first + row) as u32, free + credit));
                }
            }
            found
        });
        let mut sectors = vec![Vec::new(); parameters.sectors.len()];
        for part in parts {
            for (all, some) in sectors.iter_mut().zip(part) {
                all.extend(some);
            }
        }
        for list in &mut sectors {
            list.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        }
        Self(sectors)
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
        let list = &self.0[books.identity[target].sector as usize];
        let value = books.equity[target].fundamental;
        let able = list.partition_point(|entry| entry.1 >= 1.1 * sale_price(value, GREATEST_SYNERGY));
        let mut best: Option<(usize, f64)> = None;
        for _ in 0..LOOKING.min(able) {
            let row = list[draws.below(able)].0 as usize;
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

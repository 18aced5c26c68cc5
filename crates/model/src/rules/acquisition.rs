//! Corporate sales: what a buyer gains and can pay, what sellers hold out for.

use tripath_engine::math;

/// Greatest value that a buyer of its own sector can add to an enterprise; what one finds is uniform below.
pub(crate) const GREATEST_SYNERGY: f64 = 0.4;

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

/// Means that a buyer must have to be asked at all.
pub(crate) fn least_means(value: f64) -> f64 {
    1.1 * sale_price(value, GREATEST_SYNERGY)
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

//! The secondary market: what waiting for an exit is worth, and the last price.

use tripath_engine::math;

/// What is left of the wait of a seller at its end: `exp(−(h + r) T)`, with corporate sales at hazard `h` and a discount rate `r`.
fn remaining(hazard: f64, discount_rate: f64, years: f64) -> f64 {
    math::exp(-(hazard + discount_rate) * years)
}

/// What waiting is worth to a seller, over value: a corporate sale at value may come, or what owners pay at the end (`last`).
///
/// `W = h/(h + r) (1 − e) + e · last` with `e = exp(−(h + r) T)`.
pub fn worth_of_waiting(hazard: f64, discount_rate: f64, years: f64, last: f64) -> f64 {
    let left = remaining(hazard, discount_rate, years);
    hazard / (hazard + discount_rate) * (1.0 - left) + left * last
}

/// What owners pay at the end of the wait, over value: halfway between what a fund may be found to pay and what the stake is worth to them, 1.
///
/// The thinner the demand of funds, the deeper the discount: `½ (1 + min(q b, 1))` with `q` the chance of a fund with money and `b` its bid.
pub fn last_price(chance: f64, bid: f64) -> f64 {
    0.5 * (1.0 + (chance * bid).min(1.0))
}

/// What owners pay before the end of the wait: both sides may wait, and what a sale now saves is split evenly.
///
/// `W + ½ (1 − W − e (1 − last))`: at `T = 0` what they pay at the end.
pub fn buy_back_price(hazard: f64, discount_rate: f64, years: f64, last: f64) -> f64 {
    let waiting = worth_of_waiting(hazard, discount_rate, years, last);
    waiting + 0.5 * (1.0 - waiting - remaining(hazard, discount_rate, years) * (1.0 - last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_by_hand() {
        // Without time left only what owners pay counts; with all the time there is, the odds of a sale against impatience.
        assert!((worth_of_waiting(0.1, 0.1, 0.0, 0.6) - 0.6).abs() < 1e-12);
        assert!((worth_of_waiting(0.1, 0.1, 1e3, 0.6) - 0.5).abs() < 1e-12);
        let left = math::exp(-0.2);
        assert!((worth_of_waiting(0.1, 0.1, 1.0, 0.6) - (0.5 * (1.0 - left) + 0.6 * left)).abs() < 1e-12);
    }

    #[test]
    fn thin_demand_makes_deep_discounts() {
        assert!((last_price(0.0, 0.8) - 0.5).abs() < 1e-12);
        assert!((last_price(0.5, 0.8) - 0.7).abs() < 1e-12);
        assert!((last_price(1.0, 3.0) - 1.0).abs() < 1e-12);
        assert!((buy_back_price(0.1, 0.1, 0.0, 0.7) - 0.7).abs() < 1e-12);
        // Waiting for ever is worth 0.5 to the seller and nothing to owners: halfway to 1.
        assert!((buy_back_price(0.1, 0.1, 1e3, 0.7) - 0.75).abs() < 1e-12);
    }
}

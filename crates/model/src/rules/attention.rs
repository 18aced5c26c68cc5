//! Attention: a scarce attention divided among the paths of return, and what the paths are worth.

use crate::parameters::PathChoice;
use crate::state::venture::PROMISING_EDGE;

/// Least attention to a path: nobody ignores one wholly.
pub(super) const LEAST: f64 = 0.04;

/// Attention at the start, and always where it does not adapt.
#[inline(always)]
pub fn fixed_attention(choice: &PathChoice) -> [f64; 3] {
    let sum = choice.initial_industrial + choice.initial_policy + choice.initial_capital;
    [choice.initial_industrial / sum, choice.initial_policy / sum, choice.initial_capital / sum]
}

/// Part of what comes up on a path that is attended to, over that at one third of attention: `a(e) = 3 (1/3 + h) e/(e + h)`.
///
/// Matters come up, are dealt with at a rate that rises with the attention of managers, and are moot at a rate of their own: a part
/// `e/(e + h)` of them is dealt with in time, half at `e = h`. So attention has diminishing returns on every path.
#[inline(always)]
pub fn attended(half: f64, attention: f64) -> f64 {
    (1.0 + 3.0 * half) * attention / (attention + half)
}

/// The attention to each path that pays most in all, from the square roots of what the paths are worth: payoff over sales for a unit of what was attended to.
///
/// `max Σ v_j e_j/(e_j + h)` with `Σ e_j = 1` and `e_j` at least `LEAST` (0.04): where the last unit of attention pays the same on each path,
/// `e_j = max(LEAST, s √v_j − h)`. Of the `s` that any set of paths above the least would take, the right one is the lowest.
#[inline(always)]
pub fn best_attention(half: f64, roots: [f64; 3]) -> [f64; 3] {
    let [a, b, c] = roots;
    let alone = 1.0 - 2.0 * LEAST + half;
    let two = 1.0 - LEAST + 2.0 * half;
    let mut scale = (1.0 + 3.0 * half) / (a + b + c);
    for taken in [two / (a + b), two / (a + c), two / (b + c), alone / a, alone / b, alone / c] {
        scale = if taken < scale { taken } else { scale };
    }
    roots.map(|root| (scale * root - half).max(LEAST))
}

/// New attention: `e ← ι e + (1 − ι) e*`, with `e*` the [best](best_attention) by what is remembered.
#[inline(always)]
pub fn choose_attention(choice: &PathChoice, shares: [f64; 3], roots: [f64; 3]) -> [f64; 3] {
    let best = best_attention(choice.half_attention, roots);
    let mut chosen = [0.0; 3];
    for path in 0..3 {
        chosen[path] = choice.inertia * shares[path] + (1.0 - choice.inertia) * best[path];
    }
    chosen
}

/// How much outside money is wanted: `2 x/(1 + x)`, with `x` the edge that projects under way promise over the one that an enterprise can pay for itself,
/// `0.04 m`, at its own R&D `m` over the sector's norm (half of it without cash).
///
/// Outside money pays by what it lets come true: nothing without a project that waits for it, most where projects are large and own means small.
#[inline(always)]
pub fn want_of_money(expected_edge: f64, effort: f64, cash: f64) -> f64 {
    let means = PROMISING_EDGE * effort * if cash > 0.0 { 1.0 } else { 0.5 };
    2.0 * expected_edge / (expected_edge + means.max(1e-9))
}

/// Payoffs of a tick in which attention to the industrial, policy and capital path has a part.
///
/// All edges take work on conversion. Those that others paid for would not be there without the search for their money either: their rents speak
/// for both paths, since either could undo them. Grants count at `liquidity`, the worth of money for being there: they are tied to R&D and pay when it converts.
#[inline(always)]
pub fn path_payoffs(rents: [f64; 3], grants: f64, liquidity: f64) -> [f64; 3] {
    let [own, policy, capital] = rents;
    [own + policy + capital, policy + liquidity * grants, capital]
}

/// What founders gain when new shares are sold: their part of the price after the issue, less what their part of the value before it
/// was worth, plus what the money is worth for being there at all (`liquidity` times it).
///
/// `g = f P − f/(1 − s) V + λ m`: `f` founders' share after the issue, `s` share of the new in all, `P` price of all equity after it, `V` fundamental
/// value before it, `m` money raised. An underpriced issue is a loss, a premium a gain.
pub fn founders_gain(founders_share: f64, new_share: f64, price: f64, value_before: f64, raised: f64, liquidity: f64) -> f64 {
    founders_share * price - founders_share / (1.0 - new_share.clamp(0.0, 0.9)) * value_before + liquidity * raised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payoffs_by_hand() {
        assert_eq!(path_payoffs([1.0, 2.0, 4.0], 10.0, 0.25), [7.0, 4.5, 4.0]);
    }

    #[test]
    fn founders_gain_by_hand() {
        // 20 raised for a fifth at a price of 100 in all: the 80 before were worth 60, so founders gain 20.
        assert!((founders_gain(0.8, 0.2, 100.0, 60.0, 20.0, 0.0) - 20.0).abs() < 1e-12);
        // At value 80 there is no gain but that of having the money.
        assert!((founders_gain(0.8, 0.2, 100.0, 80.0, 20.0, 0.1) - 2.0).abs() < 1e-12);
        assert!(founders_gain(0.8, 0.2, 100.0, 90.0, 20.0, 0.0) < 0.0, "underpriced");
    }

    #[test]
    fn attention_that_does_not_adapt_is_that_of_the_start() {
        let choice =
            PathChoice { adaptive: false, initial_industrial: 1.6, initial_policy: 0.2, initial_capital: 0.2, ..PathChoice::default() };
        let fixed = fixed_attention(&choice);
        assert!((fixed[0] - 0.8).abs() < 1e-12 && (fixed[1] - 0.1).abs() < 1e-12 && (fixed[2] - 0.1).abs() < 1e-12);
    }

    #[test]
    fn attention_sums_to_one_and_follows_payoff() {
        let near = |found: [f64; 3], by_hand: [f64; 3]| found.iter().zip(by_hand).all(|(a, b)| (a - b).abs() < 1e-12);
        // Worth 4, 1, 1 with h = 0.1: e = 1.3 (2, 1, 1)/4 − 0.1, and (e + h)²/v is the same on each path.
        let best = best_attention(0.1, [2.0, 1.0, 1.0]);
        assert!(near(best, [0.55, 0.225, 0.225]));
        // A path that pays nothing has the least; the others share the rest: 1.16 (2, 1)/3 − 0.1.
        assert!(near(best_attention(0.1, [2.0, 1.0, 0.0]), [1.16 * 2.0 / 3.0 - 0.1, 1.16 / 3.0 - 0.1, 0.04]));
        assert!(near(best_attention(0.1, [0.0, 0.0, 7.0]), [0.04, 0.04, 0.92]));
        // One that pays too little to be looked at above the least.
        assert!(near(best_attention(0.1, [1.0, 0.01, 1.0]), [0.48, 0.04, 0.48]));
        let choice = PathChoice { half_attention: 0.1, inertia: 0.5, ..PathChoice::default() };
        assert!(near(choose_attention(&choice, [0.45, 0.325, 0.225], [2.0, 1.0, 1.0]), [0.5, 0.275, 0.225]));
    }

    #[test]
    fn outside_money_is_wanted_for_projects_beyond_own_means() {
        assert_eq!(want_of_money(0.0, 1.0, 1.0), 0.0);
        // As much as it can pay for: 1. Three times that: 1.5; without cash six times, 12/7. Twice the R&D, 3/2 times: 1.2.
        assert!((want_of_money(0.04, 1.0, 1.0) - 1.0).abs() < 1e-12);
        assert!((want_of_money(0.12, 1.0, 1.0) - 1.5).abs() < 1e-12 && (want_of_money(0.12, 1.0, 0.0) - 12.0 / 7.0).abs() < 1e-12);
        assert!((want_of_money(0.12, 2.0, 1.0) - 1.2).abs() < 1e-12);
    }

    #[test]
    fn returns_to_attention_diminish() {
        assert!((attended(0.1, 1.0 / 3.0) - 1.0).abs() < 1e-12);
        // 1.3 × 0.1/0.2, and 1.3 × 0.9/1.0.
        assert!((attended(0.1, 0.1) - 0.65).abs() < 1e-12 && (attended(0.1, 0.9) - 1.17).abs() < 1e-12);
        assert_eq!(attended(0.1, 0.0), 0.0);
    }
}

//! Needs that the goods of a new sector serve together with the old goods that they replace.

use crate::parameters::Parameters;

/// A need that the goods of two sectors serve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// The new sector.
    pub new: usize,
    /// The sector whose goods the new ones replace.
    pub old: usize,
    /// The whole need over the part that the new sector serves at year 0: at least 1.
    pub potential: f64,
}

impl Need {
    /// The needs of a configuration, in the order of the sectors.
    pub fn of(parameters: &Parameters) -> Vec<Self> {
        let sectors = parameters.sectors.iter().enumerate();
        sectors
            .filter_map(|(new, sector)| {
                let old = parameters.sector_index(&sector.value.replaces)?;
                Some(Self { new, old, potential: sector.value.potential })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::needs::{Preferences, consumption_shares, income_factor, served_weights};
    use tripath_engine::math;

    const NEED: Need = Need { new: 1, old: 0, potential: 5.0 };

    fn shares(log_prices: &[f64], income_factors: &[f64]) -> Vec<f64> {
        let preferences = Preferences { tastes: &[0.7, 0.04, 0.26], income_factors, between: 1.3, within: 3.0 };
        consumption_shares(&preferences, &[NEED], &[NEED.served(3.0, log_prices)], log_prices)
    }

    #[test]
    fn at_the_start_shares_are_tastes() {
        let start = shares(&[0.0; 3], &[1.0; 3]);
        for (share, taste) in start.iter().zip([0.7, 0.04, 0.26]) {
            assert!((share - taste).abs() < 1e-12);
        }
        // So they are where all prices fall alike.
        for (share, taste) in shares(&[-0.4; 3], &[1.0; 3]).iter().zip([0.7, 0.04, 0.26]) {
            assert!((share - taste).abs() < 1e-12);
        }
    }

    #[test]
    fn new_goods_take_over_their_need_along_a_curve_and_no_more() {
        assert!((NEED.served(3.0, &[0.0; 3]) - 0.2).abs() < 1e-12);
        // Odds of 1 : 4 grow by e^((3 − 1) a): at a = ln 2 they are even.
        assert!((NEED.served(3.0, &[std::f64::consts::LN_2, 0.0, 0.0]) - 0.5).abs() < 1e-12);
        // However cheap they are, they are all of their need, whose price counts up to a twentieth of the mean: 0.2 e^0.9 against the rest at 1.2 below.
        let cheap = shares(&[0.0, -30.0, 0.0], &[1.0; 3]);
        let (need, rest) = (0.2 * math::exp(-0.3 * (-1.2 - 3.0)), 0.8);
        assert!((cheap[1] - need / (need + rest)).abs() < 1e-6, "{cheap:?}");
        let even = [0.0, -std::f64::consts::LN_2, 0.0];
        let half = shares(&even, &[1.0; 3]);
        // By hand: P = (0.2 · 2² + 0.8)^(−1/2); the need's weight 0.2 P^(−0.3), half of it new.
        let need = 0.2 * math::exp(0.15 * math::ln(0.2 * 4.0 + 0.8));
        assert!((half[1] - 0.5 * need / (0.8 + need)).abs() < 1e-12);
        assert!((half.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn dearer_goods_lose_share_when_substitutes() {
        let dear = shares(&[0.0, 0.0, 0.5], &[1.0; 3]);
        assert!(dear[2] < 0.26 && dear[0] > 0.7 && dear[1] > 0.04);
        assert!((dear[0] / dear[1] - 0.7 / 0.04).abs() < 1e-9);
    }

    #[test]
    fn the_richer_buy_more_of_what_has_a_high_income_elasticity() {
        assert_eq!(income_factor(1.0, 5.0), 1.0);
        assert!((income_factor(1.5, 4.0) - 2.0).abs() < 1e-12);
        assert_eq!(income_factor(1.5, 1e9), income_factor(1.5, 30.0));
        let rich = shares(&[0.0; 3], &[1.0, 1.0, 2.0]);
        assert!((rich[2] - 0.52 / 1.26).abs() < 1e-12);
    }

    #[test]
    fn weights_of_a_use_move_from_old_to_new() {
        let now = served_weights(&[0.7, 0.04, 0.26], &[NEED], &[0.5]);
        assert!((now[1] - 0.1).abs() < 1e-12 && (now[0] - 0.64).abs() < 1e-12 && now[2] == 0.26);
        // No more than there is.
        assert_eq!(served_weights(&[0.05, 0.04, 0.91], &[NEED], &[1.0])[0], 0.0);
    }
}

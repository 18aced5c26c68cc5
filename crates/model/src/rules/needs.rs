//! Needs: what a new sector's goods serve together with the old goods that they replace.
//!
//! A need has a bounded part of demand. At year 0 a new sector serves a small part of its need; as its goods become cheaper and better than the
//! old ones they take over the rest along an S-curve (Fisher and Pry 1971), and no further: a sector does not swallow the economy.

use crate::parameters::Parameters;
use tripath_engine::math;

/// Log points of income and of relative prices up to which preferences are known.
const FARTHEST: f64 = 3.0;

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

    /// Part of the need that the new goods serve: `v = 1 / (1 + (m − 1) exp(−(σ − 1) a))`.
    ///
    /// That is the expenditure share of a CES with elasticity `σ` and the share `1/m` at year 0, with `a` how much cheaper, quality counted, the new
    /// goods have become since then against the old ones, in log points.
    pub fn served(&self, elasticity: f64, log_prices: &[f64]) -> f64 {
        let advantage = log_prices[self.old] - log_prices[self.new];
        1.0 / (1.0 + (self.potential - 1.0) * math::exp(-((elasticity - 1.0) * advantage).clamp(-30.0, 30.0)))
    }

    /// Log price of the need over year 0, as a CES has it: `ln P = ln p_new + ln(m v) / (σ − 1)`.
    fn log_price(&self, served: f64, elasticity: f64, log_prices: &[f64]) -> f64 {
        log_prices[self.new] + math::ln(self.potential * served) / (elasticity - 1.0)
    }
}

/// Parts of all needs that new goods serve ([`Need::served`]).
pub fn served_parts(needs: &[Need], elasticity: f64, log_prices: &[f64]) -> Vec<f64> {
    needs.iter().map(|need| need.served(elasticity, log_prices)).collect()
}

/// Weights of sectors in a final use, once new goods serve parts `served` of their needs: `w_new m v`, and the old ones what is left.
///
/// Takes the weights at year 0; the sum stays.
pub fn served_weights(weights: &[f64], needs: &[Need], served: &[f64]) -> Vec<f64> {
    let mut now = weights.to_vec();
    for (need, served) in needs.iter().zip(served) {
        let gained = (weights[need.new] * (need.potential * served - 1.0)).min(now[need.old]);
        now[need.new] += gained;
        now[need.old] -= gained;
    }
    now
}

/// Preferences of households: how they turn to what becomes cheaper or better, and to what the richer buy.
#[derive(Debug, Clone, Copy)]
pub struct Preferences<'a> {
    /// Consumption shares at year 0.
    pub tastes: &'a [f64],
    /// Factor of each sector's weight for income: `(c / c_0)^(ε − 1)`, see [`income_factor`].
    pub income_factors: &'a [f64],
    /// Elasticity of substitution between needs.
    pub between: f64,
    /// Elasticity of substitution within a need.
    pub within: f64,
}

/// Consumption shares of a CES of needs, each a CES of new and old goods: `a_n (c/c_0)^(ε_n − 1) P_n^(1 − σ)`, normalised.
///
/// What serves no need of a new sector is a need of its own. `log_prices` are over year 0, quality counted. Prices of needs count up to twenty
/// times their mean, and down to a twentieth: beyond, no need takes more of the others' place, however long one becomes better faster.
pub fn consumption_shares(preferences: &Preferences, needs: &[Need], served: &[f64], log_prices: &[f64]) -> Vec<f64> {
    let Preferences { tastes, income_factors, between, within } = *preferences;
    let mean: f64 = tastes.iter().zip(log_prices).map(|(taste, price)| taste * price).sum();
    let weight = |taste: f64, log_price: f64, sector: usize| {
        taste * income_factors[sector] * math::exp((1.0 - between) * log_price.clamp(mean - FARTHEST, mean + FARTHEST))
    };
    let mut own = tastes.to_vec();
    let mut weights = vec![0.0; tastes.len()];
    for (need, served) in needs.iter().zip(served) {
        let replaced = (tastes[need.new] * (need.potential - 1.0)).min(own[need.old]);
        own[need.old] -= replaced;
        own[need.new] = 0.0;
        let whole = weight(tastes[need.new] + replaced, need.log_price(*served, within, log_prices), need.new);
        weights[need.new] += whole * served;
        weights[need.old] += whole * (1.0 - served);
    }
    for (sector, taste) in own.iter().enumerate() {
        weights[sector] += weight(*taste, log_prices[sector], sector);
    }
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| math::ratio(*weight, sum, 0.0)).collect()
}

/// Factor of a sector's weight in consumption for real income a head over that of year 0: `(c / c_0)^(ε − 1)`, `ε` its income elasticity.
///
/// Income counts up to twenty times that of year 0, and down to a twentieth: what people do beyond is not known.
pub fn income_factor(elasticity: f64, income_ratio: f64) -> f64 {
    math::exp((elasticity - 1.0) * math::ln(income_ratio.max(1e-9)).clamp(-FARTHEST, FARTHEST))
}

#[cfg(test)]
mod tests {
    use super::*;

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

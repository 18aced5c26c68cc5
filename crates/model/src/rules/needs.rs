//! Needs: what a new sector's goods serve together with the old goods that they replace.
//!
//! A need has a bounded part of demand. At year 0 a new sector serves a small part of its need; as its goods become cheaper and better than the
//! old ones they take over the rest along an S-curve (Fisher and Pry 1971), and no further: a sector does not swallow the economy.

use crate::parameters::Need;
use tripath_engine::math;

/// Log points of income and of relative prices up to which preferences are known.
const FARTHEST: f64 = 3.0;

impl Need {
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

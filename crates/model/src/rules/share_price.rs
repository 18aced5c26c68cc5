//! The price of a listed share.

use tripath_engine::math;

/// Part of a share's own mispricing that is left after a year.
pub const MISPRICING_MEMORY: f64 = 0.7;

/// Price of all shares: value that the public believes in, times moods.
pub fn share_price(fundamental: f64, dressing: f64, sentiment: f64, concept: f64, idiosyncratic: f64) -> f64 {
    fundamental * (1.0 + dressing) * math::exp(sentiment + concept + idiosyncratic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn price_by_hand() {
        assert!((share_price(100.0, 0.2, 0.1, 0.0, -0.1) - 120.0).abs() < 1e-9);
    }
}

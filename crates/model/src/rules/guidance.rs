//! Direct guidance funds: what private money comes along, and what founders think of public money.

use crate::parameters::Venture;
use tripath_engine::math;

/// Part of what was announced that private investors match, and so the part that is raised: the state pays in proportion.
///
/// `clip(appetite exp(−a reinvestment + σ N), 0.02, 1)`: partners shun a fund that must invest where it was raised.
pub fn matched_part(venture: &Venture, appetite: f64, reinvestment: f64, noise: f64) -> f64 {
    (appetite * math::exp(-venture.guidance_shunning * reinvestment + 0.3 * noise)).clamp(0.02, 1.0)
}

/// Price that founders ask of a state fund over what they ask of others: the better an enterprise is, the more it shuns state money.
///
/// `exp(a max(lead, 0))`
pub fn state_money_discount(venture: &Venture, lead: f64) -> f64 {
    math::exp(venture.state_money_aversion * lead.clamp(0.0, 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reinvestment_requirements_cost_partners() {
        let venture = Venture { guidance_shunning: 1.0, ..Venture::default() };
        assert_eq!(matched_part(&venture, 0.8, 0.0, 0.0), 0.8);
        assert!((matched_part(&venture, 1.0, 0.7, 0.0) - math::exp(-0.7)).abs() < 1e-12);
        assert_eq!(matched_part(&venture, 2.0, 0.0, 0.0), 1.0);
    }

    #[test]
    fn the_best_ask_more_of_the_state() {
        let venture = Venture { state_money_aversion: 0.5, ..Venture::default() };
        assert_eq!(state_money_discount(&venture, -1.0), 1.0);
        assert!((state_money_discount(&venture, 1.0) - math::exp(0.5)).abs() < 1e-12);
    }
}

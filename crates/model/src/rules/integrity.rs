//! Dressed earnings: who dresses, by how much, and who is found out.

use crate::parameters::CapitalMarket;
use crate::state::calendar::{Calendar, Lifelong};
use crate::streams::Draw;

/// Draws of all enterprises' scruples.
pub fn conscience(calendar: &Calendar) -> Lifelong {
    calendar.lifelong(Draw::Integrity)
}

/// Scruples of an enterprise: uniform between 0 and 1, the same for all its life.
pub fn scruples(conscience: &Lifelong, enterprise: u64) -> f64 {
    conscience.draws(enterprise).uniform()
}

/// Dressed earnings over true ones before a listing.
///
/// `d = temptation · max(0, 1 − scruples/(1 − enforcement))`: with full enforcement nobody dresses.
pub fn dressing(market: &CapitalMarket, scruples: f64) -> f64 {
    let room = 1.0 - market.enforcement;
    if room <= 0.0 { 0.0 } else { market.temptation * (1.0 - scruples / room).max(0.0) }
}

/// Exposures a year of an enterprise that has dressed: nobody looks where nothing is enforced.
pub fn exposure_rate(market: &CapitalMarket) -> f64 {
    market.exposure_hazard * market.enforcement
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enforcement_keeps_the_books_honest() {
        let market = CapitalMarket { temptation: 0.5, enforcement: 0.6, exposure_hazard: 0.5, ..CapitalMarket::default() };
        assert!((dressing(&market, 0.0) - 0.5).abs() < 1e-12);
        assert!((dressing(&market, 0.2) - 0.25).abs() < 1e-12);
        assert_eq!(dressing(&market, 0.4), 0.0);
        assert_eq!(dressing(&CapitalMarket { enforcement: 1.0, ..market.clone() }, 0.0), 0.0);
        assert!((exposure_rate(&market) - 0.3).abs() < 1e-12);
    }
}

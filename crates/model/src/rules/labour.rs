//! The labour market: growth of the wage, and how many can be at work.

use crate::parameters::Labour;
use tripath_engine::math;

/// Least unemployment that the wage curve looks at: below it the curve is as steep as it gets.
const SHORTEST: f64 = 0.012;

/// Growth of the wage a year: `π* + ψ_A Â + ψ_U U* (U*/max(U, 1.2 %) − 1) + ι (ln(1 + π) − θ)⁺`, at least a floor.
///
/// The slope in unemployment is `−ψ_U` at the natural rate and steepens where people are short (Phillips 1958). Bargains trust the normal rate
/// of inflation `π*`; what is lived through beyond a threshold `θ` is made good in part, `ι`.
pub fn wage_growth(labour: &Labour, productivity_growth: f64, unemployment: f64, inflation: f64) -> f64 {
    let natural = labour.natural_unemployment;
    let scarcity = labour.unemployment_sensitivity * natural * (natural / unemployment.max(SHORTEST) - 1.0);
    let made_good = labour.indexation * (math::ln(1.0 + inflation.max(-0.5)) - labour.indexation_threshold).max(0.0);
    let growth = labour.expected_inflation + labour.productivity_indexation * productivity_growth + scarcity + made_good;
    growth.max(labour.wage_floor)
}

/// Persons whom enterprises can have at work for output, at most: the labour force without those between two jobs.
pub fn most_at_work(labour: &Labour, labour_force: f64) -> f64 {
    labour_force * (1.0 - labour.frictional_unemployment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wages_by_hand() {
        let labour = Labour {
            expected_inflation: 0.02,
            productivity_indexation: 1.0,
            unemployment_sensitivity: 0.3,
            natural_unemployment: 0.055,
            wage_floor: -0.01,
            indexation: 0.5,
            indexation_threshold: 0.06,
            ..Labour::default()
        };
        let of = |productivity, unemployment, inflation| wage_growth(&labour, productivity, unemployment, inflation);
        assert!((of(0.015, 0.055, 0.02) - 0.035).abs() < 1e-12);
        // Twice the natural rate: 0.3 × 0.055 × (½ − 1); half of it: 0.3 × 0.055 × (2 − 1).
        assert!((of(0.015, 0.11, 0.0) - (0.035 - 0.008_25)).abs() < 1e-12);
        assert!((of(0.015, 0.0275, 0.0) - (0.035 + 0.0165)).abs() < 1e-12);
        // Nobody is worth more than those who are shortest, and wages fall slowly.
        assert_eq!(of(0.0, 0.0, 0.0), of(0.0, SHORTEST, 0.0));
        assert_eq!(of(-0.2, 0.5, 0.0), -0.01);
        // Inflation of e^0.1 − 1 is four points beyond the threshold, of which half is made good.
        assert!((of(0.0, 0.055, math::exp(0.1) - 1.0) - 0.04).abs() < 1e-12);
    }
}

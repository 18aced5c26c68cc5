//! Money for R&D: how much an enterprise spends, and how each source divides it among the stages of its projects.

use crate::parameters::Parameters;

use super::OWN;
use super::project::STAGES;

/// How each source divides its money among the stages: public money comes early, venture money in the
/// middle, own money late (readiness levels of funding, model description).
const STAGE_WEIGHTS: [[f64; STAGES]; 3] = [[1.0, 1.0, 1.5], [3.0, 1.5, 0.5], [1.0, 3.0, 1.0]];

/// R&D money of an enterprise in this tick by source.
///
/// Own: `ρ_s (1 + ε τ) sales`, halved without cash; policy and capital: what is earmarked, spread over its years.
#[inline(always)]
pub fn rd_money(parameters: &Parameters, rd_intensity: f64, annual_sales: f64, cash: f64, earmarked: [f64; 2], years: f64) -> [f64; 3] {
    let credit = 1.0 + parameters.government.rd_credit_elasticity * parameters.government.rd_credit_rate;
    let own = rd_intensity * credit * annual_sales * years * if cash > 0.0 { 1.0 } else { 0.5 };
    let spread = |money: f64, over: f64| money.min(cash.max(0.0)) * (years / over).min(1.0);
    let [policy, capital] = earmarked;
    [own, spread(policy, parameters.technology.earmark_years), spread(capital, parameters.venture.round_years)]
}

/// Development money of each source for each stage, of which `open` can still be spent on each: what a stage cannot take is left to the
/// sources that come after, and of own money no more than `valley_own_share` goes to the second stage.
#[inline(always)]
pub(super) fn divide(develop: [f64; 3], mut open: [f64; STAGES], valley_own_share: f64) -> [[f64; STAGES]; 3] {
    let mut paid = [[0.0; STAGES]; 3];
    for source in 0..3 {
        let mut weights = 0.0;
        for stage in 0..STAGES {
            weights += if open[stage] > 0.0 { STAGE_WEIGHTS[source][stage] } else { 0.0 };
        }
        for stage in 0..STAGES {
            let mut amount = (develop[source] * STAGE_WEIGHTS[source][stage] / weights).min(open[stage]);
            if source == OWN && stage == 1 {
                amount = amount.min(develop[OWN] * valley_own_share);
            }
            paid[source][stage] = if (open[stage] > 0.0) & (develop[source] > 0.0) { amount } else { 0.0 };
            open[stage] -= paid[source][stage];
        }
    }
    paid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::technology::{CAPITAL, POLICY};

    #[test]
    fn own_money_follows_sales_and_the_credit() {
        let mut parameters = Parameters::default();
        parameters.government.rd_credit_rate = 0.1;
        parameters.government.rd_credit_elasticity = 1.0;
        let money = rd_money(&parameters, 0.05, 100.0, 10.0, [4.0, 0.0], 0.25);
        assert!((money[OWN] - 0.05 * 1.1 * 25.0).abs() < 1e-12);
        assert!((money[POLICY] - 1.0).abs() < 1e-12);
        assert_eq!(money[CAPITAL], 0.0);
    }

    #[test]
    fn money_is_divided_among_open_stages() {
        // Own money 1 : 1.5 for the first and the third stage, of which the first can take 2; then public money 1.5 : 0.5 cannot reach it.
        let paid = divide([10.0, 4.0, 0.0], [2.0, 0.0, 100.0], 0.5);
        assert_eq!(paid, [[2.0, 0.0, 6.0], [0.0, 0.0, 4.0], [0.0; 3]]);
        // Of own money half may go to the second stage, if it is the only one; capital fills it up.
        assert_eq!(divide([10.0, 0.0, 8.0], [0.0, 11.0, 0.0], 0.5), [[0.0, 5.0, 0.0], [0.0; 3], [0.0, 6.0, 0.0]]);
        assert_eq!(divide([10.0, 1.0, 1.0], [0.0; 3], 0.5), [[0.0; 3]; 3]);
    }
}

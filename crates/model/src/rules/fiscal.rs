//! Fiscal policy: how spending follows debt.

use crate::parameters::Parameters;

/// Cut of purchases: `κ (debt/output − target)`, with the target in force.
pub fn fiscal_rule(parameters: &Parameters, debt_over_output: f64, target: f64) -> f64 {
    (parameters.government.debt_response * (debt_over_output - target)).clamp(-0.2, 0.5)
}

/// How far debt has come from where cuts begin to the ceiling: `clip((d/c − a)/(1 − a), 0, 1)`.
pub fn ceiling_pressure(parameters: &Parameters, debt_over_output: f64) -> f64 {
    let policy = &parameters.government;
    ((debt_over_output / policy.debt_ceiling - policy.ceiling_start) / (1.0 - policy.ceiling_start)).clamp(0.0, 1.0)
}

/// Discretionary cut of purchases near the debt ceiling: a part by pressure, twice that where innovation is protected and purchases come first.
pub fn discretionary_cut(parameters: &Parameters, debt_over_output: f64) -> f64 {
    let burden = if parameters.government.protect_innovation { 2.0 } else { 1.0 };
    burden * parameters.government.ceiling_purchases * ceiling_pressure(parameters, debt_over_output)
}

/// Part of the programmes that is paid for, given debt.
///
/// Cut together with purchases, by the same pressure; where innovation is protected, last: from the ceiling on, where purchases can yield no
/// more, in full at `ceiling_last` times it.
pub fn austerity(parameters: &Parameters, debt_over_output: f64) -> f64 {
    let policy = &parameters.government;
    let pressure = if policy.protect_innovation {
        ((debt_over_output / policy.debt_ceiling - 1.0) / (policy.ceiling_last - 1.0)).clamp(0.0, 1.0)
    } else {
        ceiling_pressure(parameters, debt_over_output)
    };
    1.0 - policy.ceiling_programmes * pressure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stance_follows_debt() {
        let parameters = Parameters::default();
        assert_eq!(fiscal_rule(&parameters, 0.7, 0.7), 0.0);
        assert!((fiscal_rule(&parameters, 0.8, 0.7) - 0.1 * parameters.government.debt_response).abs() < 1e-12);
    }

    #[test]
    fn cuts_rise_to_the_ceiling_and_innovation_comes_last() {
        let mut parameters = Parameters::default();
        let policy = &mut parameters.government;
        (policy.debt_ceiling, policy.ceiling_start, policy.ceiling_last) = (2.0, 0.9, 1.5);
        (policy.ceiling_purchases, policy.ceiling_programmes) = (0.1, 0.8);
        // Nothing at nine tenths; half way to the ceiling half of both; at it, and beyond it, all.
        let cuts = |parameters: &Parameters, debt| (discretionary_cut(parameters, debt), 1.0 - austerity(parameters, debt));
        let close = |(a, b): (f64, f64), (c, d): (f64, f64)| (a - c).abs() < 1e-12 && (b - d).abs() < 1e-12;
        assert!(close(cuts(&parameters, 1.8), (0.0, 0.0)));
        assert!(close(cuts(&parameters, 1.9), (0.05, 0.4)));
        assert!(close(cuts(&parameters, 2.0), (0.1, 0.8)) && close(cuts(&parameters, 9.0), (0.1, 0.8)));
        // Protected: purchases twice as much, programmes from the ceiling on, half of their cut at 1.25 times it.
        parameters.government.protect_innovation = true;
        assert!(close(cuts(&parameters, 1.9), (0.1, 0.0)));
        assert!(close(cuts(&parameters, 2.0), (0.2, 0.0)));
        assert!(close(cuts(&parameters, 2.5), (0.2, 0.4)) && close(cuts(&parameters, 3.0), (0.2, 0.8)));
    }
}

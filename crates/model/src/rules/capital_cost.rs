//! Cost of capital.

use crate::parameters::Parameters;
use crate::state::economy::Economy;

impl Economy {
    /// Real policy rate above its neutral level, within ten points: what spending responds to.
    pub fn real_rate_gap(&self, parameters: &Parameters) -> f64 {
        (self.effective_rate - self.expected_inflation - parameters.banking.neutral_real_rate).clamp(-0.1, 0.1)
    }

    /// Cost of a unit of fixed capital a year over its price: `δ + ω (i_L − π_e) + (1 − ω) r̄`, at least 0.02.
    pub fn user_cost(&self, parameters: &Parameters) -> f64 {
        user_cost(parameters, self.loan_rate - self.expected_inflation)
    }
}

/// Least cost of capital that enterprises reckon with.
const LEAST_USER_COST: f64 = 0.02;

/// Cost of a unit of fixed capital a year over its price, at a real loan rate: depreciation, interest on the part that loans pay, and the return
/// that owners require on the rest (Jorgenson 1963).
pub fn user_cost(parameters: &Parameters, real_loan_rate: f64) -> f64 {
    let loans = parameters.investment.loan_share;
    let cost = parameters.production.depreciation + loans * real_loan_rate + (1.0 - loans) * parameters.pricing.required_return;
    cost.max(LEAST_USER_COST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cost_of_capital_by_hand() {
        let mut parameters = Parameters::default();
        parameters.production.depreciation = 0.08;
        parameters.investment.loan_share = 0.4;
        parameters.pricing.required_return = 0.05;
        assert!((user_cost(&parameters, 0.03) - 0.122).abs() < 1e-12);
        // A dearer loan makes capital dearer.
        assert!(user_cost(&parameters, 0.06) > user_cost(&parameters, 0.03));
        assert_eq!(user_cost(&parameters, -1.0), LEAST_USER_COST);
    }
}

//! The goods market: consumption, exports, imports, and what scarce inputs limit.

use crate::parameters::Parameters;
use crate::state::sector::SectorState;
use tripath_engine::math;

/// Part of planned consumption that households with little money at hand carry out: `min(1, D / (b YD))^φ`.
///
/// Buffer-stock saving (Carroll 1997): who has put savings into shares or a new enterprise fills the purse first.
pub fn precaution(parameters: &Parameters, disposable_income: f64, money: f64) -> f64 {
    let households = &parameters.households;
    let fill = math::ratio(money, households.buffer_years * disposable_income, 1.0).clamp(0.0, 1.0);
    math::pow(fill, households.buffer_response)
}

/// Consumption a year: `C = (c_y YD + c_w W) (1 − ε (r − r*)) (1 − φ (U − U*))`, with `r − r*` the gap of the real policy rate and `U − U*` that of
/// unemployment, within ten points below and thirty above.
///
/// Households put off spending where money is dear, and where they fear for their jobs (Carroll, Dynan and Krane 2003).
pub fn consumption(parameters: &Parameters, disposable_income: f64, wealth: f64, rate_gap: f64, unemployment: f64) -> f64 {
    let households = &parameters.households;
    let fear = (unemployment - parameters.labour.natural_unemployment).clamp(-0.1, 0.3);
    (households.consumption_from_income * disposable_income + households.consumption_from_wealth * wealth).max(0.0)
        * (1.0 - households.rate_sensitivity * rate_gap).max(0.0)
        * (1.0 - households.worry * fear).max(0.0)
}

/// Exports wanted a year: `X_s D*_s e / p_s`.
pub fn exports(state: &SectorState, exchange_rate: f64) -> f64 {
    state.world_share * state.world_demand * exchange_rate / state.price
}

/// Government purchases over potential output: lean against averaged unemployment, give way to debt.
///
/// `g · (1 − stance + κ · clip(Ū − U*, −0.05, 0.1))`
pub fn purchases_share(parameters: &Parameters, stance: f64, mean_unemployment: f64) -> f64 {
    let gap = (mean_unemployment - parameters.labour.natural_unemployment).clamp(-0.05, 0.1);
    (parameters.government.purchases_share * (1.0 - stance + parameters.government.counter_cycle * gap)).max(0.0)
}

/// Part of the output asked for that the supply of critical inputs allows: `Π_r (1 − c_r (1 − φ_r^κ))`, `c` how far a lack of a supplier's goods binds,
/// `φ` the part of demand for them that is filled.
pub fn input_limit(critical: &[f64], fills: &[f64], criticality: f64) -> f64 {
    let binding = critical.iter().zip(fills).filter(|(critical, _)| **critical > 0.0);
    binding.map(|(critical, fill)| 1.0 - critical * (1.0 - math::pow(*fill, criticality))).product()
}

/// Own work a unit of output, in person-years, that replaces inputs which are not to be had and do not bind output: `m Σ_r (1 − c_r) a_r (1 − φ_r) P_r / (Λ w)`.
pub fn makeshift(needs: &[f64], critical: &[f64], fills: &[f64], prices: &[f64], cost: f64, learning: f64, wage: f64) -> f64 {
    let missing: f64 = (0..needs.len()).map(|r| (1.0 - critical[r]) * needs[r] * (1.0 - fills[r]) * prices[r]).sum();
    cost * missing / (learning * wage)
}

/// Imports of a tick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Imports {
    /// Units.
    pub volume: f64,
    /// What they cost, in home money.
    pub bill: f64,
}

/// Imports of what home suppliers did not deliver, `missing`, of which buyers import `usual` in any case, and at most `cap`.
///
/// What is usual costs the foreign price. What is asked for on top was to be bought at home, and buyers spend on it what they set aside for it: where
/// foreign goods are the dearer they get fewer of them, and where these are cheaper their suppliers know what is missing, and ask what home goods cost.
pub fn imports(missing: f64, usual: f64, cap: f64, foreign_price: f64, home_price: f64) -> Imports {
    let in_any_case = missing.min(usual).min(cap);
    let affordable = (missing - usual).max(0.0) * math::ratio(home_price, foreign_price, 1.0).min(1.0);
    let on_top = affordable.min(cap - in_any_case);
    Imports { volume: in_any_case + on_top, bill: in_any_case * foreign_price + on_top * foreign_price.max(home_price) }
}

/// Caps of imports over normal ones from which there is no embargo.
pub(crate) const NO_EMBARGO: f64 = 100.0;

/// [`imports`] of a sector's goods, where home suppliers sell at `price` before subsidies.
pub(crate) fn imports_of(state: &SectorState, missing: f64, wanted: f64, cap: f64, price: f64, exchange_rate: f64) -> Imports {
    let most = if cap < NO_EMBARGO { cap * state.normal_imports } else { f64::INFINITY };
    let usual = (1.0 - state.home_share) * wanted;
    imports(missing, usual, most, state.foreign_price * exchange_rate, price * (1.0 - state.subsidy_rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_purse_is_filled_first() {
        let mut parameters = Parameters::default();
        (parameters.households.buffer_years, parameters.households.buffer_response) = (0.5, 0.5);
        assert_eq!(precaution(&parameters, 10.0, 5.0), 1.0);
        assert!((precaution(&parameters, 10.0, 1.25) - 0.5).abs() < 1e-12);
        assert_eq!(precaution(&parameters, 10.0, 0.0), 0.0);
    }

    #[test]
    fn dear_money_and_fear_for_jobs_hold_spending_back() {
        let mut parameters = Parameters::default();
        let households = &mut parameters.households;
        (households.consumption_from_income, households.consumption_from_wealth) = (0.8, 0.1);
        (households.rate_sensitivity, households.worry) = (1.0, 0.5);
        let natural = parameters.labour.natural_unemployment;
        assert!((consumption(&parameters, 10.0, 20.0, 0.0, natural) - 10.0).abs() < 1e-12);
        assert!((consumption(&parameters, 10.0, 20.0, 0.02, natural) - 9.8).abs() < 1e-12);
        assert!((consumption(&parameters, 10.0, 20.0, 0.0, natural + 0.04) - 9.8).abs() < 1e-12);
        assert_eq!(consumption(&parameters, 10.0, -200.0, 0.0, natural), 0.0);
    }

    #[test]
    fn a_lack_of_critical_inputs_binds_output() {
        assert_eq!(input_limit(&[0.0, 0.5], &[0.2, 1.0], 1.0), 1.0);
        // Four fifths of an input of which half binds, and half of one that binds in full.
        assert!((input_limit(&[0.5, 1.0], &[0.8, 0.5], 1.0) - 0.9 * 0.5).abs() < 1e-12);
    }

    #[test]
    fn inputs_that_are_not_to_be_had_are_made_by_hand() {
        assert_eq!(makeshift(&[0.2, 0.1], &[0.0, 0.5], &[1.0, 1.0], &[1.0, 2.0], 1.5, 1.0, 1.0), 0.0);
        // A quarter of 0.1 units at a price of 2 is missing, half of which binds output instead: 0.025, at 1.5 times its price and a wage of 0.5.
        assert!((makeshift(&[0.2, 0.1], &[0.0, 0.5], &[1.0, 0.75], &[1.0, 2.0], 1.5, 1.0, 0.5) - 0.075).abs() < 1e-12);
    }

    #[test]
    fn goods_that_nobody_can_make_are_no_cheaper_abroad() {
        let bought = |missing: f64, foreign_price: f64| imports(missing, 4.0, f64::INFINITY, foreign_price, 2.0);
        assert_eq!(bought(3.0, 0.5), Imports { volume: 3.0, bill: 1.5 });
        assert_eq!(bought(6.0, 0.5), Imports { volume: 6.0, bill: 2.0 + 4.0 });
    }

    #[test]
    fn on_what_is_missing_at_home_no_more_is_spent_than_was_set_aside() {
        // Two units on top were to cost 4 at home: abroad, at a price of 8, they buy half a unit.
        assert_eq!(imports(6.0, 4.0, f64::INFINITY, 8.0, 2.0), Imports { volume: 4.5, bill: 36.0 });
        // An embargo leaves less, of what is usual too.
        assert_eq!(imports(6.0, 4.0, 4.25, 8.0, 2.0), Imports { volume: 4.25, bill: 34.0 });
        assert_eq!(imports(6.0, 4.0, 1.0, 8.0, 2.0), Imports { volume: 1.0, bill: 8.0 });
    }

    #[test]
    fn purchases_lean_against_unemployment() {
        let parameters = Parameters::default();
        let natural = parameters.labour.natural_unemployment;
        let normal = purchases_share(&parameters, 0.0, natural);
        assert!((normal - parameters.government.purchases_share).abs() < 1e-12);
        assert!(purchases_share(&parameters, 0.0, natural + 0.04) > normal);
        assert!(purchases_share(&parameters, 0.1, natural) < normal);
    }
}

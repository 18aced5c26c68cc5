//! Failure: what an enterprise needs to go on, and what becomes of it where it has not.

use crate::parameters::Parameters;
use tripath_engine::math;

/// How an enterprise ends, or is kept going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    /// Short of cash, but worth a loan.
    Bridged,
    /// Insolvent and without cash.
    Failed,
    /// Too large to be wound up: debt is cut, equity wiped, capital kept.
    Reorganised,
    /// Too small to go on.
    GaveUp,
}

impl Closure {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Closure::Bridged => "bridged",
            Closure::Failed => "failed",
            Closure::Reorganised => "reorganised",
            Closure::GaveUp => "gave_up",
        }
    }
}

/// What happens to an enterprise at the end of a tick; `None` where it goes on as it is.
pub fn verdict(
    parameters: &Parameters,
    cash: f64,
    debt: f64,
    capital_value: f64,
    relative_size: f64,
    share: f64,
    age_years: f64,
) -> Option<Closure> {
    if Footing::new(parameters).holds(cash, relative_size, age_years) {
        return None;
    }
    if cash < 0.0 {
        let solvent = cash + capital_value - debt > 0.0;
        let pledged = debt - cash <= capital_value * parameters.banking.collateral_share.max(0.5) * 1.2;
        if solvent && pledged {
            return Some(Closure::Bridged);
        }
        return Some(without_loan(parameters, share));
    }
    Some(Closure::GaveUp)
}

/// What happens to an enterprise without cash to which nobody lends: failure, or reorganisation of what is too large to be wound up.
pub(crate) fn without_loan(parameters: &Parameters, share: f64) -> Closure {
    if share > parameters.population.reorganisation_share { Closure::Reorganised } else { Closure::Failed }
}

/// What happens to an enterprise that failed already and was kept going: nobody tries again.
pub(crate) fn again(closure: Closure) -> Closure {
    if closure == Closure::Reorganised { Closure::Failed } else { closure }
}

/// Money that keeps an enterprise going: its overdraft, and debt beyond what its capital can carry.
///
/// `−cash + max(0, debt − 0.8 capital)`
pub fn rescue_need(cash: f64, debt: f64, capital_value: f64) -> f64 {
    (-cash).max(0.0) + (debt - 0.8 * capital_value).max(0.0)
}

/// What an enterprise at work needs to go on: cash, and size once its first years are over.
#[derive(Debug, Clone, Copy)]
pub struct Footing {
    grace_years: f64,
    least_size: f64,
}

impl Footing {
    /// As parameters have it.
    pub fn new(parameters: &Parameters) -> Self {
        Self { grace_years: parameters.population.exit_grace_years, least_size: parameters.population.exit_size }
    }

    /// Whether an enterprise has what it needs; its size is relative to what is typical of its sector.
    #[inline(always)]
    pub fn holds(&self, cash: f64, relative_size: f64, age_years: f64) -> bool {
        !((cash < 0.0) | ((age_years > self.grace_years) & (relative_size < self.least_size)))
    }
}

/// Size of an enterprise over what is typical of its sector, by their shares of the market.
#[inline(always)]
pub fn relative_size(share: f64, typical_share: f64) -> f64 {
    math::ratio(share, typical_share, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_by_hand() {
        let parameters = Parameters::default();
        let of = |cash, debt, size, share, age| verdict(&parameters, cash, debt, 100.0, size, share, age);
        assert_eq!(of(1.0, 50.0, 1.0, 0.01, 5.0), None);
        assert_eq!(of(-1.0, 50.0, 1.0, 0.01, 5.0), Some(Closure::Bridged));
        assert_eq!(of(-10.0, 120.0, 1.0, 0.01, 5.0), Some(Closure::Failed));
        assert_eq!(of(-10.0, 120.0, 1.0, 0.2, 5.0), Some(Closure::Reorganised));
        assert_eq!(of(1.0, 0.0, 0.001, 0.00001, 5.0), Some(Closure::GaveUp));
        assert_eq!(of(1.0, 0.0, 0.001, 0.00001, 1.0), None);
        assert_eq!(without_loan(&Parameters::default(), 0.2), Closure::Reorganised);
        assert_eq!(without_loan(&Parameters::default(), 0.01), Closure::Failed);
        // Nobody is reorganised twice.
        assert_eq!(
            [Closure::Reorganised, Closure::Bridged, Closure::Failed].map(again),
            [Closure::Failed, Closure::Bridged, Closure::Failed]
        );
    }

    #[test]
    fn needs_by_hand() {
        assert_eq!(rescue_need(-3.0, 50.0, 100.0), 3.0);
        assert_eq!(rescue_need(-3.0, 90.0, 100.0), 13.0);
    }
}

//! Rounds: what a fund sees, what it bids, and the price that bargaining leads to.

use crate::parameters::Parameters;
use crate::rules::promise::{promise, promises, value_of_growth};
use crate::state::accounts::{Account, Ledger};
use crate::state::calendar::{Calendar, Lifelong};
use crate::state::enterprise::{Belief, Identity};
use crate::state::think_tanks::Services;
use tripath_engine::math;

/// Part of what is asked for, of an enterprise's need or of a stake's price, that a fund must be able to pay: a deal may be made in part, though not in
/// crumbs.
pub(crate) const LEAST_PART: f64 = 0.3;

/// Whether a deal can be closed at an amount: it is enough of what was asked for, and households, whose deposits funds call, can spend it.
pub(crate) fn can_close(ledger: &Ledger, amount: f64, asked: f64) -> bool {
    let too_little = amount < LEAST_PART * asked || amount <= 0.0;
    let too_much = amount > 0.5 * ledger.balance(Account::Households).max(0.0);
    !too_little && !too_much
}

/// Name of a round.
pub fn round_name(round: u8) -> &'static str {
    ["seed", "a", "b", "c", "pre_ipo"][usize::from(round.min(4))]
}

/// Precision of a fund's signal of a promise: `(1 + skill + research)/σ²`.
pub fn signal_precision(deviation: f64, precision: f64) -> f64 {
    (1.0 + precision) / (deviation * deviation)
}

/// Price before the round: the founders' part of the surplus of the best bid over what they ask; a second bid must be outbid.
pub fn round_price(bargaining: f64, asked: f64, best: f64, second: f64) -> f64 {
    (asked + bargaining * (best - asked)).max(second.min(best))
}

/// How a fund values an enterprise, in a round and on the secondary market alike.
pub(crate) struct Valuer<'a> {
    parameters: &'a Parameters,
    services: &'a Services,
    promises: Lifelong,
}

impl<'a> Valuer<'a> {
    pub(crate) fn new(parameters: &'a Parameters, calendar: &Calendar, services: &'a Services) -> Self {
        Self { parameters, services, promises: promises(calendar) }
    }

    /// What a fund of some skill believes after its own signal with standard normal `noise`, and what it bids for what is worth `value`: the value of
    /// growth and the concept premium on top, over its hurdle.
    pub(crate) fn bid(&self, skill: f64, who: &Identity, believed: Belief, value: f64, noise: f64) -> (Belief, f64) {
        let venture = &self.parameters.venture;
        let premium = venture.policy_premium * who.standing(&self.parameters.government) + self.services.praise(who);
        let known = skill + self.parameters.think_tanks.research_precision * self.services.report(who);
        let precision = signal_precision(venture.signal_noise, known);
        let signal = promise(&self.promises, who.id) + noise / math::sqrt(precision);
        let belief = believed.updated(signal, precision);
        let growth = value_of_growth(venture.growth_support, venture.round_years, belief.expected(venture.promise_spread));
        (belief, value * growth * math::exp(premium) / venture.hurdle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn research_sharpens_the_eye() {
        assert!((signal_precision(2.0, 0.0) - 0.25).abs() < 1e-12);
        assert!((signal_precision(2.0, 3.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn deals_are_neither_crumbs_nor_more_than_households_have() {
        let mut ledger = Ledger::new(1, 1);
        ledger.endow(Account::Households, 100.0);
        assert!(can_close(&ledger, 3.0, 10.0) && !can_close(&ledger, 2.9, 10.0));
        assert!(can_close(&ledger, 50.0, 50.0) && !can_close(&ledger, 51.0, 51.0));
        assert!(!can_close(&ledger, 0.0, 0.0));
    }

    #[test]
    fn a_second_bid_is_good_for_founders() {
        assert!((round_price(0.5, 10.0, 20.0, 0.0) - 15.0).abs() < 1e-12);
        assert!((round_price(0.5, 10.0, 20.0, 18.0) - 18.0).abs() < 1e-12);
        assert!((round_price(0.5, 10.0, 20.0, 12.0) - 15.0).abs() < 1e-12);
    }
}

//! Venture funds: what may be called, spent and charged, and what their partners earned.

use crate::parameters::Venture;
use crate::rules::rate_of_return::internal_rate_of_return;
use crate::state::calendar::Calendar;
use crate::state::venture::Fund;
use tripath_engine::math;

/// Response of commitments to what came back over paid in: less than in proportion, within limits.
pub(crate) fn response(returned: f64, elasticity: f64) -> f64 {
    math::pow(returned.clamp(0.16, 2.56), elasticity)
}

/// Cost of one purchase over commitments, at most.
const LARGEST_HOLDING: f64 = 0.25;

/// Commitments reserved for fees: enough for any course of the fund, for after the investment period of `T` years in a life of `L` no more can be
/// at work than what is not reserved.
///
/// `r = f T + f (L − T) (1 − r)`, so `r = f L/(1 + f (L − T))`.
pub fn reserved_for_fees(venture: &Venture) -> f64 {
    let (fee, life) = (venture.fee, venture.life_years);
    (fee * life / (1.0 + fee * (life - venture.investment_years).max(0.0))).min(1.0)
}

/// Part of what is not reserved for fees that a fund may have called for holdings by an age in years: an even pace over the investment period, some
/// time ahead.
///
/// `min(1, (age + ahead)/T)`
pub fn pace_of_calls(venture: &Venture, age: f64) -> f64 {
    ((age + venture.call_ahead_years) / venture.investment_years).clamp(0.0, 1.0)
}

impl Fund {
    /// Closes a fund with commitments of limited partners, of which fees of its life are reserved.
    pub fn close(&mut self, venture: &Venture, id: u64, vintage: i32, commitments: f64, public_share: f64) {
        (self.id, self.vintage, self.commitments, self.public_share) = (id, vintage, commitments, public_share);
        self.fee_reserve = commitments * reserved_for_fees(venture);
    }

    /// Fee of a tick: on commitments in the investment period, on the cost of holdings after it, out of what is reserved.
    pub fn fee_due(&self, venture: &Venture, calendar: &Calendar) -> f64 {
        let base = if self.invests(venture, calendar) { self.commitments } else { math::total(self.stakes.iter().map(|stake| stake.paid)) };
        (venture.fee * base * calendar.years_per_tick()).min(self.fee_reserve - self.fees).max(0.0)
    }

    /// What the fund may yet call in a tick to pay for holdings: in its investment period, what the pace of calls allows less what it has paid
    /// for holdings. A part is kept for later rounds of what it holds already: first holdings together may cost the rest at most.
    pub fn callable(&self, venture: &Venture, calendar: &Calendar, holds_already: bool) -> f64 {
        if !self.invests(venture, calendar) {
            return 0.0;
        }
        let investable = self.commitments - self.fee_reserve;
        let paid = math::total(self.bought.iter().copied());
        let room = (investable * pace_of_calls(venture, self.age(calendar)) - paid).min(self.uncalled());
        let first = (1.0 - venture.follow_on_reserve) * investable - self.started;
        (if holds_already { room } else { room.min(first) }).min(LARGEST_HOLDING * self.commitments).max(0.0)
    }

    /// What the fund may yet spend in a tick on stakes of other funds: what it may call, within `secondary_limit` of commitments for all that it
    /// holds of the kind.
    pub fn room_for_stakes(&self, venture: &Venture, calendar: &Calendar) -> f64 {
        let held = math::total(self.stakes.iter().filter(|stake| stake.bought).map(|stake| stake.paid));
        self.callable(venture, calendar, false).min(venture.secondary_limit * self.commitments - held).max(0.0)
    }

    /// Internal rate of return to date of the limited partners, with what the fund is worth at the end of the tick.
    pub fn internal_rate_of_return(&self, calendar: &Calendar, worth: f64) -> Option<f64> {
        internal_rate_of_return(&self.flows, worth, self.ticks(calendar) + 1, calendar.ticks_per_year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::venture::TrackRecord;
    use crate::worked::{calendar, stake};

    #[test]
    fn records_by_hand() {
        let market = TrackRecord { paid_in: 100.0, distributed: 150.0 };
        assert!((TrackRecord { paid_in: 10.0, distributed: 30.0 }.standing(market) - 2.0).abs() < 1e-12);
        assert!((TrackRecord::default().standing(market) - 1.0).abs() < 1e-12);
        assert!((TrackRecord { paid_in: 10.0, distributed: 3.0 }.standing(TrackRecord::default()) - 1.0).abs() < 1e-12);
        assert!((response(2.25, 0.5) - 1.5).abs() < 1e-12 && (response(9.0, 0.5) - 1.6).abs() < 1e-12);
    }

    #[test]
    fn calls_by_hand() {
        let venture = Venture { fee: 0.0, investment_years: 5.0, call_ahead_years: 0.5, follow_on_reserve: 0.4, ..Venture::default() };
        let mut fund = Fund::vacant(0);
        fund.close(&venture, 1, 0, 100.0, 0.0);
        let of = |fund: &Fund, tick, holds| fund.callable(&venture, &calendar(tick), holds);
        // A tenth at once, a fifth a year after that, at most a quarter for one, nothing once the investment period is over.
        assert!((of(&fund, 0, false) - 10.0).abs() < 1e-9);
        assert!((of(&fund, 2, false) - 20.0).abs() < 1e-9);
        assert!((of(&fund, 19, false) - 25.0).abs() < 1e-9);
        assert_eq!(of(&fund, 20, true), 0.0);
        // 60 are for first holdings: of the 90 that the pace allows after four years, 30 are for later rounds.
        for id in 1..=6 {
            fund.invest(stake(id, 10.0));
        }
        (fund.paid_in, fund.commitments) = (60.0, 100.0);
        assert!(of(&fund, 16, false).abs() < 1e-9);
        assert!((of(&fund, 16, true) - 25.0).abs() < 1e-9);
        // A later round of what it holds leaves what is for first holdings as it is.
        fund.invest(stake(1, 20.0));
        fund.paid_in = 80.0;
        assert!((fund.started - 60.0).abs() < 1e-9 && (of(&fund, 16, true) - 10.0).abs() < 1e-9);
        assert!((of(&fund, 19, true) - 20.0).abs() < 1e-9);
    }
}

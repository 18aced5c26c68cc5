//! Owners of an enterprise beside its founders.

use serde::{Deserialize, Serialize};

use super::belief::Belief;
use super::components::Equity;

/// Owners of an enterprise, and what they paid and believe.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Owners {
    /// Held by funds.
    pub fund_share: f64,
    /// Traded by the public.
    pub float_share: f64,
    /// Shares outstanding; founders start with 1.
    pub outstanding: f64,
    /// Part of funds at the last close.
    pub funds_at_close: f64,
    /// Part of households at the last close.
    pub households_at_close: f64,
    /// Net purchases by funds in this tick.
    pub bought_by_funds: f64,
    /// Net purchases by households in this tick.
    pub bought_by_households: f64,
    /// Dividends and buybacks paid in this tick.
    pub dividends: f64,
    /// Listed at the last close.
    pub listed_at_close: bool,
    /// First tick whose shares count: owners of older ones lost all when the enterprise was reorganised or rescued.
    pub valid_from: u32,
    /// Idiosyncratic log price.
    pub idiosyncratic: f64,
    /// Dressed earnings over true ones that the public still believes.
    pub dressing: f64,
    /// What financiers believe of its promise: mean and precision of their signals.
    pub belief: f64,
    /// Precision of the signals so far.
    pub evidence: f64,
}

impl Owners {
    /// Founders alone: households that had all of it at the last close, or have paid it in since, where it was founded in this tick.
    pub fn founders(equity: &Equity, founded_now: bool) -> Self {
        let (at_close, bought) = if founded_now { (0.0, equity.market_value) } else { (equity.market_value, 0.0) };
        Self { outstanding: 1.0, households_at_close: at_close, bought_by_households: bought, ..Self::default() }
    }

    /// What financiers believe of its promise.
    pub fn believed(&self) -> Belief {
        Belief { mean: self.belief, evidence: self.evidence }
    }

    /// Remembers what financiers have come to believe.
    pub fn believe(&mut self, belief: Belief) {
        (self.belief, self.evidence) = (belief.mean, belief.evidence);
    }

    /// Funds lose all that they hold at this tick: shares of older holdings count no more.
    pub fn wipe_funds(&mut self, tick: u32) {
        self.fund_share = 0.0;
        self.valid_from = tick + 1;
    }

    /// Issues new shares that make up `share` of all after the issue; returns their number.
    pub fn issue(&mut self, share: f64) -> f64 {
        let new = self.outstanding * share / (1.0 - share);
        self.outstanding += new;
        self.fund_share *= 1.0 - share;
        self.float_share *= 1.0 - share;
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn founders_have_paid_in_or_had_it_before() {
        let equity = Equity { market_value: 3.0, fundamental: 3.0 };
        let (new, old) = (Owners::founders(&equity, true), Owners::founders(&equity, false));
        assert_eq!((new.households_at_close, new.bought_by_households), (0.0, 3.0));
        assert_eq!((old.households_at_close, old.bought_by_households), (3.0, 0.0));
    }
}

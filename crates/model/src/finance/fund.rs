//! Venture funds: commitments, fees, life, returns.

use bevy_ecs::prelude::{Component, Resource};
use serde::{Deserialize, Serialize};

use crate::accounts::{Account, End, FlowKind, Ledger};
use crate::enterprise::{Equity, Identity, Register};
use crate::math;
use crate::parameters::Venture;
use crate::world::Calendar;

use super::guidance::Mandate;
use super::vintage::TrackRecord;

/// A holding of a fund in one enterprise, bought in one round.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stake {
    /// Deal that made it.
    pub deal: u64,
    /// Row of the enterprise.
    pub row: u32,
    /// Id of the enterprise: another id in the row means that it is gone.
    pub id: u64,
    /// Sector of the enterprise.
    pub sector: u16,
    /// Region of the enterprise.
    pub region: u16,
    /// Shares held; later issues make them a smaller part of all.
    pub shares: f64,
    /// Paid.
    pub paid: f64,
    /// Tick of the round.
    pub tick: u32,
    /// Round: 0 for seed.
    pub round: u8,
    /// The enterprise counted as supported.
    pub supported: bool,
    /// Met through a think tank.
    pub matched: bool,
    /// Bought from another fund, not from the enterprise.
    pub bought: bool,
}

impl Stake {
    /// Value at the last mark; nothing where the enterprise is gone.
    pub fn mark(&self, identity: &[Identity], equity: &[Equity], register: &Register) -> f64 {
        let row = self.row as usize;
        if identity[row].id != self.id {
            return 0.0;
        }
        register.of(row).map_or(0.0, |owners| self.shares / owners.outstanding * equity[row].market_value)
    }
}

/// What the holdings of each fund are marked at when the tick is closed, in the order of funds. Scratch: measured with the returns, read by
/// balance sheets and tables.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Marks(pub Vec<f64>);

/// A venture fund. When it has ended, the next vintage takes its place under a new id.
#[derive(Debug, Clone, PartialEq, Component, Serialize, Deserialize)]
pub struct Fund {
    /// Place among the funds; a vintage's draws are addressed by place and tick.
    pub place: u32,
    /// Stable id; 0 between two vintages.
    pub id: u64,
    /// Tick of closing; below 0 for those there at the start.
    pub vintage: i32,
    /// Commitments of limited partners.
    pub commitments: f64,
    /// Of which the part of a government: the central one, or that of the mandate.
    pub public_share: f64,
    /// What a guidance fund may buy; none for other funds.
    pub mandate: Option<Mandate>,
    /// Paid in to date.
    pub paid_in: f64,
    /// Distributed to date.
    pub distributed: f64,
    /// Deposits.
    pub cash: f64,
    /// Skill: precision of its eye. A manager keeps it from fund to fund.
    pub skill: f64,
    /// Ended funds of its manager.
    pub record: TrackRecord,
    /// Holdings.
    pub stakes: Vec<Stake>,
    /// Deals to date.
    pub deals: u64,
    /// Paid for holdings to date, by sector.
    pub bought: Vec<f64>,
    /// Cash flows to limited partners by tick of life: paid in below 0.
    pub flows: Vec<f64>,
}

impl Fund {
    /// A place without a fund.
    pub fn vacant(place: u32) -> Self {
        Self {
            place,
            id: 0,
            vintage: 0,
            commitments: 0.0,
            public_share: 0.0,
            mandate: None,
            paid_in: 0.0,
            distributed: 0.0,
            cash: 0.0,
            skill: 0.0,
            record: TrackRecord::default(),
            stakes: Vec::new(),
            deals: 0,
            bought: Vec::new(),
            flows: Vec::new(),
        }
    }
    /// Age in years.
    pub fn age(&self, calendar: &Calendar) -> f64 {
        f64::from(calendar.tick as i32 - self.vintage) / calendar.ticks_per_year()
    }

    /// Account of the government among the limited partners.
    pub fn government(&self) -> Account {
        self.mandate.map_or(Account::Central, |mandate| mandate.account())
    }

    /// Commitments not yet called.
    pub fn uncalled(&self) -> f64 {
        (self.commitments - self.paid_in).max(0.0)
    }

    /// What the fund may yet spend in a tick on stakes of other funds: in its investment period, within commitments not called, `secondary_limit`
    /// of commitments for all that it holds of the kind, and a quarter of them for one.
    pub fn room_for_stakes(&self, venture: &Venture, calendar: &Calendar) -> f64 {
        if self.id == 0 || self.age(calendar) >= venture.investment_years {
            return 0.0;
        }
        let held: f64 = self.stakes.iter().filter(|stake| stake.bought).map(|stake| stake.paid).sum();
        (venture.secondary_limit * self.commitments - held).min(self.uncalled()).min(0.25 * self.commitments).max(0.0)
    }

    /// Ticks since closing.
    fn ticks(&self, calendar: &Calendar) -> usize {
        usize::try_from(i64::from(calendar.tick) - i64::from(self.vintage)).unwrap_or(0)
    }

    /// Books a cash flow of the limited partners (paid in below 0) in the fund's tick of life.
    fn remember(&mut self, calendar: &Calendar, amount: f64) {
        let tick = self.ticks(calendar);
        if self.flows.len() <= tick {
            self.flows.resize(tick + 1, 0.0);
        }
        self.flows[tick] += amount;
    }

    /// Internal rate of return to date of the limited partners, with what the fund is worth at the end of the tick.
    pub fn internal_rate_of_return(&self, calendar: &Calendar, worth: f64) -> Option<f64> {
        internal_rate_of_return(&self.flows, worth, self.ticks(calendar) + 1, calendar.ticks_per_year())
    }

    /// Remembers what was paid for a holding.
    pub fn invest(&mut self, sector: usize, amount: f64) {
        if self.bought.len() <= sector {
            self.bought.resize(sector + 1, 0.0);
        }
        self.bought[sector] += amount;
    }

    /// Calls capital from limited partners.
    pub fn call(&mut self, ledger: &mut Ledger, calendar: &Calendar, amount: f64) {
        let public = amount * self.public_share;
        ledger.pay(FlowKind::CapitalCalls, End::Of(self.government()), End::Fund(&mut self.cash), public);
        if let Some(mandate) = &mut self.mandate {
            mandate.called += public;
        }
        ledger.pay(FlowKind::CapitalCalls, End::Of(Account::Households), End::Fund(&mut self.cash), amount - public);
        self.paid_in += amount;
        self.remember(calendar, -amount);
    }

    /// Distributes all cash: limited partners first get back what they paid in, of gains the managers keep the carry. Returns what they keep.
    pub fn distribute(&mut self, ledger: &mut Ledger, calendar: &Calendar, carry: f64) -> f64 {
        let amount = self.cash;
        if amount <= 0.0 {
            return 0.0;
        }
        let returned = amount.min((self.paid_in - self.distributed).max(0.0));
        let managers = carry * (amount - returned);
        let partners = amount - managers;
        ledger.pay(FlowKind::CarriedInterest, End::Fund(&mut self.cash), End::Of(Account::Households), managers);
        let public = partners * self.public_share;
        let government = self.government();
        ledger.pay(FlowKind::Distributions, End::Fund(&mut self.cash), End::Of(government), public);
        ledger.pay(FlowKind::Distributions, End::Fund(&mut self.cash), End::Of(Account::Households), partners - public);
        // Rounding leaves nothing behind.
        self.cash = 0.0;
        self.distributed += partners;
        self.remember(calendar, partners);
        managers
    }
}

/// Internal rate of return, a year, of cash flows by tick and of a value after so many ticks, by bisection; `None` where there is none in (−0.99, 10).
pub fn internal_rate_of_return(flows: &[f64], value: f64, value_tick: usize, ticks_per_year: f64) -> Option<f64> {
    let present = |rate: f64| {
        let step = 1.0 / math::pow(1.0 + rate, 1.0 / ticks_per_year);
        let (mut discount, mut sum) = (1.0, 0.0);
        for flow in flows {
            sum += flow * discount;
            discount *= step;
        }
        let last = if value == 0.0 { 0.0 } else { value * math::pow(step, value_tick as f64) };
        sum + last
    };
    let (mut low, mut high) = (-0.99, 10.0);
    let mut at_low = present(low);
    // Not below 0 for a product that is no number either: lives of centuries.
    let crosses = at_low * present(high) <= 0.0;
    if !crosses || flows.iter().all(|flow| *flow == 0.0) {
        return None;
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        let at_middle = present(middle);
        if at_low * at_middle <= 0.0 {
            high = middle;
        } else {
            (low, at_low) = (middle, at_middle);
        }
    }
    Some(0.5 * (low + high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irr_by_hand() {
        let of = |flows: &[f64], value, at, per_year| internal_rate_of_return(flows, value, at, per_year);
        assert!((of(&[-100.0, 110.0], 0.0, 2, 1.0).unwrap() - 0.1).abs() < 1e-9);
        assert!((of(&[-100.0], 150.0, 1, 1.0).unwrap() - 0.5).abs() < 1e-9);
        assert_eq!(of(&[], 1.0, 1, 1.0), None);
        assert_eq!(of(&[-1.0, -1.0], 0.0, 2, 1.0), None);
        // A tenth a quarter is 1.1^4 - 1 a year.
        assert!((of(&[-100.0, 110.0], 0.0, 2, 4.0).unwrap() - 0.4641).abs() < 1e-9);
        // 121 in two years, whatever happened in the first: nothing.
        assert!((of(&[-100.0], 121.0, 8, 4.0).unwrap() - 0.1).abs() < 1e-9);
        // Silent ticks before the first call change nothing.
        assert!((of(&[0.0, 0.0, -100.0, 0.0, 0.0, 0.0, 120.0], 0.0, 7, 4.0).unwrap() - 0.2).abs() < 1e-9);
    }
}

//! Venture funds: commitments, fees, life, returns.

use bevy_ecs::prelude::{Component, Entity, Resource};
use serde::{Deserialize, Serialize};

use crate::kinds::FlowKind;
use crate::mechanisms::fund_management::TrackRecord;
use crate::parameters::Venture;
use crate::rules::guidance::Mandate;
use crate::rules::rate_of_return::internal_rate_of_return;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Equity, Owners, Register, RowOf};
use tripath_engine::math;

/// A holding of a fund in one enterprise, bought in one round.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stake {
    /// Deal that made it.
    pub deal: u64,
    /// The enterprise as an entity: one that is no longer there means that it is gone.
    #[serde(with = "crate::state::enterprise::as_bits")]
    pub enterprise: Entity,
    /// Id of the enterprise.
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
    /// Part of the enterprise that it is: nothing where its owners have lost all since it was bought.
    pub fn part(&self, owners: &Owners) -> f64 {
        if self.tick < owners.valid_from { 0.0 } else { self.shares / owners.outstanding }
    }

    /// Value at the last mark; nothing where the enterprise is gone.
    pub fn mark(&self, rows: RowOf<'_>, equity: &[Equity], register: &Register) -> f64 {
        let Some(row) = rows.get(self.enterprise) else { return 0.0 };
        register.of(row).map_or(0.0, |owners| self.part(owners) * equity[row].market_value)
    }
}

/// What the holdings of each fund are marked at when the tick is closed, in the order of funds. Scratch: measured with the returns, read by
/// balance sheets and tables.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Marks(pub Vec<f64>);

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
    /// Part of commitments reserved at closing for management fees of the whole life.
    pub fee_reserve: f64,
    /// Management fees to date.
    pub fees: f64,
    /// Paid to date for first holdings in enterprises.
    pub started: f64,
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
            fee_reserve: 0.0,
            fees: 0.0,
            started: 0.0,
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

    /// Closes a fund with commitments of limited partners, of which fees of its life are reserved.
    pub fn close(&mut self, venture: &Venture, id: u64, vintage: i32, commitments: f64, public_share: f64) {
        (self.id, self.vintage, self.commitments, self.public_share) = (id, vintage, commitments, public_share);
        self.fee_reserve = commitments * reserved_for_fees(venture);
    }

    /// Whether the fund may buy: it exists, and its investment period is not over.
    pub fn invests(&self, venture: &Venture, calendar: &Calendar) -> bool {
        self.id > 0 && self.age(calendar) < venture.investment_years
    }

    /// Commitments neither called nor reserved for fees.
    pub fn uncalled(&self) -> f64 {
        (self.commitments - self.paid_in - (self.fee_reserve - self.fees)).max(0.0)
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

    /// Whether it holds a part of an enterprise.
    pub fn holds(&self, enterprise: u64) -> bool {
        self.stakes.iter().any(|stake| stake.id == enterprise)
    }

    /// Adds a holding, paid for.
    pub fn invest(&mut self, stake: Stake) {
        let sector = usize::from(stake.sector);
        if self.bought.len() <= sector {
            self.bought.resize(sector + 1, 0.0);
        }
        self.bought[sector] += stake.paid;
        if !self.holds(stake.id) {
            self.started += stake.paid;
        }
        self.deals += 1;
        self.stakes.push(stake);
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

    /// Calls a management fee and pays it to the managers.
    pub fn charge(&mut self, ledger: &mut Ledger, calendar: &Calendar, fee: f64) {
        self.call(ledger, calendar, fee);
        ledger.pay(FlowKind::ManagementFees, End::Fund(&mut self.cash), End::Of(Account::Households), fee);
        self.fees += fee;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    fn calendar(tick: u32) -> Calendar {
        Calendar { tick, ..Calendar::new(&Parameters::default(), 1) }
    }

    fn stake(id: u64, paid: f64) -> Stake {
        Stake {
            deal: 1,
            enterprise: Entity::PLACEHOLDER,
            id,
            sector: 1,
            region: 0,
            shares: 0.1,
            paid,
            tick: 0,
            round: 0,
            supported: false,
            matched: false,
            bought: false,
        }
    }

    #[test]
    fn fees_of_a_life_by_hand() {
        // 2 % of 1,100 for five years, then of what is at work, at most 900: 110 and 90.
        let venture = Venture { fee: 0.02, life_years: 10.0, investment_years: 5.0, ..Venture::default() };
        let mut fund = Fund::vacant(0);
        fund.close(&venture, 1, 0, 1100.0, 0.0);
        assert!((fund.fee_reserve - 200.0).abs() < 1e-9);
        assert!((fund.uncalled() - 900.0).abs() < 1e-9);
        fund.invest(stake(7, 900.0));
        let mut ledger = Ledger::new(1, 1);
        for tick in 0..40 {
            let due = fund.fee_due(&venture, &calendar(tick));
            assert!((due - if tick < 20 { 5.5 } else { 4.5 }).abs() < 1e-9, "{tick}: {due}");
            fund.charge(&mut ledger, &calendar(tick), due);
        }
        assert!((fund.fees - 200.0).abs() < 1e-9 && (fund.paid_in - 200.0).abs() < 1e-9);
        // What is reserved is all that there is for fees.
        assert!(fund.fee_due(&venture, &calendar(39)) < 1e-9);
        // A life of fees that would take more than there is takes all.
        assert_eq!(reserved_for_fees(&Venture { fee: 0.1, life_years: 30.0, investment_years: 20.0, ..venture }), 1.0);
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

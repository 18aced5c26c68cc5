//! Venture funds: commitments, holdings, life.

use bevy_ecs::prelude::{Component, Entity, Resource};
use serde::{Deserialize, Serialize};

use crate::parameters::Venture;
use crate::state::accounts::Account;
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Equity, Owners, Register};
use tripath_engine::math;
use tripath_engine::rows::RowOf;

use super::mandate::Mandate;

/// What the ended funds of one manager came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct TrackRecord {
    /// Paid in.
    pub paid_in: f64,
    /// Distributed.
    pub distributed: f64,
}

impl TrackRecord {
    /// What was distributed over what was paid in, relative to that of all managers; 1 for newcomers.
    pub fn standing(self, market: TrackRecord) -> f64 {
        let usual = math::ratio(market.distributed, market.paid_in, 0.0);
        math::ratio(math::ratio(self.distributed, self.paid_in, usual), usual, 1.0)
    }
}

/// A holding of a fund in one enterprise, bought in one round.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stake {
    /// Deal that made it.
    pub deal: u64,
    /// The enterprise as an entity: one that is no longer there means that it is gone.
    #[serde(with = "tripath_engine::rows::as_bits")]
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

    /// Whether the fund may buy: it exists, and its investment period is not over.
    pub fn invests(&self, venture: &Venture, calendar: &Calendar) -> bool {
        self.id > 0 && self.age(calendar) < venture.investment_years
    }

    /// Commitments neither called nor reserved for fees.
    pub fn uncalled(&self) -> f64 {
        (self.commitments - self.paid_in - (self.fee_reserve - self.fees)).max(0.0)
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
    pub(crate) fn ticks(&self, calendar: &Calendar) -> usize {
        usize::try_from(i64::from(calendar.tick) - i64::from(self.vintage)).unwrap_or(0)
    }

    /// Books a cash flow of the limited partners (paid in below 0) in the fund's tick of life.
    pub(crate) fn remember(&mut self, calendar: &Calendar, amount: f64) {
        let tick = self.ticks(calendar);
        if self.flows.len() <= tick {
            self.flows.resize(tick + 1, 0.0);
        }
        self.flows[tick] += amount;
    }
}

//! What is counted in a tick, and sums over enterprises by sector and region.

use bevy_ecs::prelude::Resource;

use crate::state::enterprise::{Identity, Operation, Pipeline, TickAccount};
use tripath_engine::parallel::Merge;

impl Tally {
    /// A tally for a new tick.
    pub fn open(sectors: usize, regions: usize, banks: usize) -> Self {
        Self {
            closed_by_sector: vec![Group::default(); sectors],
            closed_by_region: vec![Group::default(); regions],
            entries_by_region: vec![0; regions],
            banks: vec![BankTally::default(); banks],
            ..Self::default()
        }
    }

    /// Remembers what an enterprise that closes had done in the tick.
    pub fn close(&mut self, identity: &Identity, did: Group) {
        self.closed_by_sector[identity.sector as usize].merge(did);
        self.closed_by_region[identity.region as usize].merge(did);
    }
}

/// Sums of the current tick that tables need and no stock keeps.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Tally {
    /// R&D of enterprises.
    pub rd: f64,
    /// R&D paid by public money.
    pub rd_public: f64,
    /// Entrants.
    pub entries: u64,
    /// Entrants for whom the bound of the population had no room.
    pub turned_away: f64,
    /// Exits.
    pub exits: u64,
    /// Failures in debt.
    pub defaults: u64,
    /// Jobs gained.
    pub job_creation: f64,
    /// Jobs lost.
    pub job_destruction: f64,
    /// Venture deals.
    pub deals: u64,
    /// What those that closed in this tick had done in it, by sector.
    pub closed_by_sector: Vec<Group>,
    /// The same by region.
    pub closed_by_region: Vec<Group>,
    /// Entrants by region.
    pub entries_by_region: Vec<u64>,
    /// Loans granted and refused, and lost, by bank.
    pub banks: Vec<BankTally>,
}

/// Sums over enterprises of a sector or a region.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Group {
    /// Value added.
    pub output: f64,
    /// Persons employed.
    pub employment: f64,
    /// Enterprises.
    pub count: u64,
    /// Sum of squared market shares.
    pub shares_square: f64,
    /// R&D.
    pub rd: f64,
    /// Net profit.
    pub profit: f64,
    /// Gross fixed capital formation.
    pub investment: f64,
    /// Grants, mission contracts, rescues, subsidies on fixed capital and interest, and tax credits.
    pub subsidies: f64,
    /// Taxes.
    pub taxes: f64,
}

impl Group {
    /// What one enterprise did in the tick.
    pub fn of(operation: &Operation, pipeline: &Pipeline, account: &TickAccount) -> Self {
        let mut group = Self::default();
        group.add(operation, pipeline, account);
        group
    }

    /// Adds what an enterprise did in the tick.
    #[inline]
    pub fn add(&mut self, operation: &Operation, pipeline: &Pipeline, account: &TickAccount) {
        self.output += operation.value_added;
        self.employment += operation.employment;
        self.rd += pipeline.spent[0] + pipeline.spent[1] + pipeline.spent[2] + account.contract;
        self.profit += operation.profit;
        self.investment += account.investment;
        self.subsidies += account.subsidies;
        self.taxes += account.taxes;
    }
}

impl Merge for Group {
    fn merge(&mut self, other: Self) {
        self.output += other.output;
        self.employment += other.employment;
        self.count += other.count;
        self.shares_square += other.shares_square;
        self.rd += other.rd;
        self.profit += other.profit;
        self.investment += other.investment;
        self.subsidies += other.subsidies;
        self.taxes += other.taxes;
    }
}

/// Sums of the current tick of a bank.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct BankTally {
    /// Requests refused.
    pub refused: f64,
    /// Loans lost.
    pub defaults: f64,
    /// Interest received.
    pub interest: f64,
}

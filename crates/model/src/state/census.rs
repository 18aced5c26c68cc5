//! What all enterprises have at the close of a tick, summed in one pass for everyone who asks.

use bevy_ecs::prelude::Resource;

use crate::state::accounts::MicroStocks;
use crate::state::economy::Group;
use tripath_engine::parallel::Merge;

/// Sums over all enterprises at the close of the tick. Scratch: every tick makes it anew.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Census {
    /// Attention to each path, by sector, of those at work.
    pub attention: Vec<[f64; 3]>,
    /// Holdings of funds in those at work by sector, at price and at fundamental value.
    pub holdings: Vec<[f64; 2]>,
    /// Deposits by bank.
    pub deposits: Vec<f64>,
    /// Clients by place of their think tank; the last place is that of those who are nobody's.
    pub clients: Vec<u64>,
    /// Stocks of balance sheets.
    pub stocks: MicroStocks,
    /// What they did, by `[region × sectors + sector]`.
    pub(crate) groups: Vec<Group>,
}

impl Census {
    /// An empty census.
    pub fn new(sectors: usize, regions: usize, banks: usize, think_tanks: usize) -> Self {
        Self {
            attention: vec![[0.0; 3]; sectors],
            holdings: vec![[0.0; 2]; sectors],
            deposits: vec![0.0; banks],
            clients: vec![0; think_tanks + 1],
            stocks: MicroStocks::default(),
            groups: vec![Group::default(); sectors * regions],
        }
    }

    /// What enterprises did, by sector.
    pub fn by_sector(&self) -> Vec<Group> {
        let sectors = self.attention.len();
        let mut sums = vec![Group::default(); sectors];
        for (place, group) in self.groups.iter().enumerate() {
            sums[place % sectors].merge(*group);
        }
        sums
    }

    /// What enterprises did, by region.
    pub fn by_region(&self) -> Vec<Group> {
        let in_region = |groups: &[Group]| {
            let mut sum = Group::default();
            groups.iter().for_each(|group| sum.merge(*group));
            sum
        };
        self.groups.chunks(self.attention.len().max(1)).map(in_region).collect()
    }
}

impl Merge for Census {
    fn merge(&mut self, other: Self) {
        self.attention.merge(other.attention);
        self.holdings.merge(other.holdings);
        self.deposits.merge(other.deposits);
        self.clients.iter_mut().zip(other.clients).for_each(|(mine, theirs)| *mine += theirs);
        self.stocks.merge(other.stocks);
        self.groups.merge(other.groups);
    }
}

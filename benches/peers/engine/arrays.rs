//! The firms in plain vectors, one for each quantity.

use tripath_engine::random::Seed;

use crate::rules::{CASH, RESEARCH, SECTORS, Seen, Totals, endowments, totals};

pub struct Arrays {
    pub seen: Seen,
    pub number: Vec<u64>,
    pub sector: Vec<u8>,
    pub productivity: Vec<f64>,
    pub share: Vec<f64>,
    pub cash: Vec<f64>,
    pub research: Vec<f64>,
    pub next_identity: u64,
    pub exits: u64,
    pub balance: f64,
}

impl Arrays {
    pub fn new(firms: usize, seed: u64) -> Self {
        let seed = Seed(seed);
        let (numbers, productivity, sectors) = endowments(firms, seed);
        let n = (firms / SECTORS) as f64;
        Self {
            seen: Seen::start(seed, n, sectors),
            number: numbers,
            sector: (0..firms).map(|row| (row / (firms / SECTORS)) as u8).collect(),
            productivity,
            share: vec![1.0 / n; firms],
            cash: vec![CASH; firms],
            research: vec![RESEARCH; firms],
            next_identity: firms as u64,
            exits: 0,
            balance: 0.0,
        }
    }

    pub fn totals(&self) -> Totals {
        let in_sector = self.number.len() / SECTORS;
        let firms = (0..self.number.len()).map(|firm| (firm / in_sector, self.productivity[firm], self.share[firm]));
        totals(self.exits, self.balance, &self.seen.sectors, firms)
    }

    /// Every number of every firm.
    pub fn bits(&self) -> Vec<[u64; 5]> {
        let bits = |firm: usize| [self.productivity[firm], self.share[firm], self.cash[firm], self.research[firm]].map(f64::to_bits);
        (0..self.number.len())
            .map(|firm| {
                let [productivity, share, cash, research] = bits(firm);
                [self.number[firm], productivity, share, cash, research]
            })
            .collect()
    }
}

//! Plain vectors in plain Rust, one thread: what an engine must not be slower than.

use tripath_model::parallel::CHUNK;
use tripath_model::random::Seed;

use crate::rules::{CASH, ENTRANT_RESEARCH, RESEARCH, SECTORS, Seen, Sums, Totals, endowment, entrant, live, totals};

pub struct Economy {
    seen: Seen,
    number: Vec<u64>,
    sector: Vec<u32>,
    productivity: Vec<f64>,
    share: Vec<f64>,
    cash: Vec<f64>,
    research: Vec<f64>,
    closed: Vec<usize>,
    next_identity: u64,
    exits: u64,
    balance: f64,
}

impl Economy {
    pub fn new(firms: usize, seed: u64) -> Self {
        let seed = Seed(seed);
        let firms_in_sector = (firms / SECTORS) as f64;
        let number: Vec<u64> = (0..firms as u64).collect();
        let sector: Vec<u32> = number.iter().map(|number| (number % SECTORS as u64) as u32).collect();
        let productivity: Vec<f64> = number.iter().map(|number| endowment(seed, *number)).collect();
        let mut sums = Sums::default();
        for firm in 0..firms {
            sums.count(sector[firm], 1.0 / firms_in_sector, productivity[firm]);
        }
        Self {
            seen: Seen::start(seed, firms_in_sector, sums.sectors()),
            number,
            sector,
            productivity,
            share: vec![1.0 / firms_in_sector; firms],
            cash: vec![CASH; firms],
            research: vec![RESEARCH; firms],
            closed: Vec::new(),
            next_identity: firms as u64,
            exits: 0,
            balance: 0.0,
        }
    }

    pub fn tick(&mut self, tick: u32) {
        self.seen = self.seen.at(tick);
        let seen = self.seen;
        let firms = self.number.len();
        let mut sums = Sums::default();
        self.closed.clear();
        // Sums are made chunk by chunk, since another order of additions gives other last digits.
        for first in (0..firms).step_by(CHUNK) {
            let rows = first..(first + CHUNK).min(firms);
            let (number, sector) = (&self.number[rows.clone()], &self.sector[rows.clone()]);
            let (productivity, share) = (&mut self.productivity[rows.clone()], &mut self.share[rows.clone()]);
            let (cash, research) = (&mut self.cash[rows.clone()], &mut self.research[rows]);
            let mut part = Sums::default();
            for row in 0..number.len() {
                let who = (number[row], sector[row]);
                if live(&seen, who, &mut productivity[row], &mut share[row], &mut cash[row], &mut research[row], &mut part) {
                    self.closed.push(first + row);
                }
            }
            sums.add(&part);
        }
        for &firm in &self.closed {
            let sector = self.sector[firm];
            let (productivity, share) = entrant(&seen, self.next_identity, sector);
            self.number[firm] = self.next_identity;
            self.productivity[firm] = productivity;
            self.share[firm] = share;
            self.cash[firm] = CASH;
            self.research[firm] = ENTRANT_RESEARCH;
            sums.count(sector, share, productivity);
            self.next_identity += 1;
            self.exits += 1;
        }
        self.balance += sums.balance;
        self.seen.sectors = sums.sectors();
    }

    pub fn totals(&self) -> Totals {
        let firms = (0..self.number.len()).map(|firm| (self.sector[firm], self.productivity[firm], self.share[firm]));
        totals(self.exits, self.balance, &self.seen.sectors, firms)
    }

    /// Every number of every firm.
    pub fn bits(&self) -> Vec<[u64; 6]> {
        let firms = 0..self.number.len();
        firms
            .map(|firm| {
                [
                    self.number[firm],
                    u64::from(self.sector[firm]),
                    self.productivity[firm].to_bits(),
                    self.share[firm].to_bits(),
                    self.cash[firm].to_bits(),
                    self.research[firm].to_bits(),
                ]
            })
            .collect()
    }
}

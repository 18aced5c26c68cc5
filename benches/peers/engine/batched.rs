//! Plain vectors in plain Rust, one thread, pass by pass in the processor's vectors: the engine's loops without an engine around them.

use tripath_engine::parallel::CHUNK;

use crate::Form;
use crate::arrays::Arrays;
use crate::block::{SCRATCH, live_all};
use crate::rules::{PIECE, Sums, Totals};

pub struct Economy {
    arrays: Arrays,
    closed: Vec<usize>,
}

impl Economy {
    pub fn new(firms: usize, seed: u64) -> Self {
        Self { arrays: Arrays::new(firms, seed), closed: Vec::new() }
    }
}

impl Form for Economy {
    fn tick(&mut self, tick: u32) {
        let Arrays { seen, number, sector, productivity, share, cash, research, next_identity, exits, balance } = &mut self.arrays;
        *seen = seen.at(tick);
        let firms = number.len();
        let mut sums = Sums::default();
        self.closed.clear();
        SCRATCH.with_borrow_mut(|scratch| {
            for chunk in (0..firms).step_by(CHUNK) {
                let mut part = Sums::default();
                for first in (chunk..(chunk + CHUNK).min(firms)).step_by(PIECE) {
                    let rows = first..(first + PIECE).min(firms);
                    live_all(
                        seen,
                        (&number[rows.clone()], &sector[rows.clone()]),
                        (&mut productivity[rows.clone()], &mut share[rows.clone()], &mut cash[rows.clone()], &mut research[rows]),
                        scratch,
                        &mut part,
                        |row| self.closed.push(first + row),
                    );
                }
                sums.add(&part);
            }
        });
        for row in &self.closed {
            number[*row] = *next_identity;
            *next_identity += 1;
        }
        *exits += self.closed.len() as u64;
        *balance += sums.balance;
        seen.sectors = sums.sectors();
    }

    fn totals(&mut self) -> Totals {
        self.arrays.totals()
    }

    fn bits(&mut self) -> Vec<[u64; 5]> {
        self.arrays.bits()
    }
}

//! Plain vectors in plain Rust, one thread, firm by firm: the program that anybody would write first.

use tripath_engine::math;
use tripath_engine::parallel::CHUNK;

use crate::Form;
use crate::arrays::Arrays;
use crate::rules::{
    CASH, ENTRANT_RESEARCH, PIECE, Sums, Totals, entrant_share, entrant_step, pieces, research_exponent, research_step, settle, sum_up,
};

pub struct Economy(Arrays);

impl Economy {
    pub fn new(firms: usize, seed: u64) -> Self {
        Self(Arrays::new(firms, seed))
    }
}

impl Form for Economy {
    fn tick(&mut self, tick: u32) {
        let Arrays { seen, number, productivity, share, cash, research, next_identity, exits, balance, .. } = &mut self.0;
        *seen = seen.at(tick);
        let seen = *seen;
        let firms = number.len();
        let (mut sums, mut taken) = (Sums::default(), [0.0; PIECE]);
        // Sums are made piece by piece and chunk by chunk, since another order of additions gives other last digits.
        for first in (0..firms).step_by(CHUNK) {
            let mut part = Sums::default();
            for (sector, rows) in pieces(first..(first + CHUNK).min(firms), firms / seen.sectors.len()) {
                let market = seen.sectors[sector];
                let (number, productivity) = (&mut number[rows.clone()], &mut productivity[rows.clone()]);
                let (share, cash, research) = (&mut share[rows.clone()], &mut cash[rows.clone()], &mut research[rows]);
                for row in 0..number.len() {
                    let mut draws = seen.search.draws(number[row]);
                    if draws.strikes(-research_exponent(research[row])) {
                        productivity[row] *= math::exp(research_step(draws.normal()));
                    }
                    let outcome = settle(seen.firms_in_sector, &market, productivity[row], share[row], cash[row]);
                    (share[row], cash[row], research[row]) = (outcome.share, outcome.cash, outcome.research);
                    if outcome.closes {
                        productivity[row] = market.mean * math::exp(entrant_step(seen.entry.draws(number[row]).normal()));
                        (share[row], cash[row], research[row]) = (entrant_share(seen.firms_in_sector), CASH, ENTRANT_RESEARCH);
                        number[row] = *next_identity;
                        *next_identity += 1;
                        *exits += 1;
                    }
                    taken[row] = outcome.balance;
                }
                part.piece(sector, &sum_up(productivity, share, &taken[..number.len()]));
            }
            sums.add(&part);
        }
        *balance += sums.balance;
        self.0.seen.sectors = sums.sectors();
    }

    fn totals(&mut self) -> Totals {
        self.0.totals()
    }

    fn bits(&mut self) -> Vec<[u64; 5]> {
        self.0.bits()
    }
}

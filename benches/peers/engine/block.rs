//! A tick of some firms, pass by pass over all of them, so that the processor's vectors do the passes: the rules and the
//! digits of one firm after the other.

use std::cell::RefCell;
use std::ops::Range;

use tripath_engine::math;
use tripath_engine::vectors::widest;

use crate::rules::{
    CASH, ENTRANT_RESEARCH, PIECE, Quantity, Sector, Seen, Sums, entrant_share, entrant_step, fails_from, research_exponent, research_step,
    settle, sum_up,
};

/// A component or an element of a vector that holds a whole number.
pub trait Whole {
    fn get(&self) -> u64;
}

impl Whole for u64 {
    #[inline(always)]
    fn get(&self) -> u64 {
        *self
    }
}

impl Whole for u8 {
    #[inline(always)]
    fn get(&self) -> u64 {
        (*self).into()
    }
}

/// What is worked out on the way.
pub struct Scratch {
    draws: [f64; PIECE],
    balance: [f64; PIECE],
    values: [f64; PIECE],
    numbers: [u64; PIECE],
    rows: Rows,
    marks: Marks,
}

impl Scratch {
    pub const fn new() -> Self {
        Self {
            draws: [0.0; PIECE],
            balance: [0.0; PIECE],
            values: [0.0; PIECE],
            numbers: [0; PIECE],
            rows: Rows([0; PIECE + WORD]),
            marks: [0; PIECE],
        }
    }
}

thread_local! {
    /// Each thread has one and never clears it.
    pub static SCRATCH: RefCell<Scratch> = const { RefCell::new(Scratch::new()) };
}

/// Marks side by side that are looked at together.
const WORD: usize = 8;

/// For every set of eight marks the places of those that are set, one a byte.
static PLACES: [u64; 1 << WORD] = {
    let mut places = [0; 1 << WORD];
    let mut marks = 0;
    while marks < 1 << WORD {
        let (mut place, mut count) = (0, 0);
        while place < WORD {
            if marks >> place & 1 == 1 {
                places[marks] |= (place as u64) << (8 * count);
                count += 1;
            }
            place += 1;
        }
        marks += 1;
    }
    places
};

/// Marks of the rows of a piece, one or zero.
type Marks = [u8; PIECE];

/// Rows of a piece, and room for the word that goes beyond the last.
#[derive(Clone, Copy)]
struct Rows([u8; PIECE + WORD]);

impl Rows {
    /// The marked rows in their order; how many they are.
    ///
    /// Which rows are marked nobody can foretell, so there is no branch: eight marks become the eight bits of a number, and a table tells the places.
    fn choose(&mut self, marks: &mut Marks, of: usize) -> usize {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const TO_BITS: u64 = 0x0102_0408_1020_4080;
        let words = of.div_ceil(WORD);
        marks[of..words * WORD].fill(0);
        let mut count = 0;
        for (word, marks) in marks.as_chunks::<WORD>().0[..words].iter().enumerate() {
            let marks = u64::from_le_bytes(*marks);
            let rows = PLACES[(marks.wrapping_mul(TO_BITS) >> 56) as usize].wrapping_add(ONES.wrapping_mul((word * WORD) as u64));
            *self.0[count..].first_chunk_mut::<WORD>().expect("room for a word") = rows.to_le_bytes();
            count += (marks.wrapping_mul(ONES) >> 56) as usize;
        }
        count
    }
}

/// Research: successes multiply productivity.
fn research_all(
    seen: &Seen,
    identity: &[impl Whole],
    productivity: &mut [impl Quantity],
    research: &[impl Quantity],
    scratch: &mut Scratch,
) {
    let rows = identity.len();
    let Scratch { draws, values, numbers, rows: chosen, marks, .. } = scratch;
    seen.search.uniforms(
        identity,
        #[inline(always)]
        |identity| identity.get(),
        &mut draws[..rows],
    );
    widest(
        #[inline(always)]
        || {
            let (draws, marks, research) = (&draws[..rows], &mut marks[..rows], &research[..rows]);
            for row in 0..rows {
                marks[row] = u8::from(draws[row] <= fails_from(research[row].get()));
            }
        },
    );
    let open = chosen.choose(marks, rows);
    for place in 0..open {
        values[place] = research_exponent(research[usize::from(chosen.0[place])].get());
    }
    math::exp_all(&mut values[..open]);
    let mut successes = 0;
    for place in 0..open {
        let row = chosen.0[place];
        // Where it fails the next one takes its place.
        chosen.0[successes] = row;
        numbers[successes] = identity[usize::from(row)].get();
        successes += usize::from(draws[usize::from(row)] < 1.0 - values[place]);
    }
    let values = &mut values[..successes];
    seen.search.normals(1, &numbers[..successes], values);
    for value in &mut *values {
        *value = research_step(*value);
    }
    math::exp_all(values);
    for place in 0..successes {
        let productivity = &mut productivity[usize::from(chosen.0[place])];
        productivity.set(productivity.get() * values[place]);
    }
}

/// Shares, sales, profits and exits.
#[inline(always)]
fn settle_all(
    firms_in_sector: f64,
    market: &Sector,
    productivity: &[impl Quantity],
    (share, cash, research): (&mut [impl Quantity], &mut [impl Quantity], &mut [impl Quantity]),
    balance: &mut [f64],
    closes: &mut [u8],
) {
    // Equal lengths are known to the compiler, which then checks no bounds.
    let rows = productivity.len();
    let (share, cash, research) = (&mut share[..rows], &mut cash[..rows], &mut research[..rows]);
    let (balance, closes) = (&mut balance[..rows], &mut closes[..rows]);
    for row in 0..rows {
        let outcome = settle(firms_in_sector, market, productivity[row].get(), share[row].get(), cash[row].get());
        share[row].set(outcome.share);
        cash[row].set(outcome.cash);
        research[row].set(outcome.research);
        balance[row] = outcome.balance;
        closes[row] = u8::from(outcome.closes);
    }
}

/// Rows from `first` on that are of one sector.
fn run(sector: &[impl Whole], first: usize) -> Range<usize> {
    let here = sector[first].get();
    // Most pieces are of one sector throughout.
    let last = match sector[sector.len() - 1].get() == here {
        true => sector.len(),
        false => first + sector[first..].partition_point(|sector| sector.get() == here),
    };
    first..last
}

/// A tick of at most [`PIECE`] firms, which stand sector by sector. Rows whose firms close, and are taken by new ones, go to `closed`.
pub fn live_all(
    seen: &Seen,
    (identity, sector): (&[impl Whole], &[impl Whole]),
    (productivity, share, cash, research): (&mut [impl Quantity], &mut [impl Quantity], &mut [impl Quantity], &mut [impl Quantity]),
    scratch: &mut Scratch,
    sums: &mut Sums,
    mut closed: impl FnMut(usize),
) {
    let rows = identity.len();
    research_all(seen, identity, productivity, research, scratch);
    let Scratch { balance, values, numbers, rows: chosen, marks, .. } = scratch;
    let mut next = 0;
    while next < rows {
        let run = run(sector, next);
        next = run.end;
        widest(
            #[inline(always)]
            || {
                settle_all(
                    seen.firms_in_sector,
                    &seen.sectors[sector[run.start].get() as usize],
                    &productivity[run.clone()],
                    (&mut share[run.clone()], &mut cash[run.clone()], &mut research[run.clone()]),
                    &mut balance[run.clone()],
                    &mut marks[run.clone()],
                );
            },
        );
    }
    let count = chosen.choose(marks, rows);
    for place in 0..count {
        numbers[place] = identity[usize::from(chosen.0[place])].get();
    }
    let values = &mut values[..count];
    seen.entry.normals(0, &numbers[..count], values);
    for value in &mut *values {
        *value = entrant_step(*value);
    }
    math::exp_all(values);
    let (mut next, mut entrant) = (0, 0);
    while next < rows {
        let run = run(sector, next);
        next = run.end;
        let here = sector[run.start].get() as usize;
        while entrant < count && usize::from(chosen.0[entrant]) < run.end {
            let row = usize::from(chosen.0[entrant]);
            productivity[row].set(seen.sectors[here].mean * values[entrant]);
            share[row].set(entrant_share(seen.firms_in_sector));
            cash[row].set(CASH);
            research[row].set(ENTRANT_RESEARCH);
            closed(row);
            entrant += 1;
        }
        let lanes = widest(
            #[inline(always)]
            || sum_up(&productivity[run.clone()], &share[run.clone()], &balance[run.clone()]),
        );
        sums.piece(here, &lanes);
    }
}

//! The rules of `SPEC.md` as pure functions: what both forms of the program compute.

use std::ops::Range;

use tripath_engine::math;
use tripath_engine::random::{Seed, Stream};
use tripath_model::streams::Draw;

pub const SECTORS: usize = 10;
const SPREAD: f64 = 0.1;
pub const CASH: f64 = 0.5;
pub const RESEARCH: f64 = 0.05;
const SUCCESS: f64 = 2.0;
const STEP: f64 = 0.01;
const STEP_SPREAD: f64 = 0.03;
const SELECTION: f64 = 0.4;
const CROWDING: f64 = 0.01;
const MARGIN: f64 = 0.2;
const LARGE: f64 = 2.0;
const FIXED: f64 = 0.1;
const TAX: f64 = 0.25;
const SMALL: f64 = 0.5;
const SUBSIDY: f64 = 0.03;
const TINY: f64 = 0.2;
const ENTRANT: f64 = -0.03;
const ENTRANT_SHARE: f64 = 0.4;

/// What everybody sees of a sector: total of shares and mean productivity as the last tick left them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sector {
    pub total: f64,
    pub mean: f64,
}

/// A component or an element of a vector that holds a quantity.
pub trait Quantity {
    fn get(&self) -> f64;
    fn set(&mut self, value: f64);
}

impl Quantity for f64 {
    #[inline(always)]
    fn get(&self) -> f64 {
        *self
    }
    #[inline(always)]
    fn set(&mut self, value: f64) {
        *self = value;
    }
}

/// Firms that are summed up side by side: as many as the widest vectors hold.
pub const LANES: usize = 8;

/// Rows of a piece at most: what stands in the innermost cache together.
pub const PIECE: usize = 256;

/// Sums over a piece, firm by firm in turn into one of the lanes, so that vectors can add them in the same order as a program that has none.
#[derive(Debug, Clone, Default)]
pub struct Lanes {
    pub shares: [f64; LANES],
    pub weighted: [f64; LANES],
    pub balance: [f64; LANES],
}

/// Sums of the firms of one sector, in lanes.
#[inline(always)]
pub fn sum_up(productivity: &[impl Quantity], share: &[impl Quantity], balance: &[f64]) -> Lanes {
    let mut lanes = Lanes::default();
    let (productivity, productivity_left) = productivity.as_chunks::<LANES>();
    let (share, share_left) = share.as_chunks::<LANES>();
    let (balance, balance_left) = balance.as_chunks::<LANES>();
    let (productivity, balance) = (&productivity[..share.len()], &balance[..share.len()]);
    for place in 0..share.len() {
        for lane in 0..LANES {
            lanes.shares[lane] += share[place][lane].get();
            lanes.weighted[lane] += share[place][lane].get() * productivity[place][lane].get();
            lanes.balance[lane] += balance[place][lane];
        }
    }
    for lane in 0..share_left.len() {
        lanes.shares[lane] += share_left[lane].get();
        lanes.weighted[lane] += share_left[lane].get() * productivity_left[lane].get();
        lanes.balance[lane] += balance_left[lane];
    }
    lanes
}

/// Sums over some firms by sector.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    shares: [f64; SECTORS],
    weighted: [f64; SECTORS],
    pub balance: f64,
}

fn total(lanes: &[f64; LANES]) -> f64 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

impl Sums {
    /// Adds a piece.
    #[inline]
    pub fn piece(&mut self, sector: usize, lanes: &Lanes) {
        self.shares[sector] += total(&lanes.shares);
        self.weighted[sector] += total(&lanes.weighted);
        self.balance += total(&lanes.balance);
    }

    pub fn add(&mut self, other: &Self) {
        for sector in 0..SECTORS {
            self.shares[sector] += other.shares[sector];
            self.weighted[sector] += other.weighted[sector];
        }
        self.balance += other.balance;
    }

    pub fn sectors(&self) -> [Sector; SECTORS] {
        std::array::from_fn(|sector| Sector { total: self.shares[sector], mean: self.weighted[sector] / self.shares[sector] })
    }
}

/// Cuts rows, which stand sector by sector with `firms_in_sector` in each, into pieces of one sector and no more than [`PIECE`] rows.
pub fn pieces(rows: Range<usize>, firms_in_sector: usize) -> impl Iterator<Item = (usize, Range<usize>)> {
    let mut first = rows.start;
    std::iter::from_fn(move || {
        let sector = first / firms_in_sector;
        let piece = first..rows.end.min((sector + 1) * firms_in_sector).min((first / PIECE + 1) * PIECE);
        first = piece.end;
        (!piece.is_empty()).then_some((sector, piece))
    })
}

/// What is constant in a tick.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub seed: Seed,
    /// Draws of this tick.
    pub search: Stream,
    pub entry: Stream,
    pub firms_in_sector: f64,
    pub sectors: [Sector; SECTORS],
}

impl Seen {
    /// Goes on to a tick.
    pub fn at(self, tick: u32) -> Self {
        Self { search: self.seed.stream(Draw::Search, tick), entry: self.seed.stream(Draw::Entry, tick), ..self }
    }

    /// Before the first tick.
    pub fn start(seed: Seed, firms_in_sector: f64, sectors: [Sector; SECTORS]) -> Self {
        let (search, entry) = (seed.stream(Draw::Search, 0), seed.stream(Draw::Entry, 0));
        Self { seed, search, entry, firms_in_sector, sectors }
    }
}

/// The firms at the start, sector by sector: their identities, so that the place in the order of identities modulo ten is the sector, and
/// productivities; and what everybody sees of the sectors.
pub fn endowments(firms: usize, seed: Seed) -> (Vec<u64>, Vec<f64>, [Sector; SECTORS]) {
    let in_sector = firms / SECTORS;
    let numbers: Vec<u64> = (0..firms).map(|row| (row % in_sector * SECTORS + row / in_sector) as u64).collect();
    let productivity: Vec<f64> =
        numbers.iter().map(|number| math::exp(SPREAD * seed.draws(Draw::Endowment, *number, 0).normal())).collect();
    let mut sums = Sums::default();
    for (row, productivity) in productivity.iter().enumerate() {
        sums.shares[row / in_sector] += 1.0 / in_sector as f64;
        sums.weighted[row / in_sector] += productivity / in_sector as f64;
    }
    let sectors = sums.sectors();
    (numbers, productivity, sectors)
}

/// The least draw of a uniform number with which research fails for certain: since `1 − exp(−h) ≤ h`, most draws decide without the
/// exponential; the allowance is far above its error.
#[inline(always)]
pub fn fails_from(research: f64) -> f64 {
    SUCCESS * research + 1e-12
}

/// The argument of the exponential that is the probability of no success.
#[inline(always)]
pub fn research_exponent(research: f64) -> f64 {
    -(SUCCESS * research)
}

/// Logarithm of what a success in research multiplies productivity by.
#[inline(always)]
pub fn research_step(normal: f64) -> f64 {
    STEP + STEP_SPREAD * normal
}

/// A firm after its market and the state have seen it.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    pub share: f64,
    pub cash: f64,
    pub research: f64,
    /// Tax less subsidy.
    pub balance: f64,
    pub closes: bool,
}

/// Share, sales, profit, tax, subsidy and exit of one firm.
#[inline(always)]
pub fn settle(firms_in_sector: f64, market: &Sector, productivity: f64, share: f64, cash: f64) -> Outcome {
    let growth = 1.0 + SELECTION * (productivity / market.mean - 1.0) - CROWDING * firms_in_sector * share;
    let share = share * (if growth > 0.0 { growth } else { 0.0 } / market.total);
    let sales = firms_in_sector * share;
    let research = RESEARCH * if sales < LARGE { sales } else { LARGE };
    let profit = MARGIN * sales - research - FIXED;
    let tax = TAX * if profit > 0.0 { profit } else { 0.0 };
    let subsidy = if sales < SMALL { SUBSIDY } else { 0.0 };
    let cash = cash + (profit - tax + subsidy);
    Outcome { share, cash, research: research + subsidy, balance: tax - subsidy, closes: (cash < 0.0) | (sales < TINY) }
}

/// Logarithm of an entrant's productivity over the mean of its sector.
#[inline(always)]
pub fn entrant_step(normal: f64) -> f64 {
    ENTRANT + SPREAD * normal
}

/// Share of an entrant.
#[inline(always)]
pub fn entrant_share(firms_in_sector: f64) -> f64 {
    ENTRANT_SHARE / firms_in_sector
}

/// Research of an entrant.
pub const ENTRANT_RESEARCH: f64 = RESEARCH * ENTRANT_SHARE;

/// What is reported of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    pub exits: u64,
    pub balance: f64,
    pub log_productivity: f64,
    pub concentration: f64,
}

/// Sums up a run from its firms: sector, productivity and share of each.
pub fn totals(exits: u64, balance: f64, sectors: &[Sector; SECTORS], firms: impl Iterator<Item = (usize, f64, f64)>) -> Totals {
    let (mut count, mut log_productivity, mut squares) = (0.0, 0.0, 0.0);
    for (sector, productivity, share) in firms {
        let part = share / sectors[sector].total;
        count += 1.0;
        log_productivity += math::ln(productivity);
        squares += part * part;
    }
    Totals { exits, balance, log_productivity, concentration: squares * count / (SECTORS * SECTORS) as f64 }
}

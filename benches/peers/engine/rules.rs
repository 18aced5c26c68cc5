//! The rules of `SPEC.md` as pure functions: what both forms of the program compute.

use tripath_model::math;
use tripath_model::random::{Mechanism, Seed, Stream};

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

/// Sums over some firms by sector.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    shares: [f64; SECTORS],
    weighted: [f64; SECTORS],
    pub balance: f64,
}

impl Sums {
    #[inline]
    pub fn count(&mut self, sector: u32, share: f64, productivity: f64) {
        self.shares[sector as usize] += share;
        self.weighted[sector as usize] += share * productivity;
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
        Self { search: self.seed.stream(Mechanism::Search, tick), entry: self.seed.stream(Mechanism::Entry, tick), ..self }
    }

    /// Before the first tick.
    pub fn start(seed: Seed, firms_in_sector: f64, sectors: [Sector; SECTORS]) -> Self {
        let (search, entry) = (seed.stream(Mechanism::Search, 0), seed.stream(Mechanism::Entry, 0));
        Self { seed, search, entry, firms_in_sector, sectors }
    }
}

/// Productivity of a firm at the start.
pub fn endowment(seed: Seed, identity: u64) -> f64 {
    math::exp(SPREAD * seed.draws(Mechanism::Endowment, identity, 0).normal())
}

/// The tick of one firm; true where it closes.
#[inline(always)]
pub fn live(
    seen: &Seen,
    (identity, sector): (u64, u32),
    productivity: &mut f64,
    share: &mut f64,
    cash: &mut f64,
    research: &mut f64,
    sums: &mut Sums,
) -> bool {
    let mut draws = seen.search.draws(identity);
    if draws.strikes(SUCCESS * *research) {
        *productivity *= math::exp(STEP + STEP_SPREAD * draws.normal());
    }
    let market = &seen.sectors[sector as usize];
    let growth = 1.0 + SELECTION * (*productivity / market.mean - 1.0) - CROWDING * seen.firms_in_sector * *share;
    *share *= growth.max(0.0) / market.total;
    let sales = seen.firms_in_sector * *share;
    *research = RESEARCH * sales.min(LARGE);
    let profit = MARGIN * sales - *research - FIXED;
    let tax = TAX * profit.max(0.0);
    let subsidy = if sales < SMALL { SUBSIDY } else { 0.0 };
    *cash += profit - tax + subsidy;
    *research += subsidy;
    sums.balance += tax - subsidy;
    if *cash < 0.0 || sales < TINY {
        return true;
    }
    sums.count(sector, *share, *productivity);
    false
}

/// Productivity and share of an entrant.
pub fn entrant(seen: &Seen, identity: u64, sector: u32) -> (f64, f64) {
    let step = ENTRANT + SPREAD * seen.entry.draws(identity).normal();
    (seen.sectors[sector as usize].mean * math::exp(step), ENTRANT_SHARE / seen.firms_in_sector)
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
pub fn totals(exits: u64, balance: f64, sectors: &[Sector; SECTORS], firms: impl Iterator<Item = (u32, f64, f64)>) -> Totals {
    let (mut count, mut log_productivity, mut squares) = (0.0, 0.0, 0.0);
    for (sector, productivity, share) in firms {
        let part = share / sectors[sector as usize].total;
        count += 1.0;
        log_productivity += math::ln(productivity);
        squares += part * part;
    }
    Totals { exits, balance, log_productivity, concentration: squares * count / (SECTORS * SECTORS) as f64 }
}

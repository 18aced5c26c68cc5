//! What R&D of a chunk of enterprises came to, summed.

use crate::state::growth::Moves;
use crate::state::technology::{FunnelCell, Kind, STAGES};
use tripath_engine::parallel::Merge;

use super::effort::NO_PAYER;

/// What a chunk of enterprises did.
pub(super) struct Outcome {
    pub(super) funnel: Vec<[FunnelCell; 3]>,
    /// Paid for R&D by sector and source: for the projects of each stage, then in all.
    pub(super) paid: Vec<[[f64; STAGES + 1]; 3]>,
    /// Projects under way by sector, main payer and stage; the last payer stands for those that are none.
    pub(super) under_way: Vec<[[u64; STAGES]; NO_PAYER as usize + 1]>,
    pub(super) breakthroughs: Vec<[f64; 3]>,
    /// Competitiveness that conversions gave, log points weighted by market shares, by sector and who paid.
    pub(super) advantages: Vec<[f64; 3]>,
    /// Log points of own innovation, weighted by market shares, by sector.
    pub(super) innovated: Vec<f64>,
    /// What moved the knowledge of each sector.
    pub(super) moves: Vec<Moves>,
    pub(super) conversions: Vec<Conversion>,
}

pub(super) struct Conversion {
    pub(super) id: u64,
    pub(super) sector: u16,
    pub(super) region: u16,
    pub(super) kind: Kind,
    pub(super) size: f64,
}

impl Outcome {
    /// Of no enterprise yet, in so many sectors.
    pub(crate) fn nothing(count: usize) -> Self {
        Self {
            funnel: vec![Default::default(); count],
            paid: vec![Default::default(); count],
            under_way: vec![Default::default(); count],
            breakthroughs: vec![[0.0; 3]; count],
            advantages: vec![[0.0; 3]; count],
            innovated: vec![0.0; count],
            moves: vec![Moves::default(); count],
            conversions: Vec::new(),
        }
    }
}

impl Merge for Outcome {
    fn merge(&mut self, other: Self) {
        self.funnel.merge(other.funnel);
        self.paid.merge(other.paid);
        self.under_way.merge(other.under_way);
        self.breakthroughs.merge(other.breakthroughs);
        self.advantages.merge(other.advantages);
        self.innovated.merge(other.innovated);
        for (mine, theirs) in self.moves.iter_mut().zip(other.moves) {
            mine.steps.merge(theirs.steps);
            mine.diffused.merge(theirs.diffused);
            mine.entered.merge(theirs.entered);
        }
        self.conversions.extend(other.conversions);
    }
}

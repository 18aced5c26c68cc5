//! What a government remembers of a programme.

use serde::{Deserialize, Serialize};

/// What a government remembers of a programme from tick to tick.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeMemory {
    /// Ran in the last tick, fading ones not counted.
    pub running: bool,
    /// Stopped by an evaluation.
    pub given_up: bool,
    /// Tick at which it last ended.
    pub ended: Option<u32>,
    /// Budget over the planned one.
    pub scale: f64,
    /// Result of the last evaluation.
    pub evaluation: Option<f64>,
    /// Since when it is judged.
    pub since: Opening,
}

impl Default for ProgrammeMemory {
    fn default() -> Self {
        Self { running: false, given_up: false, ended: None, scale: 1.0, evaluation: None, since: Opening::default() }
    }
}

/// Where things stood when a period of judgement began.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Tick.
    pub tick: u32,
    /// Output of the economy a year.
    pub output: f64,
    /// Key technologies brought home to date, with milestones of the attempt under way.
    pub achieved: f64,
    /// The same without milestones.
    pub completed: f64,
    /// The programme's sectors.
    pub sectors: Vec<Standing>,
}

/// Where one sector of a programme stands: sums to date, but for taxes a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Money that the programme paid.
    pub money: f64,
    /// The same where it was earmarked for R&D of enterprises, 0 otherwise; all of it for a guidance fund.
    pub research: f64,
    /// Cost of all policy.
    pub cost: f64,
    /// Money of all programmes earmarked for R&D of enterprises; capital called for a guidance fund.
    pub all_research: f64,
    /// Taxes on quasi-rents from policy money, and breakthroughs that it paid for at their shadow value; gains of public money in funds for a
    /// guidance fund.
    pub rents: f64,
    /// Self-sufficiency gained at its strategic value.
    pub secured: f64,
    /// Taxes of the sector a year.
    pub sector_taxes: f64,
}

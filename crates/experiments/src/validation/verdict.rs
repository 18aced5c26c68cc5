//! What is said of facts and of groups of runs.

use serde::Serialize;

use super::fact::Regime;

/// What is said of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// In target for eight of ten runs; sanity, for all.
    InTarget,
    /// Not in target for so many runs.
    Missed,
    /// The runs do not show it.
    NotMeasurable,
    /// The runs are too short for it, or lack their counterpart.
    NotJudged,
    /// No target is set.
    ReportedOnly,
    /// It applies to other economies.
    NotApplicable,
}

impl Verdict {
    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::InTarget => "in target",
            Self::Missed => "MISSED",
            Self::NotMeasurable => "NOT MEASURABLE",
            Self::NotJudged => "not judged",
            Self::ReportedOnly => "reported only",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// One statistic over the runs of a group.
#[derive(Debug, Clone, Serialize)]
pub struct PartResult {
    /// The statistic.
    pub name: &'static str,
    /// Its target as text.
    pub target: String,
    /// Mean over runs; missing where no run shows it.
    pub mean: Option<f64>,
    /// 95 % interval of the mean, from the spread over seeds; missing for fewer than two runs.
    pub interval: Option<[f64; 2]>,
    /// Runs in target; missing where it is not judged.
    pub in_target: Option<usize>,
    /// Value of each run in the order of the group's seeds; missing where a run does not show it.
    pub values: Vec<Option<f64>>,
    /// Mean as people read it.
    #[serde(skip)]
    pub shown: String,
}

/// A fact over the runs of a group.
#[derive(Debug, Clone, Serialize)]
pub struct FactResult {
    /// Letter and number.
    pub id: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// How it is computed.
    pub definition: &'static str,
    /// Where its target is from.
    pub source: &'static str,
    /// Whether it follows from one parameter or from data that drive the run: then it is no evidence.
    pub calibrated: bool,
    /// Statistics.
    pub parts: Vec<PartResult>,
    /// Whether every judged statistic is in target, for each run in the order of the group's seeds.
    pub in_target: Vec<bool>,
    /// Runs in which it is.
    pub runs_in_target: usize,
    /// What is said of it.
    pub verdict: Verdict,
    /// Why it could not be measured.
    pub reason: Option<String>,
}

impl FactResult {
    /// The verdict as people read it.
    pub fn word(&self) -> &'static str {
        match self.verdict {
            Verdict::InTarget if self.calibrated => "calibrated, in target",
            Verdict::Missed if self.calibrated => "calibrated, missed",
            verdict => verdict.word(),
        }
    }
}

/// Runs of one economy.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Name of the preset or file; what differs is added where several economies have one name.
    pub name: String,
    /// Which targets hold.
    pub regime: Regime,
    /// Seeds.
    pub seeds: Vec<u64>,
    /// Whether every fact of the gate that was judged is in target, and six of ten runs are in target for all of them at once.
    pub gate_passed: bool,
    /// Facts of the gate that are not in target, or not measurable.
    pub gate_missed: Vec<&'static str>,
    /// Whether all facts of the gate that were judged are in target at once, for each run in the order of the seeds.
    pub gate_runs: Vec<bool>,
    /// Runs in which they are.
    pub gate_runs_passed: usize,
    /// Runs in which they must be.
    pub gate_runs_needed: usize,
    /// Facts of the gate that are not judged: these runs are too short for them, or they were not computed.
    pub gate_open: Vec<&'static str>,
    /// Facts of sanity that some run misses or does not show.
    pub sanity_missed: Vec<&'static str>,
    /// Folders of runs that are not complete.
    pub incomplete: Vec<String>,
    /// Facts.
    pub facts: Vec<FactResult>,
}

impl Group {
    /// Whether any fact of the gate was computed.
    pub fn judges_gate(&self) -> bool {
        self.facts.iter().any(|fact| fact.id.starts_with('A'))
    }
}

/// Verdicts on all groups.
#[derive(Debug, Clone, Serialize)]
pub struct Validation {
    /// Whether every group passes what was judged of the gate, and all of its runs are sane.
    pub passed: bool,
    /// Whether all facts of the gate were judged in every group; without it `passed` speaks of a part of the gate alone.
    pub in_full: bool,
    /// Groups.
    pub groups: Vec<Group>,
}

//! What a fact is: statistics of one run, with targets, from tables.

use std::fmt::{self, Display, Formatter};

use super::run_tables::RunTables;
pub use super::target::{Reading, Regime, Target, Targets, Unit};
use crate::summary::SummaryError;

/// One statistic of a fact.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// What it is, in words.
    pub name: &'static str,
    /// How it is shown.
    pub unit: Unit,
    /// What it should be.
    pub targets: Targets,
}

/// Why a fact cannot be measured.
#[derive(Debug)]
pub enum Stop {
    /// The run does not show it; the rest of the facts may be measured.
    Gap(Gap),
    /// The tables cannot be read.
    Broken(SummaryError),
}

/// What a run lacks for a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// A table was not recorded.
    Table(&'static str),
    /// A table has no such column.
    Column(&'static str, &'static str),
    /// The run is too short.
    Years(usize),
    /// A tick is longer than a quarter.
    Quarters,
    /// Another kind of run must be given too.
    Pair(&'static str),
    /// It applies to other presets only.
    NotApplicable(&'static [&'static str]),
    /// It speaks of institutions that the run does not have.
    NotHere(&'static str),
    /// The tables are there and do not show it.
    Other(String),
}

impl Display for Gap {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) => write!(f, "table {table} missing"),
            Self::Column(table, column) => write!(f, "column {table}.{column} missing"),
            Self::Years(years) => write!(f, "needs {years} years"),
            Self::Quarters => write!(f, "a tick is a year: the run shows no quarters"),
            Self::Pair(words) => write!(f, "needs a pair: {words}"),
            Self::NotApplicable(presets) => write!(f, "applies to {} only", presets.join(", ")),
            Self::NotHere(words) => write!(f, "{words}"),
            Self::Other(words) => write!(f, "{words}"),
        }
    }
}

impl From<Gap> for Stop {
    fn from(gap: Gap) -> Self {
        Self::Gap(gap)
    }
}

impl From<SummaryError> for Stop {
    fn from(error: SummaryError) -> Self {
        Self::Broken(error)
    }
}

/// A gap in words.
pub(super) fn gap(words: impl Into<String>) -> Stop {
    Stop::Gap(Gap::Other(words.into()))
}

/// A fact of the evidence.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    /// Letter and number.
    pub id: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// How it is computed, from which tables and columns.
    pub definition: &'static str,
    /// Where the target is from.
    pub source: &'static str,
    /// Presets of which alone it is asked, with all that extend them; empty for every run.
    pub presets: &'static [&'static str],
    /// Whether it follows from one parameter, or from data that drive the run: then it is no evidence.
    pub calibrated: bool,
    /// Tables that it is computed from.
    pub tables: &'static [&'static str],
    /// Its statistics.
    pub parts: &'static [Part],
    /// Its values in one run, one for each part.
    pub measure: Measure,
}

/// How a fact is measured.
#[derive(Debug, Clone, Copy)]
pub enum Measure {
    /// From one run.
    Run(fn(&RunTables) -> Result<Vec<Reading>, Stop>),
    /// From groups of runs of one economy that differ in one respect.
    Pair(super::pairs::PairRule),
}

impl Fact {
    /// Whether it belongs to the gate.
    pub fn of_gate(&self) -> bool {
        self.id.starts_with('A')
    }

    /// Whether it asks for what is plausible at all: of every run, whatever the preset.
    pub fn of_sanity(&self) -> bool {
        self.id.starts_with('S')
    }
}

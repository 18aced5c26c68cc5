//! One line of results.

use serde::{Deserialize, Serialize};
use tripath_outputs::sha256_hex;

/// Digits of a line's checksum.
const CHECK_DIGITS: usize = 16;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Every metric is there.
    Complete,
    /// The run ended, and a metric is not a finite number.
    NotFinite,
    /// A variable left its bounds, which ended the run.
    Diverged,
    /// The run broke off.
    Failed,
}

impl Outcome {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::NotFinite => "not_finite",
            Self::Diverged => "diverged",
            Self::Failed => "failed",
        }
    }
}

/// A table of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredTable {
    /// Name.
    pub table: String,
    /// Rows, the header not counted.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 of its file, whether it is kept or not.
    pub sha256: String,
}

/// What a run left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Name of the run.
    pub run_id: String,
    /// Point.
    pub point: usize,
    /// Replicate.
    pub replicate: u32,
    /// Seed.
    pub seed: u64,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it is not complete; empty if it is.
    pub reason: String,
    /// Metrics in the order of the design, in the fewest digits that read back to the same bits; empty where one is not finite.
    pub metrics: Vec<String>,
    /// Digest of all tables; empty where the run diverged or broke off.
    pub digest: String,
    /// Tables recorded.
    pub tables: Vec<StoredTable>,
    /// Time at work. Not part of any result.
    pub seconds: String,
}

impl Record {
    /// Metrics as numbers; not a number where one is missing.
    pub fn numbers(&self) -> Vec<f64> {
        (0..self.metrics.len()).map(|metric| self.number(metric)).collect()
    }

    /// A metric, not a number where it is missing.
    pub fn number(&self, metric: usize) -> f64 {
        self.metrics.get(metric).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
    }

    /// Time at work.
    pub fn seconds(&self) -> f64 {
        self.seconds.parse().unwrap_or(f64::NAN)
    }

    /// The same but for the time it took.
    pub fn is_same_result(&self, other: &Self) -> bool {
        let timeless = |record: &Self| Self { seconds: String::new(), ..record.clone() };
        timeless(self) == timeless(other)
    }
}

/// A finite number in the fewest digits that read back to the same bits; empty for all others.
pub fn number_text(number: f64) -> String {
    if number.is_finite() { format!("{number:?}") } else { String::new() }
}

/// A line with its checksum and its end.
pub(super) fn sealed(json: &str) -> String {
    format!("{} {json}\n", check(json))
}

/// The text of a line without its end; nothing where the checksum does not fit.
pub(super) fn opened(line: &str) -> Option<&str> {
    let (digits, json) = line.split_once(' ')?;
    (digits == check(json)).then_some(json)
}

fn check(json: &str) -> String {
    let mut digits = sha256_hex(json.as_bytes());
    digits.truncate(CHECK_DIGITS);
    digits
}

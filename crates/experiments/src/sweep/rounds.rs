//! The runs of a point that count: all of a fixed number, or those of the rounds that were needed.

use super::replicates::Verdict;
use super::store::{Index, Outcome, Record};
use super::{Design, SweepError};

/// The runs of a point that are there.
#[derive(Debug, Clone)]
pub struct PointRuns {
    /// Their results in order.
    pub records: Vec<Record>,
    /// Runs that are asked for as far as is known.
    pub asked: u32,
    /// What became of the point.
    pub verdict: Verdict,
}

impl PointRuns {
    /// Reads the runs of a point and decides its rounds anew, so that it does not matter who decided them before.
    ///
    /// # Errors
    /// A result cannot be read.
    pub fn read(design: &Design, index: &Index, point: usize) -> Result<Self, SweepError> {
        let replicates = &design.replicates;
        let mut records: Vec<Record> = Vec::new();
        let mut metrics: Vec<Vec<f64>> = Vec::new();
        let mut done = 0;
        loop {
            let verdict = replicates.verdict(done, |replicate| &metrics[replicate as usize]);
            let Verdict::More(asked) = verdict else { return Ok(Self { records, asked: done, verdict }) };
            let mut missing = false;
            for replicate in done..asked {
                match index.record(point, replicate)? {
                    Some(record) => {
                        metrics.push(record.numbers());
                        records.push(record);
                    }
                    None => {
                        missing = true;
                        metrics.push(Vec::new());
                    }
                }
            }
            if missing {
                return Ok(Self { records, asked, verdict });
            }
            done = asked;
        }
    }

    /// Runs that are asked for and not done.
    pub fn missing(&self) -> usize {
        self.asked as usize - self.records.len()
    }

    /// Runs that ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.records.iter().filter(|record| record.outcome == outcome).count()
    }

    /// A metric of all runs, not a number where it is missing.
    pub fn metric(&self, metric: usize) -> Vec<f64> {
        self.records.iter().map(|record| record.number(metric)).collect()
    }

    /// Refuses two seeds that gave the same tables.
    ///
    /// # Errors
    /// Two did.
    pub fn must_differ(&self, point: usize) -> Result<(), SweepError> {
        let mut known: Vec<(&str, u64)> = self.records.iter().map(|record| (record.digest.as_str(), record.seed)).collect();
        known.retain(|(digest, _)| !digest.is_empty());
        known.sort_unstable();
        match known.windows(2).find(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1) {
            Some(pair) => Err(SweepError::SameDigest { point, first: pair[0].1, second: pair[1].1, digest: pair[0].0.to_owned() }),
            None => Ok(()),
        }
    }
}

//! How far the work has come.

use super::super::Design;
use super::super::store::{Index, Outcome, Record};
use super::super::stride::Stride;

/// Told how far the work has come. What it does leaves all results as they are.
pub trait SweepProgress: Sync {
    /// The work begins, or goes on, here.
    fn started(&self, tally: &Tally);
    /// A run is done.
    fn advanced(&self, tally: &Tally);
    /// No run follows.
    fn ended(&self, tally: &Tally);
}

impl SweepProgress for crate::run::Silent {
    fn started(&self, _tally: &Tally) {}
    fn advanced(&self, _tally: &Tally) {}
    fn ended(&self, _tally: &Tally) {}
}

/// Counts of runs and the mean of the first metric.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Tally {
    /// Runs asked for; the most there can be where replicates are sequential.
    pub all: usize,
    /// Whether fewer may do.
    pub fewer_may_do: bool,
    /// Runs done, those of earlier sessions counted.
    pub done: usize,
    /// Of them, done in this session.
    pub done_now: usize,
    /// Of them, with a metric that is not finite.
    pub not_finite: usize,
    /// Of them, diverged.
    pub diverged: usize,
    /// Of them, broken off.
    pub failed: usize,
    /// Points whose rounds are over.
    pub points_done: usize,
    /// Points asked for.
    pub points: usize,
    /// Name of the first metric.
    pub metric: String,
    /// Its mean over the runs of this session; not a number where there are none.
    pub mean: f64,
    measured: usize,
}

impl Tally {
    pub(super) fn of(design: &Design, index: &Index, stride: Stride) -> Self {
        let most = design.replicates.most as usize;
        let units = if design.replicates.is_sequential() { design.point_count() } else { design.most_runs() };
        let units = (units + stride.of - 1 - stride.first) / stride.of;
        let sequential = design.replicates.is_sequential();
        let mut tally = Self {
            all: if sequential { units * most } else { units },
            fewer_may_do: sequential,
            done: 0,
            done_now: 0,
            not_finite: 0,
            diverged: 0,
            failed: 0,
            points_done: 0,
            points: if sequential { units } else { design.point_count() },
            metric: design.metrics.first().map(|metric| metric.name.clone()).unwrap_or_default(),
            mean: f64::NAN,
            measured: 0,
        };
        for (_, _, place) in index.done().filter(|(point, replicate, _)| stride.holds(design, *point, *replicate)) {
            tally.count(place.outcome);
        }
        tally
    }

    fn count(&mut self, outcome: Outcome) {
        self.done += 1;
        self.not_finite += usize::from(outcome == Outcome::NotFinite);
        self.diverged += usize::from(outcome == Outcome::Diverged);
        self.failed += usize::from(outcome == Outcome::Failed);
    }

    pub(super) fn add(&mut self, record: &Record) {
        self.count(record.outcome);
        self.done_now += 1;
        let value = record.numbers().first().copied().unwrap_or(f64::NAN);
        if value.is_finite() {
            self.measured += 1;
            let before = if self.measured == 1 { 0.0 } else { self.mean };
            self.mean = before + (value - before) / self.measured as f64;
        }
    }
}

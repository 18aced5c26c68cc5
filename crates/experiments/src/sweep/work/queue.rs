//! Which run is next: points in order, replicates in order within them, rounds decided from complete rounds.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::Design;
use super::super::replicates::Verdict;
use super::super::store::Index;
use super::super::stride::Stride;

/// Those who wait look this often whether the work was stopped.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A point at work.
#[derive(Debug, Default)]
struct Open {
    /// Replicates of complete rounds.
    done: u32,
    /// Replicates of all rounds begun.
    asked: u32,
    /// Runs of the round that are not done.
    missing: u32,
    /// Metrics by replicate, where rounds depend on them.
    metrics: Vec<Vec<f64>>,
}

#[derive(Debug, Default)]
struct State {
    next_point: usize,
    open: BTreeMap<usize, Open>,
    ready: VecDeque<(usize, u32)>,
    at_work: usize,
    points_done: usize,
    given_back: bool,
}

/// Hands out runs.
pub(super) struct Queue<'a> {
    design: &'a Design,
    index: &'a Index,
    stride: Stride,
    stops: Vec<&'a AtomicBool>,
    state: Mutex<State>,
    changed: Condvar,
}

impl<'a> Queue<'a> {
    pub(super) fn new(design: &'a Design, index: &'a Index, stride: Stride, stops: &[&'a AtomicBool]) -> Self {
        Self { design, index, stride, stops: stops.to_vec(), state: Mutex::default(), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stopped(&self) -> bool {
        self.stops.iter().any(|stop| stop.load(Ordering::Relaxed))
    }

    /// The next run; nothing where all are done or the work was stopped. Waits where a round must end first.
    pub(super) fn next(&self) -> Option<(usize, u32)> {
        let mut state = self.state();
        loop {
            if self.stopped() {
                return None;
            }
            if let Some(run) = state.ready.pop_front() {
                state.at_work += 1;
                return Some(run);
            }
            if state.next_point < self.design.point_count() {
                let point = state.next_point;
                state.next_point += 1;
                self.open(&mut state, point);
            } else if state.at_work == 0 {
                self.changed.notify_all();
                return None;
            } else {
                state = self.changed.wait_timeout(state, LOOK_EVERY).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
    }

    fn open(&self, state: &mut State, point: usize) {
        let replicates = &self.design.replicates;
        if !replicates.is_sequential() {
            let mine = |replicate: &u32| self.stride.holds(self.design, point, *replicate) && self.index.place(point, *replicate).is_none();
            state.ready.extend((0..replicates.most).filter(mine).map(|replicate| (point, replicate)));
            state.points_done += 1;
        } else if self.stride.holds(self.design, point, 0) {
            state.open.insert(point, Open::default());
            self.go_on(state, point);
        }
    }

    /// Begins rounds of a point until one has runs that are not done, or the rounds are over.
    fn go_on(&self, state: &mut State, point: usize) {
        let Some(open) = state.open.get_mut(&point) else { return };
        loop {
            let verdict = self.design.replicates.verdict(open.done, |replicate| &open.metrics[replicate as usize]);
            let Verdict::More(asked) = verdict else { break };
            open.asked = asked;
            let mut missing = Vec::new();
            for replicate in open.done..asked {
                // A result that cannot be read now is made again, and compared when results are put together.
                match self.index.record(point, replicate) {
                    Ok(Some(record)) => open.metrics.push(record.numbers()),
                    _ => {
                        open.metrics.push(Vec::new());
                        missing.push((point, replicate));
                    }
                }
            }
            if !missing.is_empty() {
                open.missing = missing.len() as u32;
                // Rounds of points begun come before new points.
                missing.into_iter().rev().for_each(|run| state.ready.push_front(run));
                return;
            }
            open.done = asked;
        }
        state.open.remove(&point);
        state.points_done += 1;
    }

    /// Takes the metrics of a run that is done.
    pub(super) fn ended(&self, point: usize, replicate: u32, metrics: Vec<f64>) {
        let mut state = self.state();
        state.at_work -= 1;
        if let Some(open) = state.open.get_mut(&point) {
            open.metrics[replicate as usize] = metrics;
            open.missing -= 1;
            if open.missing == 0 {
                open.done = open.asked;
                self.go_on(&mut state, point);
            }
        }
        self.changed.notify_all();
    }

    /// A run was stopped before its end.
    pub(super) fn give_back(&self) {
        let mut state = self.state();
        state.at_work -= 1;
        state.given_back = true;
        self.changed.notify_all();
    }

    /// Points whose rounds are over, or begun where their number is fixed.
    pub(super) fn points_done(&self) -> usize {
        self.state().points_done
    }

    /// Whether every run was done.
    pub(super) fn is_empty(&self) -> bool {
        let state = self.state();
        !state.given_back && state.ready.is_empty() && state.open.is_empty() && state.next_point >= self.design.point_count()
    }
}

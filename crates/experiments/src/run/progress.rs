//! Who watches a run.

use std::sync::atomic::{AtomicBool, Ordering};

use tripath_model::Clock;

/// Told how far a run has come. What it does leaves the run as it is.
pub trait Progress: Send {
    /// The run begins, or goes on, here.
    fn started(&mut self, clock: Clock, ticks_per_year: u32);
    /// A tick is done.
    fn advanced(&mut self, clock: Clock);
    /// No tick follows.
    fn ended(&mut self, clock: Clock);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn started(&mut self, _clock: Clock, _ticks_per_year: u32) {}
    fn advanced(&mut self, _clock: Clock) {}
    fn ended(&mut self, _clock: Clock) {}
}

/// Stops a run at a year, which leaves its checkpoint there, and passes on what it is told.
pub struct Until<'a> {
    /// Who watches.
    pub watcher: &'a mut dyn Progress,
    /// Years from the first recorded tick, below 0 in the burn-in.
    pub year: f64,
    /// Set where the year is reached.
    pub stop: &'a AtomicBool,
    ticks_per_year: u32,
    reached: bool,
}

impl<'a> Until<'a> {
    /// Stops at a year.
    pub fn new(watcher: &'a mut dyn Progress, year: f64, stop: &'a AtomicBool) -> Self {
        Self { watcher, year, stop, ticks_per_year: 1, reached: false }
    }

    /// Whether the year was reached.
    pub fn reached(&self) -> bool {
        self.reached
    }

    fn look(&mut self, clock: Clock) {
        if (f64::from(clock.done) - f64::from(clock.burn_in)) / f64::from(self.ticks_per_year) >= self.year {
            self.reached = true;
            self.stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Progress for Until<'_> {
    fn started(&mut self, clock: Clock, ticks_per_year: u32) {
        self.ticks_per_year = ticks_per_year;
        self.look(clock);
        self.watcher.started(clock, ticks_per_year);
    }

    fn advanced(&mut self, clock: Clock) {
        self.look(clock);
        self.watcher.advanced(clock);
    }

    fn ended(&mut self, clock: Clock) {
        self.watcher.ended(clock);
    }
}

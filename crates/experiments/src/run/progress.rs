//! Who watches a run.

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

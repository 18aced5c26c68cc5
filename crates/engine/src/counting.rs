//! What a tick costs, counted rather than timed: transcendental calls, draws, bytes handed to loops.
//!
//! Without the feature `counting` every call here is empty and nothing is counted. With it counts are exact and the program
//! is slow: times are measured without.

/// Counts since the start of the process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Exponentials.
    pub exponentials: u64,
    /// Logarithms.
    pub logarithms: u64,
    /// Powers.
    pub powers: u64,
    /// Random words.
    pub draw_words: u64,
    /// Bytes of component rows that loops in chunks read.
    pub bytes_read: u64,
    /// Bytes of component rows that loops in chunks may write.
    pub bytes_written: u64,
}

impl Counts {
    /// What was counted since an earlier moment.
    pub fn since(self, earlier: Self) -> Self {
        Self {
            exponentials: self.exponentials - earlier.exponentials,
            logarithms: self.logarithms - earlier.logarithms,
            powers: self.powers - earlier.powers,
            draw_words: self.draw_words - earlier.draw_words,
            bytes_read: self.bytes_read - earlier.bytes_read,
            bytes_written: self.bytes_written - earlier.bytes_written,
        }
    }
}

/// Whether anything is counted.
pub const COUNTING: bool = cfg!(feature = "counting");

#[cfg(feature = "counting")]
mod counters {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::Counts;

    // Sums of whole numbers are the same in any order, and no rule reads them.
    static COUNTERS: [AtomicU64; 6] = [const { AtomicU64::new(0) }; 6];

    pub(super) fn add(counter: usize, amount: u64) {
        COUNTERS[counter].fetch_add(amount, Ordering::Relaxed);
    }

    pub(super) fn now() -> Counts {
        let [exponentials, logarithms, powers, draw_words, bytes_read, bytes_written] =
            std::array::from_fn(|counter| COUNTERS[counter].load(Ordering::Relaxed));
        Counts { exponentials, logarithms, powers, draw_words, bytes_read, bytes_written }
    }
}

#[cfg(not(feature = "counting"))]
mod counters {
    use super::Counts;

    #[inline(always)]
    pub(super) fn add(_counter: usize, _amount: u64) {}

    pub(super) fn now() -> Counts {
        Counts::default()
    }
}

/// What was counted since the start of the process; zeros without the feature.
pub fn now() -> Counts {
    counters::now()
}

#[inline(always)]
pub(crate) fn exponentials(calls: usize) {
    counters::add(0, calls as u64);
}

#[inline(always)]
pub(crate) fn logarithms(calls: usize) {
    counters::add(1, calls as u64);
}

#[inline(always)]
pub(crate) fn power() {
    counters::add(2, 1);
}

#[inline(always)]
pub(crate) fn draw_words(words: usize) {
    counters::add(3, words as u64);
}

/// Rows of a slice that is read, and may be written, by a loop.
#[inline(always)]
pub fn rows(rows: usize, bytes_of_a_row: usize, written: bool) {
    counters::add(4, (rows * bytes_of_a_row) as u64);
    if written {
        counters::add(5, (rows * bytes_of_a_row) as u64);
    }
}

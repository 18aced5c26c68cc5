//! Rows of events.

use crate::observe::EventRow;
use crate::state::calendar::Calendar;

impl EventRow {
    /// An event of the current tick; what more is known of it is set on the row.
    pub fn at(calendar: &Calendar, event: &'static str, subject: u64) -> Self {
        Self {
            tick: calendar.recorded_tick(),
            number: 0,
            year: calendar.year(),
            event,
            subject,
            other: None,
            sector: None,
            region: None,
            amount: None,
            note: None,
        }
    }
}

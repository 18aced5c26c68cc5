//! Metrics of a run: a column, a window and a reducer, as configuration.
//!
//! `macro.output_real: growth, years 10..30` or `sectors.output: mean, where sector = solar`. The rows of a tick are brought to one
//! number (`rows`), the numbers of the ticks of the window to the metric (the reducer).

mod measure;
mod parse;
mod reducer;

pub use measure::{MeasuredSoFar, Measures};
pub use parse::parse;
pub use reducer::Reducer;

/// How the rows of one tick become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// The only row there is.
    One,
    /// Sum; 0 without rows.
    Sum,
    /// Number of rows; 0 without rows.
    Count,
    /// Mean; missing without rows.
    Mean,
    /// Least; missing without rows.
    Min,
    /// Greatest; missing without rows.
    Max,
}

/// One number of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Name, and head of its column.
    pub name: String,
    /// As the design says it.
    pub text: String,
    /// Its table, by index in the list of tables.
    pub table: usize,
    /// Its column, by index.
    pub column: usize,
    /// Columns by index, and the text of the cell that a row must have.
    pub filters: Vec<(usize, String)>,
    /// Rows of a tick to one number.
    pub rows: Rows,
    /// Ticks to the metric.
    pub reducer: Reducer,
    /// Recorded years from the first to the second, which is not part of it; all if not given.
    pub years: Option<(u32, u32)>,
}

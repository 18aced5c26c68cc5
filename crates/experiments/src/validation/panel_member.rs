//! An enterprise at the end of a year, as the panel shows it.

use super::decomposition::Producer;
use super::size_and_age::Passage;
use crate::summary::{ColumnIndex, RowView, SummaryError};

/// Columns that are read.
pub(super) const COLUMNS: [&str; 10] = [
    "birth_year",
    "employment",
    "capital",
    "sales_annual",
    "value_added_annual",
    "investment_annual",
    "profit_annual",
    "subsidies_annual",
    "year",
    "sales",
];

/// One enterprise at the end of a year, in the order of [`COLUMNS`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) id: u64,
    pub(super) sector: u16,
    pub(super) listed: bool,
    pub(super) numbers: [f64; COLUMNS.len()],
    /// Investment of the year over capital at the end of the year before; not a number where it was not there.
    pub(super) investment_rate: f64,
}

pub(super) const BIRTH: usize = 0;
pub(super) const EMPLOYMENT: usize = 1;
pub(super) const CAPITAL: usize = 2;
pub(super) const SALES: usize = 3;
pub(super) const VALUE_ADDED: usize = 4;
pub(super) const INVESTMENT: usize = 5;
pub(super) const PROFIT: usize = 6;
pub(super) const SUBSIDIES: usize = 7;
pub(super) const YEAR: usize = 8;
pub(super) const SALES_OF_TICK: usize = 9;

impl Member {
    /// Whether it was there for so many whole years.
    pub(super) fn whole_years(&self, years: f64) -> bool {
        self.numbers[BIRTH] <= self.numbers[YEAR] - years + 1e-9
    }

    /// What it makes at the end of the year, and with how many; nothing where nobody is at work.
    pub(super) fn producer(&self) -> Option<Producer> {
        let (employment, sales) = (self.numbers[EMPLOYMENT], self.numbers[SALES_OF_TICK]);
        (employment > 0.0 && sales > 0.0).then_some(Producer { id: self.id, sector: self.sector, employment, sales })
    }

    /// It at the end of a year and, if it is still there, of the next; nothing where nobody is at work.
    pub(super) fn passage(&self, later: Option<&Self>) -> Option<Passage> {
        let (size, age) = (self.numbers[EMPLOYMENT], self.numbers[YEAR] - self.numbers[BIRTH]);
        (size > 0.0).then(|| Passage { sector: self.sector, size, age, later: later.map(|later| later.numbers[EMPLOYMENT]) })
    }

    /// Employment and log of value added a worker, of those at work the whole year who add value.
    pub(super) fn size_and_productivity(&self) -> Option<(f64, f64)> {
        let (employment, added) = (self.numbers[EMPLOYMENT], self.numbers[VALUE_ADDED]);
        (employment > 0.0 && added > 0.0 && self.whole_years(1.0)).then(|| (employment, (added / employment).ln()))
    }
}

/// Places of the columns.
pub(super) struct Indices {
    pub(super) tick: ColumnIndex,
    pub(super) id: ColumnIndex,
    pub(super) sector: ColumnIndex,
    pub(super) stage: Option<ColumnIndex>,
    pub(super) board: Option<ColumnIndex>,
    pub(super) numbers: [Option<ColumnIndex>; COLUMNS.len()],
}

/// Reads a row.
pub(super) fn member(row: &RowView<'_>, indices: &Indices, sector: u16) -> Result<Member, SummaryError> {
    let mut numbers = [f64::NAN; COLUMNS.len()];
    for (number, index) in numbers.iter_mut().zip(indices.numbers) {
        if let Some(index) = index {
            *number = row.number(index)?.unwrap_or(f64::NAN);
        }
    }
    let id = row.whole(indices.id)?;
    Ok(Member { id, sector, listed: indices.board.is_some_and(|board| !row.text(board).is_empty()), numbers, investment_rate: f64::NAN })
}

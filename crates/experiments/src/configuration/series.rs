//! A yearly series from a CSV file.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cells::{Record, records};
use super::document::{Document, Place, shortened};
use super::nearest::did_you_mean;

/// What is taken from a file.
#[derive(Debug)]
pub struct Query<'a> {
    /// Column with the years.
    pub year_column: &'a str,
    /// Column with the values.
    pub column: &'a str,
    /// Columns and the text that they must hold.
    pub filters: Vec<(&'a str, &'a str)>,
}

/// A value of a year, and where it stands.
#[derive(Debug, Clone)]
pub struct Observation {
    /// Calendar year.
    pub year: i32,
    /// Value.
    pub value: f64,
    /// Where the value stands.
    pub place: Place,
}

/// What is wrong with a file, and where.
#[derive(Debug)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// How to mend it.
    pub hint: Option<String>,
}

/// Reads a series: years ascending without gap, a finite number in each.
///
/// # Errors
/// All faults of cells, or the first of the order of years, each with its place.
pub fn read(document: &Arc<Document>, query: &Query<'_>) -> Result<Vec<Observation>, Vec<Fault>> {
    let table = Table::new(document)?;
    let year_column = table.column(query.year_column)?;
    let column = table.column(query.column)?;
    let mut filters = Vec::new();
    for (name, text) in &query.filters {
        filters.push((table.column(name)?, *name, *text));
    }
    let mut rows = table.rows.iter().collect::<Vec<_>>();
    for (index, name, text) in filters {
        let known: BTreeSet<&str> = rows.iter().filter_map(|row| row.cells.get(index)).collect();
        rows.retain(|row| row.cells.get(index) == Some(text));
        if rows.is_empty() {
            let shown: Vec<&str> = known.iter().take(12).copied().collect();
            let hint = did_you_mean(text, known).unwrap_or_else(|| format!("there are {}", shown.join(", ")));
            return Err(vec![table.fault(table.header_place(index), format!("no row has `{text}` in column `{name}`"), Some(hint))]);
        }
    }
    let mut faults = Vec::new();
    let mut observations = Vec::new();
    for row in rows {
        match (table.year(row, year_column, query.year_column), table.number(row, column, query.column)) {
            (Ok(year), Ok(value)) => observations.push(Observation { year, value, place: table.place(row, column) }),
            (year, number) => faults.extend(year.err().into_iter().chain(number.err())),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if observations.is_empty() {
        return Err(vec![table.fault(table.header_place(column), "there is no row of data".to_owned(), None)]);
    }
    check_years(&table, &observations).map_or(Ok(observations), |fault| Err(vec![fault]))
}

fn check_years(table: &Table, observations: &[Observation]) -> Option<Fault> {
    let (before, after) = observations.windows(2).map(|pair| (&pair[0], &pair[1])).find(|(before, after)| after.year != before.year + 1)?;
    let (message, hint) = if after.year == before.year {
        let columns = table.columns();
        (format!("the year {} stands twice", after.year), format!("filter_column and filter_value choose rows; columns are {columns}"))
    } else if after.year < before.year {
        (format!("the year {} stands after {}", after.year, before.year), "sort the rows by year".to_owned())
    } else {
        let missing = if after.year == before.year + 2 {
            format!("{}", before.year + 1)
        } else {
            format!("{} to {}", before.year + 1, after.year - 1)
        };
        (format!("a gap: {missing} is missing between {} and {}", before.year, after.year), "every year needs a row".to_owned())
    };
    Some(table.fault(after.place.clone(), message, Some(hint)))
}

/// A CSV file with its first line.
struct Table {
    document: Arc<Document>,
    header: Record,
    rows: Vec<Record>,
}

impl Table {
    fn new(document: &Arc<Document>) -> Result<Self, Vec<Fault>> {
        let content = document.content();
        // Spreadsheets write a byte order mark.
        let start = content.len() - content.trim_start_matches('\u{feff}').len();
        let mut rows = records(content, start);
        if rows.is_empty() {
            let message = "the file is empty; it needs a line with the names of its columns".to_owned();
            return Err(vec![Fault { message, place: Place::new(document, 0..0), hint: None }]);
        }
        let header = rows.remove(0);
        let table = Self { document: Arc::clone(document), header, rows };
        let width = table.header.cells.len();
        let ragged = table.rows.iter().filter(|row| row.cells.len() != width);
        let faults: Vec<Fault> = ragged
            .map(|row| {
                let message = format!("{} cell(s) in this row, but {width} column(s) in the first line", row.cells.len());
                table.fault(table.whole(row), message, None)
            })
            .collect();
        if faults.is_empty() { Ok(table) } else { Err(faults) }
    }

    fn fault(&self, place: Place, message: String, hint: Option<String>) -> Fault {
        Fault { message, place, hint }
    }

    fn place(&self, row: &Record, index: usize) -> Place {
        Place::new(&self.document, row.span(self.document.content(), index))
    }

    fn whole(&self, row: &Record) -> Place {
        let content = self.document.content();
        let last = row.cells.len().saturating_sub(1);
        Place::new(&self.document, row.span(content, 0).start..row.span(content, last).end)
    }

    fn header_place(&self, index: usize) -> Place {
        self.place(&self.header, index)
    }

    fn columns(&self) -> String {
        self.header.cells.iter().collect::<Vec<_>>().join(", ")
    }

    fn column(&self, name: &str) -> Result<usize, Vec<Fault>> {
        let mut found = self.header.cells.iter().enumerate().filter(|(_, known)| *known == name).map(|(index, _)| index);
        match (found.next(), found.next()) {
            (Some(index), None) => Ok(index),
            (Some(_), Some(again)) => Err(vec![self.fault(self.header_place(again), format!("the column `{name}` stands twice"), None)]),
            (None, _) => {
                let hint = if self.header.cells.len() == 1 && self.header.cells[0].contains([';', '\t']) {
                    "cells must be separated by commas".to_owned()
                } else {
                    did_you_mean(name, &self.header.cells).unwrap_or_else(|| format!("columns are {}", self.columns()))
                };
                Err(vec![self.fault(self.whole(&self.header), format!("there is no column `{name}`"), Some(hint))])
            }
        }
    }

    fn number(&self, row: &Record, index: usize, column: &str) -> Result<f64, Fault> {
        let text = row.cells.get(index).unwrap_or_default();
        let fault = |message: String| Err(self.fault(self.place(row, index), message, None));
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ if text.is_empty() => fault(format!("the column `{column}` is empty here; a number is needed")),
            _ => fault(format!("the column `{column}` holds `{}`, which is not a number", shortened(text, 40))),
        }
    }

    fn year(&self, row: &Record, index: usize, column: &str) -> Result<i32, Fault> {
        let number = self.number(row, index, column)?;
        if number.fract() == 0.0 && number.abs() <= 100_000.0 {
            return Ok(number as i32);
        }
        Err(self.fault(self.place(row, index), format!("the column `{column}` holds {number}, which is not a year"), None))
    }
}

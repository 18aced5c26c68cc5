//! The written tables of one run, read as they are asked for.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use csv::StringRecord;
use tripath_outputs::{Manifest, Status};

use super::fact::{Gap, Stop};
use super::panel::Panel;
use super::{ValidationError, settings};
use crate::summary::{SummaryError, Table};

/// A table in memory.
struct Frame {
    path: PathBuf,
    headers: StringRecord,
    rows: Vec<StringRecord>,
}

/// A run's folder.
pub struct RunTables {
    folder: PathBuf,
    manifest: Manifest,
    settings: settings::Settings,
    per_year: usize,
    frames: RefCell<BTreeMap<&'static str, Rc<Frame>>>,
    panel: OnceCell<Panel>,
}

impl RunTables {
    /// Opens a run's folder.
    ///
    /// # Errors
    /// It holds no run, or its manifest or configuration cannot be read.
    pub fn open(folder: &Path) -> Result<Self, ValidationError> {
        let manifest =
            Manifest::read(folder).map_err(SummaryError::from)?.ok_or_else(|| SummaryError::NoRun { folder: folder.to_owned() })?;
        let settings = settings::Settings::read(folder)?;
        let per_year = settings.number("time.ticks_per_year").unwrap_or(4.0).max(1.0) as usize;
        Ok(Self { folder: folder.to_owned(), manifest, settings, per_year, frames: RefCell::default(), panel: OnceCell::new() })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What ran.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The resolved configuration.
    pub(super) fn settings(&self) -> &settings::Settings {
        &self.settings
    }

    /// Ticks in a year.
    pub fn per_year(&self) -> usize {
        self.per_year
    }

    fn frame(&self, table: &'static str) -> Result<Rc<Frame>, Stop> {
        if let Some(frame) = self.frames.borrow().get(table) {
            return Ok(Rc::clone(frame));
        }
        let Some(reader) = Table::open(&self.folder, table)? else { return Err(Gap::Table(table).into()) };
        let (path, headers) = (reader.path().to_owned(), reader.headers().clone());
        let mut rows = Vec::new();
        reader.for_each(|row| {
            rows.push(row.record().clone());
            Ok(())
        })?;
        self.check_length(table, &path, rows.len() as u64)?;
        let frame = Rc::new(Frame { path, headers, rows });
        self.frames.borrow_mut().insert(table, Rc::clone(&frame));
        Ok(frame)
    }

    /// A table of a complete run has as many rows as the manifest says.
    pub(super) fn check_length(&self, table: &str, path: &Path, rows: u64) -> Result<(), Stop> {
        match self.manifest.tables.get(table) {
            Some(entry) if self.manifest.status == Status::Complete && entry.rows != rows => {
                Err(SummaryError::Length { path: path.to_owned(), rows, expected: entry.rows }.into())
            }
            _ => Ok(()),
        }
    }

    /// A column as text.
    pub fn texts(&self, table: &'static str, column: &'static str) -> Result<Vec<String>, Stop> {
        let frame = self.frame(table)?;
        let index = frame.headers.iter().position(|header| header == column).ok_or(Gap::Column(table, column))?;
        Ok(frame.rows.iter().map(|row| row.get(index).unwrap_or("").to_owned()).collect())
    }

    /// A column of numbers; an empty cell is not a number.
    pub fn numbers(&self, table: &'static str, column: &'static str) -> Result<Vec<f64>, Stop> {
        let frame = self.frame(table)?;
        let index = frame.headers.iter().position(|header| header == column).ok_or(Gap::Column(table, column))?;
        let parse = |row: &StringRecord| match row.get(index).unwrap_or("") {
            "" => Ok(f64::NAN),
            text => text.parse().map_err(|_| SummaryError::Number {
                path: frame.path.clone(),
                column,
                line: row.position().map_or(0, csv::Position::line),
                text: text.to_owned(),
            }),
        };
        Ok(frame.rows.iter().map(parse).collect::<Result<_, _>>()?)
    }

    /// Number of cells of a table, given by column, row and text, that `condition` holds for.
    pub(super) fn count_cells(&self, table: &'static str, condition: impl Fn(&str, usize, &str) -> bool) -> Result<usize, Stop> {
        let frame = self.frame(table)?;
        let of_row = |(number, row): (usize, &StringRecord)| {
            frame.headers.iter().enumerate().filter(|(index, column)| condition(column, number, row.get(*index).unwrap_or(""))).count()
        };
        Ok(frame.rows.iter().enumerate().map(of_row).sum())
    }

    /// Sums of each whole year of a column of `macro`.
    pub fn annual_sums(&self, column: &'static str) -> Result<Vec<f64>, Stop> {
        Ok(self.numbers("macro", column)?.chunks_exact(self.per_year).map(|year| year.iter().sum()).collect())
    }

    /// Means of each whole year of a column of `macro`.
    pub fn annual_means(&self, column: &'static str) -> Result<Vec<f64>, Stop> {
        Ok(self.annual_sums(column)?.into_iter().map(|sum| sum / self.per_year as f64).collect())
    }

    /// Whole years recorded.
    pub fn years(&self) -> Result<usize, Stop> {
        Ok(self.numbers("macro", "tick")?.len() / self.per_year)
    }

    /// Sums by whole year of a column of a table with ticks, over the rows that `keep` picks by their number.
    pub fn annual_sums_where(&self, table: &'static str, column: &'static str, keep: impl Fn(usize) -> bool) -> Result<Vec<f64>, Stop> {
        let mut sums = vec![0.0; self.years()?];
        let ticks = self.numbers(table, "tick")?;
        for (row, (tick, value)) in ticks.iter().zip(self.numbers(table, column)?).enumerate() {
            if keep(row)
                && let Some(sum) = sums.get_mut(*tick as usize / self.per_year)
                && value.is_finite()
            {
                *sum += value;
            }
        }
        Ok(sums)
    }

    /// What the panel of enterprises shows.
    pub fn panel(&self) -> Result<&Panel, Stop> {
        if let Some(panel) = self.panel.get() {
            return Ok(panel);
        }
        let panel = Panel::read(self)?;
        Ok(self.panel.get_or_init(|| panel))
    }
}

//! Drivers: exogenous paths read from data, checked against the years of the run.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tripath_model::DriverSeries;
use tripath_model::parameters::{Driver, Named};

use super::data;
use super::document::{Document, Place};
use super::draft::Draft;
use super::nearest::did_you_mean;
use super::problem::{Problem, Reason};
use super::series::{Fault, Observation, Query, read};
use super::source::read_text;

/// Beginning of the name of a file that is embedded in the program.
const BUILTIN: &str = "builtin:";
/// An index outside of 1/LIMIT to LIMIT is a mistake of units.
const INDEX_LIMIT: f64 = 1e12;

/// A series with the places of its values, where it was read from a file.
struct Placed {
    series: DriverSeries,
    places: Vec<Place>,
}

impl Draft {
    /// One series for each driver, in order; problems are noted, and the driver left out then.
    pub(super) fn driver_series(&mut self) -> Vec<DriverSeries> {
        let drivers = self.parameters.drivers.clone();
        self.refuse_rivals(&drivers);
        let mut all = Vec::with_capacity(drivers.len());
        for driver in &drivers {
            let placed = match self.series.get(&driver.name) {
                Some(series) => Ok(Placed { series: series.clone(), places: Vec::new() }),
                None if driver.value.file.is_empty() || driver.value.column.is_empty() => continue,
                None => self.read_file(driver),
            };
            match placed.and_then(|placed| self.check_years(driver, placed)) {
                Ok(series) => all.push(series),
                Err(problems) => self.problems.extend(problems),
            }
        }
        all
    }

    /// Two drivers cannot drive one path.
    fn refuse_rivals(&mut self, drivers: &[Named<Driver>]) {
        let mut known: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        for driver in drivers {
            let (target, sector) = (driver.value.target.as_str(), driver.value.sector.as_str());
            if let Some(rival) = known.insert((target, sector), &driver.name) {
                let message = format!("drives {target} of {sector}, which the driver `{rival}` drives already");
                let path = format!("drivers.{}.target", driver.name);
                let place = self.place_of(&path);
                self.problems.push(Problem { reason: Reason::Rule { path, message }, place, hint: None });
            }
        }
    }

    fn problem(&self, driver: &str, key: &str, message: String, hint: Option<String>) -> Problem {
        let place = self.place_of(&format!("drivers.{driver}.{key}"));
        Problem { reason: Reason::Driver { driver: driver.to_owned(), message }, place, hint }
    }

    fn read_file(&self, driver: &Named<Driver>) -> Result<Placed, Vec<Problem>> {
        let (name, value) = (&driver.name, &driver.value);
        let document = self.data_file(driver).map_err(|problem| vec![*problem])?;
        let filters = self.filters(driver).map_err(|problem| vec![*problem])?;
        let query = Query { year_column: &value.year_column, column: &value.column, filters };
        let in_file = |fault: Fault| {
            let reason = Reason::Driver { driver: name.clone(), message: fault.message };
            Problem::at(fault.place, reason).hint(fault.hint)
        };
        let observations = read(&document, &query).map_err(|faults| faults.into_iter().map(in_file).collect::<Vec<_>>())?;
        let observations = if value.change { yearly_changes(&observations) } else { observations };
        let Some(first) = observations.first() else {
            let message = "a yearly change needs at least two years".to_owned();
            return Err(vec![self.problem(name, "change", message, None)]);
        };
        Ok(Placed {
            series: DriverSeries {
                driver: name.clone(),
                first_year: first.year,
                values: observations.iter().map(|seen| seen.value).collect(),
            },
            places: observations.into_iter().map(|seen| seen.place).collect(),
        })
    }

    fn data_file(&self, driver: &Named<Driver>) -> Result<Arc<Document>, Box<Problem>> {
        let file = &driver.value.file;
        if let Some(name) = file.strip_prefix(BUILTIN) {
            return match data::builtin(name) {
                Some(text) => Ok(Document::new(file, text.to_owned(), Path::new(""))),
                None => {
                    let names: Vec<&str> = data::FILES.iter().map(|(name, _)| *name).collect();
                    let hint = did_you_mean(name, names.iter().copied()).unwrap_or_else(|| format!("there are {}", names.join(", ")));
                    Err(Box::new(self.problem(&driver.name, "file", format!("no data of the name `{name}` is built in"), Some(hint))))
                }
            };
        }
        let named_at = self.place_of(&format!("drivers.{}.file", driver.name));
        let folder = named_at.as_ref().map_or(Path::new(""), |place| place.document().folder());
        let path = folder.join(file);
        let text = read_text(&path).map_err(|mut problem| {
            problem.place = problem.place.or(named_at.clone());
            if let Reason::Unreadable { path, why } = &problem.reason {
                let message = format!("cannot read `{path}`: {why}");
                problem.reason = Reason::Driver { driver: driver.name.clone(), message };
            }
            problem
        })?;
        Ok(Document::new(&path.display().to_string(), text, Path::new("")))
    }

    /// Columns and their texts, from the comma lists `filter_column` and `filter_value`.
    fn filters<'a>(&self, driver: &'a Named<Driver>) -> Result<Vec<(&'a str, &'a str)>, Box<Problem>> {
        let (columns, texts) = (&driver.value.filter_column, &driver.value.filter_value);
        if columns.is_empty() && texts.is_empty() {
            return Ok(Vec::new());
        }
        let columns: Vec<&str> = columns.split(',').map(str::trim).collect();
        // With one column the text may hold commas itself.
        let texts: Vec<&str> = if columns.len() == 1 { vec![texts.trim()] } else { texts.split(',').map(str::trim).collect() };
        if columns.len() == texts.len() {
            return Ok(columns.into_iter().zip(texts).collect());
        }
        let message = format!("filter_column names {} column(s), filter_value {} text(s)", columns.len(), texts.len());
        let hint = "one text for each column, as in \"entity,parameter\" and \"World,EV sales\"".to_owned();
        Err(Box::new(self.problem(&driver.name, "filter_value", message, Some(hint))))
    }

    /// Checks that the series reaches over the run and that its index is a number in every year.
    fn check_years(&self, driver: &Named<Driver>, placed: Placed) -> Result<DriverSeries, Vec<Problem>> {
        let time = &self.parameters.time;
        let (start, end) = (i64::from(time.start_year), i64::from(time.start_year) + i64::from(time.years));
        let first = i64::from(placed.series.first_year);
        let last = first + placed.series.values.len() as i64 - 1;
        let key = if self.series.contains_key(&driver.name) { super::lists::SERIES } else { "file" };
        if end < first {
            let message = format!("the data starts in {first}, but the run covers {start} to {end} only, so nothing would move");
            let hint = format!("set time.start_year to {first}");
            return Err(vec![self.problem(&driver.name, key, message, Some(hint))]);
        }
        if last < end {
            let missing = if last + 1 == end { format!("{end} is") } else { format!("{} to {end} are", (last + 1).max(start)) };
            let message = format!("the data ends in {last}, but the run covers {start} to {end}: {missing} missing");
            let hint = match last - start {
                years if years >= 1 => format!("set time.years to at most {years}, or bring data up to {end}"),
                _ => format!("set time.start_year to {first} or later but before {last}"),
            };
            return Err(vec![self.problem(&driver.name, key, message, Some(hint))]);
        }
        let position = |year: i64| usize::try_from(year - first).unwrap_or(0);
        let base = placed.series.values[position(start)];
        let mut problems = Vec::new();
        for at in position(start)..=position(end) {
            let value = placed.series.values[at];
            let index = (value / base).powf(driver.value.exponent);
            let year = first + at as i64;
            let message = if value <= 0.0 {
                format!("the value of {year} is {value}, but an index to {start} needs values above 0")
            } else if base > 0.0 && !(1.0 / INDEX_LIMIT..=INDEX_LIMIT).contains(&index) {
                format!("the value of {year} makes an index of {index:e}, which is no economy's; is its unit the one of {start}?")
            } else {
                continue;
            };
            let mut problem = self.problem(&driver.name, key, message, None);
            problem.place = placed.places.get(at).cloned().or(problem.place);
            problems.push(problem);
        }
        if problems.is_empty() { Ok(placed.series) } else { Err(problems) }
    }
}

/// Changes from each year to the next, at the place of the later value.
fn yearly_changes(observations: &[Observation]) -> Vec<Observation> {
    let change =
        |pair: &[Observation]| Observation { year: pair[1].year, value: pair[1].value - pair[0].value, place: pair[1].place.clone() };
    observations.windows(2).map(change).collect()
}

//! Points as a CSV file lists them: a header of paths, a row for each point.

use std::collections::BTreeMap;
use std::path::Path;

use tripath_model::parameters::{Parameters, Value, ValueType};

use super::axis::{Axis, Spread, definition};
use crate::configuration::{Document, Place, Problem, Reason, read_text, reading};

/// Parameters and points of a file.
pub(super) struct List {
    pub(super) axes: Vec<Axis>,
    pub(super) rows: Vec<Vec<Value>>,
}

/// Reads a list of points.
///
/// # Errors
/// All that is wrong with it, each with its place in the file.
pub(super) fn read(path: &Path, parameters: &Parameters) -> Result<List, Vec<Problem>> {
    let text = read_text(path).map_err(|problem| vec![*problem])?;
    let document = Document::new(&path.display().to_string(), text, Path::new(""));
    let text = document.content();
    let at = |start: u64, length: usize| Place::new(&document, start as usize..start as usize + length);
    let say = |place: Place, sentence: String| Problem::at(place, Reason::Other(sentence));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let start = error.position().map_or(0, csv::Position::byte);
        vec![say(at(start, 1), format!("not a table of points: {error}"))]
    };
    let header = reader.headers().map_err(broken)?.clone();
    let (mut axes, mut problems) = (Vec::new(), Vec::new());
    let mut definitions = Vec::new();
    for path in &header {
        let place = || at(text.find(path).unwrap_or(0) as u64, path.len());
        if axes.iter().any(|axis: &Axis| axis.path == path) {
            problems.push(say(place(), format!("the column `{path}` is there twice")));
        }
        match definition(parameters, path) {
            Ok(definition) => {
                axes.push(Axis::new(path, &definition, Spread::Values(Vec::new())));
                definitions.push(definition);
            }
            Err(hint) => problems.push(Problem::at(place(), Reason::UnknownKey(path.to_owned())).hint(hint)),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let (mut rows, mut known) = (Vec::new(), BTreeMap::new());
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let start = record.position().map_or(0, csv::Position::byte);
        let line_end = text[start as usize..].find('\n').unwrap_or(text.len() - start as usize);
        let mut values = Vec::with_capacity(axes.len());
        for (cell, definition) in record.iter().zip(&definitions) {
            let offset = text[start as usize..start as usize + line_end].find(cell).unwrap_or(0) as u64;
            let place = at(start + offset, cell.len().max(1));
            let path = &axes[values.len()].path;
            match value(cell, definition.kind) {
                None => {
                    let (expected, found) = (definition.kind.words().to_owned(), format!("`{cell}`"));
                    problems.push(Problem::at(place, Reason::WrongType { path: path.clone(), expected, found }));
                    break;
                }
                Some(value) => {
                    if let Some((reason, hint)) = reading::refusal(path, definition, &value, cell) {
                        problems.push(Problem::at(place, reason).hint(hint));
                    }
                    values.push(value);
                }
            }
        }
        if let Some(first) = known.insert(format!("{values:?}"), rows.len()) {
            let place = at(start, line_end.max(1));
            problems.push(say(place, format!("point {} is the same as point {first}: their runs would be the same", rows.len())));
        }
        rows.push(values);
    }
    if rows.is_empty() {
        problems.push(say(at(0, 1), "the list of points has no rows below its header".to_owned()));
    }
    if problems.is_empty() { Ok(List { axes, rows }) } else { Err(problems) }
}

fn value(cell: &str, kind: ValueType) -> Option<Value> {
    match kind {
        ValueType::Real => cell.parse().ok().map(Value::Real),
        ValueType::Integer => cell.parse().ok().map(Value::Integer),
        ValueType::Flag => cell.parse().ok().map(Value::Flag),
        ValueType::Text => Some(Value::Text(cell.to_owned())),
        ValueType::Weights => None,
    }
}

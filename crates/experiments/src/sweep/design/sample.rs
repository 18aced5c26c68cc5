//! The section `[points]`: which points are run.

use std::sync::Arc;

use toml::de::DeTable;
use tripath_model::parameters::ValueType;

use super::axis::{Axis, Spread, read_all};
use super::filter;
use super::list;
use super::points::{Kind, Origin, Points, grid_size};
use super::read::{Copies, MOST_POINTS};
use super::reader::{Node, Reader};
use crate::configuration::nearest::did_you_mean;
use crate::configuration::{Layers, Problem};
use crate::sweep::sampling;

/// Words for kinds of points, and the keys that each takes.
const KINDS: [(&str, &[&str]); 6] = [
    ("grid", &["kind", "parameters", "filters"]),
    ("list", &["kind", "file", "filters"]),
    ("random", &["kind", "parameters", "count", "seed", "filters"]),
    ("latin_hypercube", &["kind", "parameters", "count", "seed", "filters"]),
    ("sobol", &["kind", "parameters", "count", "seed", "second_order", "scramble"]),
    ("morris", &["kind", "parameters", "count", "seed", "levels"]),
];

/// The points of a design; a mistake is noted.
pub(super) fn points(reader: &mut Reader, table: &DeTable<'_>, layers: &Layers, copies: Option<&Copies>) -> Option<Points> {
    let single = Points { kind: Kind::Single, axes: Vec::new(), origin: Origin::Lists, all: 1, kept: None };
    let Some(node) = table.get("points") else { return Some(single) };
    let entries = reader.table("points", node)?;
    let words = KINDS.map(|(word, _)| word);
    let Some(kind_node) = entries.get("kind") else {
        reader.say(node, "`points` has no `kind`", Some(format!("kinds are {}", words.join(", "))));
        return None;
    };
    let word = reader.text("points.kind", kind_node)?;
    let Some((_, keys)) = KINDS.iter().find(|(known, _)| *known == word) else {
        reader.refuse_value("points.kind", &format!("one of {}", words.join(", ")), kind_node, did_you_mean(&word, words));
        return None;
    };
    reader.only_keys("points", entries, keys);
    let mut points = if word == "list" {
        list_of(reader, node, entries, layers, copies)?
    } else {
        let axes = axes(reader, node, entries, layers)?;
        match word.as_str() {
            "grid" => grid(reader, node, axes)?,
            "sobol" => sobol(reader, node, entries, axes)?,
            "morris" => morris(reader, node, entries, axes)?,
            _ => independent(reader, node, entries, axes, word == "latin_hypercube")?,
        }
    };
    if let Some(node) = entries.get("filters") {
        points.kept = Some(Arc::new(filter::kept(reader, node, &points)?));
    }
    Some(points)
}

fn axes(reader: &mut Reader, node: &Node<'_>, entries: &DeTable<'_>, layers: &Layers) -> Option<Vec<Axis>> {
    let Some(parameters) = entries.get("parameters") else {
        let hint = "as in [points.parameters] and below it banking.leverage_limit = [8, 12]".to_owned();
        reader.say(node, "`points` has no `parameters`", Some(hint));
        return None;
    };
    let table = reader.table("points.parameters", parameters)?;
    let before = reader.problems.len();
    let axes = read_all(reader, table, layers.parameters());
    if axes.is_empty() && reader.problems.len() == before {
        reader.say(parameters, "`points.parameters` is empty", None);
    }
    (reader.problems.len() == before).then_some(axes)
}

fn grid(reader: &mut Reader, node: &Node<'_>, axes: Vec<Axis>) -> Option<Points> {
    if let Some(axis) = axes.iter().find(|axis| matches!(axis.spread, Spread::Between { .. })) {
        let hint = Some("a list of values, or { low = 0.1, high = 0.9, steps = 5 }".to_owned());
        reader.say(node, format!("a grid needs listed values of `{}`", axis.path), hint);
        return None;
    }
    let Some(all) = grid_size(&axes).filter(|size| *size <= MOST_POINTS) else {
        reader.say(node, format!("the grid has more than {MOST_POINTS} points"), None);
        return None;
    };
    Some(Points { kind: Kind::Grid, axes, origin: Origin::Lists, all, kept: None })
}

/// `count` and `seed` of a sample.
fn size(reader: &mut Reader, node: &Node<'_>, entries: &DeTable<'_>, most: usize) -> Option<(usize, u64)> {
    let seed = entries.get("seed").map_or(Some(1), |node| reader.whole("points.seed", node, 0, u64::MAX));
    let Some(count) = entries.get("count") else {
        reader.say(node, "`points` has no `count`", None);
        return None;
    };
    Some((reader.whole("points.count", count, 1, most as u64)? as usize, seed?))
}

fn independent(reader: &mut Reader, node: &Node<'_>, entries: &DeTable<'_>, axes: Vec<Axis>, latin: bool) -> Option<Points> {
    let (count, seed) = size(reader, node, entries, MOST_POINTS)?;
    let (kind, shares) = if latin {
        (Kind::LatinHypercube, sampling::latin_hypercube(seed, count, axes.len()))
    } else {
        (Kind::Random, sampling::random(seed, count, axes.len()))
    };
    Some(Points { kind, axes, origin: Origin::Shares(Arc::new(shares)), all: count, kept: None })
}

/// Samples whose analysis knows bounds only.
fn must_have_bounds(reader: &mut Reader, node: &Node<'_>, axes: &[Axis]) -> Option<()> {
    let listed = axes.iter().find(|axis| matches!(axis.spread, Spread::Values(_)));
    if let Some(axis) = listed {
        let hint = Some("as in { low = 0.1, high = 0.9 }".to_owned());
        reader.say(node, format!("`{}` needs bounds: sensitivities are of parameters that move between two", axis.path), hint);
    }
    listed.is_none().then_some(())
}

fn sobol(reader: &mut Reader, node: &Node<'_>, entries: &DeTable<'_>, axes: Vec<Axis>) -> Option<Points> {
    must_have_bounds(reader, node, &axes)?;
    let mut flag = |key: &str| entries.get(key).map_or(Some(true), |node| reader.flag(&format!("points.{key}"), node));
    let (second_order, scramble) = (flag("second_order")?, flag("scramble")?);
    if axes.len() > sampling::MOST_AXES {
        reader.say(node, format!("{} parameters are more than the {} of this sample", axes.len(), sampling::MOST_AXES), None);
        return None;
    }
    let rows = sampling::rows_per_base(axes.len(), second_order);
    let (base, seed) = size(reader, node, entries, MOST_POINTS / rows)?;
    if !base.is_power_of_two() {
        let (less, more) = (base.next_power_of_two() / 2, base.next_power_of_two());
        let hint = format!("take {less} or {more}: {} or {} points", less * rows, more * rows);
        let place = entries.get("count").unwrap_or(node);
        reader.say(place, format!("`points.count` is {base}: a Sobol' sequence is even only at powers of 2"), Some(hint));
        return None;
    }
    let shares = sampling::saltelli(seed, base, axes.len(), second_order, scramble);
    let kind = Kind::Sobol { base, second_order };
    Some(Points { kind, axes, origin: Origin::Shares(Arc::new(shares)), all: base * rows, kept: None })
}

fn morris(reader: &mut Reader, node: &Node<'_>, entries: &DeTable<'_>, axes: Vec<Axis>) -> Option<Points> {
    must_have_bounds(reader, node, &axes)?;
    let levels = entries.get("levels").map_or(Some(4), |node| reader.whole("points.levels", node, 2, 100))? as usize;
    if levels % 2 == 1 {
        reader.say(entries.get("levels").unwrap_or(node), format!("`points.levels` is {levels}: an even number is needed"), None);
        return None;
    }
    for axis in &axes {
        if let Spread::Between { low, high, .. } = axis.spread
            && axis.kind == ValueType::Integer
            && (high - low) % (levels as f64 - 1.0) != 0.0
        {
            let message = format!("`{}` takes whole numbers, and {levels} even levels from {low} to {high} are none", axis.path);
            reader.say(node, message, Some(format!("choose bounds whose difference is a multiple of {}", levels - 1)));
            return None;
        }
    }
    let (trajectories, seed) = size(reader, node, entries, MOST_POINTS / (axes.len() + 1))?;
    let shares = sampling::morris(seed, trajectories, axes.len(), levels);
    let all = trajectories * (axes.len() + 1);
    Some(Points { kind: Kind::Morris { trajectories, levels }, axes, origin: Origin::Levels(Arc::new(shares)), all, kept: None })
}

fn list_of(reader: &mut Reader, node: &Node<'_>, entries: &DeTable<'_>, layers: &Layers, copies: Option<&Copies>) -> Option<Points> {
    let Some(file) = entries.get("file") else {
        let hint = "as in file = \"points.csv\", a table whose header names parameters".to_owned();
        reader.say(node, "`points` has no `file`", Some(hint));
        return None;
    };
    let path = match copies {
        Some(copies) => copies.points.clone(),
        None => {
            let name = reader.text("points.file", file)?;
            reader.document.folder().join(name)
        }
    };
    match list::read(&path, layers.parameters()) {
        Ok(list) => {
            let all = list.rows.len();
            Some(Points { kind: Kind::List, axes: list.axes, origin: Origin::Rows(Arc::new(list.rows)), all, kept: None })
        }
        Err(problems) => {
            let place = reader.place(file.span());
            reader.problems.extend(problems.into_iter().map(|problem| Problem { place: problem.place.or(Some(place.clone())), ..problem }));
            None
        }
    }
}

//! From a TOML file to a design.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;
use tripath_model::Model;
use tripath_model::observe::TableSchema;

use super::reader::{Node, Reader};
use super::sample::points;
use super::{Arm, Design, content};
use crate::configuration::nearest::did_you_mean;
use crate::configuration::{ConfigurationError, Document, Layers, Source, is_name, read_text, syntax_problems};
use crate::sweep::metrics::{Metric, parse};
use crate::sweep::replicates::Replicates;

/// Most points of a design, scenarios and levers counted.
pub(super) const MOST_POINTS: usize = 10_000_000;
/// Most runs of a point.
const MOST_REPLICATES: u64 = 1_000_000;
/// Seeds and replicates are added up below 2⁵³.
const MOST_FIRST_SEED: u64 = 1 << 52;

const KEYS: &[&str] = &["name", "description", "extends", "keep", "constants", "points", "scenarios", "levers", "replicates", "metrics"];

/// What a folder says in place of what a design file refers to: its own copies.
#[derive(Debug, Clone)]
pub struct Copies {
    /// The configuration with the constants.
    pub base: PathBuf,
    /// The list of points, where there is one.
    pub points: PathBuf,
}

/// Reads a design and checks all of it but the points, which [`Design::check_points`] does.
///
/// # Errors
/// All problems found, each with its place.
pub fn read(model: &Model, path: &Path, copies: Option<&Copies>) -> Result<Design, ConfigurationError> {
    let text = read_text(path).map_err(|problem| ConfigurationError::new(vec![*problem]))?;
    let document = Document::new(&path.display().to_string(), text, path.parent().unwrap_or(Path::new("")));
    let problems = syntax_problems(&document);
    if !problems.is_empty() {
        return Err(ConfigurationError::new(problems));
    }
    let mut reader = Reader { document: Arc::clone(&document), problems: Vec::new() };
    let design = match DeTable::parse(document.content()) {
        Ok(table) => whole(model, &mut reader, table.get_ref(), path, copies),
        Err(_) => None,
    };
    match design {
        Some(design) if reader.problems.is_empty() => Ok(design),
        _ => Err(ConfigurationError::new(reader.problems)),
    }
}

fn whole(model: &Model, reader: &mut Reader, table: &DeTable<'_>, path: &Path, copies: Option<&Copies>) -> Option<Design> {
    reader.only_keys("", table, KEYS);
    let name = name(reader, table, path);
    let description = table.get("description").and_then(|node| reader.text("description", node)).unwrap_or_default();
    let layers = base_layers(model, reader, table, copies)?;
    let base = match layers.finish() {
        Ok(base) => base,
        Err(error) => {
            reader.problems.extend(error.problems().iter().cloned());
            return None;
        }
    };
    let tables = model.tables();
    let keep = keep(&tables, reader, table);
    let metrics = metrics(&tables, reader, table, base.parameters.time.years);
    let replicates = replicates(reader, table, &metrics);
    let scenarios = arms(reader, table, "scenarios", &layers);
    let levers = arms(reader, table, "levers", &layers);
    let mut crossed = Vec::new();
    for scenario in none_or_all(&scenarios) {
        for lever in none_or_all(&levers) {
            let mut layers = layers.clone();
            for settings in [scenario, lever].into_iter().flatten() {
                layers.lay(settings.1, &reader.document);
            }
            crossed.push(layers);
        }
    }
    let points = points(reader, table, &layers, copies)?;
    if points.is_empty() {
        reader.say_of_all("the design has no points", Some("filters leave none, or a list is empty".to_owned()));
    } else if points.len().saturating_mul(crossed.len()) > MOST_POINTS {
        reader.say_of_all(format!("the design has more than {MOST_POINTS} points"), None);
    }
    if points.kind.is_for_sensitivities() && crossed.len() > 1 {
        let hint = "leave out [scenarios] and [levers], or move them as constants of a design each".to_owned();
        reader.say_of_all(format!("points of the kind {} cannot be crossed with scenarios or levers", points.kind.word()), Some(hint));
    }
    let named = |arms: &[(String, &DeTable<'_>)]| arms.iter().map(|(name, _)| Arm { name: name.clone() }).collect::<Vec<_>>();
    let text = reader.document.content().to_owned();
    let content = content::of(&text, &base, &points);
    Some(Design {
        name,
        description,
        base,
        tables,
        keep,
        scenarios: named(&scenarios),
        levers: named(&levers),
        points,
        replicates: replicates?,
        metrics,
        layers: crossed,
        text,
        content,
    })
}

fn none_or_all<T>(arms: &[T]) -> Vec<Option<&T>> {
    if arms.is_empty() { vec![None] } else { arms.iter().map(Some).collect() }
}

fn name(reader: &mut Reader, table: &DeTable<'_>, path: &Path) -> String {
    if let Some(node) = table.get("name")
        && let Some(name) = reader.text("name", node)
    {
        if !is_name(&name) {
            let hint = "it names the folder of the sweep: at most 100 letters, digits, -, _ and . are allowed".to_owned();
            reader.say(node, format!("`{name}` is not a name"), Some(hint));
        }
        return name;
    }
    Source::File(path.to_owned()).default_name()
}

fn base_layers(model: &Model, reader: &mut Reader, table: &DeTable<'_>, copies: Option<&Copies>) -> Option<Layers> {
    if let Some(copies) = copies {
        return Some(Layers::read(model, &Source::File(copies.base.clone()), &[]));
    }
    let Some(node) = table.get("extends") else {
        reader.say_of_all("the design does not say which configuration its runs extend", Some("as in extends = \"china-like\"".to_owned()));
        return None;
    };
    let text = reader.text("extends", node)?;
    let source = Source::extended_from(reader.document.folder(), &text);
    let mut layers = Layers::read(model, &source, &[]);
    if let Some(node) = table.get("constants") {
        let constants = reader.table("constants", node)?;
        if settings_only(reader, "constants", constants) {
            layers.lay(constants, &reader.document);
        }
    }
    Some(layers)
}

/// Settings are parameters and what is recorded: a design decides seeds and names itself.
fn settings_only(reader: &mut Reader, path: &str, table: &DeTable<'_>) -> bool {
    let before = reader.problems.len();
    for (key, way_out) in [
        ("seed", "seeds are those of [replicates]: first_seed = 1"),
        ("name", "runs are named by the design"),
        ("description", "only the design has one"),
        ("extends", "it stands at the top of the design"),
    ] {
        if let Some(node) = table.get(key) {
            reader.say(node, format!("`{path}.{key}` cannot be set"), Some(way_out.to_owned()));
        }
    }
    if let Some(node) = table.get("outputs").and_then(|node| node.get_ref().as_table()).and_then(|outputs| outputs.get("tables")) {
        reader.say(
            node,
            format!("`{path}.outputs.tables` cannot be set"),
            Some("tables are kept with keep = [\"macro\"] at the top of the design".to_owned()),
        );
    }
    reader.problems.len() == before
}

fn keep(tables: &[TableSchema], reader: &mut Reader, table: &DeTable<'_>) -> Vec<&'static str> {
    let Some(node) = table.get("keep") else { return Vec::new() };
    let mut kept = Vec::new();
    for (word, node) in reader.texts("keep", node) {
        match tables.iter().find(|schema| schema.name == word) {
            Some(schema) => kept.push(schema.name),
            None => {
                let names = || tables.iter().map(|schema| schema.name);
                let hint = did_you_mean(&word, names());
                reader.refuse_value("keep", &format!("any of {}", names().collect::<Vec<_>>().join(", ")), node, hint);
            }
        }
    }
    // In the order of the tables, each once, whatever the order in the design.
    tables.iter().map(|schema| schema.name).filter(|name| kept.contains(name)).collect()
}

fn metrics(tables: &[TableSchema], reader: &mut Reader, table: &DeTable<'_>, years: u32) -> Vec<Metric> {
    let Some(node) = table.get("metrics") else {
        let hint = "as in [metrics] and below it growth = \"macro.output_real: growth, years 10..30\"".to_owned();
        reader.say_of_all("the design has no metrics", Some(hint));
        return Vec::new();
    };
    let Some(entries) = reader.table("metrics", node) else { return Vec::new() };
    let mut metrics = Vec::new();
    for (key, node) in entries.iter() {
        let path = format!("metrics.{}", key.get_ref());
        let Some(text) = reader.text(&path, node) else { continue };
        if !is_column(key.get_ref()) {
            reader.say(
                node,
                format!("`{}` cannot name a column: letters, digits and _ are allowed, and no column of runs.csv", key.get_ref()),
                None,
            );
            continue;
        }
        match parse(tables, key.get_ref(), &text) {
            Ok(metric) => {
                let (first, last) = metric.years.unwrap_or((0, years));
                if last > years || last - first < metric.reducer.least_years() {
                    let needed = metric.reducer.least_years();
                    let message = format!("`{path}` needs {needed} year(s) in {first}..{last}; the runs have the years 0..{years}");
                    reader.say(node, message, Some("the years of the runs are set by [constants] time.years".to_owned()));
                }
                metrics.push(metric);
            }
            Err((message, hint)) => reader.say(node, format!("`{path}`: {message}"), hint),
        }
    }
    if metrics.is_empty() && reader.problems.is_empty() {
        reader.say(node, "the design has no metrics", None);
    }
    metrics
}

/// Heads of `runs.csv` and `points.csv` besides parameters and metrics.
const TAKEN: &[&str] = &[
    "run_id",
    "point",
    "replicate",
    "seed",
    "scenario",
    "lever",
    "status",
    "reason",
    "digest",
    "replicates",
    "complete",
    "stopped",
    "tick",
];

fn is_column(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !TAKEN.contains(&name)
}

fn replicates(reader: &mut Reader, table: &DeTable<'_>, metrics: &[Metric]) -> Option<Replicates> {
    let fixed = |count: u32| Replicates {
        least: count,
        batch: count,
        most: count,
        targets: Vec::new(),
        first_seed: crate::configuration::DEFAULT_SEED,
        common_random_numbers: true,
    };
    let Some(node) = table.get("replicates") else { return Some(fixed(1)) };
    let entries = reader.table("replicates", node)?;
    reader.only_keys("replicates", entries, &["count", "least", "batch", "most", "half_width", "first_seed", "common_random_numbers"]);
    let mut whole =
        |key: &str, least: u64, most: u64| entries.get(key).map(|node| reader.whole(&format!("replicates.{key}"), node, least, most));
    let first_seed = whole("first_seed", 0, MOST_FIRST_SEED);
    let (count, least) = (whole("count", 1, MOST_REPLICATES), whole("least", 2, MOST_REPLICATES));
    let (batch, most) = (whole("batch", 1, MOST_REPLICATES), whole("most", 2, MOST_REPLICATES));
    let common = entries.get("common_random_numbers").map(|node| reader.flag("replicates.common_random_numbers", node));
    let mut replicates = match (count, entries.get("half_width")) {
        (Some(_), Some(target)) => {
            let hint = "a fixed number has `count`; until half-widths are reached has `least`, `batch`, `most`".to_owned();
            reader.say(target, "`replicates` has both `count` and `half_width`", Some(hint));
            return None;
        }
        (count, None) => {
            if least.is_some() || batch.is_some() || most.is_some() {
                let hint = "as in half_width = { growth = 0.002 }".to_owned();
                reader.say(node, "`replicates` says how rounds grow, but has no `half_width` to reach", Some(hint));
            }
            fixed(count.unwrap_or(Some(1))? as u32)
        }
        (None, Some(target)) => {
            let targets = targets(reader, target, metrics)?;
            let (least, most) = (least.unwrap_or(Some(5))?, most.unwrap_or(Some(100))?);
            if most < least {
                reader.say(node, format!("`replicates.most` is {most}, less than `replicates.least`, {least}"), None);
            }
            let batch = batch.unwrap_or(Some(5))? as u32;
            Replicates { least: least as u32, batch, most: most as u32, targets, ..fixed(1) }
        }
    };
    if let Some(seed) = first_seed {
        replicates.first_seed = seed?;
    }
    replicates.common_random_numbers = common.unwrap_or(Some(true))?;
    Some(replicates)
}

fn targets(reader: &mut Reader, node: &Node<'_>, metrics: &[Metric]) -> Option<Vec<(usize, f64)>> {
    let table = reader.table("replicates.half_width", node)?;
    let names: Vec<&str> = metrics.iter().map(|metric| metric.name.as_str()).collect();
    reader.only_keys("replicates.half_width", table, &names);
    let mut targets = Vec::new();
    for (key, node) in table.iter() {
        let path = format!("replicates.half_width.{}", key.get_ref());
        let target = reader.real(&path, node)?;
        if target <= 0.0 {
            reader.refuse_value(&path, "above 0, in the unit of the metric", node, None);
        }
        if let Some(metric) = names.iter().position(|name| *name == key.get_ref().as_ref()) {
            targets.push((metric, target));
        }
    }
    if targets.is_empty() {
        reader.say(node, "`replicates.half_width` names no metric", Some("as in half_width = { growth = 0.002 }".to_owned()));
    }
    Some(targets)
}

fn arms<'a, 'd>(reader: &mut Reader, table: &'a DeTable<'d>, list: &str, layers: &Layers) -> Vec<(String, &'a DeTable<'d>)> {
    let Some(node) = table.get(list) else { return Vec::new() };
    let Some(entries) = reader.table(list, node) else { return Vec::new() };
    let mut arms = Vec::new();
    for (key, node) in entries.iter() {
        let path = format!("{list}.{}", key.get_ref());
        let Some(settings) = reader.table(&path, node) else { continue };
        if settings_only(reader, &path, settings) {
            let mut alone = layers.clone();
            alone.lay(settings, &reader.document);
            reader.problems.extend(alone.problems().iter().cloned());
            arms.push((key.get_ref().to_string(), settings));
        }
    }
    if arms.is_empty() && reader.problems.is_empty() {
        reader.say(node, format!("`{list}` is empty"), Some(format!("a member is written [{list}.NAME]")));
    }
    arms
}

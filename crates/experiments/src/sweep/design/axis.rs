//! A parameter that a design moves: its path, and the values or bounds it is given.

use toml::de::{DeTable, DeValue};
use tripath_model::parameters::{Definition, Group, Parameters, Value, ValueType};

use super::reader::{Node, Reader};
use crate::configuration::nearest::{did_you_mean, nearest};
use crate::configuration::{Problem, Reason, reading};

/// How a parameter is spread between its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// Evenly in the logarithm.
    Logarithmic,
}

/// What a parameter may be in a design.
#[derive(Debug, Clone, PartialEq)]
pub enum Spread {
    /// One of these.
    Values(Vec<Value>),
    /// Between two bounds, both included.
    Between {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
        /// Even in what.
        scale: Scale,
    },
}

/// A parameter that a design moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Path in the configuration.
    pub path: String,
    /// Type of its values.
    pub kind: ValueType,
    /// Unit of its values.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What it may be.
    pub spread: Spread,
}

impl std::fmt::Display for Axis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.spread {
            Spread::Values(values) if values.is_empty() => write!(f, "{}", self.path),
            Spread::Values(values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "{}: {}", self.path, values.join(", "))
            }
            Spread::Between { low, high, scale } => {
                let even = if *scale == Scale::Logarithmic { ", evenly in the logarithm" } else { "" };
                write!(f, "{}: {low} to {high}{even}", self.path)
            }
        }
    }
}

impl Axis {
    pub(super) fn new(path: &str, definition: &Definition, spread: Spread) -> Self {
        Self { path: path.to_owned(), kind: definition.kind, unit: definition.unit, meaning: definition.meaning, spread }
    }

    /// The value at a share of the way between the bounds, or of the list of values.
    ///
    /// Whole numbers between bounds are equally likely: a share u of [0, 1) gives ⌊low + u (high − low + 1)⌋.
    pub fn at(&self, share: f64) -> Value {
        match &self.spread {
            Spread::Values(values) => {
                let index = (share * values.len() as f64) as usize;
                values[index.min(values.len() - 1)].clone()
            }
            Spread::Between { low, high, .. } if self.kind == ValueType::Integer => {
                Value::Integer(((low + share * (high - low + 1.0)).floor() as i64).clamp(*low as i64, *high as i64))
            }
            Spread::Between { low, high, .. } => Value::Real(self.real_at(share).clamp(*low, *high)),
        }
    }

    /// The value at a share of the way, both ends included: for levels of a grid between bounds.
    pub fn level(&self, share: f64) -> Value {
        match &self.spread {
            Spread::Between { low, high, .. } if self.kind == ValueType::Integer => {
                Value::Integer((low + share * (high - low)).round() as i64)
            }
            _ => self.at(share),
        }
    }

    fn real_at(&self, share: f64) -> f64 {
        match self.spread {
            Spread::Between { low, high, scale: Scale::Linear } => low + share * (high - low),
            Spread::Between { low, high, scale: Scale::Logarithmic } => low * tripath_engine::math::pow(high / low, share),
            Spread::Values(_) => f64::NAN,
        }
    }
}

/// What is known of the parameter at a path, as things stand in `parameters`; else a hint.
pub(super) fn definition(parameters: &Parameters, path: &str) -> Result<Definition, Option<String>> {
    let parts: Vec<&str> = path.split('.').collect();
    let of = |definitions: Vec<Definition>, key: &str, prefix: &str| {
        let found = definitions.iter().find(|definition| definition.key == key).cloned();
        let near = nearest(key, definitions.iter().map(|definition| definition.key));
        found.ok_or_else(|| near.map(|near| format!("did you mean `{prefix}.{near}`?")))
    };
    let groups = Parameters::GROUPS.iter().copied().chain(parameters.lists()).map(|(name, _)| name);
    match parts.as_slice() {
        [group, key] if parameters.group(group).is_some() => {
            of(parameters.group(group).map(Group::definitions).unwrap_or_default(), key, group)
        }
        [list, name, key, entry @ ..] if entry.len() < 2 && parameters.names(list).is_some() => {
            if parameters.member(list, name).is_none() {
                let names = parameters.names(list).unwrap_or_default();
                let hint = did_you_mean(name, names.iter().copied()).unwrap_or_else(|| format!("{list} are {}", names.join(", ")));
                return Err(Some(hint));
            }
            let mut found = of(parameters.definitions_of(list, name), key, &format!("{list}.{name}"))?;
            match (found.kind, entry.is_empty()) {
                (ValueType::Weights, false) => found.kind = ValueType::Real,
                (ValueType::Weights, true) => return Err(Some(format!("name one of its entries, such as {path}.NAME"))),
                (_, false) => return Err(Some(format!("did you mean `{list}.{name}.{key}`?"))),
                (_, true) => {}
            }
            Ok(found)
        }
        [first, ..] => Err(did_you_mean(first, groups)),
        [] => Err(None),
    }
}

/// All parameters below a table: dotted keys and tables end at a list of values or a table with bounds.
pub(super) fn read_all(reader: &mut Reader, table: &DeTable<'_>, parameters: &Parameters) -> Vec<Axis> {
    let mut axes = Vec::new();
    below(reader, table, "", parameters, &mut axes);
    axes
}

fn below(reader: &mut Reader, table: &DeTable<'_>, prefix: &str, parameters: &Parameters, axes: &mut Vec<Axis>) {
    for (key, node) in table.iter() {
        let path = if prefix.is_empty() { key.get_ref().to_string() } else { format!("{prefix}.{}", key.get_ref()) };
        match node.get_ref() {
            DeValue::Table(inner) if !["low", "high", "values"].iter().any(|key| inner.contains_key(*key)) => {
                below(reader, inner, &path, parameters, axes);
            }
            _ => match definition(parameters, &path) {
                Ok(definition) => axes.extend(read(reader, &path, node, &definition)),
                Err(hint) => {
                    let place = reader.place(key.span());
                    reader.problems.push(Problem::at(place, Reason::UnknownKey(path)).hint(hint));
                }
            },
        }
    }
}

fn read(reader: &mut Reader, path: &str, node: &Node<'_>, definition: &Definition) -> Option<Axis> {
    let spread = match node.get_ref() {
        DeValue::Array(_) => values(reader, path, node, definition),
        DeValue::Table(table) if table.contains_key("values") => {
            reader.only_keys(path, table, &["values"]);
            table.get("values").and_then(|node| values(reader, path, node, definition))
        }
        DeValue::Table(table) => bounds(reader, path, node, table, definition),
        _ => {
            reader.refuse_type(path, "a list of values, or bounds as in { low = 0.1, high = 0.9 }", node);
            None
        }
    };
    Some(Axis::new(path, definition, spread?))
}

fn values(reader: &mut Reader, path: &str, node: &Node<'_>, definition: &Definition) -> Option<Spread> {
    let list = node.get_ref().as_array().filter(|list| !list.is_empty());
    let Some(list) = list else {
        reader.refuse_type(path, "a list of at least one value", node);
        return None;
    };
    let mut values: Vec<Value> = Vec::new();
    for item in list.iter() {
        let value = value(reader, path, item, definition)?;
        if values.contains(&value) {
            reader.say(item, format!("`{path}` has the value {value} twice: its points would be the same runs"), None);
        }
        values.push(value);
    }
    Some(Spread::Values(values))
}

/// A value that the parameter takes; a mistake is noted.
fn value(reader: &mut Reader, path: &str, node: &Node<'_>, definition: &Definition) -> Option<Value> {
    let Some(value) = reading::value(node.get_ref(), definition.kind) else {
        reader.refuse_type(path, definition.kind.words(), node);
        return None;
    };
    let excerpt = reader.place(node.span()).excerpt();
    if let Some((reason, hint)) = reading::refusal(path, definition, &value, &excerpt) {
        reader.refuse(node, reason, hint);
        return None;
    }
    Some(value)
}

fn bounds(reader: &mut Reader, path: &str, node: &Node<'_>, table: &DeTable<'_>, definition: &Definition) -> Option<Spread> {
    reader.only_keys(path, table, &["low", "high", "scale", "steps"]);
    if !matches!(definition.kind, ValueType::Real | ValueType::Integer) {
        reader.say(node, format!("`{path}` takes {}: give a list of values in place of bounds", definition.kind.words()), None);
        return None;
    }
    let mut bound = |key: &str| {
        let Some(node) = table.get(key) else {
            reader.say(node, format!("`{path}` has no `{key}`: bounds are written {{ low = 0.1, high = 0.9 }}"), None);
            return None;
        };
        match value(reader, path, node, definition)? {
            Value::Real(number) => Some(number),
            Value::Integer(number) => Some(number as f64),
            _ => None,
        }
    };
    let (low, high) = (bound("low"), bound("high"));
    let scale = match table.get("scale") {
        None => Scale::Linear,
        Some(node) => match reader.text(&format!("{path}.scale"), node)?.as_str() {
            "linear" => Scale::Linear,
            "log" => Scale::Logarithmic,
            word => {
                let hint = did_you_mean(word, ["linear", "log"]);
                reader.refuse_value(&format!("{path}.scale"), "\"linear\" or \"log\"", node, hint);
                return None;
            }
        },
    };
    let (low, high) = (low?, high?);
    if low >= high {
        reader.say(node, format!("`{path}` has the bounds {low} and {high}: `low` must be below `high`"), None);
        return None;
    }
    if scale == Scale::Logarithmic && (low <= 0.0 || definition.kind == ValueType::Integer) {
        reader.say(node, format!("`{path}` cannot have the scale \"log\": it takes real numbers above 0 only"), None);
        return None;
    }
    let between = Spread::Between { low, high, scale };
    let Some(node) = table.get("steps") else { return Some(between) };
    let steps = reader.whole(&format!("{path}.steps"), node, 2, 10_000)?;
    let axis = Axis::new(path, definition, between);
    let values: Vec<Value> = (0..steps).map(|step| axis.level(step as f64 / (steps - 1) as f64)).collect();
    if values.windows(2).any(|pair| pair[0] == pair[1]) {
        reader.say(node, format!("`{path}` has {steps} steps, more than whole numbers from {low} to {high}"), None);
        return None;
    }
    Some(Spread::Values(values))
}

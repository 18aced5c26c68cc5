//! Documents laid over each other: the later ones change what the earlier ones said.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use tripath_model::parameters::{Definition, Group, MECHANISMS, Parameters, Value, ValueType};
use tripath_model::{DriverSeries, Model};

use super::OutputSettings;
use super::document::{Document, Place, shortened};
use super::nearest::{did_you_mean, nearest};
use super::problem::{Problem, Reason};
use super::reading;
use super::source::is_name;

/// A configuration in the making.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub(super) name: Option<String>,
    pub(super) seed: Option<u64>,
    /// Presets laid so far, the last one first.
    pub(super) lineage: Vec<String>,
    pub(super) parameters: Parameters,
    pub(super) outputs: OutputSettings,
    /// Series written in place, by driver.
    pub(super) series: BTreeMap<String, DriverSeries>,
    /// Where each key was last given, with a number that grows.
    pub(super) places: BTreeMap<String, (usize, Place)>,
    pub(super) problems: Vec<Problem>,
    /// Whether the world has begun already, so that no start is asked for.
    pub(super) goes_on: bool,
    marks: usize,
}

/// Keys of a configuration besides the groups and lists of parameters.
const TOP_KEYS: &[&str] = &["extends", "name", "description", "lineage", "seed", "outputs"];

impl Draft {
    /// One of a model, at its defaults.
    pub fn of(model: &Model) -> Self {
        Self { parameters: model.parameters(), ..Self::default() }
    }

    /// Lays a document over what is there.
    pub fn apply(&mut self, document: &Arc<Document>) {
        // Syntax was checked where the document was read.
        let Ok(table) = DeTable::parse(document.content()) else { return };
        if !document.is_override() {
            self.name = None;
        }
        if let Some(preset) = document.preset() {
            self.lineage.insert(0, preset.to_owned());
        }
        self.apply_table(table.get_ref(), document);
    }

    /// Lays a table of a document, written as a whole configuration is, over what is there.
    pub fn apply_table(&mut self, table: &DeTable<'_>, document: &Arc<Document>) {
        for (key, value) in table.iter() {
            let at = |span: Range<usize>| Place::new(document, span);
            let name: &str = key.get_ref();
            match name {
                "extends" if document.is_override() => {
                    self.refuse(at(key.span()), Reason::InvalidOverride("`extends` cannot be overridden".to_owned()), None);
                }
                "extends" => {}
                "description" => {
                    self.text(name, value, document);
                }
                "name" => self.set_name(value, document),
                "lineage" => {
                    if let Some(names) = self.text(name, value, document) {
                        self.lineage = names.split_whitespace().map(str::to_owned).collect();
                    }
                }
                "seed" => self.set_seed(value, document),
                "outputs" => self.apply_outputs(value, document),
                _ if self.parameters.group(name).is_some() => self.apply_group(name, value, document),
                MECHANISMS => self.apply_list(name, value, document),
                _ if Parameters::member_definitions(name).is_some() => self.apply_list(name, value, document),
                _ => {
                    let hint = top_level_hint(name, &self.parameters);
                    self.refuse(at(key.span()), Reason::UnknownKey(name.to_owned()), hint);
                }
            }
        }
    }

    pub(super) fn refuse(&mut self, place: Place, reason: Reason, hint: Option<String>) {
        self.problems.push(Problem::at(place, reason).hint(hint));
    }

    pub(super) fn refuse_type(&mut self, path: &str, expected: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let place = Place::new(document, value.span());
        let found = reading::found(value.get_ref(), &place.excerpt());
        self.refuse(place, Reason::WrongType { path: path.to_owned(), expected: expected.to_owned(), found }, None);
    }

    pub(super) fn mark(&mut self, path: &str, place: Place) {
        self.marks += 1;
        self.places.insert(path.to_owned(), (self.marks, place));
    }

    /// The text of a key that takes one.
    pub(super) fn text(&mut self, path: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.refuse_type(path, ValueType::Text.words(), value, document);
                None
            }
        }
    }

    /// The table of a key that takes one.
    pub(super) fn table<'a, 'd>(
        &mut self,
        path: &str,
        value: &'a Spanned<DeValue<'d>>,
        document: &Arc<Document>,
    ) -> Option<&'a DeTable<'d>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.refuse_type(path, "a table", value, document);
                None
            }
        }
    }

    fn set_name(&mut self, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let Some(text) = self.text("name", value, document) else { return };
        if is_name(&text) {
            self.name = Some(text);
        } else {
            let hint = "it names the folder of a run: at most 100 letters, digits, -, _ and . are allowed".to_owned();
            self.refuse(Place::new(document, value.span()), Reason::InvalidName(shortened(&text, 60)), Some(hint));
        }
    }

    fn set_seed(&mut self, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let place = Place::new(document, value.span());
        match value.get_ref() {
            DeValue::Integer(digits) => match u64::from_str_radix(digits.as_str(), digits.radix()) {
                Ok(seed) => self.seed = Some(seed),
                Err(_) => {
                    let (value, allowed) = (place.excerpt(), format!("0 to {}", u64::MAX));
                    self.refuse(place, Reason::NotAllowed { path: "seed".to_owned(), value, allowed }, None);
                }
            },
            _ => self.refuse_type("seed", ValueType::Integer.words(), value, document),
        }
    }

    fn apply_group(&mut self, name: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let Some(table) = self.table(name, value, document) else { return };
        let definitions = self.parameters.group(name).map(Group::definitions).unwrap_or_default();
        self.mark(name, Place::new(document, value.span()));
        for (key, value) in table.iter() {
            let path = format!("{name}.{}", key.get_ref());
            let Some(definition) = definitions.iter().find(|definition| definition.key == key.get_ref().as_ref()) else {
                let hint = key_hint(key.get_ref(), &definitions, &self.parameters);
                self.refuse(Place::new(document, key.span()), Reason::UnknownKey(path), hint);
                continue;
            };
            if let Some(read) = self.read(&path, definition, value, document)
                && let Some(group) = self.parameters.group_mut(name)
            {
                let outcome = group.set(definition.key, read);
                debug_assert_eq!(outcome, Ok(()), "{path}");
            }
        }
    }

    /// Reads a parameter's value and keeps its place; a problem is noted where it is refused.
    pub(super) fn read(
        &mut self,
        path: &str,
        definition: &Definition,
        value: &Spanned<DeValue<'_>>,
        document: &Arc<Document>,
    ) -> Option<Value> {
        if definition.kind == ValueType::Weights {
            return self.read_weights(path, definition, value, document);
        }
        let Some(read) = reading::value(value.get_ref(), definition.kind) else {
            self.refuse_type(path, definition.kind.words(), value, document);
            return None;
        };
        self.accept(path, definition, read, Place::new(document, value.span()))
    }

    fn accept(&mut self, path: &str, definition: &Definition, read: Value, place: Place) -> Option<Value> {
        if let Some((reason, hint)) = reading::refusal(path, definition, &read, &place.excerpt()) {
            self.refuse(place, reason, hint);
            return None;
        }
        self.mark(path, place);
        Some(read)
    }

    /// A table of numbers by name: each entry is checked at its own place.
    fn read_weights(
        &mut self,
        path: &str,
        definition: &Definition,
        value: &Spanned<DeValue<'_>>,
        document: &Arc<Document>,
    ) -> Option<Value> {
        let DeValue::Table(table) = value.get_ref() else {
            self.refuse_type(path, definition.kind.words(), value, document);
            return None;
        };
        let mut weights = Vec::new();
        let before = self.problems.len();
        for (key, value) in table.iter() {
            let path = format!("{path}.{}", key.get_ref());
            let Some(number) = reading::real(value.get_ref()) else {
                self.refuse_type(&path, ValueType::Real.words(), value, document);
                continue;
            };
            if self.accept(&path, definition, Value::Real(number), Place::new(document, value.span())).is_some() {
                weights.push((key.get_ref().to_string(), number));
            }
        }
        self.mark(path, Place::new(document, value.span()));
        (self.problems.len() == before).then_some(Value::Weights(weights))
    }
}

fn top_level_hint(name: &str, parameters: &Parameters) -> Option<String> {
    let groups = Parameters::GROUPS.iter().map(|(name, _)| *name);
    let names = groups.chain(parameters.lists().into_iter().map(|(name, _)| name)).chain(TOP_KEYS.iter().copied());
    // A parameter of that very name was put outside of its group.
    elsewhere(name, parameters, |key| key == name)
        .or_else(|| did_you_mean(name, names))
        .or_else(|| elsewhere(name, parameters, |key| nearest(name, [key]).is_some()))
}

/// A hint for an unknown key: the nearest of its own table, or the group where a key of this name stands.
pub(super) fn key_hint(name: &str, definitions: &[Definition], parameters: &Parameters) -> Option<String> {
    did_you_mean(name, definitions.iter().map(|definition| definition.key)).or_else(|| elsewhere(name, parameters, |key| key == name))
}

fn elsewhere(name: &str, parameters: &Parameters, is_meant: impl Fn(&str) -> bool) -> Option<String> {
    Parameters::GROUPS.iter().find_map(|(group, _)| {
        let definitions = parameters.group(group).map(Group::definitions).unwrap_or_default();
        let keys: Vec<&str> = definitions.iter().map(|definition| definition.key).filter(|key| is_meant(key)).collect();
        nearest(name, keys).map(|key| format!("did you mean `{group}.{key}`?"))
    })
}

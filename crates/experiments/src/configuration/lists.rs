//! Lists of named members: sectors, regions, programmes, events, drivers.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use tripath_model::DriverSeries;
use tripath_model::parameters::{MECHANISMS, Value, ValueType};

use super::document::{Document, Place, shortened};
use super::draft::{Draft, key_hint};
use super::nearest::{did_you_mean, nearest};
use super::problem::Reason;
use super::reading;

/// Key of a list that drops the inherited members.
const INHERIT: &str = "inherit";
/// Key of a driver that gives its values in place of a file.
pub(super) const SERIES: &str = "series";
/// What stands for the file of a driver that never had one.
const INLINE: &str = "inline";

impl Draft {
    pub(super) fn apply_list(&mut self, list: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let DeValue::Table(table) = value.get_ref() else {
            self.refuse_type(list, &format!("one table for each member, written [{list}.NAME]"), value, document);
            return;
        };
        self.mark(list, Place::new(document, value.span()));
        if let Some(inherit) = table.get(INHERIT).filter(|_| list != MECHANISMS) {
            match inherit.get_ref() {
                DeValue::Boolean(true) => {}
                DeValue::Boolean(false) => self.drop_members(list),
                _ => self.refuse_type(&format!("{list}.{INHERIT}"), ValueType::Flag.words(), inherit, document),
            }
        }
        for (key, value) in table.iter().filter(|(key, _)| list == MECHANISMS || key.get_ref() != INHERIT) {
            let name: &str = key.get_ref();
            let path = format!("{list}.{name}");
            let key_place = Place::new(document, key.span());
            let DeValue::Table(member) = value.get_ref() else {
                let near = nearest(name, [INHERIT]).map(|name| format!("did you mean `{name}`?"));
                self.refuse_type(&path, &format!("a table, written [{list}.NAME]"), value, document);
                if let Some(problem) = self.problems.last_mut() {
                    problem.hint = near;
                }
                continue;
            };
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
                self.refuse(key_place, Reason::InvalidName(shortened(&path, 80)), None);
                continue;
            }
            if self.parameters.member(list, name).is_none() {
                if list == MECHANISMS {
                    self.refuse(key_place, Reason::UnknownKey(path), Some(self.mechanism_hint(name)));
                    continue;
                }
                if document.is_override() {
                    let names = self.parameters.names(list).unwrap_or_default();
                    let hint = did_you_mean(name, names)
                        .unwrap_or_else(|| format!("--set changes members; a new one is added in a file, as [{path}]"));
                    self.refuse(key_place, Reason::UnknownKey(path), Some(hint));
                    continue;
                }
                self.parameters.add_member(list, name);
            }
            self.mark(&path, key_place);
            self.apply_member(list, name, member, document);
        }
    }

    /// Mechanisms are those of the program: a configuration adds none.
    fn mechanism_hint(&self, name: &str) -> String {
        let names = self.parameters.names(MECHANISMS).unwrap_or_default();
        did_you_mean(name, names.iter().copied()).unwrap_or_else(|| match names.as_slice() {
            [] => "this program has no mechanisms from outside: run the one that was built with it".to_owned(),
            names => format!("mechanisms of this program are {}", names.join(", ")),
        })
    }

    fn drop_members(&mut self, list: &str) {
        let names: Vec<String> = self.parameters.names(list).unwrap_or_default().into_iter().map(str::to_owned).collect();
        for name in names {
            self.parameters.remove_member(list, &name);
            let prefix = format!("{list}.{name}");
            self.places.retain(|path, _| !path.strip_prefix(&prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
            if list == "drivers" {
                self.series.remove(&name);
            }
        }
    }

    fn apply_member(&mut self, list: &str, name: &str, table: &DeTable<'_>, document: &Arc<Document>) {
        let definitions = self.parameters.definitions_of(list, name);
        let is_driver = list == "drivers";
        let says_data = ["file", "year_column", "column", "filter_column", "filter_value", "change"];
        if is_driver && !table.contains_key(SERIES) && table.keys().any(|key| says_data.contains(&key.get_ref().as_ref())) {
            // The data is asked for anew: an inherited series no longer stands for it.
            self.series.remove(name);
        }
        for (key, value) in table.iter() {
            let path = format!("{list}.{name}.{}", key.get_ref());
            if is_driver && key.get_ref() == SERIES {
                self.apply_series(name, &path, value, document);
                continue;
            }
            let Some(definition) = definitions.iter().find(|definition| definition.key == key.get_ref().as_ref()) else {
                let hint = key_hint(key.get_ref(), &definitions, &self.parameters);
                self.refuse(Place::new(document, key.span()), Reason::UnknownKey(path), hint);
                continue;
            };
            let Some(mut read) = self.read(&path, definition, value, document) else { continue };
            let Some(member) = self.parameters.member_mut(list, name) else { continue };
            if document.is_override() {
                read = merged_if_dotted(read, member.get(definition.key), value, document);
            }
            let outcome = member.set(definition.key, read);
            debug_assert_eq!(outcome, Ok(()), "{path}");
        }
        if is_driver && self.series.contains_key(name) {
            self.name_inline_data(name);
        }
    }

    /// A driver whose values stand in the configuration needs no file.
    fn name_inline_data(&mut self, driver: &str) {
        let Some(member) = self.parameters.member_mut("drivers", driver) else { return };
        for (key, word) in [("file", INLINE), ("column", "value")] {
            if member.get(key) == Some(Value::Text(String::new())) {
                let outcome = member.set(key, Value::Text(word.to_owned()));
                debug_assert_eq!(outcome, Ok(()));
            }
        }
    }

    fn apply_series(&mut self, driver: &str, path: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let Some(table) = self.table(path, value, document) else { return };
        self.mark(path, Place::new(document, value.span()));
        let (mut first_year, mut values) = (None, None);
        for (key, value) in table.iter() {
            let path = format!("{path}.{}", key.get_ref());
            match key.get_ref().as_ref() {
                "first_year" => first_year = self.year(&path, value, document),
                "values" => values = self.numbers(&path, value, document),
                other => {
                    let hint = did_you_mean(other, ["first_year", "values"]);
                    self.refuse(Place::new(document, key.span()), Reason::UnknownKey(path), hint);
                }
            }
        }
        for key in ["first_year", "values"] {
            if !table.contains_key(key) {
                let message = format!("needs `{key}`, as in series = {{ first_year = 1976, values = [1.0, 2.0] }}");
                self.refuse(Place::new(document, value.span()), Reason::Rule { path: path.to_owned(), message }, None);
            }
        }
        if let (Some(first_year), Some(values)) = (first_year, values) {
            self.series.insert(driver.to_owned(), DriverSeries { driver: driver.to_owned(), first_year, values });
        }
    }

    fn year(&mut self, path: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) -> Option<i32> {
        let DeValue::Integer(digits) = value.get_ref() else {
            self.refuse_type(path, ValueType::Integer.words(), value, document);
            return None;
        };
        let year = i32::try_from(reading::integer(digits)).ok().filter(|year| year.abs() <= 100_000);
        if year.is_none() {
            let place = Place::new(document, value.span());
            let reason = Reason::NotAllowed { path: path.to_owned(), value: place.excerpt(), allowed: "-100000 to 100000".to_owned() };
            self.refuse(place, reason, None);
        }
        year
    }

    fn numbers(&mut self, path: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) -> Option<Vec<f64>> {
        let list: Option<&DeArray<'_>> = value.get_ref().as_array().filter(|list| !list.is_empty());
        let Some(list) = list else {
            self.refuse_type(path, "a list of numbers, one a year", value, document);
            return None;
        };
        let mut numbers = Vec::with_capacity(list.len());
        for item in list.iter() {
            match reading::real(item.get_ref()) {
                Some(number) if number.is_finite() => numbers.push(number),
                _ => self.refuse_type(path, "finite numbers only", item, document),
            }
        }
        (numbers.len() == list.len()).then_some(numbers)
    }
}

/// An override `sectors.a.inputs.b=0.1` changes one entry; `sectors.a.inputs={b=0.1}` replaces the table, as in a file.
fn merged_if_dotted(read: Value, old: Option<Value>, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) -> Value {
    let (Value::Weights(new), Some(Value::Weights(mut merged))) = (&read, old) else { return read };
    if document.content().get(value.span()).is_some_and(|text| text.starts_with('{')) {
        return read;
    }
    for (key, weight) in new {
        match merged.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = *weight,
            None => merged.push((key.clone(), *weight)),
        }
    }
    Value::Weights(merged)
}

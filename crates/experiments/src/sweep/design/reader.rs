//! Reading a table of a design: every value with its place, every mistake noted, none thrown away.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use tripath_model::parameters::ValueType;

use crate::configuration::nearest::did_you_mean;
use crate::configuration::{Document, Place, Problem, Reason, reading};

/// A value with its place.
pub(super) type Node<'a> = Spanned<DeValue<'a>>;

/// Reads one document and gathers what is wrong with it.
pub(super) struct Reader {
    pub(super) document: Arc<Document>,
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn place(&self, span: std::ops::Range<usize>) -> Place {
        Place::new(&self.document, span)
    }

    /// Notes that something is wrong at a value.
    pub(super) fn refuse(&mut self, node: &Node<'_>, reason: Reason, hint: Option<String>) {
        let place = self.place(node.span());
        self.problems.push(Problem::at(place, reason).hint(hint));
    }

    /// Notes a mistake in a whole sentence.
    pub(super) fn say(&mut self, node: &Node<'_>, sentence: impl Into<String>, hint: Option<String>) {
        self.refuse(node, Reason::Other(sentence.into()), hint);
    }

    /// Notes a mistake of the design as a whole.
    pub(super) fn say_of_all(&mut self, sentence: impl Into<String>, hint: Option<String>) {
        let place = self.place(0..0);
        self.problems.push(Problem::at(place, Reason::Other(sentence.into())).hint(hint));
    }

    pub(super) fn refuse_type(&mut self, path: &str, expected: &str, node: &Node<'_>) {
        let excerpt = self.place(node.span()).excerpt();
        let found = reading::found(node.get_ref(), &excerpt);
        self.refuse(node, Reason::WrongType { path: path.to_owned(), expected: expected.to_owned(), found }, None);
    }

    pub(super) fn refuse_value(&mut self, path: &str, allowed: &str, node: &Node<'_>, hint: Option<String>) {
        let value = self.place(node.span()).excerpt();
        self.refuse(node, Reason::NotAllowed { path: path.to_owned(), value, allowed: allowed.to_owned() }, hint);
    }

    /// Notes keys that the table does not take.
    pub(super) fn only_keys(&mut self, path: &str, table: &DeTable<'_>, known: &[&str]) {
        for (key, _) in table.iter().filter(|(key, _)| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let full = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            let hint = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| format!("there are {}", known.join(", ")));
            let place = self.place(key.span());
            self.problems.push(Problem::at(place, Reason::UnknownKey(full)).hint(Some(hint)));
        }
    }

    pub(super) fn table<'a, 'd>(&mut self, path: &str, node: &'a Node<'d>) -> Option<&'a DeTable<'d>> {
        let table = node.get_ref().as_table();
        if table.is_none() {
            self.refuse_type(path, "a table", node);
        }
        table
    }

    pub(super) fn text(&mut self, path: &str, node: &Node<'_>) -> Option<String> {
        let text = node.get_ref().as_str();
        if text.is_none() {
            self.refuse_type(path, ValueType::Text.words(), node);
        }
        text.map(str::to_owned)
    }

    pub(super) fn flag(&mut self, path: &str, node: &Node<'_>) -> Option<bool> {
        let flag = node.get_ref().as_bool();
        if flag.is_none() {
            self.refuse_type(path, ValueType::Flag.words(), node);
        }
        flag
    }

    pub(super) fn real(&mut self, path: &str, node: &Node<'_>) -> Option<f64> {
        match reading::real(node.get_ref()) {
            Some(number) if number.is_finite() => Some(number),
            _ => {
                self.refuse_type(path, "a finite number", node);
                None
            }
        }
    }

    /// A whole number between two bounds, both included.
    pub(super) fn whole(&mut self, path: &str, node: &Node<'_>, least: u64, most: u64) -> Option<u64> {
        let DeValue::Integer(digits) = node.get_ref() else {
            self.refuse_type(path, ValueType::Integer.words(), node);
            return None;
        };
        let number = u64::from_str_radix(digits.as_str(), digits.radix()).ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.refuse_value(path, &format!("{least} to {most}"), node, None);
        }
        number
    }

    /// A list of texts with their places.
    pub(super) fn texts<'a, 'd>(&mut self, path: &str, node: &'a Node<'d>) -> Vec<(String, &'a Node<'d>)> {
        let Some(list) = node.get_ref().as_array() else {
            self.refuse_type(path, "a list of texts", node);
            return Vec::new();
        };
        list.iter().filter_map(|item| Some((self.text(path, item)?, item))).collect()
    }
}

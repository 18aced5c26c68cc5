//! The section `[outputs]`: what is recorded.

use std::sync::Arc;

use toml::Spanned;
use toml::de::DeValue;
use tripath_model::observe::TABLES;
use tripath_model::parameters::ValueType;
use tripath_outputs::TableFormat;

use super::document::{Document, Place};
use super::draft::Draft;
use super::nearest::did_you_mean;
use super::problem::Reason;
use super::reading;

/// Keys of the section, their type in JSON Schema, and meaning.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("format", "Format of the tables: csv or parquet"),
    ("tables", "Tables that are kept; empty for all"),
    ("enterprises_every_ticks", "Ticks between two records of the panel of enterprises; at least 1"),
    ("enterprises_fraction", "Share of enterprises in the panel, chosen by their stable id; 0 to 1"),
    ("enterprises_sectors", "Sectors in the panel; empty for all"),
    ("enterprises_regions", "Regions in the panel; empty for all"),
    ("enterprises_stages", "Stages in the panel (founding, private, venture_backed, listed, closed); empty for all"),
];

/// Stages of an enterprise.
pub(super) const STAGES: &[&str] = &["founding", "private", "venture_backed", "listed", "closed"];

impl Draft {
    pub(super) fn apply_outputs(&mut self, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let Some(table) = self.table("outputs", value, document) else { return };
        for (key, value) in table.iter() {
            let path = format!("outputs.{}", key.get_ref());
            match key.get_ref().as_ref() {
                "format" => self.set_format(&path, value, document),
                "tables" => {
                    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
                    if let Some(words) = self.words(&path, value, document, Some(&names)) {
                        self.outputs.tables = words;
                    }
                }
                "enterprises_every_ticks" => self.set_every_ticks(&path, value, document),
                "enterprises_fraction" => self.set_fraction(&path, value, document),
                "enterprises_sectors" => {
                    if let Some(words) = self.words(&path, value, document, None) {
                        self.outputs.enterprises.sectors = words;
                    }
                }
                "enterprises_regions" => {
                    if let Some(words) = self.words(&path, value, document, None) {
                        self.outputs.enterprises.regions = words;
                    }
                }
                "enterprises_stages" => {
                    if let Some(words) = self.words(&path, value, document, Some(STAGES)) {
                        self.outputs.enterprises.stages = words;
                    }
                }
                other => {
                    let hint = did_you_mean(other, KEYS.iter().map(|(key, _)| *key));
                    self.refuse(Place::new(document, key.span()), Reason::UnknownKey(path), hint);
                }
            }
        }
    }

    fn set_format(&mut self, path: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let Some(word) = self.text(path, value, document) else { return };
        match TableFormat::of_word(&word) {
            Some(format) => self.outputs.format = format,
            None => {
                let words = TableFormat::ALL.map(TableFormat::word);
                self.refuse_value(path, &words.join(" or "), value, document, did_you_mean(&word, words));
            }
        }
    }

    fn set_every_ticks(&mut self, path: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        let DeValue::Integer(digits) = value.get_ref() else {
            self.refuse_type(path, ValueType::Integer.words(), value, document);
            return;
        };
        match u32::try_from(reading::integer(digits)) {
            Ok(ticks) if ticks >= 1 => self.outputs.enterprises.every_ticks = ticks,
            _ => self.refuse_value(path, &format!("1 to {} ticks", u32::MAX), value, document, None),
        }
    }

    fn set_fraction(&mut self, path: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>) {
        match reading::real(value.get_ref()) {
            Some(fraction) if (0.0..=1.0).contains(&fraction) => self.outputs.enterprises.fraction = fraction,
            Some(_) => self.refuse_value(path, "0 to 1 share", value, document, None),
            None => self.refuse_type(path, ValueType::Real.words(), value, document),
        }
    }

    fn refuse_value(&mut self, path: &str, allowed: &str, value: &Spanned<DeValue<'_>>, document: &Arc<Document>, hint: Option<String>) {
        let place = Place::new(document, value.span());
        let reason = Reason::NotAllowed { path: path.to_owned(), value: place.excerpt(), allowed: allowed.to_owned() };
        self.refuse(place, reason, hint);
    }

    /// A list of words, each of those allowed if that is limited; words that name sectors or regions are checked at the end.
    fn words(
        &mut self,
        path: &str,
        value: &Spanned<DeValue<'_>>,
        document: &Arc<Document>,
        allowed: Option<&[&str]>,
    ) -> Option<Vec<String>> {
        let DeValue::Array(list) = value.get_ref() else {
            self.refuse_type(path, "a list of texts", value, document);
            return None;
        };
        let mut words = Vec::with_capacity(list.len());
        for item in list.iter() {
            let Some(word) = self.text(path, item, document) else { continue };
            if let Some(allowed) = allowed.filter(|allowed| !allowed.contains(&word.as_str())) {
                let hint = did_you_mean(&word, allowed.iter().copied());
                self.refuse_value(path, &format!("any of {}", allowed.join(", ")), item, document, hint);
                continue;
            }
            words.push(word);
        }
        self.mark(path, Place::new(document, value.span()));
        (words.len() == list.len()).then_some(words)
    }
}

//! Overrides of the command line: `path.to.key=value`.

use std::sync::Arc;

use toml::de::DeTable;

use super::document::{Document, Place};
use super::problem::{Problem, Reason};

/// The document that an override stands for. A bare word is taken as text, since shells eat quotes.
///
/// # Errors
/// It has no `=`, more than one line, or a value that is not TOML.
pub(super) fn document(text: &str) -> Result<Arc<Document>, Box<Problem>> {
    let written = Document::of_override(text.to_owned());
    let whole = || Place::new(&written, 0..text.len());
    let refuse = |place: Place, why: &str| Box::new(Problem::at(place, Reason::InvalidOverride(why.to_owned())));
    let Some((key, value)) = text.split_once('=') else {
        return Err(refuse(whole(), "there is no `=`"));
    };
    if text.contains(['\n', '\r']) {
        return Err(refuse(whole(), "it has more than one line"));
    }
    if key.trim_start().starts_with('[') {
        return Err(refuse(whole(), "it starts with a bracket"));
    }
    let value = value.trim();
    match DeTable::parse(text) {
        Ok(_) => Ok(written),
        Err(_) if is_word(value) => {
            let quoted = format!("{}=\"{value}\"", key.trim());
            match DeTable::parse(&quoted) {
                Ok(_) => Ok(Document::of_override(quoted)),
                Err(error) => Err(refuse(whole(), error.message())),
            }
        }
        Err(error) => Err(refuse(Place::new(&written, error.span().unwrap_or(0..text.len())), error.message())),
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.' || c == '/')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/' | ','))
}

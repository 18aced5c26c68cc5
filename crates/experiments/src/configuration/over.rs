//! Settings laid over a resolved configuration, such as those of a branch over those of its burn-in.

use std::path::{Path, PathBuf};

use tripath_model::Model;

use super::document::Document;
use super::draft::Draft;
use super::source::{self, Source};
use super::{Configuration, ConfigurationError, overrides};

/// Settings to lay over a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Over {
    /// `path.to.key=value`, as on the command line.
    Setting(String),
    /// A file of settings; it extends nothing.
    File(PathBuf),
    /// Text of a configuration, of this name.
    Text(String, String),
}

/// A resolved configuration, as [`Configuration::to_toml`] writes it, with settings laid over it in order. It keeps its name.
///
/// # Errors
/// All problems found, each with its place.
pub(crate) fn load_over(model: &Model, name: &str, resolved: &str, over: &[Over]) -> Result<Configuration, ConfigurationError> {
    // What is laid over a world that has begun does not ask for a start of its own.
    let mut draft = Draft::of(model);
    draft.goes_on = true;
    draft.apply(&Document::new(name, resolved.to_owned(), Path::new("")));
    for settings in over {
        let document = match settings {
            Over::Setting(text) => overrides::document(text),
            Over::File(path) => {
                source::read_text(path).map(|text| Document::new(&path.display().to_string(), text, path.parent().unwrap_or(Path::new(""))))
            }
            Over::Text(name, text) => Ok(Document::new(name, text.clone(), Path::new(""))),
        };
        match document {
            Ok(document) => {
                let problems = source::syntax_problems(&document);
                if problems.is_empty() {
                    draft.apply(&document);
                }
                draft.problems.extend(problems);
            }
            Err(problem) => draft.problems.push(*problem),
        }
    }
    draft.name = Some(name.to_owned());
    draft.finish(&Source::Preset(name.to_owned())).map_err(ConfigurationError::new)
}

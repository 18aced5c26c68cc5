//! Configurations that share their lower layers, such as the points of a sweep.

use std::sync::Arc;

use toml::de::DeTable;
use tripath_model::Model;
use tripath_model::parameters::Parameters;

use super::document::Document;
use super::draft::Draft;
use super::problem::Problem;
use super::source::{self, Source};
use super::{Configuration, ConfigurationError, overrides};

/// Documents laid over each other, on which more can be laid before they are finished. What is below is read once.
#[derive(Debug, Clone)]
pub(crate) struct Layers {
    draft: Draft,
    source: Source,
}

impl Layers {
    /// What a source extends, itself, and overrides `path.to.key=value` in order. Problems are told by [`Layers::finish`].
    pub(crate) fn read(model: &Model, source: &Source, overrides: &[String]) -> Self {
        let mut layers = Self { draft: Draft::of(model), source: source.clone() };
        match source::documents(source) {
            Ok(documents) => documents.iter().for_each(|document| layers.draft.apply(document)),
            Err(problems) => layers.draft.problems.extend(problems),
        }
        for text in overrides {
            match overrides::document(text) {
                Ok(document) => layers.draft.apply(&document),
                Err(problem) => layers.draft.problems.push(*problem),
            }
        }
        layers
    }

    /// Lays a table of a document on top.
    pub(crate) fn lay(&mut self, table: &DeTable<'_>, document: &Arc<Document>) {
        self.draft.apply_table(table, document);
    }

    /// Lays settings `path.to.key = value`, one a line, on top; `name` is what reports call them.
    pub(crate) fn set(&mut self, name: String, settings: String) {
        let document = Document::of_settings(name, settings);
        let problems = source::syntax_problems(&document);
        if problems.is_empty() {
            self.draft.apply(&document);
        }
        self.draft.problems.extend(problems);
    }

    /// Problems met so far.
    pub(crate) fn problems(&self) -> &[Problem] {
        &self.draft.problems
    }

    /// The parameters as they stand, whole or not.
    pub(crate) fn parameters(&self) -> &Parameters {
        &self.draft.parameters
    }

    /// The configuration.
    ///
    /// # Errors
    /// All problems met in any layer; if there are none, broken rules across fields and data that cannot be used.
    pub(crate) fn finish(&self) -> Result<Configuration, ConfigurationError> {
        self.draft.clone().finish(&self.source).map_err(ConfigurationError::new)
    }
}

//! From files, presets and overrides to a resolved configuration.

mod cells;
mod data;
mod document;
mod documentation;
mod draft;
mod drivers;
mod finish;
mod layers;
mod lists;
pub(crate) mod nearest;
mod outputs;
mod over;
mod overrides;
mod presets;
mod problem;
pub(crate) mod reading;
mod resolved;
mod schema;
mod series;
mod source;

use tripath_model::observe::EnterpriseSample;
use tripath_model::parameters::Parameters;
use tripath_model::{DriverSeries, Model};
use tripath_outputs::TableFormat;

pub use document::{Document, Place};
pub use documentation::parameter_table_markdown;
pub(crate) use layers::Layers;
pub(crate) use over::{Over, load_over};
pub use presets::{Preset, presets};
pub use problem::{ConfigurationError, Problem, Reason};
pub use schema::json_schema;
pub use source::Source;
pub(crate) use source::{is_name, read_text, syntax_problems};

/// Everything that decides the bytes of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration {
    /// Name of the preset or file, for folders and messages.
    pub name: String,
    /// Presets that it extends or is, nearest first: what is asked of its runs and which targets hold.
    pub lineage: Vec<String>,
    /// Seed of all draws.
    pub seed: u64,
    /// The economy.
    pub parameters: Parameters,
    /// One series for each driver of the configuration, in the same order.
    pub drivers: Vec<DriverSeries>,
    /// What is recorded.
    pub outputs: OutputSettings,
}

/// What is recorded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OutputSettings {
    /// Format of the tables.
    pub format: TableFormat,
    /// Tables kept; empty for all.
    pub tables: Vec<String>,
    /// Panel of enterprises.
    pub enterprises: EnterpriseSample,
}

/// Seed of a configuration that gives none.
pub const DEFAULT_SEED: u64 = 1;

/// Reads a configuration: what it extends first, then itself, then the overrides `path.to.key=value` in order.
///
/// # Errors
/// All problems found, each with its place: files that cannot be read, keys and values that are not allowed, rules across
/// fields that are broken, driver data that cannot be used.
pub fn load(source: &Source, overrides: &[String]) -> Result<Configuration, ConfigurationError> {
    load_for(&Model::standard(), source, overrides)
}

/// As [`load`], for a model with mechanisms from outside: their parameters stand in sections `[mechanisms.NAME]`.
///
/// # Errors
/// As [`load`].
pub fn load_for(model: &Model, source: &Source, overrides: &[String]) -> Result<Configuration, ConfigurationError> {
    Layers::read(model, source, overrides).finish()
}

impl Configuration {
    /// The model that is run.
    pub fn model(&self) -> &Model {
        self.parameters.model()
    }
}

//! Configurations embedded in the program.

use std::sync::LazyLock;

/// A configuration embedded in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// Name, as in `extends` and on the command line.
    pub name: &'static str,
    /// One line; its own `description`.
    pub description: String,
    /// Its text.
    pub toml: &'static str,
}

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../configs/presets/", $name, ".toml")))),+]
    };
}

/// Names and texts, in the order shown.
const EMBEDDED: &[(&str, &str)] = embedded![
    "baseline",
    "china-like",
    "us-like",
    "india-like",
    "solar",
    "solar-history",
    "semiconductors",
    "electric-vehicles",
    "fiscal-downturn",
    "chips-act"
];

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let description = |text: &str| -> Option<String> {
        let table: toml::Table = text.parse().ok()?;
        Some(table.get("description")?.as_str()?.to_owned())
    };
    EMBEDDED.iter().map(|&(name, toml)| Preset { name, description: description(toml).unwrap_or_default(), toml }).collect()
});

/// The presets, in the order shown.
pub fn presets() -> &'static [Preset] {
    &PRESETS
}

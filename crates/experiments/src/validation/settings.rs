//! The resolved configuration of a run as a flat list of keys and values.

use std::collections::BTreeMap;
use std::path::Path;

use super::ValidationError;
use crate::run::CONFIGURATION_FILE;

/// Keys as `group.key` or `list.name.key`, values as TOML text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Reads `config.toml` of a run's folder.
    ///
    /// # Errors
    /// It is missing, or no TOML.
    pub fn read(folder: &Path) -> Result<Self, ValidationError> {
        let path = folder.join(CONFIGURATION_FILE);
        let text = std::fs::read_to_string(&path)
            .map_err(|source| ValidationError::Settings { path: path.clone(), message: source.to_string() })?;
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| ValidationError::Settings { path, message: error.message().to_owned() })?;
        let mut settings = BTreeMap::new();
        flatten("", &toml::Value::Table(table), &mut settings);
        Ok(Self(settings))
    }

    /// A value as text.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Presets that the configuration extends or is, nearest first; nothing where the text of an earlier build does not tell.
    pub fn lineage(&self) -> Option<Vec<String>> {
        Some(self.get("lineage")?.split_whitespace().map(str::to_owned).collect())
    }

    /// A value as number.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.parse().ok()
    }

    /// Names of the members of a list, such as programmes.
    pub fn members(&self, list: &str) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.keys().filter_map(|key| key.strip_prefix(list)?.strip_prefix('.')?.split('.').next()).collect();
        names.dedup();
        names
    }

    /// Everything that makes the economy: not its name, seed, or what is recorded.
    pub fn economy(&self) -> Self {
        let is_economy = |key: &str| !["name", "lineage", "seed"].contains(&key) && !key.starts_with("outputs.");
        Self(self.0.iter().filter(|(key, _)| is_economy(key)).map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    /// Keys whose values differ.
    pub fn differing<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let mut keys: Vec<&str> =
            self.0.iter().filter(|(key, value)| other.0.get(*key) != Some(value)).map(|(key, _)| key.as_str()).collect();
        keys.extend(other.0.keys().filter(|key| !self.0.contains_key(*key)).map(String::as_str));
        keys.sort_unstable();
        keys
    }
}

fn flatten(path: &str, value: &toml::Value, settings: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                flatten(&path, value, settings);
            }
        }
        toml::Value::String(text) => {
            settings.insert(path.to_owned(), text.clone());
        }
        other => {
            settings.insert(path.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Settings {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(CONFIGURATION_FILE), text).expect("a file");
        Settings::read(folder.path()).expect("it is TOML")
    }

    #[test]
    fn what_differs_is_told_key_by_key() {
        let one = settings(
            "seed = 1\nlineage = \"solar china-like\"\n[capital_market]\nregime = \"approval\"\nquota = 3.0\n[sectors.solar]\nprice = 1.0\n",
        );
        let other = settings("seed = 2\n[capital_market]\nregime = \"registration\"\nquota = 3.0\n[sectors.solar]\nprice = 1.0\n");
        assert_eq!(one.economy().differing(&other.economy()), ["capital_market.regime"]);
        assert_eq!((one.number("capital_market.quota"), one.get("capital_market.regime")), (Some(3.0), Some("approval")));
        assert!(one.economy().differing(&one.economy()).is_empty());
        assert_eq!((one.members("sectors"), one.members("sector")), (vec!["solar"], vec![]));
        assert_eq!((one.lineage(), other.lineage()), (Some(vec!["solar".to_owned(), "china-like".to_owned()]), None));
    }
}

//! Which presets a run stands on: what is asked of it, and which targets hold.

use super::fact::Regime;
use crate::configuration::presets;

/// A preset and all that it extends, nearest first; the name alone where it is no preset.
pub fn lineage(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    while let Some(next) = names.last().and_then(|name| extends(name)) {
        if names.contains(&next) {
            break;
        }
        names.push(next);
    }
    names
}

fn extends(name: &str) -> Option<String> {
    let preset = presets().iter().find(|preset| preset.name == name)?;
    let table: toml::Table = preset.toml.parse().ok()?;
    Some(table.get("extends")?.as_str()?.to_owned())
}

/// Regime of a line of presets.
pub fn regime(lineage: &[String]) -> Regime {
    let has = |name: &str| lineage.iter().any(|preset| preset == name);
    if has("china-like") {
        Regime::ChinaLike
    } else if has("india-like") {
        // It extends `us-like` for its institutions, not for its place in the world.
        Regime::IndiaLike
    } else if has("us-like") {
        Regime::UsLike
    } else {
        Regime::Neither
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_extends_a_china_like_economy_is_one() {
        assert_eq!(lineage("solar"), ["solar", "china-like", "baseline"]);
        assert_eq!(regime(&lineage("solar")), Regime::ChinaLike);
        assert_eq!(regime(&lineage("us-like")), Regime::UsLike);
        assert_eq!(regime(&lineage("india-like")), Regime::IndiaLike);
        assert_eq!(regime(&lineage("baseline")), Regime::Neither);
        assert_eq!(lineage("somebody's"), ["somebody's"]);
    }
}

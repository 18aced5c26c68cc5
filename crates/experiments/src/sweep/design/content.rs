//! What makes two designs one: all that decides which runs are made and what is kept of them.

use serde_json::{Map, Value as Json, json};
use tripath_outputs::sha256_hex;

use super::points::{Origin, Points};
use crate::configuration::Configuration;

/// The content of a design: its file without comments and layout, and digests of the files that it refers to.
pub(super) fn of(text: &str, base: &Configuration, points: &Points) -> Json {
    let table: toml::Table = text.parse().unwrap_or_default();
    let mut content = match serde_json::to_value(table) {
        Ok(Json::Object(content)) => content,
        _ => Map::new(),
    };
    // What a run is does not depend on these words, and the configuration is compared as resolved.
    for key in ["description", "name"] {
        content.remove(key);
    }
    content.insert("configuration".to_owned(), json!(base.digest()));
    if let Origin::Rows(rows) = &points.origin {
        content.insert("list of points".to_owned(), json!(sha256_hex(format!("{rows:?}").as_bytes())));
    }
    Json::Object(content)
}

/// What differs between the design of a folder and another, key by key, at most a few.
pub(crate) fn differences(folder: &Json, here: &Json) -> Vec<String> {
    let mut found = Vec::new();
    compare("", folder, here, &mut found);
    found
}

const REPORTED: usize = 5;

fn compare(path: &str, folder: &Json, here: &Json, found: &mut Vec<String>) {
    if found.len() >= REPORTED {
        return;
    }
    if let (Json::Object(old), Json::Object(new)) = (folder, here) {
        let before = found.len();
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        for (key, value) in old {
            compare(&below(key), value, new.get(key).unwrap_or(&Json::Null), found);
        }
        for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            compare(&below(key), &Json::Null, value, found);
        }
        let ordered = ["points.parameters", "scenarios", "levers", "metrics"].iter().any(|list| path.starts_with(list));
        if found.len() == before && ordered && !old.keys().eq(new.keys()) {
            found.push(format!("the order of the keys of `{path}`"));
        }
        return;
    }
    if folder == here {
        return;
    }
    let words = |value: &Json| match value {
        Json::Null => "not there".to_owned(),
        Json::String(digest) if digest.len() == 64 => "another one".to_owned(),
        other => other.to_string().chars().take(60).collect(),
    };
    found.push(match path {
        "configuration" => "the configuration that it extends, with its constants".to_owned(),
        "list of points" => "the list of points".to_owned(),
        _ => format!("`{path}`: {} in the folder, {} here", words(folder), words(here)),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_name_the_key_and_both_values() {
        let (old, new) = (json!({"a": {"b": 1, "c": 2}, "d": [1]}), json!({"a": {"b": 3}, "d": [1], "e": true}));
        assert_eq!(
            differences(&old, &new),
            ["`a.b`: 1 in the folder, 3 here", "`a.c`: 2 in the folder, not there here", "`e`: not there in the folder, true here"]
        );
        assert!(differences(&old, &old).is_empty());
    }

    #[test]
    fn order_counts_where_it_is_the_order_of_points_or_columns() {
        let (xy, yx) = (json!({"x": 1, "y": 2}), json!({"y": 2, "x": 1}));
        assert!(differences(&json!({"replicates": xy}), &json!({"replicates": yx})).is_empty());
        assert_eq!(differences(&json!({"levers": xy}), &json!({"levers": yx})), ["the order of the keys of `levers`"]);
    }
}

//! What the documentation says is what the program does: the table of parameters, the schema, the names in the README.
//!
//! A parameter that nothing reads is a promise nobody keeps; it is caught here too.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tripath_experiments::configuration::{json_schema, parameter_table_markdown, presets};
use tripath_experiments::validation::facts_markdown;
use tripath_model::Model;
use tripath_model::parameters::{Group, Parameters};
use tripath_tests::binary::run;
use tripath_tests::sources::{production_code, read, repository, rust_files};

/// Line after which `docs/parameters.md` is the output of `tripath config parameters`, byte by byte.
const GENERATED_BELOW: &str = "<!-- generated below -->\n";

#[test]
fn the_table_of_parameters_is_the_one_the_program_prints() {
    let text = read(&repository().join("docs/parameters.md"));
    let (_, table) = text.split_once(GENERATED_BELOW).expect("docs/parameters.md has its mark");
    assert!(
        table.trim() == parameter_table_markdown(&Model::standard()).trim(),
        "docs/parameters.md is old; make it anew:\n  \
         (sed '/^<!-- generated below -->$/q' docs/parameters.md; cargo run --release -- config parameters) > new.md && mv new.md docs/parameters.md"
    );
    let printed = run(&["config", "parameters"]);
    assert!(printed.status.success());
    assert_eq!(String::from_utf8_lossy(&printed.stdout).trim(), parameter_table_markdown(&Model::standard()).trim());
}

#[test]
fn the_definitions_of_facts_are_those_the_program_computes() {
    let text = read(&repository().join("docs/validation.md"));
    let (_, table) = text.split_once(GENERATED_BELOW).expect("docs/validation.md has its mark");
    assert!(
        table.trim() == facts_markdown().trim(),
        "docs/validation.md is old; make it anew:\n  \
         (sed '/^<!-- generated below -->$/q' docs/validation.md; cargo run --release -- validate --definitions) > new.md && mv new.md docs/validation.md"
    );
}

#[test]
fn the_schema_is_valid_json_and_knows_every_parameter() {
    let printed = run(&["config", "schema"]);
    assert!(printed.status.success());
    let schema: serde_json::Value = serde_json::from_slice(&printed.stdout).expect("the schema is JSON");
    assert!(String::from_utf8_lossy(&printed.stdout).trim() == json_schema(&Model::standard()).trim(), "the program prints another schema");
    let text = schema.to_string();
    for (group, key) in all_parameters() {
        assert!(text.contains(&format!("\"{key}\"")), "the schema lacks {group}.{key}");
    }
}

#[test]
fn the_readme_names_presets_and_commands_that_exist() {
    let readme = read(&repository().join("README.md"));
    let known: BTreeSet<&str> = presets().iter().map(|preset| preset.name).collect();
    let listed: BTreeSet<&str> = first_cells(section(&readme, "Presets")).collect();
    assert_eq!(listed, known, "the README lists other presets than the program has");

    let help = run(&["--help"]);
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let commands: BTreeSet<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        // Continued descriptions are indented further than commands.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    let listed: BTreeSet<&str> = first_cells(section(&readme, "Commands"))
        .filter_map(|cell| cell.trim_start_matches("tripath ").split_whitespace().next())
        .collect();
    assert_eq!(listed, commands, "the README lists other commands than `tripath --help`");
}

#[test]
fn every_file_that_a_document_points_to_exists() {
    let documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "configs/README.md", "outputs/README.md"];
    let documents = documents.iter().map(|name| repository().join(name)).chain(markdown_files(&repository().join("docs")));
    for document in documents {
        let text = read(&document);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target)) {
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let path = document.parent().expect("a document lies in a folder").join(target);
            assert!(path.exists(), "{} points to {target}, which does not exist", document.display());
        }
    }
}

/// Every function that `docs/model.md` cites as `file.rs: name` is in that file.
#[test]
fn every_function_that_the_model_description_cites_exists() {
    for document in ["docs/model.md", "docs/tick.md"] {
        let text = read(&repository().join(document));
        let mut cited = 0;
        for code in text.split('`').skip(1).step_by(2) {
            let Some((file, names)) = code.split_once(".rs: ") else { continue };
            let places = ["crates/model/src", "crates/engine/src"].map(|room| repository().join(room).join(format!("{file}.rs")));
            let path = places.iter().find(|path| path.exists());
            let path = path.unwrap_or_else(|| panic!("{document} cites {file}.rs, which does not exist"));
            let source = read(path);
            for name in names.split(", ") {
                let found = ["fn ", "const ", "struct ", "enum "].iter().any(|kind| {
                    source
                        .match_indices(&format!("{kind}{name}"))
                        .any(|(at, hit)| !source[at + hit.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_'))
                });
                assert!(found, "{document} cites {name} of {file}.rs, which has none");
                cited += 1;
            }
        }
        assert!(cited > 10, "{document} cites {cited} functions only: is the form `file.rs: name` still used?");
    }
}

/// Parameters that the model does not read by name, with the reason why that is right.
const NOT_READ_BY_THE_MODEL: &[(&str, &str)] =
    &[("technology.breakthrough_weight", "the rest: the four weights sum to 1, and what is none of the other three is a breakthrough")];

/// Lists that are read where data become series.
const READ_BY_EXPERIMENTS: &[&str] = &["drivers"];

#[test]
fn every_parameter_is_read() {
    let model = repository().join("crates/model/src");
    // Parameters are declared and checked in their room; of what stands there only the needs are worked out from them.
    let declares = |path: &PathBuf| path.starts_with(model.join("parameters")) && !path.ends_with("parameters/needs.rs");
    let files: Vec<PathBuf> = rust_files(&model).into_iter().filter(|path| !declares(path)).collect();
    let code: String = files.iter().map(|path| production_code(&read(path))).collect();
    let declared: String = files.iter().map(|path| read(path)).collect();
    let experiments: String =
        rust_files(&repository().join("crates/experiments/src")).iter().map(|path| production_code(&read(path))).collect();

    let mut unread = Vec::new();
    for (group, key) in all_parameters() {
        let path = format!("{group}.{key}");
        if NOT_READ_BY_THE_MODEL.iter().any(|(known, _)| *known == path) {
            continue;
        }
        // A field of the state may have the same name: then the group of parameters must stand before the key.
        let ambiguous = declared.contains(&format!("pub {key}:")) || declared.contains(&format!("fn {key}("));
        let read = reads(&code, key, ambiguous) || READ_BY_EXPERIMENTS.contains(&group) && reads(&experiments, key, false);
        if !read {
            unread.push(path);
        }
    }
    assert!(unread.is_empty(), "nothing reads these parameters: {unread:?}");
}

/// Names under which the model holds a group of parameters.
const HOLDERS: &[&str] = &[
    "parameters",
    "p",
    "settings",
    "value",
    "policy",
    "time",
    "population",
    "households",
    "labour",
    "production",
    "pricing",
    "market",
    "investment",
    "trade",
    "technology",
    "path_choice",
    "choice",
    "government",
    "banking",
    "venture",
    "capital_market",
    "think_tanks",
    "sector",
    "region",
    "programme",
    "rules",
    "event",
    "driver",
];

/// Whether code has `holder.key`, blanks and line ends between them allowed.
fn reads(code: &str, key: &str, holder_needed: bool) -> bool {
    code.match_indices(key).any(|(at, _)| {
        let ends = !code[at + key.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_' || next == '(');
        let Some(before) = code[..at].trim_end().strip_suffix('.') else { return false };
        let before = before.trim_end();
        let start = before.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
        ends && (!holder_needed || HOLDERS.contains(&&before[start..]))
    })
}

fn all_parameters() -> Vec<(&'static str, &'static str)> {
    let parameters = Parameters::default();
    let groups = Parameters::GROUPS
        .iter()
        .flat_map(|(name, _)| parameters.group(name).map(Group::definitions).unwrap_or_default().into_iter().map(|d| (*name, d.key)));
    let lists = Parameters::LISTS
        .iter()
        .flat_map(|(name, _)| Parameters::member_definitions(name).unwrap_or_default().into_iter().map(|d| (*name, d.key)));
    groups.chain(lists).collect()
}

/// Text of a second-level section.
fn section<'a>(text: &'a str, title: &str) -> &'a str {
    let start = text.find(&format!("\n## {title}\n")).unwrap_or_else(|| panic!("the README has a section {title}"));
    let rest = &text[start + 1..];
    &rest[..rest[3..].find("\n## ").map_or(rest.len(), |end| end + 3)]
}

/// First cells of the rows of a table, without their code marks.
fn first_cells(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|rest| rest.split_once('`').map(|(cell, _)| cell))
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("docs is a folder").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

#[test]
fn lines_of_documents_fit() {
    const WIDTH: usize = 120;
    let mut wide = Vec::new();
    let folder = repository().join("docs");
    let beside = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(|name| repository().join(name));
    for file in markdown_files(&folder).into_iter().chain(beside) {
        let text = read(&file);
        let written = text.split_once(GENERATED_BELOW).map_or(text.as_str(), |(written, _)| written);
        let mut in_code = false;
        for (number, line) in written.lines().enumerate() {
            in_code ^= line.trim_start().starts_with("```");
            // Tables, commands and formulas cannot be broken.
            let whole = in_code || line.trim_start().starts_with('|') || line.split('`').any(|span| span.chars().count() > 80);
            if !whole && line.chars().count() > WIDTH {
                wide.push(format!("{}:{}", file.display(), number + 1));
            }
        }
    }
    assert_eq!(wide, Vec::<String>::new(), "lines of more than {WIDTH} characters");
}

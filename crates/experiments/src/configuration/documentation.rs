//! The table of all parameters for the documentation.

use std::fmt::Write;

use tripath_model::Model;
use tripath_model::parameters::{Definition, Group, MECHANISMS, Parameters};

use super::resolved::written;

/// Every parameter as Markdown: path, default, unit, range, meaning and source.
pub fn parameter_table_markdown(model: &Model) -> String {
    let parameters = model.parameters();
    let mut text = String::new();
    for (name, meaning) in Parameters::GROUPS {
        section(&mut text, name, meaning, &parameters.group(name).map(Group::definitions).unwrap_or_default());
    }
    for (name, meaning) in Parameters::LISTS {
        section(&mut text, &format!("{name}.NAME"), meaning, &Parameters::member_definitions(name).unwrap_or_default());
    }
    for mechanism in parameters.mechanisms.sections() {
        section(&mut text, &format!("{MECHANISMS}.{}", mechanism.name()), mechanism.meaning(), &mechanism.definitions());
    }
    text
}

fn section(text: &mut String, path: &str, meaning: &str, definitions: &[Definition]) {
    let _ =
        write!(text, "## {path}\n\n{meaning}.\n\n| parameter | default | unit | allowed | meaning | source |\n|---|---|---|---|---|---|\n");
    for definition in definitions {
        let cells = [
            format!("`{path}.{}`", definition.key),
            format!("`{}`", written(&definition.default)),
            definition.unit.to_owned(),
            definition.allowed.to_string(),
            definition.meaning.to_owned(),
            definition.source.to_owned(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text.push('\n');
}

//! The Frictionless Data Package: every table, every column with type, unit and meaning.

use serde_json::{Value, json};
use tripath_model::observe::{Column, ColumnType, RecordPlan, TableSchema};

use crate::format::TableFormat;
use crate::table_set::table_file;

/// File name of the data package.
pub const DATA_PACKAGE_FILE: &str = "datapackage.json";

/// The data package of the tables that a plan keeps.
pub fn data_package(name: &str, plan: &RecordPlan, format: TableFormat) -> Value {
    let schemas: Vec<&TableSchema> = plan.kept().collect();
    let description =
        "Simulated data: the tables of one run. Flows are per tick unless the unit says otherwise, stocks are at the end of the tick.";
    data_package_of(name, &format!("tripath run {name}"), description, &schemas, format)
}

/// The data package of any tables, each in the file of its name.
pub fn data_package_of(name: &str, title: &str, description: &str, schemas: &[&TableSchema], format: TableFormat) -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": package_name(name),
        "title": title,
        "description": description,
        "resources": schemas.iter().map(|schema| resource(schema, format)).collect::<Vec<Value>>(),
    })
}

/// What a data package says of one table.
pub(crate) fn resource(schema: &TableSchema, format: TableFormat) -> Value {
    let fields: Vec<Value> = schema.columns.iter().map(field).collect();
    let mut resource = json!({
        "profile": "tabular-data-resource",
        "name": schema.name,
        "path": table_file(schema.name, format),
        "title": schema.meaning.trim(),
        "description": format!("One row for each {}.", schema.keys.join(" × ")),
        "format": format.word(),
        "mediatype": format.media_type(),
    });
    if format == TableFormat::Csv {
        resource["encoding"] = json!("utf-8");
        resource["dialect"] = json!({ "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true });
    }
    resource["schema"] = json!({ "fields": fields, "primaryKey": schema.keys, "missingValues": [""] });
    resource
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        ColumnType::Integer => "integer",
        ColumnType::Real => "number",
        ColumnType::Text => "string",
        ColumnType::Flag => "boolean",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.meaning, "unit": column.unit });
    if !column.nullable {
        field["constraints"] = json!({ "required": true });
    }
    field
}

/// Names of data packages are lower case, with `.`, `_` and `-` beside letters and digits.
fn package_name(name: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(allowed).collect()
}

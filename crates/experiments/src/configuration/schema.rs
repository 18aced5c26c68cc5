//! JSON Schema of a configuration, for editors and other programs.

use serde_json::{Map, Value as Json, json};
use tripath_model::Model;
use tripath_model::parameters::{Allowed, Definition, Group, MECHANISMS, Parameters, Value, ValueType};
use tripath_outputs::TableFormat;

use super::outputs::{KEYS, STAGES};

/// What a member's name looks like.
const NAME_PATTERN: &str = "^[A-Za-z0-9_-]+$";

/// JSON Schema (2020-12) of a configuration file.
pub fn json_schema(model: &Model) -> String {
    let parameters = model.parameters();
    let mut properties = Map::new();
    let text = |description: &str| json!({ "type": "string", "description": description });
    properties.insert("extends".to_owned(), text("Name of a preset, or path of a file beside this one, that this configuration changes"));
    properties.insert("name".to_owned(), text("Name of the run and of its folder; default: name of the preset or file"));
    properties.insert("description".to_owned(), text("One line for readers"));
    properties.insert(
        "lineage".to_owned(),
        text("Presets that it extends or is, nearest first; written by the program into resolved configurations"),
    );
    properties.insert(
        "seed".to_owned(),
        json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX, "default": super::DEFAULT_SEED, "description": "Seed of all draws" }),
    );
    properties.insert("outputs".to_owned(), outputs(model));
    for (name, meaning) in Parameters::GROUPS {
        let definitions = parameters.group(name).map(Group::definitions).unwrap_or_default();
        properties.insert((*name).to_owned(), object(&definitions, meaning));
    }
    for (name, meaning) in Parameters::LISTS {
        let definitions = Parameters::member_definitions(name).unwrap_or_default();
        let mut member = object(&definitions, meaning);
        if *name == "drivers" {
            member["properties"]["series"] = series();
        }
        properties.insert((*name).to_owned(), list(meaning, member));
    }
    properties.insert(MECHANISMS.to_owned(), mechanisms(&parameters));
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tripath configuration",
        "description": "Rates are a year; money is in initial worker-years of wages.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    format!("{schema:#}\n")
}

fn object(definitions: &[Definition], meaning: &str) -> Json {
    let properties: Map<String, Json> = definitions.iter().map(|definition| (definition.key.to_owned(), property(definition))).collect();
    json!({ "type": "object", "description": meaning, "additionalProperties": false, "properties": properties })
}

/// Sections of mechanisms from outside; none in the standard model.
fn mechanisms(parameters: &Parameters) -> Json {
    let sections = parameters.mechanisms.sections().iter();
    let properties: Map<String, Json> =
        sections.map(|section| (section.name().to_owned(), object(&section.definitions(), section.meaning()))).collect();
    json!({
        "type": "object",
        "description": "Mechanisms from outside, each a table by its name",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn list(meaning: &str, member: Json) -> Json {
    json!({
        "type": "object",
        "description": format!("{meaning}, each a table by its name"),
        "properties": { "inherit": { "type": "boolean", "default": true, "description": "false drops the inherited members" } },
        "propertyNames": { "pattern": NAME_PATTERN },
        "additionalProperties": member,
    })
}

fn property(definition: &Definition) -> Json {
    let mut schema = match definition.kind {
        ValueType::Real => json!({ "type": "number" }),
        ValueType::Integer => json!({ "type": "integer" }),
        ValueType::Flag => json!({ "type": "boolean" }),
        ValueType::Text => json!({ "type": "string" }),
        ValueType::Weights => json!({ "type": "object", "additionalProperties": { "type": "number" } }),
    };
    let bounded = if definition.kind == ValueType::Weights { &mut schema["additionalProperties"] } else { &mut schema };
    match definition.allowed {
        Allowed::Between(low, high) => {
            bounded["minimum"] = number(low, definition.kind);
            bounded["maximum"] = number(high, definition.kind);
        }
        Allowed::OneOf(words) => bounded["enum"] = json!(words),
        Allowed::Any => {}
    }
    schema["default"] = default(&definition.default);
    schema["description"] = json!(format!("{}. Unit: {}. Source: {}.", definition.meaning, definition.unit, definition.source));
    schema["x-unit"] = json!(definition.unit);
    schema["x-source"] = json!(definition.source);
    schema
}

fn number(bound: f64, kind: ValueType) -> Json {
    if kind == ValueType::Integer { json!(bound as i64) } else { json!(bound) }
}

fn default(value: &Value) -> Json {
    match value {
        Value::Real(number) => json!(number),
        Value::Integer(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::Text(text) => json!(text),
        Value::Weights(entries) => Json::Object(entries.iter().map(|(name, number)| (name.clone(), json!(number))).collect()),
    }
}

fn outputs(model: &Model) -> Json {
    let tables: Vec<&str> = model.tables().iter().map(|table| table.name).collect();
    let words = |items: Json| json!({ "type": "array", "items": items, "default": [] });
    let any_word = || words(json!({ "type": "string" }));
    let formats = TableFormat::ALL.map(TableFormat::word);
    let schemas = [
        json!({ "enum": formats, "default": TableFormat::default().word() }),
        words(json!({ "enum": tables })),
        json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX, "default": 4 }),
        json!({ "type": "number", "minimum": 0, "maximum": 1, "default": 1.0 }),
        any_word(),
        any_word(),
        words(json!({ "enum": STAGES })),
    ];
    let mut properties = Map::new();
    for ((key, meaning), mut schema) in KEYS.iter().zip(schemas) {
        schema["description"] = json!(meaning);
        properties.insert((*key).to_owned(), schema);
    }
    json!({ "type": "object", "description": "What is recorded", "additionalProperties": false, "properties": properties })
}

fn series() -> Json {
    json!({
        "type": "object",
        "description": "The driver's values in place of a file: as used, after filter and change",
        "additionalProperties": false,
        "required": ["first_year", "values"],
        "properties": {
            "first_year": { "type": "integer", "description": "Calendar year of the first value" },
            "values": { "type": "array", "minItems": 1, "items": { "type": "number" }, "description": "One value a year" },
        },
    })
}

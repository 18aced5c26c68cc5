//! The resolved configuration as text: all that a run needs, and nothing else.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use tripath_model::DriverSeries;
use tripath_model::parameters::{Definition, Group, MECHANISMS, Parameters, Value};

use super::lists::SERIES;
use super::outputs::KEYS;
use super::reading::allowed_words;
use super::{Configuration, OutputSettings};

impl Configuration {
    /// The configuration as TOML, flat, every key given, drivers with their values: loading it gives an equal configuration.
    /// With `commented`, every key is preceded by its meaning, unit, allowed values, default and source.
    pub fn to_toml(&self, commented: bool) -> String {
        let mut text = String::new();
        let mut line = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        if commented {
            line("# Every parameter of the run, as resolved. Rates are a year; money is in initial worker-years of wages.".to_owned());
        }
        line(format!("name = {}", quoted(&self.name)));
        if commented {
            line("# Presets that it extends or is, nearest first, written by the program: they say what `tripath validate` asks of its runs.".to_owned());
        }
        line(format!("lineage = {}", quoted(&self.lineage.join(" "))));
        line(format!("seed = {}", self.seed));
        text.push_str(&outputs_section(&self.outputs, commented));
        for (group, meaning) in Parameters::GROUPS {
            heading(&mut text, group, meaning, commented);
            if let Some(group) = self.parameters.group(group) {
                write_group(&mut text, group, commented);
            }
        }
        for (list, meaning) in self.parameters.lists() {
            for (index, name) in self.parameters.names(list).unwrap_or_default().into_iter().enumerate() {
                let Some(member) = self.parameters.member(list, name) else { continue };
                let own = self.parameters.mechanisms.section(name).filter(|_| list == MECHANISMS);
                // The meaning of a list's keys is told once; mechanisms have keys of their own.
                let told = commented && (index == 0 || own.is_some());
                heading(&mut text, &format!("{list}.{}", key(name)), own.map_or(meaning, |own| own.meaning()), told);
                write_group(&mut text, member, told);
                if list == "drivers"
                    && let Some(series) = self.drivers.iter().find(|series| series.driver == name)
                {
                    write_series(&mut text, series, told);
                }
            }
        }
        text
    }

    /// SHA-256 of the uncommented text, in hexadecimal digits.
    pub fn digest(&self) -> String {
        Sha256::digest(self.to_toml(false)).iter().fold(String::with_capacity(64), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        })
    }
}

fn heading(text: &mut String, path: &str, meaning: &str, commented: bool) {
    let comment = if commented { format!("# {meaning}.\n") } else { String::new() };
    let _ = write!(text, "\n{comment}[{path}]\n");
}

fn write_group(text: &mut String, group: &dyn Group, commented: bool) {
    for definition in group.definitions() {
        if commented {
            let _ = writeln!(text, "# {}", describe(&definition));
        }
        if let Some(value) = group.get(definition.key) {
            let _ = writeln!(text, "{} = {}", definition.key, written(&value));
        }
    }
}

/// Meaning, unit, allowed values, default and source in one line.
pub(super) fn describe(definition: &Definition) -> String {
    let unit = if definition.unit == "1" { String::new() } else { format!(" Unit: {}.", definition.unit) };
    format!(
        "{}.{unit} Allowed: {}. Default: {}. Source: {}.",
        definition.meaning,
        allowed_words(definition),
        written(&definition.default),
        definition.source
    )
}

fn write_series(text: &mut String, series: &DriverSeries, commented: bool) {
    if commented {
        text.push_str("# The values used, one a year: they stand for the file, so that the run needs this text only.\n");
    }
    let values: Vec<String> = series.values.iter().map(|value| format!("{value:?}")).collect();
    let _ = writeln!(text, "{SERIES} = {{ first_year = {}, values = [{}] }}", series.first_year, values.join(", "));
}

fn outputs_section(outputs: &OutputSettings, commented: bool) -> String {
    let list = |words: &[String]| format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "));
    let sample = &outputs.enterprises;
    let values = [
        quoted(outputs.format.word()),
        list(&outputs.tables),
        sample.every_ticks.to_string(),
        format!("{:?}", sample.fraction),
        list(&sample.sectors),
        list(&sample.regions),
        list(&sample.stages),
    ];
    let mut text = String::new();
    heading(&mut text, "outputs", "What is recorded", commented);
    for ((key, meaning), value) in KEYS.iter().zip(values) {
        let comment = if commented { format!("# {meaning}.\n") } else { String::new() };
        let _ = writeln!(text, "{comment}{key} = {value}");
    }
    text
}

/// A value as TOML; numbers in the fewest digits that read back to the same bits.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Real(number) => format!("{number:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Text(text) => quoted(text),
        Value::Weights(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Weights(entries) => {
            let entries: Vec<String> = entries.iter().map(|(name, number)| format!("{} = {number:?}", key(name))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

//! From a TOML value to a parameter's value.

use toml::de::{DeInteger, DeValue};
use tripath_model::parameters::{Allowed, Definition, Value, ValueType, is_allowed};

use super::nearest::did_you_mean;
use super::problem::Reason;

/// A whole number; the nearest one of 64 bits where it is larger.
pub fn integer(digits: &DeInteger<'_>) -> i64 {
    i64::from_str_radix(digits.as_str(), digits.radix())
        .unwrap_or_else(|_| if digits.as_str().starts_with('-') { i64::MIN } else { i64::MAX })
}

/// A real number; infinite where it is too large.
pub fn real(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(digits) => digits.as_str().parse().ok(),
        DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
        DeValue::Integer(digits) => Some(u128::from_str_radix(digits.as_str(), digits.radix()).map_or(f64::INFINITY, |x| x as f64)),
        _ => None,
    }
}

/// A value of the given type, or none where it has another.
pub fn value(value: &DeValue<'_>, kind: ValueType) -> Option<Value> {
    match (value, kind) {
        (DeValue::Integer(digits), ValueType::Integer) => Some(Value::Integer(integer(digits))),
        (DeValue::Float(_), ValueType::Integer) => {
            let number = real(value)?;
            // The cast saturates, so that the range check reports a number that does not fit.
            (number.fract() == 0.0 || number.is_infinite()).then_some(Value::Integer(number as i64))
        }
        (DeValue::Integer(_) | DeValue::Float(_), ValueType::Real) => real(value).map(Value::Real),
        (DeValue::Boolean(flag), ValueType::Flag) => Some(Value::Flag(*flag)),
        (DeValue::String(text), ValueType::Text) => Some(Value::Text(text.to_string())),
        (DeValue::Table(table), ValueType::Weights) => {
            let entries: Option<Vec<(String, f64)>> =
                table.iter().map(|(key, value)| Some((key.get_ref().to_string(), real(value.get_ref())?))).collect();
            entries.map(Value::Weights)
        }
        _ => None,
    }
}

/// What a value is, in a reader's words.
pub fn found(value: &DeValue<'_>, excerpt: &str) -> String {
    match value {
        DeValue::String(_) => format!("the text {excerpt}"),
        DeValue::Integer(_) | DeValue::Float(_) => format!("the number {excerpt}"),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(_) => format!("the date {excerpt}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// A number with its unit, which a pure number has not.
pub fn with_unit(number: &str, unit: &str) -> String {
    if unit == "1" { number.to_owned() } else { format!("{number} {unit}") }
}

/// What is allowed, with the unit.
pub fn allowed_words(definition: &Definition) -> String {
    match definition.allowed {
        Allowed::Between(..) => with_unit(&definition.allowed.to_string(), definition.unit),
        Allowed::Any if definition.kind == ValueType::Real => "any finite number".to_owned(),
        _ => definition.allowed.to_string(),
    }
}

/// Why a value of the right type is refused, with a hint; none where it is allowed.
pub fn refusal(path: &str, definition: &Definition, value: &Value, excerpt: &str) -> Option<(Reason, Option<String>)> {
    if is_allowed(value, &definition.allowed) {
        return None;
    }
    let hint = match (value, definition.allowed) {
        (Value::Text(word), Allowed::OneOf(words)) => did_you_mean(word, words.iter().copied()),
        _ => None,
    };
    let value = with_unit(excerpt, if matches!(value, Value::Text(_)) { "1" } else { definition.unit });
    Some((Reason::NotAllowed { path: path.to_owned(), value, allowed: allowed_words(definition) }, hint))
}

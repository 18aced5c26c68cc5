//! How a parameter is declared: value, unit, allowed range, meaning and source stand in one place, and
//! the reader, the JSON Schema, the commented configuration and the documentation are made from it.

use serde::{Deserialize, Serialize};

/// A value as a configuration gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Real number.
    Real(f64),
    /// Whole number.
    Integer(i64),
    /// True or false.
    Flag(bool),
    /// Text.
    Text(String),
    /// Real numbers by name, in order.
    Weights(Vec<(String, f64)>),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Real(x) => write!(f, "{x:?}"),
            Value::Integer(x) => write!(f, "{x}"),
            Value::Flag(x) => write!(f, "{x}"),
            Value::Text(x) => write!(f, "{x:?}"),
            Value::Weights(map) => {
                let inner: Vec<String> = map.iter().map(|(k, v)| format!("{k} = {v:?}")).collect();
                write!(f, "{{ {} }}", inner.join(", "))
            }
        }
    }
}

/// Type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// Real number.
    Real,
    /// Whole number.
    Integer,
    /// True or false.
    Flag,
    /// Text.
    Text,
    /// Table of real numbers by name.
    Weights,
}

impl ValueType {
    /// The type in a reader's words.
    pub fn words(self) -> &'static str {
        match self {
            ValueType::Real => "a number",
            ValueType::Integer => "a whole number",
            ValueType::Flag => "true or false",
            ValueType::Text => "text in quotes",
            ValueType::Weights => "a table of numbers by name",
        }
    }
}

/// What values are allowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Allowed {
    /// Numbers between two bounds, both included; for weights, each of them.
    Between(f64, f64),
    /// One of the listed words.
    OneOf(&'static [&'static str]),
    /// Any value of the type.
    Any,
}

impl std::fmt::Display for Allowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Allowed::Between(low, high) => write!(f, "{low} to {high}"),
            Allowed::OneOf(words) => write!(f, "one of {}", words.join(", ")),
            Allowed::Any => write!(f, "any"),
        }
    }
}

/// Definition of one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Key inside its group.
    pub key: &'static str,
    /// Type.
    pub kind: ValueType,
    /// Default.
    pub default: Value,
    /// Unit; `1` for a pure number.
    pub unit: &'static str,
    /// Allowed values.
    pub allowed: Allowed,
    /// One line.
    pub meaning: &'static str,
    /// Where the default comes from.
    pub source: &'static str,
}

/// Why a value was refused.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// No parameter of that name.
    UnknownKey,
    /// The value has another type than the parameter.
    WrongType(ValueType),
    /// The value is outside of what is allowed.
    NotAllowed {
        /// Allowed values.
        allowed: Allowed,
        /// Unit of the parameter.
        unit: &'static str,
    },
}

/// A group of parameters that stand together in a configuration.
pub trait Group {
    /// Definitions in order.
    fn definitions(&self) -> Vec<Definition>;
    /// Current value.
    fn get(&self, key: &str) -> Option<Value>;
    /// Sets a value.
    ///
    /// # Errors
    /// The key is unknown, the type differs, or the value is not allowed; nothing is changed then.
    fn set(&mut self, key: &str, value: Value) -> Result<(), Refusal>;
}

/// Real numbers by name (of sectors, mostly), in the order given.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Weights(pub Vec<(String, f64)>);

impl Weights {
    /// Values in the order of `names`; 0 for a name not listed.
    pub fn dense<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<f64> {
        names.map(|name| self.0.iter().find(|(key, _)| key == name).map_or(0.0, |(_, value)| *value)).collect()
    }
}

/// A Rust type that a parameter can have.
pub trait ParameterType: Sized {
    /// Type shown to users.
    const KIND: ValueType;
    /// Reads it.
    fn from_value(value: &Value) -> Option<Self>;
    /// Shows it.
    fn to_value(&self) -> Value;
}

impl ParameterType for f64 {
    const KIND: ValueType = ValueType::Real;
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Real(x) => Some(*x),
            Value::Integer(x) => Some(*x as f64),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::Real(*self)
    }
}

impl ParameterType for u32 {
    const KIND: ValueType = ValueType::Integer;
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            // Saturates, so that the range check reports a value that does not fit.
            Value::Integer(x) => Some((*x).clamp(0, i64::from(u32::MAX)) as u32),
            Value::Real(x) if x.fract() == 0.0 && *x >= 0.0 && *x <= f64::from(u32::MAX) => Some(*x as u32),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::Integer(i64::from(*self))
    }
}

impl ParameterType for bool {
    const KIND: ValueType = ValueType::Flag;
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Flag(x) => Some(*x),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::Flag(*self)
    }
}

impl ParameterType for String {
    const KIND: ValueType = ValueType::Text;
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(x) => Some(x.clone()),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl ParameterType for Weights {
    const KIND: ValueType = ValueType::Weights;
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Weights(map) => Some(Weights(map.clone())),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::Weights(self.0.clone())
    }
}

/// Checks a value against what is allowed.
pub fn is_allowed(value: &Value, allowed: &Allowed) -> bool {
    let inside = |x: f64, low: f64, high: f64| x.is_finite() && x >= low && x <= high;
    match (value, allowed) {
        (Value::Real(x), Allowed::Between(low, high)) => inside(*x, *low, *high),
        (Value::Integer(x), Allowed::Between(low, high)) => inside(*x as f64, *low, *high),
        (Value::Weights(map), Allowed::Between(low, high)) => map.iter().all(|(_, x)| inside(*x, *low, *high)),
        (Value::Text(word), Allowed::OneOf(words)) => words.contains(&word.as_str()),
        (Value::Real(x), Allowed::Any) => x.is_finite(),
        (Value::Weights(map), Allowed::Any) => map.iter().all(|(_, x)| x.is_finite()),
        _ => true,
    }
}

/// Declares a group of parameters: `key: type = default, "unit", allowed, "meaning", "source";`
#[macro_export]
macro_rules! parameters {
    (
        $(#[$attribute:meta])*
        $name:ident {
            $($key:ident : $type:ty = $default:expr, $unit:literal, $allowed:expr, $meaning:literal, $source:literal;)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $(#[doc = concat!($meaning, "\n\nUnit: ", $unit, ". Source: ", $source, ".")] pub $key: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($key: $default,)* }
            }
        }

        impl $crate::parameters::Group for $name {
            fn definitions(&self) -> Vec<$crate::parameters::Definition> {
                let default = Self::default();
                vec![$(
                    $crate::parameters::Definition {
                        key: stringify!($key),
                        kind: <$type as $crate::parameters::ParameterType>::KIND,
                        default: $crate::parameters::ParameterType::to_value(&default.$key),
                        unit: $unit,
                        allowed: $allowed,
                        meaning: $meaning,
                        source: $source,
                    },
                )*]
            }

            fn get(&self, key: &str) -> Option<$crate::parameters::Value> {
                match key {
                    $(stringify!($key) => Some($crate::parameters::ParameterType::to_value(&self.$key)),)*
                    _ => None,
                }
            }

            fn set(&mut self, key: &str, value: $crate::parameters::Value) -> Result<(), $crate::parameters::Refusal> {
                match key {
                    $(stringify!($key) => {
                        let allowed = $allowed;
                        let typed = <$type as $crate::parameters::ParameterType>::from_value(&value)
                            .ok_or($crate::parameters::Refusal::WrongType(<$type as $crate::parameters::ParameterType>::KIND))?;
                        if !$crate::parameters::is_allowed(&value, &allowed) {
                            return Err($crate::parameters::Refusal::NotAllowed { allowed, unit: $unit });
                        }
                        self.$key = typed;
                        Ok(())
                    })*
                    _ => Err($crate::parameters::Refusal::UnknownKey),
                }
            }
        }
    };
}

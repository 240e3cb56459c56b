//! The types of JSON.

use serde_json::Value;

/// A type of JSON, but for null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Type {
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

impl Type {
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "array" => Self::Array,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "object" => Self::Object,
            "string" => Self::String,
            _ => return None,
        })
    }

    /// Returns the type that a word of other languages stands for, which OpenAPI does not have.
    pub(super) fn of_foreign_word(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "bool" => Self::Boolean,
            "date" | "date-time" | "datetime" | "file" | "text" | "uuid" => Self::String,
            "decimal" | "double" | "float" => Self::Number,
            "int" | "int32" | "int64" | "long" => Self::Integer,
            "list" => Self::Array,
            _ => return None,
        })
    }

    pub(super) fn of_value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Array(_) => Self::Array,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::Object(_) => Self::Object,
            Value::String(_) => Self::String,
            Value::Null => return None,
        })
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Object => "object",
            Self::String => "string",
        }
    }

    pub(super) fn is_scalar(self) -> bool {
        !matches!(self, Self::Array | Self::Object)
    }
}

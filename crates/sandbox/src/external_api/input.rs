//! The input of a request: query and body merged, texts trimmed, empty texts removed.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Map, Value};

use crate::{
    body::{self, Parsed, Upload},
    php,
    raw_request::RawRequest,
};

/// The input of a request, as the framework passes it to the operations.
#[derive(Debug)]
pub(super) struct Input {
    values: Map<String, Value>,
    files: BTreeMap<String, Upload>,
}

/// The name of the overriding method contains other characters than letters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadOverride;

impl Input {
    pub(super) fn new(raw: &RawRequest, mut parsed: Parsed) -> Self {
        let query = body::urlencoded(raw.query().as_bytes());
        // The framework ignores a form in the body of a GET, but not JSON.
        let reads_body = parsed.json || !matches!(raw.method, Method::GET | Method::HEAD);
        let mut values = query.fields;
        if reads_body {
            values.append(&mut parsed.fields);
        }
        for value in values.values_mut() {
            clean(value);
        }
        Self { values, files: parsed.files }
    }

    /// Returns a value that is present. Empty texts are not.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    /// Returns a value, or null if it is missing.
    pub(super) fn value(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&Value::Null)
    }

    /// Returns a value if it is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    pub(super) fn file(&self, name: &str) -> Option<&Upload> {
        self.files.get(name)
    }

    pub(super) fn files(&self) -> impl Iterator<Item = (&String, &Upload)> {
        self.files.iter()
    }

    /// Whether the value satisfies the rule `required`.
    pub(super) fn has(&self, name: &str) -> bool {
        let filled = |value: &Value| match value {
            Value::Array(list) => !list.is_empty(),
            Value::Object(map) => !map.is_empty(),
            _ => true,
        };
        self.files.contains_key(name) || self.get(name).is_some_and(filled)
    }

    /// Whether PHP treats the value as true.
    pub(super) fn truthy(&self, name: &str) -> bool {
        self.get(name).is_some_and(php::truthy)
    }

    /// Whether one of these texts was not UTF-8, so that it cannot be written as JSON.
    pub(super) fn has_invalid_utf8(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.get(name).is_some_and(has_invalid_utf8))
    }

    /// Returns the effective method: a POST can name another one in a header or in `_method`.
    pub(super) fn method(&self, raw: &RawRequest) -> Result<String, BadOverride> {
        if raw.method != Method::POST {
            return Ok(raw.method.as_str().to_owned());
        }
        let header = raw.header("x-http-method-override");
        // PHP treats "0" as empty.
        let named = match (header, self.get("_method")) {
            ("" | "0", Some(Value::String(word))) => word,
            ("" | "0", Some(Value::Array(_) | Value::Object(_))) => return Err(BadOverride),
            ("" | "0", _) => "POST",
            (header, _) => header,
        };
        let letters = named.bytes().all(|byte| byte.is_ascii_alphabetic());
        if letters { Ok(named.to_ascii_uppercase()) } else { Err(BadOverride) }
    }
}

/// Whether a text in the value was not UTF-8.
pub(super) fn has_invalid_utf8(value: &Value) -> bool {
    match value {
        Value::String(text) => php::has_invalid_utf8(text),
        Value::Array(list) => list.iter().any(has_invalid_utf8),
        Value::Object(map) => map.iter().any(|(key, value)| php::has_invalid_utf8(key) || has_invalid_utf8(value)),
        _ => false,
    }
}

/// Trims texts and replaces empty ones with null, at any depth.
fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            let trimmed = php::trim(text);
            if trimmed.is_empty() {
                *value = Value::Null;
            } else if trimmed.len() != text.len() {
                *value = Value::String(trimmed.to_owned());
            }
        }
        Value::Array(list) => list.iter_mut().for_each(clean),
        Value::Object(map) => map.values_mut().for_each(clean),
        _ => {}
    }
}

#[cfg(test)]
pub(super) fn input_of(values: Value) -> Input {
    let Value::Object(mut values) = values else { panic!("an object") };
    values.values_mut().for_each(clean);
    Input { values, files: BTreeMap::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_are_trimmed_and_empty_ones_are_gone() {
        let input = input_of(json!({"a": "  x ", "b": "   ", "c": [" ", "y "], "d": 0, "e": [], "f": false}));
        assert_eq!(input.text("a"), Some("x"));
        assert!(!input.has("b") && input.get("b").is_none());
        assert_eq!(*input.value("c"), json!([null, "y"]));
        assert!(input.has("d") && !input.truthy("d") && !input.has("e") && input.has("f"));
    }
}

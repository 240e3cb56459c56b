//! What a request asks with: query and body together, trimmed, empty texts gone.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Map, Value};

use crate::{
    body::{self, Parsed, Upload},
    received::Received,
};

/// The input of a request, as the framework hands it to the operations.
#[derive(Debug)]
pub(super) struct Input {
    values: Map<String, Value>,
    files: BTreeMap<String, Upload>,
    invalid_utf8: bool,
}

impl Input {
    pub(super) fn new(received: &Received, mut parsed: Parsed) -> Self {
        let query = body::urlencoded(received.query().as_bytes());
        // A form in the body of a GET means nothing; JSON does.
        let reads_body = parsed.json || !matches!(received.method, Method::GET | Method::HEAD);
        let mut values = query.fields;
        let mut invalid_utf8 = query.invalid_utf8;
        if reads_body {
            values.append(&mut parsed.fields);
            invalid_utf8 |= parsed.invalid_utf8;
        }
        for value in values.values_mut() {
            clean(value);
        }
        Self { values, files: parsed.files, invalid_utf8 }
    }

    /// A value that is there. Empty texts are not.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    /// A value, with null for what is not there.
    pub(super) fn value(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&Value::Null)
    }

    /// A value if it is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    pub(super) fn file(&self, name: &str) -> Option<&Upload> {
        self.files.get(name)
    }

    pub(super) fn files(&self) -> impl Iterator<Item = (&String, &Upload)> {
        self.files.iter()
    }

    /// Whether the rule `required` is content.
    pub(super) fn has(&self, name: &str) -> bool {
        let filled = |value: &Value| match value {
            Value::Array(list) => !list.is_empty(),
            Value::Object(map) => !map.is_empty(),
            _ => true,
        };
        self.files.contains_key(name) || self.get(name).is_some_and(filled)
    }

    /// Whether PHP takes the value for true.
    pub(super) fn truthy(&self, name: &str) -> bool {
        self.get(name).is_some_and(crate::php::truthy)
    }

    /// Whether one of these texts was not UTF-8, which the database refuses to store.
    pub(super) fn is_invalid_utf8(&self, names: &[&str]) -> bool {
        self.invalid_utf8 && names.iter().any(|name| self.get(name).is_some_and(was_invalid))
    }

    /// The method that counts: a POST may name another in a header or in `_method`.
    pub(super) fn method(&self, received: &Received) -> String {
        if received.method != Method::POST {
            return received.method.as_str().to_owned();
        }
        let header = received.header("x-http-method-override");
        let named = if header.is_empty() { self.text("_method").unwrap_or_default() } else { header };
        let named = named.to_ascii_uppercase();
        let known = !named.is_empty() && named.bytes().all(|byte| byte.is_ascii_uppercase());
        if known { named } else { "POST".to_owned() }
    }
}

/// What was no UTF-8 has become a character that says so.
fn was_invalid(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\u{fffd}'),
        Value::Array(list) => list.iter().any(was_invalid),
        Value::Object(map) => map.values().any(was_invalid),
        _ => false,
    }
}

/// Trims texts and turns empty ones into null, at any depth.
fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            let trimmed = text
                .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}' | '\u{200b}' | '\u{200e}'));
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
    Input { values, files: BTreeMap::new(), invalid_utf8: false }
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

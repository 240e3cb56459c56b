//! The credentials that a call came with, by their names: they may be real ones, and what else the call
//! and its answer say may repeat them.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::body::{Part, Shown};

use super::{Entry, mask::is_secret};

/// The shortest value that is looked for elsewhere; a shorter one may be a word.
const SHORTEST: usize = 8;

/// The values that stand under names of credentials in the headers, the query and the body.
pub(super) fn of(entry: &Entry) -> Vec<String> {
    let mut found = Vec::new();
    for (_, value) in entry.headers.iter().filter(|(name, _)| is_secret(name)) {
        // `Bearer` and `Basic` are not part of it.
        add(&mut found, value.rsplit(' ').next().unwrap_or_default());
    }
    for pair in entry.target.split_once('?').map_or("", |(_, query)| query).split('&') {
        let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
        match pair.split_once('=') {
            Some((name, value)) if is_secret(name) => add(&mut found, &decoded(value)),
            _ => {}
        }
    }
    match &entry.body {
        Shown::Form(form) => form.parts().for_each(|part| match part {
            Part::Field { name, value, .. } if is_secret(name) => add(&mut found, value),
            _ => {}
        }),
        Shown::Text { bytes, cut: false } => {
            if let Ok(value) = serde_json::from_slice(bytes) {
                in_json(&value, &mut found);
            }
        }
        Shown::Text { .. } | Shown::Nothing => {}
    }
    found
}

fn in_json(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| match value {
            Value::String(text) if is_secret(name) => add(found, text),
            other => in_json(other, found),
        }),
        Value::Array(list) => list.iter().for_each(|value| in_json(value, found)),
        _ => {}
    }
}

fn add(found: &mut Vec<String>, value: &str) {
    // A word of a language has no digit in it.
    if value.len() >= SHORTEST && value.bytes().any(|byte| byte.is_ascii_digit()) {
        found.push(value.to_owned());
    }
}

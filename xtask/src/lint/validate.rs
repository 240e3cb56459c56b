//! Validates a value against a schema, with the keywords that the lint rules allow.
//!
//! The meaning of each keyword is that of OpenAPI 3.0.3: lengths count characters, an `integer` is a number without a
//! fraction, `nullable` applies only to the `type` beside it, and exactly one schema of a `oneOf` must match.
//!
//! The lint rules leave a dozen keywords, of which `nullable` and `x-format` are not part of JSON Schema. A library for
//! the others would add forty packages to the generator, and could not report lines.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::At;

/// How deep schemas can be nested while the value stays the same.
const DEPTH: usize = 16;

/// The part of a value that is not valid, and why.
pub(super) type Mismatch<'d> = (At<'d>, String);

/// Returns the first part of a value that is not valid for the schema.
pub(super) fn mismatch<'d>(value: &At<'d>, schema: &At<'d>) -> Option<Mismatch<'d>> {
    mismatch_within(value, schema, DEPTH)
}

/// Returns the schema behind references, behind an `allOf` around one schema, and behind a `oneOf` with an empty array.
///
/// Returns `None` for a schema that contains itself.
pub(super) fn unwrapped<'d>(schema: &At<'d>) -> Option<At<'d>> {
    let mut schema = schema.clone();
    for _ in 0..DEPTH {
        schema = schema.resolve().ok()?;
        let alternatives = schema.get("allOf").or_else(|| schema.get("oneOf"));
        let Some(alternatives) = alternatives.and_then(|at| at.as_items()) else { return Some(schema) };
        let mut real = alternatives.into_iter().filter(|at| at.get("maxItems").is_none());
        match (real.next(), real.next()) {
            (Some(one), None) => schema = one,
            _ => return Some(schema),
        }
    }
    None
}

fn mismatch_within<'d>(value: &At<'d>, schema: &At<'d>, depth: usize) -> Option<Mismatch<'d>> {
    // The generator reports a schema that contains itself.
    let depth = depth.checked_sub(1)?;
    let schema = schema.resolve().ok()?;
    let keywords = schema.as_entries()?;
    let get = |key: &str| keywords.iter().find(|(name, _)| *name == key).map(|(_, at)| at);
    keywords.iter().find_map(|(key, keyword)| {
        let wrong = |text: String| Some((value.clone(), text));
        match *key {
            "type" => type_mismatch(value, keyword.as_text()?, get("nullable")).and_then(wrong),
            "enum" => {
                let known = keyword.as_items()?.iter().any(|one| same(one, value));
                if known { None } else { wrong("the value is not in the `enum`".to_owned()) }
            }
            "allOf" => keyword.as_items()?.iter().find_map(|part| mismatch_within(value, part, depth)),
            "oneOf" => match keyword.as_items()?.as_slice() {
                // The error of the schema that was meant is more helpful.
                [one, other] if is_kind(value, one) != is_kind(value, other) => {
                    mismatch_within(value, if is_kind(value, one) { one } else { other }, depth)
                }
                parts => match parts.iter().filter(|part| mismatch_within(value, part, depth).is_none()).count() {
                    1 => None,
                    0 => wrong("the value is valid for no schema of the `oneOf`".to_owned()),
                    fitting => wrong(format!("the value is valid for {fitting} schemas of the `oneOf` instead of one")),
                },
            },
            "anyOf" | "not" => None,
            "items" => value.as_items()?.iter().find_map(|item| mismatch_within(item, keyword, DEPTH)),
            "properties" => value.as_entries()?.iter().find_map(|(name, value)| {
                let property = keyword.get(name)?;
                mismatch_within(value, &property, DEPTH)
            }),
            "additionalProperties" => additional_mismatch(value, keyword, get("properties")),
            _ => limit_mismatch(value, key, keyword).and_then(wrong),
        }
    })
}

/// Whether a value has the `type` of a schema, if the schema has one.
fn is_kind(value: &At<'_>, schema: &At<'_>) -> bool {
    let schema = schema.resolve().ok();
    let Some(schema) = schema else { return false };
    match schema.get("type").and_then(|kind| kind.as_text()) {
        Some(kind) => type_mismatch(value, kind, schema.get("nullable").as_ref()).is_none(),
        _ => true,
    }
}

fn type_mismatch(value: &At<'_>, kind: &str, nullable: Option<&At<'_>>) -> Option<String> {
    let found = if value.as_items().is_some() {
        "array"
    } else {
        match value.as_scalar() {
            None => "object",
            Some(Value::Null) => "null",
            Some(Value::Bool(_)) => "boolean",
            Some(Value::String(_)) => "string",
            Some(Value::Number(number)) if number.is_f64() => "number",
            Some(_) => "integer",
        }
    };
    let fits = found == kind
        || found == "integer" && kind == "number"
        || found == "null" && nullable.is_some_and(|at| at.as_scalar().is_some_and(|value| *value == true));
    (!fits).then(|| format!("expected `type: {kind}`, found {found}"))
}

fn additional_mismatch<'d>(value: &At<'d>, keyword: &At<'d>, properties: Option<&At<'d>>) -> Option<Mismatch<'d>> {
    let entries = value.as_entries()?;
    let mut more =
        entries.iter().filter(|(name, _)| properties.is_none_or(|properties| properties.get(name).is_none()));
    match keyword.as_scalar() {
        Some(Value::Bool(false)) => {
            more.next().map(|(name, at)| (at.clone(), format!("the schema has no property `{name}`")))
        }
        Some(_) => None,
        None => more.find_map(|(_, value)| mismatch_within(value, keyword, DEPTH)),
    }
}

fn limit_mismatch(value: &At<'_>, key: &str, keyword: &At<'_>) -> Option<String> {
    let fails = match key {
        "required" => {
            let entries = value.as_entries()?;
            let present: BTreeSet<_> = entries.iter().map(|(name, _)| *name).collect();
            let missing = keyword.texts().ok()?.into_iter().find(|name| !present.contains(&**name))?;
            return Some(format!("the required property `{missing}` is missing"));
        }
        "minLength" => value.as_text()?.chars().count() < length(keyword)?,
        "maxLength" => value.as_text()?.chars().count() > length(keyword)?,
        "maxItems" => value.as_items()?.len() > length(keyword)?,
        "minProperties" => value.as_entries()?.len() < length(keyword)?,
        "minimum" => compared(value, keyword)?.is_lt(),
        "maximum" => compared(value, keyword)?.is_gt(),
        "x-json-object" => !has_members(value.as_text()?, &keyword.texts().ok()?),
        "x-format" => !has_format(value.as_text()?, keyword.as_text()?),
        _ => false,
    };
    fails.then(|| {
        let limit = keyword.as_scalar().map(ToString::to_string).unwrap_or_default();
        format!("the value violates `{key}: {}`", limit.trim_matches('"'))
    })
}

fn length(keyword: &At<'_>) -> Option<usize> {
    keyword.as_scalar()?.as_u64().and_then(|length| length.try_into().ok())
}

/// Compares two numbers. Integers are compared as integers, since a `f64` cannot hold all of them.
fn compared(one: &At<'_>, other: &At<'_>) -> Option<Ordering> {
    let (one, other) = (one.as_scalar()?, other.as_scalar()?);
    match (one.as_i64(), other.as_i64()) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

fn same(one: &At<'_>, other: &At<'_>) -> bool {
    matches!((one.as_scalar(), other.as_scalar()), (Some(one), Some(other)) if one == other)
}

/// Whether a text has an `x-format`. The generator reports an unknown format.
fn has_format(text: &str, format: &str) -> bool {
    match format {
        "digits" => text.bytes().all(|byte| byte.is_ascii_digit()),
        "json" => serde_json::from_str::<Value>(text).is_ok(),
        "minute" => is_minute(text).unwrap_or(false),
        _ => true,
    }
}

/// Whether a text is a JSON object that has a text or a number for each of these names.
fn has_members(text: &str, names: &[String]) -> bool {
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return false };
    names.iter().all(|name| object.get(name).is_some_and(|value| value.is_string() || value.is_number()))
}

/// Whether a text is `YYYY-MM-DD HH:MM` with a date that exists; `None` also means that it is not.
fn is_minute(text: &str) -> Option<bool> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape != "0000-00-00 00:00" {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    Some((1..=days).contains(&day) && part(11..13)? < 24 && part(14..16)? < 60)
}

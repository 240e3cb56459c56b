//! Describes parts of a document in a few words. A document under review can be wrong.

use serde_json::Value;

use crate::document::At;
use crate::spec_index::holds_names;

/// Keys for readers only. `tags` sort operations into chapters.
const DOCUMENTATION: [&str; 10] =
    ["info", "description", "summary", "example", "examples", "x-source", "x-why", "tags", "why", "externalDocs"];

/// Whether a key is for readers only.
pub(crate) fn is_documentation(within: &At<'_>, key: &str) -> bool {
    !holds_names(within) && DOCUMENTATION.contains(&key)
}

/// Whether a schema requires a property.
pub(crate) fn requires(schema: &At<'_>, property: &str) -> bool {
    let required = schema.get("required").and_then(|at| at.texts().ok()).unwrap_or_default();
    required.iter().any(|name| name == property)
}

/// Returns the JSON of a value without the keys for readers.
pub(crate) fn plain_json(at: &At<'_>) -> Value {
    let keep = |at: &At<'_>, key: &str| !is_documentation(at, key);
    at.to_json::<std::convert::Infallible>(&keep, &|_, json| Ok(json)).unwrap_or_default()
}

/// Returns the JSON of a value.
pub(crate) fn json(at: &At<'_>) -> Value {
    at.to_json::<std::convert::Infallible>(&|_, _| true, &|_, json| Ok(json)).unwrap_or_default()
}

/// Describes a value.
pub(crate) fn describe(at: &At<'_>) -> String {
    if let Ok(value) = at.scalar() {
        return value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    }
    if let Ok(texts) = at.texts() {
        return texts.join(", ");
    }
    if at.get("in").is_some() && at.get("schema").is_some() {
        let need = if at.is_true("required") { "required" } else { "optional" };
        return format!("{need}, {}", at.get("schema").map(|schema| type_name(&schema)).unwrap_or_default());
    }
    if let Some(schema) = at.get("schema") {
        return type_name(&schema);
    }
    if let (Some(name), Some(_)) = (at.get("name"), at.get("value")) {
        return describe(&name);
    }
    if let Ok(Some(url)) = at.get_text("url") {
        return url.to_owned();
    }
    if let Some(properties) = at.get("properties").and_then(|at| at.entries().ok()) {
        let name =
            |(name, _): &(&str, At<'_>)| format!("{name}{}", if requires(at, name) { " (required)" } else { "" });
        return format!("object with {}", properties.iter().map(name).collect::<Vec<_>>().join(", "));
    }
    match type_name(at).as_str() {
        "anything" => shortened(&plain_json(at).to_string()),
        name => name.to_owned(),
    }
}

/// Returns the name of a schema's type.
pub(crate) fn type_name(schema: &At<'_>) -> String {
    let list = |key| schema.get(key).and_then(|at| at.items().ok()).unwrap_or_default();
    if let Ok(Some(reference)) = schema.get_text("$ref") {
        return reference.rsplit('/').next().unwrap_or(reference).to_owned();
    }
    let all: Vec<_> = list("allOf").iter().map(type_name).collect();
    if !all.is_empty() {
        return all.join(" and ");
    }
    let mut any: Vec<_> = list("oneOf").iter().chain(&list("anyOf")).map(type_name).collect();
    if !any.is_empty() {
        any.sort();
        return any.join(" or ");
    }
    let word = |key| schema.get(key).map(|at| describe(&at));
    let inner = |key| schema.get(key).map_or_else(|| "anything".to_owned(), |at| type_name(&at));
    let name = match (word("type").as_deref(), word("format").as_deref()) {
        (Some("array"), _) if schema.get("maxItems").is_some_and(|at| at.scalar().is_ok_and(|max| *max == 0)) => {
            "empty array".to_owned()
        }
        (Some("array"), _) => format!("array of {}", inner("items")),
        (Some("object"), _) if schema.get("additionalProperties").is_some() => {
            format!("map of {}", inner("additionalProperties"))
        }
        (Some("string"), Some("binary")) => "file".to_owned(),
        (Some(name), Some(format)) => format!("{name} ({format})"),
        (Some(name), None) => name.to_owned(),
        (None, _) => "anything".to_owned(),
    };
    if schema.is_true("nullable") { format!("{name} or null") } else { name }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

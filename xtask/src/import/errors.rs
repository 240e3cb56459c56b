//! The answer that the errors of all operations share.

use super::answers::answers;
use super::bodies::{media_type, object};
use super::finding::Result;
use super::flat::Flat;
use super::json_type::Type;
use super::place::Use;
use super::schemas::Schemas;
use super::tree::{Map, Tree};
use crate::document::At;

/// The properties of an error that have a text for readers, the preferred one first.
const TEXTS: [&str; 12] = [
    "message",
    "error",
    "detail",
    "error_description",
    "description",
    "title",
    "errors",
    "error_message",
    "errorMessage",
    "msg",
    "details",
    "reason",
];

/// The properties of an error that have its machine-readable reason, the preferred one first.
const REMARKS: [&str; 6] = ["code", "error_code", "errorCode", "error_type", "errorType", "error_subcode"];

/// The properties of the shared error that say how a call failed.
#[derive(Debug, Default)]
pub(super) struct ErrorTexts {
    /// Those with texts for readers, the preferred one first.
    pub texts: Vec<String>,
    /// The one with the machine-readable reason.
    pub remark: Option<String>,
    /// Whether the document describes them.
    pub is_described: bool,
}

/// The most properties of the shared error.
const MOST_ERROR_PROPERTIES: usize = 60;

/// Adds the shared answer of errors, which has the properties of all errors of the operations. Returns the properties that
/// say how a call failed.
pub(super) fn errors(schemas: &mut Schemas, operations: &[At<'_>]) -> Result<ErrorTexts> {
    let mut all: Option<Flat<'_>> = None;
    for operation in operations {
        let is_error = |status: &str| status.starts_with(['4', '5']) || status == "default";
        // The shared answer has what the errors say that can be read.
        for answer in answers(operation, is_error).unwrap_or_default() {
            for (name, media) in answer.get("content").and_then(|at| at.as_entries()).unwrap_or_default() {
                let Some(schema) = media.get("schema").filter(|_| media_type(name) == "application/json") else {
                    continue;
                };
                let Ok(flat) = object(&schema) else { continue };
                if flat.only_type() != Some(Type::Object) {
                    continue;
                }
                match &mut all {
                    None => all = Some(flat),
                    // Only the first properties are taken, so those that are too many are not missed.
                    Some(all) => drop(all.join(flat)),
                }
            }
        }
    }
    let mut properties = Map::new();
    if let Some(mut flat) = all {
        flat.properties.truncate(MOST_ERROR_PROPERTIES);
        if let Some(Tree::Map(map)) = schemas.object_tree(&flat, "Error", Use::Answer, false)?.get("properties") {
            properties = map.clone();
        }
    }
    let is_described = !properties.is_empty();
    if !is_described {
        let cited = Map::new().with("evidence", "guess").with("facts", schemas.facts());
        let message = Map::new()
            .with("type", "string")
            .with("description", "Human-readable text, if the server sends one. The document describes no errors.")
            .with("x-source", cited);
        properties.add("message", message);
    }
    let is_text = |name: &&str| match properties.get(name) {
        Some(Tree::Map(map)) => map.text("type") == Some("string"),
        _ => false,
    };
    let texts: Vec<_> = TEXTS.iter().filter(|name| is_text(name)).map(ToString::to_string).collect();
    let is_remark = |name: &&str| match properties.get(name) {
        Some(Tree::Map(map)) => matches!(map.text("type"), Some("string" | "integer")),
        _ => false,
    };
    let remark = REMARKS.iter().find(|name| is_remark(name)).map(ToString::to_string);
    let is_described = is_described && !(texts.is_empty() && remark.is_none());
    let tree = Map::new()
        .with("description", "A failure, with the properties of all errors that the document describes.")
        .with("type", "object")
        .with("x-source", schemas.source.clone())
        .with("properties", properties);
    schemas.components.add("ErrorResponse", tree);
    Ok(ErrorTexts { texts, remark, is_described })
}

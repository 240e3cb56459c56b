//! Rules about answers: clients must be able to read the answers of every instance.

use super::operations::media_types;
use super::rule::{Diagnostics, Rule};
use crate::document::At;
use crate::spec_index::{Node, NodeKind, OperationNode, Spec, referred};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "answers-2xx-4xx-5xx",
        "The client reads all statuses of a class alike, so no status is unexpected.",
        "Write exactly the answers `2XX`, `4XX` and `5XX`.",
        classes,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "answer-media-type",
        "The client reads an answer in one way. If a property of the body says how the call went, it must be JSON.",
        "Write the answer as `application/json` and nothing else. With `by: http_status` in `x-envelope`, `2XX` can have \
         another media type, and any answer can have no `content`.",
        media_type,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "errors-share-a-schema",
        "The client reads all errors as one type.",
        "Make `4XX` and `5XX` refer to the schema `ErrorResponse`.",
        errors,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "answer-required",
        "The client must read an answer that lacks a property.",
        "Remove `required`.",
        required,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "answer-closed",
        "A property that the provider adds later must not make an answer unreadable.",
        "Remove `additionalProperties: false`.",
        closed,
    ),
    Rule::of_spec(
        "answer-map",
        "A value of an unexpected type must not make an answer unreadable.",
        "Write `additionalProperties: true`, so that the map accepts any value.",
        map,
    )
    .needed_by_generator(),
    Rule::of_spec("answer-file", "JSON cannot hold a file.", "Write what the server sends, such as a URL.", file)
        .needed_by_generator(),
];

fn classes(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for operation in spec.of_kind(NodeKind::Operation) {
        let Some(responses) = operation.get("responses") else {
            diagnostics.at(&operation.at, "the operation has no `responses`");
            continue;
        };
        let mut keys: Vec<_> = responses.as_entries().unwrap_or_default().iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        if keys != ["2XX", "4XX", "5XX"] {
            let keys =
                if keys.is_empty() { "no answers".to_owned() } else { format!("the answers {}", keys.join(", ")) };
            diagnostics.at(responses, format!("the operation has {keys}"));
        }
    }
}

fn media_type(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Response).filter(|node| !node.is_reference()) {
        let media = node.get("content").and_then(At::as_entries).unwrap_or_default();
        let names: Vec<_> = media.iter().map(|(name, _)| *name).collect();
        // `errors-share-a-schema` checks errors that refer to a component.
        let is_other = names.len() == 1 && !matches!(node.key, "4XX" | "5XX") || node.get("content").is_none();
        if names != ["application/json"] && !(spec.is_by_status() && is_other) {
            diagnostics.at(node.get("content").unwrap_or(&node.at), media_types("the answer", &names));
        }
    }
}

fn errors(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for operation in &spec.operations {
        for status in ["4XX", "5XX"] {
            let OperationNode { at, id, .. } = operation;
            let Some(answer) = at.get("responses").and_then(|answers| answers.get(status)) else { continue };
            let content = answer.resolve().ok().and_then(|answer| answer.get("content"));
            let Some(content) = content else { continue };
            let Some(media) = content.get("application/json") else {
                // `answer-media-type` reports other media types.
                if spec.is_by_status() && answer.get("$ref").is_some() {
                    diagnostics.at(&answer, format!("{status} of `{}` is not JSON", id.unwrap_or_default()));
                }
                continue;
            };
            let has = match media.get("schema") {
                None => "no schema".to_owned(),
                // `schema-inline` reports a schema without a name.
                Some(schema) => match referred(&schema) {
                    None | Some("ErrorResponse") => continue,
                    Some(name) => format!("the schema `{name}`"),
                },
            };
            diagnostics.at(&answer, format!("{status} of `{}` has {has}", id.unwrap_or_default()));
        }
    }
}

fn required(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas().filter(|node| spec.is_answer(node)) {
        if let Some(required) = node.get("required") {
            diagnostics.at(required, "an answer has a `required`");
        }
    }
}

fn closed(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas().filter(|node| spec.is_answer(node)) {
        if let Some(more) =
            node.get("additionalProperties").filter(|more| more.as_scalar().is_some_and(|one| one == false))
        {
            diagnostics.at(more, "an answer accepts no other properties");
        }
    }
}

fn map(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas().filter(|node| spec.is_answer(node)) {
        let values = node.get("additionalProperties");
        if let Some(values) = values.filter(|values| values.as_entries().is_some_and(|one| !one.is_empty())) {
            diagnostics.at(values, "an answer has a map whose values have a schema");
        }
    }
}

fn file(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas().filter(|node| spec.is_answer(node) && !is_body_of_bytes(node, spec)) {
        if let Some(format) = node.get("format").filter(|format| format.as_text() == Some("binary")) {
            diagnostics.at(format, "an answer contains a file");
        }
    }
}

/// Whether the answer consists of bytes.
fn is_body_of_bytes(node: &Node<'_>, spec: &Spec<'_>) -> bool {
    spec.is_other_root(node) && node.at.keys_outwards().nth(1) != Some("application/json")
}

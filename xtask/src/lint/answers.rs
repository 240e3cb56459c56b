//! Rules about answers: they are read liberally, whatever an instance makes of them.

use super::operations::told;
use super::rule::{Diagnostics, Rule};
use crate::document::At;
use crate::spec_index::{NodeKind, Operation, Spec, referred};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "answers-2xx-4xx-5xx",
        "Any status of a class is read alike, so that no status is a surprise.",
        "Write the answers `2XX`, `4XX` and `5XX`, no more and no less.",
        classes,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "answer-media-type",
        "A body that is not JSON is judged by its status alone.",
        "Write the answer as `application/json` and nothing else.",
        media_type,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "errors-share-a-schema",
        "All errors are read as one type.",
        "Let `4XX` and `5XX` refer to the schema `ErrorResponse`.",
        errors,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "answer-required",
        "An answer that lacks a property must still be read.",
        "Leave `required` out.",
        required,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "answer-closed",
        "What the provider adds later must not make an answer unreadable.",
        "Leave `additionalProperties: false` out.",
        closed,
    ),
    Rule::of_spec(
        "answer-map",
        "Values of another type must not make an answer unreadable.",
        "Write `additionalProperties: true`: a map in an answer holds whatever comes.",
        map,
    )
    .needed_by_generator(),
    Rule::of_spec("answer-file", "JSON holds no file.", "Write what really comes, such as a URL.", file)
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
            let keys = if keys.is_empty() { "none".to_owned() } else { keys.join(", ") };
            diagnostics.at(responses, format!("there are answers for {keys}"));
        }
    }
}

fn media_type(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Response).filter(|node| !node.is_reference()) {
        let media = node.get("content").and_then(At::as_entries).unwrap_or_default();
        let names: Vec<_> = media.iter().map(|(name, _)| *name).collect();
        if names != ["application/json"] {
            diagnostics.at(node.get("content").unwrap_or(&node.at), told("the answer", &names));
        }
    }
}

fn errors(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for operation in &spec.operations {
        for status in ["4XX", "5XX"] {
            let Operation { at, id, .. } = operation;
            let Some(answer) = at.get("responses").and_then(|answers| answers.get(status)) else { continue };
            let content = answer.resolve().ok().and_then(|answer| answer.get("content"));
            // Another media type is another rule's.
            let Some(media) = content.and_then(|content| content.get("application/json")) else { continue };
            let has = match media.get("schema") {
                None => "no schema".to_owned(),
                // One that is not named is another rule's.
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
            diagnostics.at(required, "an answer requires a property");
        }
    }
}

fn closed(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas().filter(|node| spec.is_answer(node)) {
        if let Some(more) =
            node.get("additionalProperties").filter(|more| more.as_scalar().is_some_and(|one| one == false))
        {
            diagnostics.at(more, "an answer takes no other properties");
        }
    }
}

fn map(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas().filter(|node| spec.is_answer(node)) {
        let values = node.get("additionalProperties");
        if let Some(values) = values.filter(|values| values.as_entries().is_some_and(|one| !one.is_empty())) {
            diagnostics.at(values, "an answer has a map with values of one schema");
        }
    }
}

fn file(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas().filter(|node| spec.is_answer(node)) {
        if let Some(format) = node.get("format").filter(|format| format.as_text() == Some("binary")) {
            diagnostics.at(format, "an answer has a file");
        }
    }
}

//! Rules about answers: they are read liberally, whatever an instance makes of them.

use super::operations::told;
use super::role::NodeKind;
use super::spec_index::{Operation, Spec, referred};
use super::{Diagnostics, Rule};
use crate::document::At;

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "answers-2xx-4xx-5xx",
        "Any status of a class is read alike, so that no status is a surprise.",
        "Write the answers `2XX`, `4XX` and `5XX`, no more and no less.",
        classes,
    )
    .relied_on(),
    Rule::of_spec(
        "answer-media-type",
        "A body that is not JSON is judged by its status alone.",
        "Write the answer as `application/json` and nothing else.",
        media_type,
    )
    .relied_on(),
    Rule::of_spec(
        "errors-share-a-schema",
        "All errors are read as one type.",
        "Let `4XX` and `5XX` refer to the schema `ErrorResponse`.",
        errors,
    )
    .relied_on(),
    Rule::of_spec(
        "answer-required",
        "An answer that lacks a property must still be read.",
        "Leave `required` out.",
        required,
    )
    .relied_on(),
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
    .relied_on(),
    Rule::of_spec("answer-file", "JSON holds no file.", "Write what really comes, such as a URL.", file).relied_on(),
];

fn classes(spec: &Spec<'_>, found: &mut Diagnostics) {
    for operation in spec.of_role(NodeKind::Operation) {
        let Some(responses) = operation.get("responses") else {
            found.at(&operation.at, "the operation has no `responses`");
            continue;
        };
        let mut keys: Vec<_> = responses.as_entries().unwrap_or_default().iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        if keys != ["2XX", "4XX", "5XX"] {
            let keys = if keys.is_empty() { "none".to_owned() } else { keys.join(", ") };
            found.at(responses, format!("there are answers for {keys}"));
        }
    }
}

fn media_type(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in spec.of_role(NodeKind::Response).filter(|place| !place.is_reference()) {
        let media = place.get("content").and_then(At::as_entries).unwrap_or_default();
        let names: Vec<_> = media.iter().map(|(name, _)| *name).collect();
        if names != ["application/json"] {
            found.at(place.get("content").unwrap_or(&place.at), told("the answer", &names));
        }
    }
}

fn errors(spec: &Spec<'_>, found: &mut Diagnostics) {
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
            found.at(&answer, format!("{status} of `{}` has {has}", id.unwrap_or_default()));
        }
    }
}

fn required(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in spec.schemas().filter(|place| spec.is_answer(place)) {
        if let Some(required) = place.get("required") {
            found.at(required, "an answer requires a property");
        }
    }
}

fn closed(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in spec.schemas().filter(|place| spec.is_answer(place)) {
        if let Some(more) =
            place.get("additionalProperties").filter(|more| more.as_scalar().is_some_and(|one| one == false))
        {
            found.at(more, "an answer takes no other properties");
        }
    }
}

fn map(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in spec.schemas().filter(|place| spec.is_answer(place)) {
        let values = place.get("additionalProperties");
        if let Some(values) = values.filter(|values| values.as_entries().is_some_and(|one| !one.is_empty())) {
            found.at(values, "an answer has a map with values of one schema");
        }
    }
}

fn file(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in spec.schemas().filter(|place| spec.is_answer(place)) {
        if let Some(format) = place.get("format").filter(|format| format.as_text() == Some("binary")) {
            found.at(format, "an answer has a file");
        }
    }
}

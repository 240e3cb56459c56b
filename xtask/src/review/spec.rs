//! Changes of the spec.
//!
//! If another section shows the consequence of a change (the surface, the wire or the outcome rules), the verdict is there.
//! This section judges the other changes.

use std::collections::BTreeSet;

use super::item::{ChangeKind, Item, Verdict};
use super::spec_diff::{Change, is_security};
use super::subject::subject;
use crate::document::Document;
use crate::schema::{SCHEMAS, reach};
use crate::spec_index::OperationNode;

/// Returns the changes of a spec.
pub(super) fn items(changes: &[Change], old: &Document, new: &Document) -> Vec<Item> {
    let (mut sent, newer) = (sent(old), sent(new));
    sent.extend(newer);
    changes.iter().map(|change| item(change, &sent)).collect()
}

/// Returns the names of the schemas that are part of requests.
fn sent(document: &Document) -> BTreeSet<String> {
    let mut references = BTreeSet::new();
    for operation in OperationNode::all(&document.root()) {
        let bodies = operation.at.get("requestBody");
        let parameters = operation.named_parameters();
        for at in bodies.iter().chain(parameters.iter().map(|(_, at)| at)) {
            // The generator reports a reference to nothing.
            let _ = reach(at, &mut references);
        }
    }
    references.iter().filter_map(|name| name.strip_prefix(SCHEMAS)).map(str::to_owned).collect()
}

fn item(change: &Change, sent: &BTreeSet<String>) -> Item {
    let (subject, keys) = subject(&change.steps);
    let name = keys.iter().filter(|key| *key != "schema").cloned().collect::<Vec<_>>().join(" ");
    // A new limit is a change of the property that it limits.
    let is_subject = name.is_empty() || change.steps.len() == 1;
    let name = if name.is_empty() { name } else { format!("{name}: ") };
    let (kind, what) = match (&change.old, &change.new) {
        (Some(old), Some(new)) => (ChangeKind::Changed, format!("{name}`{old}` → `{new}`")),
        (None, Some(new)) => {
            (if is_subject { ChangeKind::Added } else { ChangeKind::Changed }, format!("{name}added: `{new}`"))
        }
        (Some(old), None) => {
            (if is_subject { ChangeKind::Removed } else { ChangeKind::Changed }, format!("{name}removed; was `{old}`"))
        }
        (None, None) => (ChangeKind::Changed, name),
    };
    let is_sent = match change.steps.get(..3) {
        Some([components, schemas, schema]) if components == "components" && schemas == "schemas" => {
            sent.contains(schema)
        }
        _ => !change.steps.iter().any(|step| step == "responses" || step == "x-webhooks"),
    };
    // A key of the document itself is its own keyword.
    let keys = if change.steps.len() == 1 { &change.steps } else { keys };
    let (verdict, why) = judge(change, keys, is_sent);
    Item::new(verdict, kind, subject, what).because(why)
}

const LOWER: [&str; 6] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "x-min-bytes"];
const UPPER: [&str; 7] =
    ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "x-max-bytes", "x-max-name-length"];

/// Judges a change, unless another section does.
fn judge(change: &Change, keys: &[String], is_sent: bool) -> (Verdict, &'static str) {
    let in_other_section = (Verdict::Unchanged, "");
    let keys: Vec<_> = keys.iter().map(String::as_str).filter(|key| *key != "schema").collect();
    let limit = keys.iter().copied().find(|key| is_limit(key));
    match (keys.as_slice(), limit) {
        _ if change.steps.first().is_some_and(|first| first == "x-webhooks") => webhook(&keys),
        ([.., "x-empty-is-absent"], _) => {
            (Verdict::Breaking, "a property that is sent empty has another value, and code compiles as before")
        }
        // The subject itself was added or removed, or users see the key, or it is sent.
        (
            []
            | [
                "x-safety" | "x-idempotency" | "scheme" | "type" | "required" | "operationId" | "method" | "path"
                | "enum" | "x-key-prefix",
                ..,
            ]
            | ["responses" | "content", .., "type"]
            | ["requestBody" | "x-name" | "url" | "name" | "in" | "order"]
            | ["requestBody", "content", ..]
            | ["variables", _],
            _,
        ) => in_other_section,
        _ if is_security(&change.steps) || change.steps.first().is_some_and(|first| first == "x-envelope") => {
            in_other_section
        }
        (["responses" | "content", _] | ["responses", _, "content"] | ["responses", _, "content", _], _) => {
            (Verdict::Breaking, "which answers are read, or how, has changed")
        }
        (["requestBody", "required"], _) => (Verdict::Documentation, "the client sends a body with every call"),
        (["variables", _, "default"], _) => {
            (Verdict::Documentation, "an example in the documentation of the field; no call uses it")
        }
        (["x-pagination"], _) if change.old.is_none() && change.new.as_deref() == Some("false") => {
            (Verdict::Documentation, "the client cannot ask for other pages")
        }
        (["x-pagination"], _) if change.old.as_deref().is_none_or(|old| old == "false") => {
            (Verdict::Compatible, "a stream over its pages is available")
        }
        (["x-pagination", _], _) if change.old.is_none() => (Verdict::Compatible, ""),
        (["x-pagination", ..], _) => (Verdict::Breaking, "the stream over the pages sends or reads something else"),
        ([.., "default"], _) => (
            Verdict::Compatible,
            "the client sends nothing instead; only the description of what the server does has changed",
        ),
        (_, Some(_)) if !is_sent => (Verdict::Documentation, "the client accepts any value in an answer"),
        (_, Some(limit)) if narrows(change, limit) => {
            (Verdict::Breaking, "narrower; the client or the server may refuse values that were accepted")
        }
        (_, Some(_)) => (Verdict::Compatible, "wider; values that were accepted are still accepted"),
        _ => (Verdict::Compatible, "this review has no rule for it; read it with care"),
    }
}

/// Judges a change of a webhook. The comparison of the public items shows a change of its type.
fn webhook(keys: &[&str]) -> (Verdict, &'static str) {
    match keys {
        [] | ["x-webhooks" | "requestBody"] | ["requestBody", "content", .., "type"] => (Verdict::Unchanged, ""),
        ["requestBody", "content", ..] => (Verdict::Breaking, "which posts are read, or how, has changed"),
        _ => (Verdict::Documentation, "the client does not use it"),
    }
}

/// Whether a key limits values. An unknown extension counts as a limit, to be safe.
fn is_limit(key: &str) -> bool {
    let others = ["pattern", "multipleOf", "uniqueItems"];
    let judged = ["x-name", "x-safety", "x-envelope", "x-pagination", "x-open-enum", "x-key-prefix"];
    LOWER.contains(&key)
        || UPPER.contains(&key)
        || others.contains(&key)
        || (key.starts_with("x-") && !judged.contains(&key))
}

fn narrows(change: &Change, limit: &str) -> bool {
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    match (&change.old, &change.new) {
        // An added file type widens the limit.
        (None, _) => !(limit == "x-file-types" && change.steps.last().is_some_and(|last| last != limit)),
        (_, None) => limit == "x-file-types" && change.steps.last().is_some_and(|last| last != limit),
        _ => match (number(&change.old), number(&change.new)) {
            (Some(old), Some(new)) if LOWER.contains(&limit) => new > old,
            (Some(old), Some(new)) if UPPER.contains(&limit) => new < old,
            _ => true,
        },
    }
}

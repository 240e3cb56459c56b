//! Changes of the spec, in words. Where the surface, the wire or the outcome tells what a change
//! means for users, the verdict is theirs; the rest is judged here.

use std::collections::BTreeSet;

use super::operations::operations;
use super::place::place;
use super::spec_diff::Change;
use super::{Item, Kind, Verdict};
use crate::document::Document;
use crate::schema::{SCHEMAS, reach};

/// The changes of a spec.
pub(super) fn items(changes: &[Change], old: &Document, new: &Document) -> Vec<Item> {
    let (mut sent, newer) = (sent(old), sent(new));
    sent.extend(newer);
    changes.iter().map(|change| item(change, &sent)).collect()
}

/// Names of the schemas that requests are made of.
fn sent(document: &Document) -> BTreeSet<String> {
    let mut references = BTreeSet::new();
    for operation in operations(&document.root()) {
        let bodies = operation.at.get("requestBody");
        for at in bodies.iter().chain(operation.parameters.iter().map(|(_, at)| at)) {
            // A reference to nothing is the generator's to tell.
            let _ = reach(at, &mut references);
        }
    }
    references.iter().filter_map(|name| name.strip_prefix(SCHEMAS)).map(str::to_owned).collect()
}

fn item(change: &Change, sent: &BTreeSet<String>) -> Item {
    let (place, keys) = place(&change.steps);
    let name = keys.iter().filter(|key| *key != "schema").cloned().collect::<Vec<_>>().join(" ");
    // A limit more is a change of the property that it limits.
    let came_or_went = name.is_empty() || change.steps.len() == 1;
    let name = if name.is_empty() { name } else { format!("{name}: ") };
    let (kind, what) = match (&change.old, &change.new) {
        (Some(old), Some(new)) => (Kind::Changed, format!("{name}`{old}` → `{new}`")),
        (None, Some(new)) => (if came_or_went { Kind::Added } else { Kind::Changed }, format!("{name}added: `{new}`")),
        (Some(old), None) => {
            (if came_or_went { Kind::Removed } else { Kind::Changed }, format!("{name}removed; was `{old}`"))
        }
        (None, None) => (Kind::Changed, name),
    };
    let is_sent = match change.steps.get(..3) {
        Some([components, schemas, schema]) if components == "components" && schemas == "schemas" => {
            sent.contains(schema)
        }
        _ => !change.steps.iter().any(|step| step == "responses"),
    };
    // What stands alone is its own keyword.
    let keys = if change.steps.len() == 1 { &change.steps } else { keys };
    let (verdict, why) = judge(change, keys, is_sent);
    Item::new(verdict, kind, place, what).because(why)
}

const LOWER: [&str; 6] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "x-min-bytes"];
const UPPER: [&str; 7] =
    ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "x-max-bytes", "x-max-name-length"];

/// What no other section tells.
fn judge(change: &Change, keys: &[String], is_sent: bool) -> (Verdict, &'static str) {
    let elsewhere = (Verdict::Unchanged, "");
    let keys: Vec<_> = keys.iter().map(String::as_str).filter(|key| *key != "schema").collect();
    let limit = keys.iter().copied().find(|key| is_limit(key));
    match (keys.as_slice(), limit) {
        // The thing itself came or went, or users see it, or it is sent.
        (
            []
            | ["x-safety" | "type" | "required" | "operationId" | "method" | "path" | "enum" | "x-key-prefix", ..]
            | ["responses" | "content", .., "type"]
            | ["requestBody" | "x-name" | "url" | "name" | "in" | "order"]
            | ["requestBody", "content", ..]
            | ["variables", _],
            _,
        ) => elsewhere,
        _ if change.steps.first().is_some_and(|first| first == "x-envelope") => elsewhere,
        (["responses" | "content", _] | ["responses", _, "content", _], _) => {
            (Verdict::Breaking, "which answers are read, or as what, is another matter now")
        }
        (["variables", _, "default"], _) => {
            (Verdict::Documentation, "an example in the documentation of the field; no call takes it")
        }
        (["x-pagination"], _) if change.old.is_none() => (Verdict::Compatible, "its pages can be walked through"),
        (["x-pagination", _], _) if change.old.is_none() => (Verdict::Compatible, ""),
        (["x-pagination", ..], _) => (Verdict::Breaking, "walking through the pages asks or reads otherwise"),
        ([.., "default"], _) => (
            Verdict::Compatible,
            "the client sends nothing in its place; what the server makes of that is described otherwise",
        ),
        (_, Some(_)) if !is_sent => (Verdict::Documentation, "the client takes whatever comes in an answer"),
        (_, Some(limit)) if narrows(change, limit) => {
            (Verdict::Breaking, "narrower: what was right to send may be refused, before sending or by the server")
        }
        (_, Some(_)) => (Verdict::Compatible, "wider: what was right to send stays right"),
        _ => (Verdict::Compatible, "no rule of this review knows it: read it with care"),
    }
}

/// Whether a key limits values. Of an extension that is not known, the worst is assumed.
fn is_limit(key: &str) -> bool {
    let others = ["pattern", "multipleOf", "uniqueItems"];
    let told = ["x-name", "x-safety", "x-envelope", "x-pagination", "x-open-enum", "x-key-prefix"];
    LOWER.contains(&key)
        || UPPER.contains(&key)
        || others.contains(&key)
        || (key.starts_with("x-") && !told.contains(&key))
}

fn narrows(change: &Change, limit: &str) -> bool {
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    match (&change.old, &change.new) {
        // A kind of file more is a demand less.
        (None, _) => !(limit == "x-file-types" && change.steps.last().is_some_and(|last| last != limit)),
        (_, None) => limit == "x-file-types" && change.steps.last().is_some_and(|last| last != limit),
        _ => match (number(&change.old), number(&change.new)) {
            (Some(old), Some(new)) if LOWER.contains(&limit) => new > old,
            (Some(old), Some(new)) if UPPER.contains(&limit) => new < old,
            _ => true,
        },
    }
}

//! Rules about operations: ids, safety, tags, summaries, bodies and constants.

use std::collections::BTreeMap;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use super::rule::{Diagnostics, Rule};
use crate::document::At;
use crate::model::Media;
use crate::names::is_identifier;
use crate::spec_index::{Node, NodeKind, Spec};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "operation-id-missing",
        "The id becomes the name of the method.",
        "Give the operation an `operationId`.",
        id_missing,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "operation-id-case",
        "The id becomes the name of the method unchanged.",
        "Write the id in snake_case.",
        id_case,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "operation-id-unique",
        "Two methods cannot have the same name, nor can their builders.",
        "Choose another id.",
        id_unique,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "operation-id-reserved",
        "The name of the method or of its builder is already in use.",
        "Choose another id.",
        id_reserved,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "safety-missing",
        "Only an operation that changes nothing may be repeated after an unknown outcome.",
        "Write `x-safety: read` if the operation changes nothing, otherwise `x-safety: change`.",
        safety_missing,
    )
    .needed_by_generator(),
    Rule::of_spec("safety-unknown", "The generator knows two values.", "Write `read` or `change`.", safety_unknown)
        .needed_by_generator(),
    Rule::of_spec("tag-missing", "Tags group the operations for readers.", "Give the operation a tag.", tag_missing),
    Rule::of_spec(
        "tag-undeclared",
        "A misspelt tag would start a group of its own.",
        "Write a tag of the document's `tags`, or add the tag there with a description.",
        tag_undeclared,
    ),
    Rule::of_spec(
        "summary-missing",
        "The summary is the first line of the method's documentation.",
        "Write in one line what the operation does.",
        summary_missing,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "summary-one-line",
        "Lists of methods show the summary on one line.",
        "Shorten the summary to one line, and write the rest in the description.",
        summary_one_line,
    ),
    Rule::of_spec(
        "summary-imperative",
        "All summaries have the same form.",
        "Begin with a verb, as in `List the contacts.`",
        summary_imperative,
    ),
    Rule::of_spec(
        "body-media-type",
        "The client writes a body in one way.",
        "Write the body as `multipart/form-data`, `application/json` or `application/x-www-form-urlencoded`, and nothing \
         else.",
        body_media_type,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "constant-of-path",
        "A fragment is not sent. Without the constant, the paths would be the same call.",
        "Add a required query parameter whose `enum` has the fragment as its only value.",
        constant_of_path,
    ),
];

/// The names that the generated client and its table of operations already have.
const CLIENT: [&str; 4] = ["all", "builder", "provider", "raw_client"];

/// The names that are already in use in the module of the builders.
const BUILDERS: [&str; 12] = [
    "Default",
    "Error",
    "From",
    "Into",
    "IntoIterator",
    "Option",
    "ResponseValue",
    "Result",
    "String",
    "TryFrom",
    "TryInto",
    "Vec",
];

/// Returns the id of each operation that has one, and its location.
fn ids<'s, 'd>(spec: &'s Spec<'d>) -> impl Iterator<Item = (&'d str, At<'d>)> + use<'s, 'd> {
    spec.operations.iter().filter_map(|one| Some((one.id?, one.at.get("operationId")?)))
}

fn id_missing(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for operation in spec.operations.iter().filter(|one| one.id.is_none()) {
        diagnostics.at(&operation.at, format!("{} has no `operationId`", operation.request_line()));
    }
}

fn id_case(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for (id, at) in ids(spec) {
        if id != id.to_snake_case() || id.is_empty() {
            diagnostics.at(&at, format!("`{id}` is not in snake_case; `{}` is", id.to_snake_case()));
        }
    }
}

fn id_unique(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for (id, at) in ids(spec) {
        match seen.insert(id.to_upper_camel_case(), id) {
            Some(other) if other == id => diagnostics.at(&at, format!("another operation has the id `{id}`")),
            Some(other) => {
                let builder = id.to_upper_camel_case();
                diagnostics.at(&at, format!("the builders of `{id}` and `{other}` would both be called `{builder}`"));
            }
            None => {}
        }
    }
}

/// Whether an id in snake case can be the name of a method and of its builder.
pub(crate) fn is_free_id(id: &str) -> bool {
    reserved(id).is_none()
}

fn id_reserved(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for (id, at) in ids(spec) {
        if let Some(wrong) = reserved(id) {
            diagnostics.at(&at, wrong);
        }
    }
}

/// Says why an id is not free.
fn reserved(id: &str) -> Option<String> {
    let builder = id.to_upper_camel_case();
    if CLIENT.contains(&id) {
        Some(format!("the generated client already has the name `{id}`"))
    } else if BUILDERS.contains(&&*builder) {
        Some(format!("the builder of `{id}` would be called `{builder}`, which is already in use"))
    } else if !is_identifier(&id.to_snake_case()) {
        Some(format!("`{id}` is not a valid name in Rust"))
    } else {
        None
    }
}

fn safety_missing(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Operation).filter(|node| node.get("x-safety").is_none()) {
        diagnostics.at(&node.at, "the operation has no `x-safety`");
    }
}

fn safety_unknown(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for safety in spec.of_kind(NodeKind::Operation).filter_map(|node| node.get("x-safety")) {
        match safety.as_text() {
            Some("read" | "change") => {}
            Some(word) => diagnostics.at(safety, format!("`{word}` is not a value of `x-safety`")),
            None => diagnostics.at(safety, "`x-safety` is not a text"),
        }
    }
}

fn tag_missing(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Operation) {
        if node.get("tags").and_then(At::as_items).is_none_or(|tags| tags.is_empty()) {
            diagnostics.at(&node.at, "the operation has no tag");
        }
    }
}

fn tag_undeclared(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    let declared: Vec<_> = spec.of_kind(NodeKind::Tag).filter_map(|tag| tag.text("name")).collect();
    for node in spec.of_kind(NodeKind::Operation) {
        for tag in node.get("tags").and_then(At::as_items).unwrap_or_default() {
            if tag.as_text().is_some_and(|name| !declared.contains(&name)) {
                diagnostics
                    .at(&tag, format!("the document does not declare the tag `{}`", tag.as_text().unwrap_or_default()));
            }
        }
    }
}

/// Returns what has a summary: the operations and the webhooks.
fn summarized<'s, 'd>(spec: &'s Spec<'d>) -> impl Iterator<Item = &'s Node<'d>> {
    spec.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Operation | NodeKind::WebhookPost))
}

fn summary_missing(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in summarized(spec) {
        if node.text("summary").is_none_or(|summary| summary.trim().is_empty()) {
            let what = if node.kind == NodeKind::Operation { "operation" } else { "webhook" };
            diagnostics.at(&node.at, format!("the {what} has no `summary`"));
        }
    }
}

fn summary_one_line(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for summary in summarized(spec).filter_map(|node| node.get("summary")) {
        if summary.as_text().is_some_and(|text| text.trim().contains('\n') || text.trim().chars().count() > 100) {
            diagnostics.at(summary, "the summary is longer than a line of 100 characters");
        }
    }
}

fn summary_imperative(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for summary in summarized(spec).filter_map(|node| node.get("summary")) {
        if let Some(word) = summary.as_text().and_then(not_imperative) {
            diagnostics.at(summary, format!("`{word}` is not a verb in the imperative"));
        }
    }
}

/// Returns the first word of a summary, if it is not a verb in the imperative.
pub(crate) fn not_imperative(summary: &str) -> Option<&str> {
    let word = summary.split_whitespace().next()?;
    let noun = ["A", "An", "The", "This", "These", "Whether", "How", "What", "Used", "It"].contains(&word);
    let third_person = word.ends_with('s') && !["ss", "us", "as"].iter().any(|ending| word.ends_with(ending));
    (noun || third_person || word.ends_with("ing") && word.len() > 5).then_some(word)
}

fn body_media_type(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::RequestBody).filter(|node| !node.is_reference()) {
        let media = node.get("content").and_then(At::as_entries).unwrap_or_default();
        let names: Vec<_> = media.iter().map(|(name, _)| *name).collect();
        if !matches!(names[..], [name] if Media::ALL.iter().any(|(known, _)| *known == name)) {
            diagnostics.at(node.get("content").unwrap_or(&node.at), media_types("the body", &names));
        }
    }
}

/// Describes the media types of a body or an answer.
pub(super) fn media_types(what: &str, media: &[&str]) -> String {
    match media {
        [] => format!("{what} has no media type"),
        [one] => format!("{what} has the media type {one}"),
        several => format!("{what} has the media types {}", several.join(", ")),
    }
}

fn constant_of_path(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for operation in &spec.operations {
        let Some((_, fragment)) = operation.path.split_once('#') else { continue };
        let is_constant = |parameter: &At<'_>| {
            crate::read::constant(parameter).is_ok_and(|constant| constant.as_deref() == Some(fragment))
        };
        if !operation.parameters().iter().any(is_constant) {
            diagnostics.at(&operation.at, format!("no parameter is a constant with the path's fragment, `{fragment}`"));
        }
    }
}

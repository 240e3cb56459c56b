//! Rules about the extensions: known, and where they mean something.

use super::role::NodeKind;
use super::spec_index::{Node, Spec};
use super::validate::unwrapped;
use super::{Diagnostics, Rule};
use crate::document::At;

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "extension-unknown",
        "A misspelt extension would be passed over in silence.",
        "Write one of the extensions in specs/README.md.",
        unknown,
    ),
    Rule::of_spec(
        "extension-misplaced",
        "An extension in a place where nothing reads it would be passed over in silence.",
        "Move it to where specs/README.md has it.",
        misplaced,
    ),
];

/// The extensions that mean something; `specs/README.md` explains them.
pub const EXTENSIONS: [&str; 16] = [
    "x-envelope",
    "x-file-types",
    "x-format",
    "x-json-object",
    "x-key-prefix",
    "x-max-bytes",
    "x-max-name-length",
    "x-min-bytes",
    "x-name",
    "x-open-enum",
    "x-pagination",
    "x-rules",
    "x-safety",
    "x-source",
    "x-trims",
    "x-why",
];

fn unknown(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in &spec.nodes {
        for (key, at) in place.entries.iter().filter(|(key, _)| key.starts_with("x-") && !EXTENSIONS.contains(key)) {
            found.at(at, format!("`{key}` is no extension"));
        }
    }
}

fn misplaced(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in &spec.nodes {
        for (key, at) in place.entries.iter().filter(|(key, _)| EXTENSIONS.contains(key)) {
            if !belongs(key, place, spec) {
                found.at(at, format!("`{key}` means nothing here"));
            }
        }
    }
}

/// Whether what is sent for it are keys of the caller's own.
fn is_map(schema: &At<'_>) -> bool {
    unwrapped(schema).is_some_and(|schema| schema.get("additionalProperties").is_some())
}

fn belongs(extension: &str, place: &Node<'_>, spec: &Spec<'_>) -> bool {
    let role = place.role;
    match extension {
        "x-envelope" | "x-trims" => role == NodeKind::Root,
        "x-name" => role == NodeKind::Server,
        "x-safety" | "x-pagination" => role == NodeKind::Operation,
        "x-key-prefix" => role == NodeKind::Parameter && place.get("schema").is_some_and(is_map),
        "x-open-enum" => role == NodeKind::Component,
        "x-rules" => role == NodeKind::Component && spec.forms.contains(place.key),
        "x-format" => role.is_schema() || role == NodeKind::Variable,
        "x-why" => role == NodeKind::Parameter || role == NodeKind::Property && spec.is_form(place),
        "x-source" => matches!(
            role,
            NodeKind::Info
                | NodeKind::Server
                | NodeKind::SecurityScheme
                | NodeKind::Envelope
                | NodeKind::Trims
                | NodeKind::Operation
                | NodeKind::Parameter
                | NodeKind::Component
                | NodeKind::Property
                | NodeKind::FormRule
        ),
        // Limits, about which there is a rule of its own.
        _ => role.is_schema(),
    }
}

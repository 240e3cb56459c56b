//! Rules about the extensions: known, and where they mean something.

use super::rule::{Diagnostics, Rule};
use super::validate::unwrapped;
use crate::document::At;
use crate::spec_index::{Node, NodeKind, Spec};

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

fn unknown(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        for (key, at) in node.entries.iter().filter(|(key, _)| key.starts_with("x-") && !EXTENSIONS.contains(key)) {
            diagnostics.at(at, format!("`{key}` is no extension"));
        }
    }
}

fn misplaced(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        for (key, at) in node.entries.iter().filter(|(key, _)| EXTENSIONS.contains(key)) {
            if !belongs(key, node, spec) {
                diagnostics.at(at, format!("`{key}` means nothing here"));
            }
        }
    }
}

/// Whether what is sent for it are keys of the caller's own.
fn is_map(schema: &At<'_>) -> bool {
    unwrapped(schema).is_some_and(|schema| schema.get("additionalProperties").is_some())
}

fn belongs(extension: &str, node: &Node<'_>, spec: &Spec<'_>) -> bool {
    let kind = node.kind;
    match extension {
        "x-envelope" | "x-trims" => kind == NodeKind::Root,
        "x-name" => kind == NodeKind::Server,
        "x-safety" | "x-pagination" => kind == NodeKind::Operation,
        "x-key-prefix" => kind == NodeKind::Parameter && node.get("schema").is_some_and(is_map),
        "x-open-enum" => kind == NodeKind::Component,
        "x-rules" => kind == NodeKind::Component && spec.forms.contains(node.key),
        "x-format" => kind.is_schema() || kind == NodeKind::Variable,
        "x-why" => kind == NodeKind::Parameter || kind == NodeKind::Property && spec.is_form(node),
        "x-source" => matches!(
            kind,
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
        _ => kind.is_schema(),
    }
}

//! Rules about the extensions: each is known, and in a location where something reads it.

use super::rule::{Diagnostics, Rule};
use super::validate::unwrapped;
use crate::document::At;
use crate::spec_index::{Node, NodeKind, Spec};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "extension-unknown",
        "A misspelt extension would be ignored silently.",
        "Write one of the extensions in specs/README.md.",
        unknown,
    ),
    Rule::of_spec(
        "extension-misplaced",
        "An extension is ignored silently where nothing reads it.",
        "Move it to a location that specs/README.md allows.",
        misplaced,
    ),
];

/// The known extensions, which `specs/README.md` explains.
pub const EXTENSIONS: [&str; 19] = [
    "x-empty-is-absent",
    "x-envelope",
    "x-file-types",
    "x-format",
    "x-idempotency",
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
    "x-webhooks",
    "x-why",
];

fn unknown(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        for (key, at) in node.entries.iter().filter(|(key, _)| key.starts_with("x-") && !EXTENSIONS.contains(key)) {
            diagnostics.at(at, format!("`{key}` is not a known extension"));
        }
    }
}

fn misplaced(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        for (key, at) in node.entries.iter().filter(|(key, _)| EXTENSIONS.contains(key)) {
            if !belongs(key, node, spec) {
                diagnostics.at(at, format!("nothing reads `{key}` here"));
            }
        }
    }
}

/// Whether the caller chooses the keys that are sent.
fn is_map(schema: &At<'_>) -> bool {
    unwrapped(schema).is_some_and(|schema| schema.get("additionalProperties").is_some())
}

fn belongs(extension: &str, node: &Node<'_>, spec: &Spec<'_>) -> bool {
    let kind = node.kind;
    match extension {
        "x-envelope" | "x-trims" | "x-webhooks" => kind == NodeKind::Root,
        "x-name" => kind == NodeKind::Server,
        "x-safety" | "x-pagination" | "x-idempotency" => kind == NodeKind::Operation,
        "x-key-prefix" => kind == NodeKind::Parameter && node.get("schema").is_some_and(is_map),
        "x-open-enum" => kind == NodeKind::Component,
        "x-rules" => kind == NodeKind::Component && spec.forms.contains(node.key),
        "x-empty-is-absent" => kind == NodeKind::Component && spec.posted.contains(node.key),
        "x-format" => kind.is_schema() || kind == NodeKind::Variable,
        "x-why" => kind == NodeKind::Parameter || kind == NodeKind::Property && spec.is_sent(node),
        "x-source" => matches!(
            kind,
            NodeKind::Info
                | NodeKind::Server
                | NodeKind::SecurityScheme
                | NodeKind::Envelope
                | NodeKind::Trims
                | NodeKind::Operation
                | NodeKind::WebhookPost
                | NodeKind::Parameter
                | NodeKind::Component
                | NodeKind::Property
                | NodeKind::FormRule
        ),
        // The others are limits, which `limit-unchecked` checks.
        _ => kind.is_schema(),
    }
}

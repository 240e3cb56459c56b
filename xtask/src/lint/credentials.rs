//! Rules about credentials.

use super::rule::{Diagnostics, Rule};
use crate::document::At;
use crate::spec_index::{Node, NodeKind, Spec};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "security-missing",
        "OpenAPI sends no credentials where there is no `security`, which is rarely meant.",
        "Write `security` in the document, with every scheme in one requirement. For an operation without credentials \
         write `security: []`.",
        missing,
    ),
    Rule::of_spec(
        "security-unknown",
        "A call cannot carry a credential that is not declared, and knows no scopes.",
        "Name a scheme of `components/securitySchemes`, with the value `[]`.",
        unknown,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "credential-unused",
        "Callers would give a credential that no call carries.",
        "Name the scheme in a `security`, or remove it.",
        unused,
    ),
    Rule::of_spec(
        "credential-parameter",
        "A parameter is shown and logged like any other value.",
        "Remove the parameter. The security scheme sends it.",
        parameter,
    ),
];

/// Returns the requirements of the document and of the operations.
fn requirements<'s, 'd>(spec: &'s Spec<'d>) -> impl Iterator<Item = At<'d>> + use<'s, 'd> {
    let own = spec.of_kind(NodeKind::Operation).filter_map(|node| node.get("security").cloned());
    own.chain(spec.root.get("security")).flat_map(|security| security.as_items().unwrap_or_default())
}

/// Returns the names in a requirement, with their scopes.
fn named<'d>(requirement: &At<'d>) -> Vec<(&'d str, At<'d>)> {
    requirement.as_entries().unwrap_or_default()
}

fn missing(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    if spec.root.get("security").is_none() {
        for node in spec.of_kind(NodeKind::Operation).filter(|node| node.get("security").is_none()) {
            diagnostics.at(&node.at, "neither the operation nor the document has a `security`");
        }
    }
}

fn unknown(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for requirement in requirements(spec) {
        for (name, scopes) in named(&requirement) {
            if !spec.of_kind(NodeKind::SecurityScheme).any(|scheme| scheme.key == name) {
                diagnostics.at(&scopes, format!("there is no security scheme `{name}`"));
            } else if scopes.as_items().is_none_or(|scopes| !scopes.is_empty()) {
                diagnostics.at(&scopes, format!("`{name}` has scopes"));
            }
        }
    }
}

fn unused(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    let is_used =
        |scheme: &Node<'_>| requirements(spec).any(|one| named(&one).iter().any(|(name, _)| *name == scheme.key));
    for scheme in spec.of_kind(NodeKind::SecurityScheme).filter(|scheme| !is_used(scheme)) {
        diagnostics.at(&scheme.at, format!("no `security` names the credential `{}`", scheme.key));
    }
}

fn parameter(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Parameter).filter(|node| !node.is_reference()) {
        let same = |key| spec.of_kind(NodeKind::SecurityScheme).any(|scheme| scheme.text(key) == node.text(key));
        let (Some(name), true) = (node.text("name"), same("in")) else { continue };
        let is_header = node.text("in") == Some("header");
        let is_credential = spec.of_kind(NodeKind::SecurityScheme).any(|scheme| {
            let credential = scheme.text("name").unwrap_or_default();
            scheme.text("in") == node.text("in")
                && (credential == name || is_header && credential.eq_ignore_ascii_case(name))
        });
        if is_credential {
            diagnostics.at(&node.at, format!("parameter `{name}` is a credential"));
        }
    }
}

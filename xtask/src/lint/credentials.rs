//! Rules about credentials.

use std::collections::BTreeSet;

use super::rule::{Diagnostics, Rule};
use crate::spec_index::{NodeKind, Spec};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "credentials-together",
        "Each call sends all credentials, and a constructor takes them once.",
        "Write one requirement in the document's `security`, with every scheme and no scopes. Remove every other \
         `security`.",
        together,
    ),
    Rule::of_spec(
        "credential-parameter",
        "A parameter is shown and logged like any other value.",
        "Remove the parameter. The security scheme sends it.",
        parameter,
    ),
];

fn together(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    let schemes: BTreeSet<_> = spec.of_kind(NodeKind::SecurityScheme).map(|scheme| scheme.key).collect();
    match spec.root.get("security") {
        None => diagnostics.at(&spec.root, "the document has no `security`"),
        Some(security) => {
            let requirements = security.as_items().unwrap_or_default();
            let named: Vec<BTreeSet<_>> = requirements
                .iter()
                .map(|one| one.as_entries().unwrap_or_default().iter().map(|(name, _)| *name).collect())
                .collect();
            if named != [schemes] {
                diagnostics.at(&security, "`security` is not one requirement with every security scheme");
            }
        }
    }
    for operation in spec.of_kind(NodeKind::Operation) {
        if let Some(security) = operation.get("security") {
            diagnostics.at(security, "the operation has a `security` of its own");
        }
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

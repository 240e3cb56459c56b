//! The rule about limits: each is in a location where clients check it.

use super::rule::{Diagnostics, Rule};
use crate::rules::{CHECKED, CHECKED_OF_ITEMS, UNCHECKED, WAY};
use crate::spec_index::{Node, NodeKind, Owner, Spec};

pub(super) const RULES: &[Rule] = &[Rule::of_spec(
    "limit-unchecked",
    "The client promises to check every limit that the documentation shows.",
    "Describe the limit in words. Clients check the limits in specs/README.md, for a parameter or a property of a \
         form, and for the texts in a list that is one of these.",
    unchecked,
)];

fn unchecked(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas() {
        let (is_checked, is_item) = (is_checked(node, spec), is_item(node, spec));
        for (key, limit) in &node.entries {
            if UNCHECKED.contains(key) && !is_empty_array(node, key) {
                diagnostics.at(limit, format!("clients do not check `{key}`"));
            } else if CHECKED.contains(key) && !is_checked && !(is_item && CHECKED_OF_ITEMS.contains(key)) {
                diagnostics.at(limit, format!("clients do not check `{key}` here"));
            }
        }
    }
}

/// Whether this is the schema of a parameter, a property of a form, or a named schema that one of these refers to.
fn is_checked(node: &Node<'_>, spec: &Spec<'_>) -> bool {
    match node.kind {
        NodeKind::ParameterSchema => true,
        NodeKind::Property => is_field(node, spec),
        NodeKind::Component => spec.requests.contains(node.key) && !spec.forms.contains(node.key),
        _ => false,
    }
}

/// Whether this is part of a form, or of an object within one. A rule cannot name a property whose name has signs of a way.
fn is_field(node: &Node<'_>, spec: &Spec<'_>) -> bool {
    let is_part = matches!(node.owner, Owner::Component(name) if spec.requests.contains(name));
    spec.is_form(node) || is_part && !node.at.keys_outwards().any(|key| key.contains(WAY))
}

/// Whether this is the schema of the values in a list that is a parameter or a property of a form.
fn is_item(node: &Node<'_>, spec: &Spec<'_>) -> bool {
    let mut keys = node.at.keys_outwards();
    match (keys.next(), keys.next(), keys.next()) {
        (Some("items"), Some(_), Some("properties")) => is_field(node, spec),
        (Some("items"), Some("schema"), _) => node.owner == Owner::Parameter,
        _ => false,
    }
}

/// Whether this describes the empty array that PHP writes for an empty object.
fn is_empty_array(node: &Node<'_>, key: &str) -> bool {
    key == "maxItems"
        && node.text("type") == Some("array")
        && node.get(key).is_some_and(|limit| limit.as_scalar().is_some_and(|limit| limit == 0))
}

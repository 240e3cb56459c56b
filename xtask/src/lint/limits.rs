//! The rule about limits: only where a client checks them.

use super::role::NodeKind;
use super::spec_index::{Node, Owner, Spec};
use super::{Diagnostics, Rule};
use crate::rules::{CHECKED, CHECKED_OF_ITEMS, UNCHECKED};

pub(super) const RULES: &[Rule] = &[Rule::of_spec(
    "limit-unchecked",
    "A limit that nothing checks is a promise that the client does not keep.",
    "Tell it in the description; checked are the limits of specs/README.md, of a parameter or of a form's property, and \
     those of texts within a list of these.",
    unchecked,
)];

fn unchecked(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in spec.schemas() {
        let (is_checked, is_item) = (is_checked(place, spec), is_item(place, spec));
        for (key, limit) in &place.entries {
            if UNCHECKED.contains(key) && !is_empty_array(place, key) {
                found.at(limit, format!("nothing checks `{key}`"));
            } else if CHECKED.contains(key) && !is_checked && !(is_item && CHECKED_OF_ITEMS.contains(key)) {
                found.at(limit, format!("nothing checks `{key}` in this place"));
            }
        }
    }
}

/// Limits stand in the schema of a parameter, in a property of a form, and in a named schema behind these.
fn is_checked(place: &Node<'_>, spec: &Spec<'_>) -> bool {
    match place.role {
        NodeKind::ParameterSchema => true,
        NodeKind::Property => spec.is_form(place),
        NodeKind::Component => spec.requests.contains(place.key) && !spec.forms.contains(place.key),
        _ => false,
    }
}

/// The schema of the values in a list that is a parameter or a property of a form.
fn is_item(place: &Node<'_>, spec: &Spec<'_>) -> bool {
    let mut keys = place.at.keys_outwards();
    match (keys.next(), keys.next(), keys.next()) {
        (Some("items"), Some(_), Some("properties")) => spec.is_form(place),
        (Some("items"), Some("schema"), _) => place.owner == Owner::Request,
        _ => false,
    }
}

/// An empty array, as PHP writes an empty object.
fn is_empty_array(place: &Node<'_>, key: &str) -> bool {
    key == "maxItems"
        && place.text("type") == Some("array")
        && place.get(key).is_some_and(|limit| limit.as_scalar().is_some_and(|limit| limit == 0))
}

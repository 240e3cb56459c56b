//! References in a document.

use crate::document::At;
use crate::schema::SCHEMAS;

/// Returns the name of the component that a schema refers to.
pub(crate) fn referred<'d>(schema: &At<'d>) -> Option<&'d str> {
    schema.get_text("$ref").ok()??.strip_prefix(SCHEMAS)
}

/// Returns the value of a reference to anything but a schema, and any other value unchanged.
///
/// A reference to a schema stays, since its name is the name of a type.
pub(crate) fn target<'d>(at: &At<'d>) -> At<'d> {
    match at.get_text("$ref") {
        Ok(Some(reference)) if !reference.starts_with(SCHEMAS) => at.resolve().unwrap_or_else(|_| at.clone()),
        _ => at.clone(),
    }
}

/// Whether the keys of a mapping are names that the API chose, which have no meaning in OpenAPI.
pub(crate) fn holds_names(at: &At<'_>) -> bool {
    // The key below `properties` is a name, so a property can be called `properties` itself.
    let properties = at.keys_outwards().take_while(|key| *key == "properties").count();
    let mut keys = at.keys_outwards();
    let innermost = [keys.next(), keys.next(), keys.next()];
    properties % 2 == 1 || matches!(innermost, [Some("x-webhooks"), None, _] | [_, Some("components"), None])
}

//! The styles in which a parameter with several values is written.

use super::finding::{Finding, Result};
use super::json_type::Type;
use crate::document::At;

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As the client writes it: a single value, or each item of a list with the name.
    Plain,
    /// A list as one value, with this character between its items.
    Separated(char),
    /// Each property of an object as `name[key]`.
    Deep,
}

/// Returns the style of a parameter in the path, the query or a header. For a single value, the other styles make no
/// difference.
pub(super) fn style(at: &At<'_>, place: &str, types: &[Type]) -> Result<Style> {
    if let Some(style @ ("label" | "matrix")) = at.get("style").and_then(|at| at.as_text()) {
        return Err(Finding::at(at, format!("a parameter in the path in the style `{style}`")));
    }
    if types.iter().all(|kind| kind.is_scalar()) {
        return Ok(Style::Plain);
    }
    let text = |key| at.get(key).and_then(|at| at.as_text());
    let is_list = types == [Type::Array];
    let explode = at.get("explode").and_then(|at| at.as_scalar()).and_then(serde_json::Value::as_bool);
    let default = if place == "query" { "form" } else { "simple" };
    // Swagger 2 has `collectionFormat` instead.
    match (place, text("style").or(text("collectionFormat")).unwrap_or(default)) {
        ("query", "form") if explode != Some(false) => Ok(Style::Plain),
        ("query", "multi") => Ok(Style::Plain),
        ("query", "deepObject") if types == [Type::Object] => Ok(Style::Deep),
        ("query", "form" | "csv") | ("path" | "header", "simple" | "csv") if is_list => Ok(Style::Separated(',')),
        ("query", "spaceDelimited" | "ssv") if is_list => Ok(Style::Separated(' ')),
        ("query", "pipeDelimited" | "pipes") if is_list => Ok(Style::Separated('|')),
        (place, style) => Err(Finding::at(at, format!("a list or an object in the {place} in the style `{style}`"))),
    }
}

//! What becomes documentation.

use crate::document::{At, Result};
use crate::limits;
use crate::names::wire_name;

/// The description in a spec of what the provider's document does not describe. The documentation leaves it out.
pub(crate) const NO_DESCRIPTION: &str = "No description in the document.";

/// Whether the description says that there is none.
pub(crate) fn is_undescribed(at: &At<'_>) -> bool {
    at.get("description").and_then(|at| at.as_text()).is_some_and(|text| text.trim() == NO_DESCRIPTION)
}

/// Returns the description of a value with this name, its limits and its source, as the documentation shows it.
pub(super) fn described(at: &At<'_>, name: &str) -> Result<String> {
    let description = at.get_text("description")?.filter(|_| !is_undescribed(at)).map(|text| text.trim().to_owned());
    let all = [description, wire_name(name), limits::described(at)?, source_of_description(at)?];
    Ok(all.into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
}

/// Returns how a value is known, unless there is no description to know.
pub(crate) fn source_of_description(at: &At<'_>) -> Result<Option<String>> {
    if is_undescribed(at) { Ok(None) } else { source(at) }
}

/// Returns how a value is known, as the documentation shows it.
pub fn source(at: &At<'_>) -> Result<Option<String>> {
    let Some(source) = at.get("x-source") else { return Ok(None) };
    let link = |fact: String| format!("[{fact}](crate::facts#{})", fact.to_lowercase());
    let facts: Vec<_> = source.need("facts")?.texts()?.into_iter().map(link).collect();
    Ok(Some(format!("Source: {} ({}).", source.need_text("evidence")?, facts.join(", "))))
}

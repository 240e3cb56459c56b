//! What becomes documentation.

use crate::document::{At, Result};
use crate::limits;

/// Returns a description with its limits and its source, as the documentation shows it.
pub(super) fn described(at: &At<'_>) -> Result<String> {
    let description = at.get_text("description")?.unwrap_or_default().trim();
    let more = [limits::described(at)?, source(at)?].into_iter().flatten();
    Ok(more.fold(description.to_owned(), |text, more| format!("{text}\n\n{more}")))
}

/// Returns how a value is known, as the documentation shows it.
pub fn source(at: &At<'_>) -> Result<Option<String>> {
    let Some(source) = at.get("x-source") else { return Ok(None) };
    let link = |fact: String| format!("[{fact}](crate::facts#{})", fact.to_lowercase());
    let facts: Vec<_> = source.need("facts")?.texts()?.into_iter().map(link).collect();
    Ok(Some(format!("Source: {} ({}).", source.need_text("evidence")?, facts.join(", "))))
}

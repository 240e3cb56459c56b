//! The places of a spec that say nothing about a value.

use crate::document::{At, Document};
use crate::spec_index::OperationNode;

/// The most places of a kind that a report names.
const MOST: usize = 10;

/// Returns the lines of a report about the answers and the properties that are any JSON.
pub(super) fn any_json(spec: &str) -> Vec<String> {
    let Ok(document) = Document::parse("spec", spec) else { return Vec::new() };
    let root = document.root();
    let answers: Vec<_> = OperationNode::all(&root)
        .iter()
        .filter(|operation| answer(&operation.at).is_some_and(|schema| is_any(&schema)))
        .map(|operation| operation.name().into_owned())
        .collect();
    let schemas = root.get("components").and_then(|at| at.get("schemas")).and_then(|at| at.as_entries());
    let mut properties = Vec::new();
    for (name, schema) in schemas.unwrap_or_default() {
        let own = schema.get("properties").and_then(|at| at.as_entries()).unwrap_or_default();
        properties.extend(own.iter().filter(|(_, at)| is_any(at)).map(|(property, _)| format!("{name}.{property}")));
    }
    let kinds = [(answers, "answers"), (properties, "properties")];
    kinds.iter().filter(|(places, _)| !places.is_empty()).map(|(places, kind)| line(places, kind)).collect()
}

fn line(places: &[String], kind: &str) -> String {
    let named = places.iter().take(MOST).map(|place| format!("`{place}`")).collect::<Vec<_>>().join(", ");
    let more = places.len().saturating_sub(MOST);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("  Any JSON, since the document does not describe them: {} {kind}: {named}{more}", places.len())
}

/// Returns the schema of a successful answer of JSON.
fn answer<'d>(operation: &At<'d>) -> Option<At<'d>> {
    operation.get("responses")?.get("2XX")?.get("content")?.get("application/json")?.get("schema")
}

/// Whether a schema allows any value.
fn is_any(schema: &At<'_>) -> bool {
    !["type", "$ref", "allOf", "oneOf", "x-open-enum"].iter().any(|key| schema.get(key).is_some())
}

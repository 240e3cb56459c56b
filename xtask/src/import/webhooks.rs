//! What the provider posts: `webhooks` of OpenAPI 3.1 become `x-webhooks`.

use super::bodies::{media_type, object};
use super::components::reference;
use super::finding::{Finding, Result};
use super::ids::snake_case;
use super::json_type::Type;
use super::place::Use;
use super::prose::{description, summary};
use super::reference::resolve;
use super::schemas::{Schemas, has_no_properties};
use super::tree::Map;
use crate::document::At;

/// The longest id of a webhook, in characters. Longer names are cut.
const LONGEST_ID: usize = 80;

/// Converts the webhooks. Those that cannot be expressed become notes.
pub(super) fn webhooks(schemas: &mut Schemas, root: &At<'_>) -> Option<Map> {
    let all = root.get("webhooks").or_else(|| root.get("x-webhooks"))?;
    let mut map = Map::new();
    for (name, item) in all.as_entries().unwrap_or_default() {
        match webhook(schemas, name, &item) {
            Ok((name, tree)) if map.get(&name).is_none() => map.add(&name, tree),
            Ok((name, _)) => schemas.notes.push(Finding::at(&item, format!("another webhook is called `{name}`"))),
            Err(finding) => {
                let reason = format!("the webhook `{name}` is left out: {}", finding.reason);
                schemas.notes.push(Finding { reason, ..finding });
            }
        }
    }
    (!map.is_empty()).then_some(map)
}

fn webhook(schemas: &mut Schemas, name: &str, item: &At<'_>) -> Result<(String, Map)> {
    let item = resolve(item)?;
    let post = item.get("post").ok_or_else(|| Finding::at(&item, "it has no `post` directly below it"))?;
    let body = post.get("requestBody").ok_or_else(|| Finding::at(&post, "it has no body"))?;
    let content = resolve(&body)?.get("content").and_then(|at| at.as_entries()).unwrap_or_default();
    let json = content.iter().find(|(name, _)| media_type(name) == "application/json");
    let schema = json.and_then(|(_, media)| media.get("schema"));
    let schema = schema.ok_or_else(|| Finding::at(&body, "its body is not JSON with a schema"))?;
    let flat = object(&schema)?;
    if flat.only_type() != Some(Type::Object) || flat.properties.is_empty() {
        return Err(Finding::at(&schema, "its body is not an object with properties"));
    }
    let id = snake_case(&name.chars().take(LONGEST_ID).collect::<String>());
    let id = if id.starts_with(|c: char| c.is_ascii_lowercase()) { id } else { format!("webhook_{id}") };
    let component = schemas.components.name(&[format!("{id} post"), format!("{id} webhook post")]);
    let tree = schemas.object_tree(&flat, &component, Use::Answer, false)?;
    if has_no_properties(&tree) {
        return Err(Finding::at(&schema, "none of the properties of its body can be expressed"));
    }
    schemas.components.add(&component, tree);
    let text = |key| post.get(key).and_then(|at| at.as_text());
    let (mut summary, more) = summary(text("summary"), &id);
    if summary.starts_with("Call ") {
        summary = format!("Receive `{id}`.");
    }
    let own = text("description").and_then(description).or(more);
    let media = Map::new().with("application/json", Map::new().with("schema", reference(&component)));
    let post = Map::new()
        .with("operationId", id.as_str())
        .with("summary", summary)
        .with("description", own.unwrap_or_else(|| crate::read::NO_DESCRIPTION.to_owned()))
        .with("x-source", schemas.source.clone())
        .with("requestBody", Map::new().with("required", true).with("content", media))
        .with("responses", Map::new().with("2XX", Map::new().with("description", "Received.")));
    Ok((id, Map::new().with("post", post)))
}

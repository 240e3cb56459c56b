//! The body of a request.

use std::collections::BTreeSet;

use super::alternatives::{Alternatives, settle};
use super::components::reference;
use super::examples::is_contradicted;
use super::finding::{Finding, Result};
use super::flat::{Flat, flatten};
use super::json_type::Type;
use super::place::{Limits, Place, Use};
use super::reference::resolve;
use super::schemas::{Schemas, any_object, has_no_properties};
use super::tree::{Map, Tree};
use crate::document::At;
use crate::read::MOST_FIELDS;

/// The media types that a spec can express, the preferred one first.
const MEDIA: [(&str, Use); 3] = [(JSON, Use::Json), (MULTIPART, Use::Form), (URLENCODED, Use::Form)];

const JSON: &str = "application/json";

const MULTIPART: &str = "multipart/form-data";

const URLENCODED: &str = "application/x-www-form-urlencoded";

/// Converts the body of an operation, which becomes a schema named after it. The operation has this number of parameters.
pub(super) fn body(schemas: &mut Schemas, stem: &str, operation: &At<'_>, parameters: usize) -> Result<Option<Tree>> {
    let Some(body) = operation.get("requestBody") else { return Ok(None) };
    let body = resolve(&body)?;
    let content = body.get("content").and_then(|at| at.as_entries()).unwrap_or_default();
    if content.is_empty() {
        schemas
            .notes
            .push(Finding::at(&body, "the body has no media type, so the operation is imported without a body"));
        return Ok(None);
    }
    let is_required = body.is_true("required");
    let found = |name: &str| content.iter().find(|(media, _)| media_type(media) == name).map(|(_, media)| media);
    let (mut failure, mut chosen) = (None, None);
    for (name, usage) in MEDIA {
        let Some(media) = found(name) else { continue };
        match media_body(schemas, stem, (name, usage), media, parameters) {
            Ok(Some(map)) => {
                chosen = Some(map);
                break;
            }
            Ok(None) => {}
            Err(finding) => failure = failure.or(Some(finding)),
        }
    }
    if chosen.is_none()
        && let Some(media) = found(JSON)
    {
        chosen = Some(json_root(schemas, stem, media)?);
    }
    let others: Vec<_> = content.iter().map(|(name, _)| *name).collect();
    let Some(map) = chosen else {
        if failure.is_none() && !is_required {
            let note = "the body has no known properties and is optional, so the operation is imported without a body";
            schemas.notes.push(Finding::at(&body, note));
            return Ok(None);
        }
        return Err(failure.unwrap_or_else(|| Finding::at(&body, format!("a body of {}", others.join(", ")))));
    };
    if let (Some(entry), [_, _, ..]) = (map.entries.first(), others.as_slice()) {
        let reason = format!("the body can be of {}, and is sent as {}", others.join(", "), entry.key);
        schemas.notes.push(Finding::at(&body, reason));
    }
    let mut tree = Map::new();
    if is_required {
        tree.add("required", true);
    }
    Ok(Some(tree.with("content", map).into()))
}

/// Converts a JSON body that is not an object with known properties.
fn json_root(schemas: &mut Schemas, stem: &str, media: &At<'_>) -> Result<Map> {
    let mut inner = Map::new();
    if let Some(schema) = media.get("schema") {
        let place = Place { usage: Use::Json, stem, name: "item", limits: Limits::Unchecked };
        let (keywords, comments) = schemas.piece(&schema, std::slice::from_ref(&schema), place)?.bare();
        let (keywords, comments) = if is_map(&keywords) { (any_object(), comments) } else { (keywords, comments) };
        inner.add_commented("schema", keywords, comments);
    } else {
        inner.add("schema", Map::new());
    }
    Ok(Map::new().with(JSON, inner))
}

/// Whether a schema is a map whose values have a type.
fn is_map(schema: &Map) -> bool {
    matches!(schema.get("additionalProperties"), Some(Tree::Map(_)))
}

/// Returns a media type without its parameters, with `+json` as JSON.
pub(super) fn media_type(text: &str) -> String {
    let plain = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if plain.ends_with("+json") || plain == "text/json" { "application/json".to_owned() } else { plain }
}

/// Returns the content, or `None` if it is not an object with known properties.
fn media_body(
    schemas: &mut Schemas,
    stem: &str,
    (name, usage): (&str, Use),
    media: &At<'_>,
    parameters: usize,
) -> Result<Option<Map>> {
    let Some(schema) = media.get("schema") else { return Ok(None) };
    if name == JSON && is_contradicted(&schema, &schemas.contradicted) {
        return Ok(None);
    }
    let flat = object(&schema)?;
    match flat.only_type() {
        Some(Type::Object) => {}
        _ if name == JSON || flat.types.is_empty() => return Ok(None),
        _ => return Err(Finding::at(&schema, "a form that is a list, a text or a number and no object")),
    }
    if flat.properties.is_empty() {
        return Ok(None);
    }
    let body = format!("{stem}Body");
    let deep_objects = if name == URLENCODED { deep_objects(media) } else { BTreeSet::new() };
    let parts = if name == MULTIPART { json_parts(&flat)? } else { BTreeSet::new() };
    let deep = deep_objects.iter().map(|name| (name.clone(), Use::DeepObject));
    schemas.objects_of_form = deep.chain(parts.into_iter().map(|name| (name, Use::Json))).collect();
    let mut tree = schemas.object_tree(&flat, &body, usage, true)?;
    shorten(&mut tree, MOST_FIELDS.saturating_sub(parameters), schemas, &schema);
    let encoding = encoding(&tree, &deep_objects);
    if has_no_properties(&tree) && name == JSON {
        return Ok(None);
    }
    if has_no_properties(&tree) {
        return Err(Finding::at(&schema, "none of the properties of the body can be expressed"));
    }
    schemas.components.add(&body, tree);
    let content = Map::new().with("schema", reference(&body)).with_some("encoding", encoding);
    Ok(Some(Map::new().with(name, content)))
}

/// Returns the properties that a media type sends as `name[key]`.
fn deep_objects(media: &At<'_>) -> BTreeSet<String> {
    let all = media.get("encoding").and_then(|at| at.as_entries()).unwrap_or_default();
    let is_deep = |at: &At<'_>| at.get("style").is_some_and(|style| style.as_text() == Some("deepObject"));
    all.iter().filter(|(_, at)| is_deep(at)).map(|(name, _)| (*name).to_owned()).collect()
}

/// Returns the properties of a multipart form that are objects. Each is a part of the type `application/json`.
fn json_parts(flat: &Flat<'_>) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for (name, parts) in &flat.properties {
        let Some(first) = parts.first() else { continue };
        let mut property = flatten(first, parts)?;
        let is_object = match settle(&mut property)? {
            Alternatives::None => property.only_type() == Some(Type::Object),
            Alternatives::Objects(_) => true,
            _ => false,
        };
        if is_object {
            names.insert((*name).to_owned());
        }
    }
    Ok(names)
}

/// Returns the `encoding` of the objects in a body.
fn encoding(body: &Map, deep_objects: &BTreeSet<String>) -> Option<Tree> {
    let Some(Tree::Map(properties)) = body.get("properties") else { return None };
    let mut encoding = Map::new();
    for name in deep_objects.iter().filter(|name| properties.get(name).is_some_and(is_object)) {
        encoding.add(name, Map::new().with("style", "deepObject").with("explode", true));
    }
    (!encoding.is_empty()).then(|| encoding.into())
}

/// Whether a property is a map, or refers to a component.
fn is_object(property: &Tree) -> bool {
    matches!(property, Tree::Map(map) if map.text("type") == Some("object") || map.get("allOf").is_some())
}

/// Leaves out the last optional properties of a body that has more than `most`.
fn shorten(body: &mut Map, most: usize, schemas: &mut Schemas, at: &At<'_>) {
    let required = body.get("required").map(Tree::json).unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let Some(Tree::Map(properties)) = body.get_mut("properties") else { return };
    let mut left_out = Vec::new();
    while properties.entries.len() > most {
        let Some(index) = properties.entries.iter().rposition(|entry| !is_required(&entry.key)) else { break };
        left_out.push(properties.entries.remove(index).key);
    }
    if !left_out.is_empty() {
        left_out.reverse();
        let names = left_out.join("`, `");
        let reason = format!("a call has at most {MOST_FIELDS} parameters and properties; left out: `{names}`");
        schemas.notes.push(Finding::at(at, reason));
    }
}

/// Returns the object that a schema describes. Alternative objects become one with the properties of all.
pub(super) fn object<'d>(schema: &At<'d>) -> Result<Flat<'d>> {
    let mut flat = flatten(schema, std::slice::from_ref(schema))?;
    match settle(&mut flat)? {
        Alternatives::Objects(objects) => join(&mut flat, objects)?,
        Alternatives::Mixed | Alternatives::ListOrItem(_) => flat.types = [Type::Array, Type::Object].into(),
        Alternatives::Scalars(types) => flat.types = types,
        Alternatives::None => {}
    }
    Ok(flat)
}

fn join<'d>(flat: &mut Flat<'d>, objects: Vec<Flat<'d>>) -> Result<()> {
    let own = flat.required.clone();
    let mut objects = objects.into_iter();
    if let Some(mut first) = objects.next() {
        for other in objects {
            first.join(other)?;
        }
        let shared = first.required.clone();
        flat.required = own.union(&shared).copied().collect();
        let required = flat.required.clone();
        first.required.extend(&required);
        flat.join(first)?;
        flat.required = required;
    }
    flat.types = [Type::Object].into();
    Ok(())
}

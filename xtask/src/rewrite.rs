//! From our spec to one that progenitor takes.
//!
//! progenitor supports neither forms with files nor open enums, closes every enum, and turns limits into types of their
//! own. Each rule here removes one of these. [`crate::emit`] and [`crate::patch`] add ours to the code.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Parameter, PathItem, ReferenceOr, Response, Schema};
use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::document::{At, Document, Result};
use crate::limits;
use crate::names::{field, setter, wire_name};
use crate::read::{constant, is_undescribed, source_of_description};
use crate::schema::{SCHEMAS, list_or_item, reach, real_alternatives};
use crate::spec_index::{OperationNode, holds_names};

/// The name of the schema that stands for a file in the document that progenitor reads.
pub const FILE: &str = "RuntimeFile";

/// The keys that progenitor must not see. Limits would become types that are awkward to use; [`crate::rules`] makes a
/// table of them instead, which is checked before sending. Examples are for readers.
const LEFT_OUT: [&str; 16] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "example",
    "examples",
    "default",
];

/// Rewrites a document for progenitor.
pub fn rewrite(document: &Document) -> Result<OpenAPI> {
    let root = document.root();
    let mut json = root.to_json(&keep, &change)?;
    if root.get("components").and_then(|at| at.get("schemas")).and_then(|at| at.get(FILE)).is_some() {
        return Err(root.error(format!("the schema name `{FILE}` is taken by the generator")));
    }
    optional_collections(&root, &mut json)?;
    json["components"]["schemas"][FILE] = json!({ "type": "string" });
    // progenitor ignores these; `emit` generates their code.
    if let Some(root) = json.as_object_mut() {
        root.remove("servers");
        root.remove("security");
    }
    OpenAPI::deserialize(&json).map_err(|error| {
        let (place, error) = misplaced(&root, &json).unwrap_or((root, error));
        place.error(format!("not OpenAPI 3.0: {error}"))
    })
}

/// Makes the optional lists and maps of JSON bodies nullable, and the maps of forms, so that an empty one differs
/// from one that is absent.
fn optional_collections(root: &At<'_>, json: &mut Value) -> Result<()> {
    let forms = ["application/x-www-form-urlencoded", "multipart/form-data"].map(|media| (media, false));
    for (media, lists) in [("application/json", true)].into_iter().chain(forms) {
        let mut references = BTreeSet::new();
        for operation in OperationNode::all(root) {
            let Some(body) = operation.at.get("requestBody") else { continue };
            let Some(media) = body.resolve()?.get("content").and_then(|at| at.get(media)) else { continue };
            reach(&media, &mut references)?;
        }
        for name in references.into_iter().filter_map(|one| one.strip_prefix(SCHEMAS)) {
            let schema = &mut json["components"]["schemas"][name];
            let required = schema["required"].clone();
            let is_required = |name: &str| required.as_array().is_some_and(|all| all.iter().any(|one| one == name));
            for (name, property) in schema["properties"].as_object_mut().into_iter().flatten() {
                // `patch` makes it a type that can be absent, null or a value.
                drop(property.as_object_mut().and_then(|property| property.remove("nullable")));
                let is_list = lists && property["type"] == "array";
                if (is_list || property.get("additionalProperties").is_some()) && !is_required(name) {
                    property["nullable"] = true.into();
                }
            }
        }
    }
    Ok(())
}

/// Returns the first path or component that is not valid OpenAPI, and why.
fn misplaced<'d>(root: &At<'d>, json: &Value) -> Option<(At<'d>, serde_json::Error)> {
    fn fails<T: DeserializeOwned>(json: &Value) -> Option<serde_json::Error> {
        serde_json::from_value::<T>(json.clone()).err()
    }
    type Check = fn(&Value) -> Option<serde_json::Error>;
    let checks: [(&[&str], Check); 4] = [
        (&["paths"], fails::<ReferenceOr<PathItem>>),
        (&["components", "schemas"], fails::<ReferenceOr<Schema>>),
        (&["components", "parameters"], fails::<ReferenceOr<Parameter>>),
        (&["components", "responses"], fails::<ReferenceOr<Response>>),
    ];
    checks.into_iter().find_map(|(path, check)| {
        let json = path.iter().try_fold(json, |json, key| json.get(key))?.as_object()?;
        let at = path.iter().try_fold(root.clone(), |at, key| at.get(key))?;
        json.iter().find_map(|(key, json)| Some((at.get(key)?, check(json)?)))
    })
}

fn keep(at: &At<'_>, key: &str) -> bool {
    !(key.starts_with("x-") || LEFT_OUT.contains(&key)) || holds_names(at)
}

/// Applies the rules to a value whose inner values are rewritten already.
fn change(at: &At<'_>, json: Value) -> Result<Value> {
    let Value::Object(mut map) = json else { return Ok(json) };
    if holds_names(at) {
        return Ok(Value::Object(map));
    }
    if at.get("$ref").is_some() {
        at.resolve()?;
    }
    if let Some(form) = map.remove("multipart/form-data") {
        map.insert("application/x-www-form-urlencoded".into(), form);
    }
    if at.get("schema").is_some() {
        map.remove("encoding");
    }
    // Otherwise typify makes a map of it.
    if at.get("properties").is_some_and(|at| at.as_entries().is_some_and(|entries| entries.is_empty())) {
        map.insert("additionalProperties".into(), false.into());
    }
    if map.get("format").is_some_and(|format| format == "binary") {
        map.remove("format");
        map.remove("type");
        map.insert("allOf".into(), json!([{ "$ref": format!("#/components/schemas/{FILE}") }]));
    }
    if at.get("responses").is_some() && at.get("operationId").is_some() {
        own_answers(at, &mut map)?;
    }
    if at.get("in").is_some() {
        // How values are written is up to the runtime.
        map.remove("style");
        map.remove("explode");
    }
    if let Some(name) = at.get_text("name")?.filter(|_| at.get_text("in") != Ok(Some("path")) && at.get("in").is_some())
        && !is_kept(name)
    {
        map.insert("name".into(), setter(name).into());
    }
    if let Some(alternatives) = at.get("oneOf") {
        one_alternative(&alternatives, &mut map)?;
    }
    if let (Some(list), Some(Value::Array(rewritten))) = (at.get("parameters"), map.get_mut("parameters")) {
        let mut constants = Vec::new();
        for parameter in list.items()? {
            constants.push(constant(&parameter.resolve()?)?.is_some());
        }
        let mut constants = constants.into_iter();
        rewritten.retain(|_| !constants.next().unwrap_or(false));
    }
    if is_undescribed(at) {
        map.remove("description");
    }
    if let Some(notes) = notes(at)? {
        let text = map.get("description").and_then(Value::as_str).unwrap_or_default();
        let described = if text.is_empty() { notes } else { format!("{}\n\n{notes}", text.trim_end()) };
        map.insert("description".into(), described.into());
    }
    Ok(Value::Object(map))
}

/// Whether progenitor gives a parameter the name that we want.
fn is_kept(parameter: &str) -> bool {
    setter(parameter) == field(parameter) && parameter.starts_with(char::is_alphabetic)
}

/// Removes the answers that progenitor need not know, which include all errors. `send` is ours, so progenitor only has to
/// generate the types of objects.
fn own_answers(at: &At<'_>, map: &mut serde_json::Map<String, Value>) -> Result<()> {
    let success = at.need("responses")?.get("2XX").map(|at| at.resolve()).transpose()?;
    let schema = success.and_then(|at| at.get("content")?.get("application/json")?.get("schema"));
    let is_object = schema.map(|at| at.resolve()).transpose()?.is_some_and(|at| at.get("properties").is_some());
    let success = map.get_mut("responses").and_then(|responses| responses.as_object_mut()?.remove("2XX"));
    let success = success.filter(|_| is_object).unwrap_or_else(|| json!({ "description": "" }));
    map.insert("responses".into(), json!({ "2XX": success }));
    Ok(())
}

/// Replaces a `oneOf`: one schema beside an empty array by that schema, a list beside its item by the list, and several
/// scalars by text. This is how the runtime reads them.
fn one_alternative(one_of: &At<'_>, map: &mut serde_json::Map<String, Value>) -> Result<()> {
    let mut alternatives = real_alternatives(one_of)?;
    if let Some(list) = list_or_item(&alternatives)? {
        alternatives = vec![list];
    }
    map.remove("oneOf");
    match alternatives.as_slice() {
        [one] if one.get("$ref").is_some() => {
            map.insert("allOf".into(), json!([{ "$ref": one.need_text("$ref")? }]));
        }
        [one] => {
            if let Value::Object(inner) = one.to_json(&keep, &change)? {
                for (key, value) in inner {
                    map.entry(key).or_insert(value);
                }
            }
        }
        _ => {
            map.insert("type".into(), "string".into());
        }
    }
    Ok(())
}

/// Returns what the documentation says beyond the description: safety, limits and source.
fn notes(at: &At<'_>) -> Result<Option<String>> {
    let mut notes = Vec::new();
    if let Some(safety) = at.get_text("x-safety")? {
        notes.push(match safety {
            "change" if at.get("x-idempotency").is_some() => "Changes data. The client sends an idempotency key, so it can \
                 repeat the request without doing the change twice."
                .to_owned(),
            "read" => "Changes nothing, so it is safe to repeat.".to_owned(),
            _ => "Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is \
                  safe to send the request again."
                .to_owned(),
        });
    }
    // The source of a server or of the whole API is not about a Rust item.
    let item = at.get("operationId").is_some() || at.get("in").is_some() || is_schema(at);
    if item {
        let property = matches!(*at.keys_outwards().take(2).collect::<Vec<_>>(), [_, "properties"]);
        let name = if property { at.keys_outwards().next() } else { at.get_text("name")? };
        notes.extend(name.filter(|_| property || at.get("in").is_some()).and_then(wire_name));
        notes.extend(limits::described(at)?);
        notes.extend(source_of_description(at)?);
    }
    Ok((!notes.is_empty()).then(|| notes.join("\n\n")))
}

fn is_schema(at: &At<'_>) -> bool {
    ["type", "allOf", "oneOf", "$ref"].iter().any(|key| at.get(key).is_some())
}

//! The answers of an operation: one for success, and one for errors that all operations share.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::{media_type, object};
use super::components::{pascal_case, reference, stem_of};
use super::examples::is_contradicted;
use super::finding::{Finding, Result};
use super::flat::{Flat, flatten};
use super::json_type::Type;
use super::place::{Limits, Place, Use};
use super::reference::{component_name, resolve};
use super::schemas::{Schemas, any_object, has_no_properties};
use super::tree::{Map, Tree};
use crate::document::At;
use crate::read::is_media_type;

/// What an operation answers on success.
#[derive(Debug)]
pub(super) enum Success<'d> {
    /// No body.
    Empty,
    /// A JSON object with known properties.
    Object(Box<Flat<'d>>),
    /// Any other JSON.
    Json(At<'d>),
    /// Any JSON at all.
    AnyJson,
    /// Text of this media type.
    Text(String),
    /// Bytes of this media type.
    Bytes(String),
}

/// An answer, its description, and the component that describes it alone.
#[derive(Debug)]
pub(super) struct Answer<'d> {
    pub success: Success<'d>,
    pub description: Option<String>,
    pub component: Option<&'d str>,
    /// The media types that the client does not ask for.
    pub others: Vec<String>,
}

/// Reads the answers of an operation with a status that reports success.
///
/// An answer whose example contradicts its schema is any JSON. `contradicted` has the positions of such schemas.
pub(super) fn success<'d>(operation: &At<'d>, contradicted: &BTreeSet<usize>) -> Result<Answer<'d>> {
    let answers = answers(operation, |status| status.starts_with('2'))?;
    let answers = if answers.is_empty() { self::answers(operation, |status| status == "default")? } else { answers };
    let mut description = None;
    let (mut json, mut others) = (Vec::new(), Vec::new());
    for answer in &answers {
        let text = answer.get("description").and_then(|at| at.as_text());
        description = description.or_else(|| text.and_then(super::prose::description));
        for (name, media) in answer.get("content").and_then(|at| at.as_entries()).unwrap_or_default() {
            match media_type(name) {
                name if name == "application/json" => json.push(media.get("schema")),
                name => others.push((name, media)),
            }
        }
    }
    let component = match json.as_slice() {
        [Some(schema)] => component_name(schema),
        _ => None,
    };
    let success = match json.iter().flatten().any(|schema| is_contradicted(schema, contradicted)) {
        true => Success::AnyJson,
        false if json.is_empty() => not_json(&others),
        false => joined(json)?,
    };
    let mut others: Vec<_> = others.into_iter().map(|(name, _)| name).collect();
    others.sort();
    others.dedup();
    match &success {
        Success::Text(chosen) | Success::Bytes(chosen) => others.retain(|name| name != chosen && !name.contains('*')),
        _ => {}
    }
    Ok(Answer { success, description, component, others })
}

fn answers<'d>(operation: &At<'d>, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<At<'d>>> {
    let all = operation.get("responses").and_then(|at| at.as_entries()).unwrap_or_default();
    all.into_iter().filter(|(status, _)| is_wanted(status)).map(|(_, at)| resolve(&at)).collect()
}

/// Whether a successful answer of an operation has this header.
pub(super) fn has_header(operation: &At<'_>, name: &str) -> bool {
    let answers = answers(operation, |status| status.starts_with('2')).unwrap_or_default();
    let mut headers = answers.iter().filter_map(|answer| answer.get("headers")?.as_entries()).flatten();
    headers.any(|(header, _)| header.eq_ignore_ascii_case(name))
}

/// Returns the texts that the examples of a successful answer have at a dotted path.
pub(super) fn examples<'d>(operation: &At<'d>, path: &str) -> Vec<&'d str> {
    let answers = answers(operation, |status| status.starts_with('2')).unwrap_or_default();
    let media = answers.iter().filter_map(|answer| answer.get("content")?.as_entries()).flatten();
    let examples = media.flat_map(|(_, media)| {
        let several = media.get("examples").and_then(|at| at.as_entries()).unwrap_or_default();
        several.into_iter().filter_map(|(_, example)| example.get("value")).chain(media.get("example"))
    });
    examples.filter_map(|at| path.split('.').try_fold(at, |at, key| at.get(key))?.as_text()).collect()
}

/// Returns the JSON of several answers as one.
fn joined<'d>(schemas: Vec<Option<At<'d>>>) -> Result<Success<'d>> {
    let mut result: Option<Flat<'d>> = None;
    let count = schemas.len();
    for schema in schemas {
        let Some(schema) = schema else { return Ok(Success::AnyJson) };
        let flat = object(&schema)?;
        let is_object = flat.only_type() == Some(Type::Object) && !flat.properties.is_empty();
        match (is_object, &mut result) {
            (true, None) => result = Some(flat),
            (true, Some(first)) => first.join(flat)?,
            (false, _) if count == 1 => return Ok(Success::Json(schema)),
            (false, _) => return Ok(Success::AnyJson),
        }
    }
    Ok(result.map_or(Success::AnyJson, |flat| Success::Object(Box::new(flat))))
}

fn not_json(media: &[(String, At<'_>)]) -> Success<'static> {
    let is_text = |name: &str| name.starts_with("text/") || name.ends_with("xml") || name.ends_with("yaml");
    match media.iter().find(|(name, _)| is_text(name)).or(media.first()) {
        None => Success::Empty,
        Some((name, _)) if name.contains('*') || !is_media_type(name) => {
            Success::Bytes("application/octet-stream".to_owned())
        }
        Some((name, _)) if is_text(name) => Success::Text(name.clone()),
        Some((name, _)) => Success::Bytes(name.clone()),
    }
}

/// Returns the names of the answers, by the position of their operation.
///
/// Operations whose answers are the same component share a schema named after that.
pub(super) fn names(stems: &[String], answers: &[Answer<'_>], schemas: &mut Schemas) -> Vec<String> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let shared = |answer: &Answer<'_>| matches!(answer.success, Success::Object(_));
    for name in answers.iter().filter(|answer| shared(answer)).filter_map(|answer| answer.component) {
        *uses.entry(name).or_default() += 1;
    }
    for stem in stems {
        schemas.components.reserve(&format!("{stem}Response"));
        schemas.components.reserve(&format!("{stem}Body"));
    }
    let mut names = BTreeMap::new();
    let mut list = Vec::new();
    for (stem, answer) in stems.iter().zip(answers) {
        let common = answer.component.filter(|name| shared(answer) && uses.get(name).is_some_and(|uses| *uses > 1));
        let Some(component) = common else {
            list.push(format!("{stem}Response"));
            continue;
        };
        let name = names.entry(component).or_insert_with(|| {
            let plain = pascal_case(component);
            let plain = ["Response", "Body", "Data"].iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
            let name = schemas.components.shared_answer(plain);
            if let Success::Object(flat) = &answer.success {
                schemas.register_answer(flat.key(), &name);
            }
            name
        });
        list.push(name.clone());
    }
    list
}

/// Converts an answer. Its schema gets this name, if it needs one.
pub(super) fn answer(schemas: &mut Schemas, answer: &Answer<'_>, name: &str) -> Result<Tree> {
    let description = answer.description.clone().unwrap_or_else(|| "The answer on success.".to_owned());
    let head = Map::new().with("description", description);
    let content = |media: &str, schema: Tree, comments| {
        let mut inner = Map::new();
        inner.add_commented("schema", schema, comments);
        Map::new().with(media, inner)
    };
    let text = || Map::new().with("type", "string");
    let content = match &answer.success {
        Success::Empty => return Ok(head.into()),
        Success::Text(media) => content(media, text().into(), Vec::new()),
        Success::Bytes(media) => content(media, text().with("format", "binary").into(), Vec::new()),
        Success::AnyJson => content("application/json", Map::new().into(), Vec::new()),
        Success::Json(schema) => {
            let place = Place { usage: Use::Answer, stem: stem_of(name), name: "item", limits: Limits::Unchecked };
            let (keywords, comments) = schemas.piece(schema, std::slice::from_ref(schema), place)?.bare();
            // A component at the root is an object.
            let component = keywords.text("$ref").and_then(|reference| schemas.components.referred(reference));
            let kind = component.filter(|one| one.get("x-open-enum").is_some()).and_then(|one| one.text("type"));
            let keywords = kind.map_or(keywords.clone(), |kind| Map::new().with("type", kind));
            content("application/json", keywords.into(), comments)
        }
        Success::Object(flat) => {
            if schemas.components.get(name).is_none() {
                let tree = schemas.object_tree(flat, name, Use::Answer, false)?;
                if has_no_properties(&tree) {
                    let content = content("application/json", any_object().into(), Vec::new());
                    return Ok(head.with("content", content).into());
                }
                schemas.components.add(name, tree);
            }
            content("application/json", reference(name).into(), Vec::new())
        }
    };
    Ok(head.with("content", content).into())
}

/// The properties of an error that have a text for readers, the preferred one first.
const TEXTS: [&str; 12] = [
    "message",
    "error",
    "detail",
    "error_description",
    "description",
    "title",
    "errors",
    "error_message",
    "errorMessage",
    "msg",
    "details",
    "reason",
];

/// The properties of an error that have its machine-readable reason, the preferred one first.
const REMARKS: [&str; 6] = ["code", "error_code", "errorCode", "error_type", "errorType", "error_subcode"];

/// The properties of the shared error that say how a call failed.
#[derive(Debug, Default)]
pub(super) struct ErrorTexts {
    /// Those with texts for readers, the preferred one first.
    pub texts: Vec<String>,
    /// The one with the machine-readable reason.
    pub remark: Option<String>,
    /// Whether the document describes them.
    pub is_described: bool,
}

/// The most properties of the shared error.
const MOST_ERROR_PROPERTIES: usize = 60;

/// Adds the shared answer of errors, which has the properties of all errors of the operations. Returns the properties that
/// say how a call failed.
pub(super) fn errors(schemas: &mut Schemas, operations: &[At<'_>]) -> Result<ErrorTexts> {
    let mut all: Option<Flat<'_>> = None;
    for operation in operations {
        let is_error = |status: &str| status.starts_with(['4', '5']) || status == "default";
        // The shared answer has what the errors say that can be read.
        for answer in answers(operation, is_error).unwrap_or_default() {
            for (name, media) in answer.get("content").and_then(|at| at.as_entries()).unwrap_or_default() {
                let Some(schema) = media.get("schema").filter(|_| media_type(name) == "application/json") else {
                    continue;
                };
                let Ok(flat) = object(&schema) else { continue };
                if flat.only_type() != Some(Type::Object) {
                    continue;
                }
                match &mut all {
                    None => all = Some(flat),
                    // Only the first properties are taken, so those that are too many are not missed.
                    Some(all) => drop(all.join(flat)),
                }
            }
        }
    }
    let mut properties = Map::new();
    if let Some(mut flat) = all {
        flat.properties.truncate(MOST_ERROR_PROPERTIES);
        if let Some(Tree::Map(map)) = schemas.object_tree(&flat, "Error", Use::Answer, false)?.get("properties") {
            properties = map.clone();
        }
    }
    let is_described = !properties.is_empty();
    if !is_described {
        let cited = Map::new().with("evidence", "guess").with("facts", schemas.facts());
        let message = Map::new()
            .with("type", "string")
            .with("description", "Human-readable text, if the server sends one. The document describes no errors.")
            .with("x-source", cited);
        properties.add("message", message);
    }
    let is_text = |name: &&str| match properties.get(name) {
        Some(Tree::Map(map)) => map.text("type") == Some("string"),
        _ => false,
    };
    let texts: Vec<_> = TEXTS.iter().filter(|name| is_text(name)).map(ToString::to_string).collect();
    let is_remark = |name: &&str| match properties.get(name) {
        Some(Tree::Map(map)) => matches!(map.text("type"), Some("string" | "integer")),
        _ => false,
    };
    let remark = REMARKS.iter().find(|name| is_remark(name)).map(ToString::to_string);
    let is_described = is_described && !(texts.is_empty() && remark.is_none());
    let tree = Map::new()
        .with("description", "A failure, with the properties of all errors that the document describes.")
        .with("type", "object")
        .with("x-source", schemas.source.clone())
        .with("properties", properties);
    schemas.components.add("ErrorResponse", tree);
    Ok(ErrorTexts { texts, remark, is_described })
}

/// The properties whose name says that the answer reports success or failure.
const FLAGS: [&str; 5] = ["success", "ok", "status", "result", "error"];
/// The words for success and for failure in their values. A status with one of them alone is that of a message.
const SUCCESSES: [&str; 4] = ["success", "ok", "true", "done"];
const FAILURES: [&str; 5] = ["error", "fail", "failure", "nok", "false"];

/// Returns the first property of a successful answer that can say that the call failed, with its location.
pub(super) fn failure_flag<'d>(operation: &At<'d>) -> Option<(&'static str, At<'d>)> {
    let answers = answers(operation, |status| status.starts_with('2')).unwrap_or_default();
    let media: Vec<_> = answers.iter().filter_map(|answer| answer.get("content")?.as_entries()).flatten().collect();
    for (_, media) in media.iter().filter(|(name, _)| media_type(name) == "application/json") {
        let described = media.get("schema").and_then(|schema| object(&schema).ok());
        let properties = described.map(|flat| flat.properties).unwrap_or_default();
        for flag in FLAGS {
            let parts = properties.iter().find(|(name, _)| *name == flag).map(|(_, parts)| parts.as_slice());
            let Some((at, flat)) = parts.and_then(|parts| Some((parts.first()?, flatten(parts.first()?, parts).ok()?)))
            else {
                continue;
            };
            let is_boolean = flat.only_type() == Some(Type::Boolean) && flag != "status" && flag != "result";
            let values = flat.values.iter().flatten().filter_map(serde_json::Value::as_str);
            let values: Vec<_> = values.map(str::to_ascii_lowercase).collect();
            let has = |words: &[&str]| values.iter().any(|value| words.contains(&value.as_str()));
            if is_boolean || has(&SUCCESSES) && has(&FAILURES) {
                return Some((flag, at.clone()));
            }
        }
    }
    let flag = ["success", "ok"].into_iter().find(|flag| {
        let several = media.iter().filter_map(|(_, media)| media.get("examples")?.as_entries()).flatten();
        let several = several.filter_map(|(_, example)| example.get("value"));
        let mut all = media.iter().filter_map(|(_, media)| media.get("example")).chain(several);
        all.any(|example| example.get(flag).is_some_and(|at| at.as_scalar().is_some_and(serde_json::Value::is_boolean)))
    })?;
    Some((flag, operation.clone()))
}

/// Reports the properties of successful answers that can say that a call failed.
pub(super) fn note_failure_flags(operations: &[At<'_>], notes: &mut Vec<Finding>) {
    let found: Vec<_> = operations.iter().filter_map(failure_flag).collect();
    for flag in FLAGS {
        let mut of_flag = found.iter().filter(|(other, _)| *other == flag);
        let Some((_, at)) = of_flag.next() else { continue };
        let reason = format!(
            "the successful answers of {} operations have `{flag}`, the first of them here: if it can report a failure, \
             `x-envelope` needs `status`, `success` and `error` instead of `by: http_status` (specs/README.md)",
            of_flag.count() + 1
        );
        notes.push(Finding::review(at, reason));
    }
}

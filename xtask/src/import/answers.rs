//! The answer of an operation on success.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::{media_type, object};
use super::components::{pascal_case, reference, stem_of};
use super::examples::is_contradicted;
use super::finding::Result;
use super::flat::Flat;
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

/// Returns the answers with these statuses.
pub(super) fn answers<'d>(operation: &At<'d>, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<At<'d>>> {
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

//! The parameters of an operation, and the path that some of them are in.

use serde_json::Value;

use super::finding::{Finding, Result};
use super::flat::flatten;
use super::json_type::Type;
use super::path::{InQuery, Path, split_query};
use super::piece::Piece;
use super::place::{Limits, Place, Use};
use super::reference::{percent_decoded, resolve};
use super::schemas::Schemas;
use super::styles::{Style, style};
use super::tree::{Map, Tree};
use super::wire_names;
use crate::document::At;
use crate::names::setter;
use crate::read::OWN_HEADERS;

/// The name of a credential, and where it is sent.
pub(super) type Credential = (String, String);

/// Whether a parameter is a credential.
pub(super) fn is_credential((own_name, own_place): &Credential, name: &str, place: &str) -> bool {
    own_place == place && (own_name == name || place == "header" && own_name.eq_ignore_ascii_case(name))
}

/// The credentials of the document, and those that an operation sends.
#[derive(Clone, Copy)]
pub(super) struct Credentials<'c> {
    pub all: &'c [Credential],
    pub sent: &'c [Credential],
}

/// Converts the parameters of an operation. Returns the path of the spec and the parameters.
pub(super) fn parameters(
    schemas: &mut Schemas,
    credentials: Credentials<'_>,
    stem: &str,
    path: &str,
    item: &At<'_>,
    operation: &At<'_>,
) -> Result<(String, Vec<Tree>)> {
    let (path, query) = split_query(path);
    let mut path = Path::parse(path, operation)?;
    let mut trees = Vec::new();
    let mut fields: Vec<String> = Vec::new();
    let mut declared = declared(item, operation)?;
    for part in query {
        match part {
            InQuery::Parameter { name, parameter } => {
                let known = declared
                    .iter_mut()
                    .find(|(_, other, place)| other == parameter && ["path", "query"].contains(place));
                let Some(known) = known else {
                    let reason = format!("the path has `{{{parameter}}}` in its query, which is not declared");
                    return Err(Finding::at(operation, reason));
                };
                (known.1, known.2) = (name.to_owned(), "query");
            }
            InQuery::Constant { name, value } => {
                let [name, value] = [name, value].map(|text| percent_decoded(&text.replace('+', " ")));
                fields.push(setter(&name));
                trees.push(constant_of_path(schemas, &name, &value));
            }
        }
    }
    // First, because a parameter of the path can get another name, and the others cannot.
    declared.sort_by_key(|(_, _, place)| *place == "path");
    for (at, name, place) in &declared {
        if *place == "path" {
            continue;
        }
        match parameter(schemas, credentials, stem, at, name, place) {
            Ok(Some(tree)) => {
                let field = setter(name);
                if fields.contains(&field) {
                    leave_out(schemas, at, name, Finding::at(at, "another parameter has the same name in Rust"))?;
                } else {
                    fields.push(field);
                    trees.push(tree);
                }
            }
            Ok(None) => {}
            Err(finding) => leave_out(schemas, at, name, finding)?,
        }
    }
    let mut in_path = Vec::new();
    for index in 0..path.names.len() {
        let name = path.names[index].clone();
        let declared = declared.iter().find(|(_, other, place)| *place == "path" && *other == name);
        let free = path.rename(index, &fields);
        fields.push(setter(&free));
        let tree = if let Some((at, ..)) = declared {
            path_parameter(schemas, stem, at, &free)?
        } else {
            schemas.notes.push(Finding::at(
                operation,
                format!("the path has `{name}`, which is not declared: taken for a text"),
            ));
            undeclared(schemas, &free)
        };
        in_path.push(tree);
    }
    for (at, name, place) in &declared {
        if *place == "path" && !path.declared.contains(name) {
            schemas.notes.push(Finding::at(at, format!("`{name}` is left out: the path does not contain it")));
        }
    }
    in_path.extend(trees);
    Ok((path.text(), in_path))
}

/// Returns the parameters with their names and locations. Those of the operation replace those of the path.
pub(super) fn declared<'d>(item: &At<'d>, operation: &At<'d>) -> Result<Vec<(At<'d>, String, &'d str)>> {
    let mut declared: Vec<(At<'d>, String, &'d str)> = Vec::new();
    for list in [item, operation].into_iter().filter_map(|at| at.get("parameters")?.as_items()) {
        for parameter in list {
            let at = resolve(&parameter)?;
            let text = |key| at.get(key).and_then(|at| at.as_text());
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                return Err(Finding::at(&at, "a parameter without a `name` or an `in`"));
            };
            declared.retain(|(_, other, at)| other != name || *at != place);
            declared.push((at, name.to_owned(), place));
        }
    }
    Ok(declared)
}

/// Imports the operation without a parameter that callers can omit.
fn leave_out(schemas: &mut Schemas, at: &At<'_>, name: &str, finding: Finding) -> Result<()> {
    if at.is_true("required") {
        return Err(finding);
    }
    let reason = format!("`{name}` is left out: {}", finding.reason);
    let note = Finding { reason, ..finding };
    if !schemas.notes.contains(&note) {
        schemas.notes.push(note);
    }
    Ok(())
}

/// Converts a parameter in the query or a header.
fn parameter(
    schemas: &mut Schemas,
    credentials: Credentials<'_>,
    stem: &str,
    at: &At<'_>,
    name: &str,
    place: &str,
) -> Result<Option<Tree>> {
    wire_names::check(name).map_err(|reason| Finding::at(at, reason))?;
    let is_header = place == "header";
    let is_among = |credentials: &[Credential]| credentials.iter().any(|one| is_credential(one, name, place));
    if is_among(credentials.sent) {
        return Ok(None);
    }
    if is_among(credentials.all) {
        return Err(Finding::at(at, "other operations send a credential of this name, and this operation does not"));
    }
    if is_header && OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
        note_own_header(schemas, at, name);
        return Ok(None);
    }
    if !["query", "header"].contains(&place) {
        return Err(Finding::at(at, format!("a parameter in the {place}")));
    }
    let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if is_header && !name.chars().all(is_token) {
        return Err(Finding::at(at, format!("`{name}` cannot be the name of a header")));
    }
    let is_required = at.is_true("required");
    let flat = schema(at).map(|schema| flatten(&schema, std::slice::from_ref(&schema))).transpose()?;
    let constant = match flat.as_ref().and_then(|flat| flat.values.as_deref()) {
        Some([Value::String(value)]) if is_required && !is_header => Some(value.clone()),
        _ => None,
    };
    let tree = if let Some(value) = constant {
        constant_parameter(schemas, at, name, &value)
    } else {
        let piece = piece(schemas, stem, at, (name, place))?;
        parameter_tree(schemas, at, name, place, is_required, piece)?
    };
    Ok(Some(tree))
}

/// Reports once that the client sets a header.
fn note_own_header(schemas: &mut Schemas, at: &At<'_>, name: &str) {
    let reason = format!("`{name}` is left out wherever it is a parameter: the client sets this header itself");
    if !schemas.notes.iter().any(|note| note.reason == reason) {
        schemas.notes.push(Finding::at(at, reason));
    }
}

/// Returns the schema of a parameter. In Swagger 2, the parameter itself has its keys.
fn schema<'d>(at: &At<'d>) -> Option<At<'d>> {
    at.get("schema").or_else(|| ["type", "enum", "items"].iter().any(|key| at.get(key).is_some()).then(|| at.clone()))
}

/// Converts the schema of a parameter.
fn piece(schemas: &mut Schemas, stem: &str, at: &At<'_>, (name, place): (&str, &str)) -> Result<Piece> {
    let Some(schema) = schema(at) else {
        let is_json = at.get("content").and_then(|at| at.get("application/json")).is_some();
        let text = if is_json { Piece::json_text() } else { Piece::text("A value without a schema, sent as text.") };
        return Ok(text);
    };
    let at_place = Place { usage: Use::Parameter, stem, name, limits: Limits::Checked };
    let flat = flatten(&schema, std::slice::from_ref(&schema))?;
    let types: Vec<_> = flat.types.iter().copied().collect();
    match style(at, place, &types)? {
        Style::Plain => schemas.piece(&schema, std::slice::from_ref(&schema), at_place),
        // A path contains single values only.
        Style::Separated(separator) if place == "path" => Ok(Piece::separated(&flat, separator, at_place)),
        Style::Separated(separator) => {
            let list = schemas.piece(&schema, std::slice::from_ref(&schema), at_place);
            list.or_else(|_| Ok(Piece::separated(&flat, separator, at_place)))
        }
        Style::Deep => Ok(Piece::keyed(&flat, at_place)),
    }
}

/// Returns the keys that say how several values are written, which are not those of the default.
fn style_keys(at: &At<'_>, place: &str, kind: &str) -> Map {
    let keys = Map::new();
    match (place, kind, style(at, place, &[if kind == "array" { Type::Array } else { Type::Object }])) {
        ("query", "array", Ok(Style::Separated(','))) => keys.with("explode", false),
        ("query", "array", Ok(Style::Separated(' '))) => keys.with("style", "spaceDelimited").with("explode", false),
        ("query", "array", Ok(Style::Separated('|'))) => keys.with("style", "pipeDelimited").with("explode", false),
        ("query", "object", Ok(Style::Deep)) => keys.with("style", "deepObject").with("explode", true),
        _ => keys,
    }
}

fn head(schemas: &Schemas, at: &At<'_>, name: &str, place: &str, is_required: bool, words: &str) -> (Map, Tree) {
    let own = at.get("description").and_then(|at| at.as_text()).and_then(super::prose::description);
    let text = super::prose::joined(own.as_deref().into_iter().chain([words]));
    let text = if text.is_empty() { crate::read::NO_DESCRIPTION.to_owned() } else { text };
    let mut map = Map::new().with("name", name).with("in", place);
    if is_required {
        map.add("required", true);
    }
    (map.with("description", text), schemas.source.clone())
}

fn parameter_tree(
    schemas: &Schemas,
    at: &At<'_>,
    name: &str,
    place: &str,
    is_required: bool,
    piece: Piece,
) -> Result<Tree> {
    let own = at.get("description").and_then(|at| at.as_text()).is_some_and(|text| !text.trim().is_empty());
    let words = if own { piece.more_words() } else { piece.words() };
    let (mut map, source) = head(schemas, at, name, place, is_required, &words);
    let example = at.get("example").and_then(|at| at.as_scalar().cloned()).filter(serde_json::Value::is_string);
    let example = example.map(Tree::Scalar).or(piece.example());
    let is_scalar = piece.is_scalar();
    let (keywords, comments) = piece.bare();
    let kind = keywords.text("type").unwrap_or_default();
    let keys = style_keys(at, place, kind);
    let is_plain = at.get("style").is_none_or(|at| at.as_text() == Some("form"));
    if kind == "object" && (place != "query" || !is_plain && keys.is_empty()) {
        return Err(Finding::at(at, "an object as a parameter"));
    }
    if place == "path" && kind == "array" {
        return Err(Finding::at(at, format!("a list in the {place}")));
    }
    map.entries.extend(keys.entries);
    map.add_commented("schema", keywords, comments);
    if is_scalar {
        map = map.with_some("example", example);
    }
    Ok(map.with("x-source", source).into())
}

fn constant_parameter(schemas: &Schemas, at: &At<'_>, name: &str, value: &str) -> Tree {
    let (map, source) = head(schemas, at, name, "query", true, "");
    let schema = Map::new().with("type", "string").with("enum", vec![Tree::from(value)]).with("default", value);
    map.with("schema", schema).with("x-source", source).into()
}

/// A constant in the query of the path.
fn constant_of_path(schemas: &Schemas, name: &str, value: &str) -> Tree {
    let schema = Map::new().with("type", "string").with("enum", vec![Tree::from(value)]).with("default", value);
    Map::new()
        .with("name", name)
        .with("in", "query")
        .with("required", true)
        .with("description", "The document has it in the path.")
        .with("schema", schema)
        .with("x-source", schemas.source.clone())
        .into()
}

fn path_parameter(schemas: &mut Schemas, stem: &str, at: &At<'_>, name: &str) -> Result<Tree> {
    let piece = piece(schemas, stem, at, (name, "path"))?;
    parameter_tree(schemas, at, name, "path", true, piece)
}

fn undeclared(schemas: &Schemas, name: &str) -> Tree {
    Map::new()
        .with("name", name)
        .with("in", "path")
        .with("required", true)
        .with("description", "A part of the path, which the document does not describe.")
        .with("schema", Map::new().with("type", "string"))
        .with("x-source", schemas.source.clone())
        .into()
}

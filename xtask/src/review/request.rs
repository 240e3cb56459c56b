//! The requests that a spec describes.

use super::security::Security;
use crate::describe::{describe, requires, type_name};
use crate::document::{At, Document};
use crate::schema::unwrapped;
use crate::spec_index::{OperationNode, target};

/// The requests to an API.
pub(super) struct Requests {
    /// The instances: name and base URL.
    pub(super) servers: Vec<(String, String)>,
    /// The credentials: name, and location such as `header client-id`.
    pub(super) credentials: Vec<(String, String)>,
    pub(super) operations: Vec<Request>,
}

/// The request of an operation.
pub(super) struct Request {
    pub(super) id: String,
    /// The path in the document, with its fragment.
    pub(super) path: String,
    /// The method and the path, as sent.
    pub(super) line: String,
    /// The media type of the body, if there is a body.
    pub(super) media: Option<String>,
    /// The alternatives of credentials.
    pub(super) security: Security,
    /// The constants, which the client supplies: name and value.
    pub(super) constants: Vec<(String, String)>,
    pub(super) parts: Vec<RequestPart>,
}

/// A parameter, a part of a form, or a property of a body in JSON.
#[derive(PartialEq, Eq)]
pub(super) struct RequestPart {
    /// `path`, `query`, `header`, `form` or `JSON`.
    pub(super) location: String,
    /// The name on the wire; `PREFIX*` for a map, since each key is a parameter.
    pub(super) name: String,
    pub(super) required: bool,
    /// How the value is written: `text`, `file`, `array` or `map`.
    pub(super) encoding: &'static str,
}

/// Reads the requests that a document describes.
pub(super) fn requests(document: &Document) -> Requests {
    let root = document.root();
    let word = |at: &At<'_>, key: &str| at.get(key).map(|at| describe(&at)).unwrap_or_default();
    let servers = root.get("servers").and_then(|at| at.items().ok()).unwrap_or_default();
    let schemes = root.get("components").and_then(|at| at.get("securitySchemes")).and_then(|at| at.entries().ok());
    Requests {
        servers: servers.iter().map(|at| (word(at, "x-name"), word(at, "url"))).collect(),
        credentials: schemes
            .unwrap_or_default()
            .iter()
            .map(|(name, at)| {
                let is_http = at.get("scheme").is_some();
                let (place, name_there) = if is_http { ("type", "scheme") } else { ("in", "name") };
                ((*name).to_owned(), format!("{} `{}`", word(at, place), word(at, name_there)))
            })
            .collect(),
        operations: OperationNode::all(&root).iter().map(request).collect(),
    }
}

fn request(operation: &OperationNode<'_>) -> Request {
    // A fragment is not sent.
    let path = operation.path.split('#').next().unwrap_or(operation.path);
    let mut request = Request {
        id: operation.name().into_owned(),
        path: operation.path.to_owned(),
        line: format!("{} {path}", operation.method.to_uppercase()),
        media: None,
        security: Security::of(operation),
        constants: Vec::new(),
        parts: Vec::new(),
    };
    for (_, at) in &operation.named_parameters() {
        parameter(&target(at), &mut request);
    }
    let content = operation.at.get("requestBody").map(|at| target(&at)).and_then(|at| at.get("content"));
    for (media, at) in content.and_then(|at| at.entries().ok()).unwrap_or_default() {
        request.media = Some(media.to_owned());
        let Some(schema) = at.get("schema").and_then(|schema| schema.resolve().ok()) else { continue };
        let properties = schema.get("properties").and_then(|at| at.entries().ok()).unwrap_or_default();
        let part = |(name, at): &(&str, At<'_>)| RequestPart {
            location: if media == "application/json" { "JSON" } else { "form" }.to_owned(),
            name: (*name).to_owned(),
            required: requires(&schema, name),
            encoding: encoding(at),
        };
        request.parts.extend(properties.iter().map(part));
    }
    request
}

impl RequestPart {
    /// Whether this is a part of the body.
    pub(super) fn is_in_body(&self) -> bool {
        matches!(self.location.as_str(), "form" | "JSON")
    }
}

fn parameter(at: &At<'_>, request: &mut Request) {
    let word = |key: &str| at.get_text(key).ok().flatten().unwrap_or_default();
    let schema = at.get("schema");
    let values = schema.as_ref().and_then(|at| at.get("enum")).and_then(|at| at.items().ok()).unwrap_or_default();
    if let ([value], true) = (values.as_slice(), at.is_true("required")) {
        request.constants.push((word("name").to_owned(), describe(value)));
        return;
    }
    let is_map = schema.as_ref().is_some_and(|schema| type_name(schema).starts_with("map of "));
    request.parts.push(RequestPart {
        location: word("in").to_owned(),
        name: if is_map { format!("{}*", word("x-key-prefix")) } else { word("name").to_owned() },
        required: at.is_true("required"),
        encoding: schema.as_ref().map_or("text", encoding),
    });
}

fn encoding(schema: &At<'_>) -> &'static str {
    let kind = unwrapped(schema).map(|schema| type_name(&schema)).unwrap_or_default();
    match kind.as_str() {
        "file" => "file",
        kind if kind.contains("array of ") => "array",
        kind if kind.starts_with("map of ") => "map",
        _ => "text",
    }
}

//! What a spec says of the bytes that are sent.

use super::describe::{describe, kind};
use super::operations::{Operation, operations};
use super::spec_diff::{needs, target};
use crate::document::{At, Document};
use crate::schema::unwrapped;

/// What is sent to an API.
pub(super) struct Requests {
    /// Installs: name and base URL.
    pub(super) servers: Vec<(String, String)>,
    /// Credentials: name, and where each goes, as `header client-id`.
    pub(super) credentials: Vec<(String, String)>,
    pub(super) operations: Vec<Request>,
}

/// The request of an operation.
pub(super) struct Request {
    pub(super) id: String,
    /// Path in the document, which tells operations apart.
    pub(super) key: String,
    /// Method and path, as sent.
    pub(super) line: String,
    /// Media type of the body, if there is one.
    pub(super) media: Option<String>,
    /// Parameters with one value, which the client supplies: name and value.
    pub(super) constants: Vec<(String, String)>,
    pub(super) parts: Vec<Part>,
}

/// A parameter, or a part of a form.
#[derive(PartialEq, Eq)]
pub(super) struct Part {
    /// `path`, `query` or `form`.
    pub(super) place: String,
    /// Name on the wire; of a map `PREFIX*`, since each key is a parameter.
    pub(super) name: String,
    pub(super) required: bool,
    /// What makes a part of it: `text`, `file`, `array`.
    pub(super) form: &'static str,
}

/// What a document says of the bytes that are sent.
pub(super) fn api(document: &Document) -> Requests {
    let root = document.root();
    let word = |at: &At<'_>, key: &str| at.get(key).map(|at| describe(&at)).unwrap_or_default();
    let servers = root.get("servers").and_then(|at| at.items().ok()).unwrap_or_default();
    let schemes = root.get("components").and_then(|at| at.get("securitySchemes")).and_then(|at| at.entries().ok());
    Requests {
        servers: servers.iter().map(|at| (word(at, "x-name"), word(at, "url"))).collect(),
        credentials: schemes
            .unwrap_or_default()
            .iter()
            .map(|(name, at)| ((*name).to_owned(), format!("{} `{}`", word(at, "in"), word(at, "name"))))
            .collect(),
        operations: operations(&root).iter().map(request).collect(),
    }
}

fn request(operation: &Operation<'_>) -> Request {
    // A fragment is not sent.
    let path = operation.key.split('#').next().unwrap_or(operation.key);
    let mut request = Request {
        id: operation.id.clone(),
        key: operation.key.to_owned(),
        line: format!("{} {path}", operation.method),
        media: None,
        constants: Vec::new(),
        parts: Vec::new(),
    };
    for (_, at) in &operation.parameters {
        parameter(&target(at), &mut request);
    }
    let content = operation.at.get("requestBody").map(|at| target(&at)).and_then(|at| at.get("content"));
    for (media, at) in content.and_then(|at| at.entries().ok()).unwrap_or_default() {
        request.media = Some(media.to_owned());
        let Some(schema) = at.get("schema").and_then(|schema| schema.resolve().ok()) else { continue };
        let properties = schema.get("properties").and_then(|at| at.entries().ok()).unwrap_or_default();
        let part = |(name, at): &(&str, At<'_>)| Part {
            place: "form".to_owned(),
            name: (*name).to_owned(),
            required: needs(&schema, name),
            form: form(at),
        };
        request.parts.extend(properties.iter().map(part));
    }
    request
}

fn parameter(at: &At<'_>, request: &mut Request) {
    let word = |key: &str| at.get_text(key).ok().flatten().unwrap_or_default();
    let schema = at.get("schema");
    let values = schema.as_ref().and_then(|at| at.get("enum")).and_then(|at| at.items().ok()).unwrap_or_default();
    if let ([value], true) = (values.as_slice(), at.is_true("required")) {
        request.constants.push((word("name").to_owned(), describe(value)));
        return;
    }
    let is_map = schema.as_ref().is_some_and(|schema| kind(schema).starts_with("map of "));
    request.parts.push(Part {
        place: word("in").to_owned(),
        name: if is_map { format!("{}*", word("x-key-prefix")) } else { word("name").to_owned() },
        required: at.is_true("required"),
        form: schema.as_ref().map_or("text", form),
    });
}

fn form(schema: &At<'_>) -> &'static str {
    let kind = unwrapped(schema).map(|schema| kind(&schema)).unwrap_or_default();
    match kind.as_str() {
        "file" => "file",
        kind if kind.contains("array of ") => "array",
        kind if kind.starts_with("map of ") => "map",
        _ => "text",
    }
}

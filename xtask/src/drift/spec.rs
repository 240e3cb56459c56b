//! What a spec says of requests, in the form of a page's facts.

use std::collections::BTreeSet;

use crate::document::{At, Document};
use crate::review::describe::{describe, kind};
use crate::review::operations::operations;
use crate::review::spec_diff::{needs, target};
use crate::schema::unwrapped;

/// A spec.
pub(super) struct Spec {
    /// Installs: name and URL.
    pub(super) servers: Vec<(String, String)>,
    /// Headers of the credentials.
    pub(super) headers: Vec<String>,
    /// Remarks that prove a refusal; none if every error does.
    pub(super) refusals: Option<BTreeSet<String>>,
    pub(super) operations: Vec<Operation>,
}

pub(super) struct Operation {
    /// Method and path; `{}` is whatever differs from call to call.
    pub(super) name: String,
    pub(super) line: usize,
    /// How it is known.
    pub(super) evidence: String,
    pub(super) fields: Vec<Field>,
    /// Properties of the answer.
    pub(super) answer: BTreeSet<String>,
}

pub(super) struct Field {
    /// Where it is and its name on the wire. Of a map, where it is and the prefix of its keys.
    pub(super) name: String,
    pub(super) is_map: bool,
    pub(super) line: usize,
    pub(super) evidence: String,
    pub(super) required: bool,
    pub(super) kind: String,
    pub(super) max_bytes: Option<String>,
    pub(super) file_types: BTreeSet<String>,
    pub(super) default: Option<String>,
    /// Values of its enum.
    pub(super) values: BTreeSet<String>,
}

impl Field {
    /// Whether it is the field that a page calls so.
    pub(super) fn is(&self, name: &str) -> bool {
        if self.is_map { name.starts_with(&self.name) } else { name == self.name }
    }
}

impl Spec {
    pub(super) fn read(document: &Document) -> Self {
        let root = document.root();
        let word = |at: &At<'_>, key: &str| at.get(key).map(|at| describe(&at)).unwrap_or_default();
        let schemes = root.get("components").and_then(|at| at.get("securitySchemes")).and_then(|at| at.entries().ok());
        let schemes: Vec<_> = schemes.unwrap_or_default().into_iter().map(|(_, at)| at).collect();
        let (headers, others): (Vec<_>, Vec<_>) = schemes.into_iter().partition(|at| word(at, "in") == "header");
        let refusals = root.get("x-envelope").and_then(|at| at.get("refusals")).and_then(|at| at.entries().ok());
        let servers = root.get("servers").and_then(|at| at.items().ok()).unwrap_or_default();
        let operations = operations(&root).into_iter().map(|operation| {
            // A parameter's place and name come with it.
            let parameters = operation.parameters.iter().map(|(_, at)| target(at));
            let mut fields: Vec<_> = parameters.map(|at| parameter(&at, at.is_true("required"))).collect();
            fields.extend(others.iter().map(|at| parameter(at, true)));
            fields.extend(form(&operation.at));
            let steps = operation.key.split('/').map(|step| if step.starts_with('{') { "{}" } else { step });
            Operation {
                name: format!("{} {}", operation.method, steps.collect::<Vec<_>>().join("/")),
                line: operation.at.line(),
                evidence: evidence(&operation.at),
                fields,
                answer: answer(&operation.at),
            }
        });
        Self {
            servers: servers.iter().map(|at| (word(at, "x-name"), url(at))).collect(),
            headers: headers.iter().map(|at| word(at, "name")).collect(),
            refusals: refusals.map(|entries| entries.iter().map(|(remark, _)| (*remark).to_owned()).collect()),
            operations: operations.collect(),
        }
    }

    /// The operation that a page calls so.
    pub(super) fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// The name of the instance with this URL.
    pub(super) fn instance(&self, url: &str) -> Option<&str> {
        self.servers.iter().find(|(_, other)| other == url).map(|(name, _)| name.as_str())
    }
}

/// A server's URL, with the defaults of its variables.
fn url(server: &At<'_>) -> String {
    let mut url = server.get_text("url").ok().flatten().unwrap_or_default().to_owned();
    for (name, at) in server.get("variables").and_then(|at| at.entries().ok()).unwrap_or_default() {
        url = url.replace(&format!("{{{name}}}"), &at.get("default").map(|at| describe(&at)).unwrap_or_default());
    }
    url
}

/// How a place is known.
fn evidence(at: &At<'_>) -> String {
    at.get("x-source").and_then(|at| at.get("evidence")).map(|at| describe(&at)).unwrap_or_default()
}

fn parameter(at: &At<'_>, required: bool) -> Field {
    let word = |key: &str| at.get_text(key).ok().flatten().unwrap_or_default().to_owned();
    let schema = at.get("schema");
    let mut field = field(schema.as_ref(), &word("in"), &word("name"), required);
    (field.line, field.evidence) = (at.line(), evidence(at));
    if field.kind.starts_with("map of ") {
        (field.is_map, field.name) = (true, format!("{} {}", word("in"), word("x-key-prefix")));
    }
    field
}

/// The fields of an operation's form.
fn form(operation: &At<'_>) -> Vec<Field> {
    let content = operation.get("requestBody").map(|at| target(&at)).and_then(|at| at.get("content"));
    let schemas = content.and_then(|at| at.entries().ok()).unwrap_or_default();
    let schemas = schemas.into_iter().filter_map(|(_, at)| at.get("schema")?.resolve().ok());
    let fields = schemas.flat_map(|schema| {
        let properties = schema.get("properties").and_then(|at| at.entries().ok()).unwrap_or_default();
        let read = |(name, at): (&str, At<'_>)| {
            let mut field = field(Some(&at), "form", name, needs(&schema, name));
            let own = evidence(&at);
            field.evidence = if own.is_empty() { evidence(&schema) } else { own };
            field.line = at.line();
            field
        };
        properties.into_iter().map(read).collect::<Vec<_>>()
    });
    fields.collect()
}

fn field(schema: Option<&At<'_>>, place: &str, name: &str, required: bool) -> Field {
    let inner = schema.and_then(|schema| unwrapped(schema).ok());
    let word = |key: &str| schema.and_then(|at| at.get(key)).map(|at| describe(&at));
    let list = |key: &str| schema.and_then(|at| at.get(key)).and_then(|at| at.texts().ok()).unwrap_or_default();
    let values = inner.as_ref().and_then(|at| at.get("x-open-enum")).and_then(|at| at.items().ok()).unwrap_or_default();
    Field {
        name: format!("{place} {name}"),
        is_map: false,
        line: 0,
        evidence: String::new(),
        required,
        kind: inner.map_or_else(|| "string".to_owned(), |schema| kind(&schema)),
        max_bytes: word("x-max-bytes"),
        file_types: list("x-file-types").into_iter().collect(),
        default: word("default"),
        values: values.iter().filter_map(|at| at.get("value")).map(|at| describe(&at)).collect(),
    }
}

/// Names of the properties of an operation's answer.
fn answer(operation: &At<'_>) -> BTreeSet<String> {
    let media = operation.get("responses").and_then(|at| at.get("2XX")).map(|at| target(&at));
    let media = media.and_then(|at| at.get("content")).and_then(|at| at.entries().ok()).unwrap_or_default();
    let schemas = media.into_iter().filter_map(|(_, at)| at.get("schema")?.resolve().ok());
    let properties = schemas.filter_map(|at| at.get("properties")?.entries().ok()).flatten();
    properties.map(|(name, _)| name.to_owned()).collect()
}

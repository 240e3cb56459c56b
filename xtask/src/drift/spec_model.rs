//! The model of a spec: what it says about requests, in a form that can be compared with a page model.

use std::collections::BTreeSet;

use crate::describe::{describe, requires, type_name};
use crate::document::{At, Document};
use crate::schema::unwrapped;
use crate::spec_index::{OperationNode, target};

/// What a spec says about requests.
pub(super) struct SpecModel {
    /// The instances: name and URL.
    pub(super) servers: Vec<(String, String)>,
    /// The headers of the credentials.
    pub(super) headers: Vec<String>,
    /// The remarks that prove a refusal; `None` if every error does.
    pub(super) refusals: Option<BTreeSet<String>>,
    pub(super) operations: Vec<SpecOperation>,
}

/// An operation of a spec.
pub(super) struct SpecOperation {
    /// Method and path; `{}` stands for a part that varies from call to call.
    pub(super) name: String,
    pub(super) line: usize,
    /// The evidence of the nearest `x-source`.
    pub(super) evidence: String,
    pub(super) fields: Vec<SpecField>,
    /// The names of the answer's properties.
    pub(super) answer: BTreeSet<String>,
}

/// A parameter, or a property of a form.
pub(super) struct SpecField {
    /// The location and the name on the wire; for a map, the location and the prefix of the keys.
    pub(super) name: String,
    pub(super) is_map: bool,
    pub(super) line: usize,
    pub(super) evidence: String,
    pub(super) required: bool,
    pub(super) kind: String,
    pub(super) max_bytes: Option<String>,
    pub(super) file_types: BTreeSet<String>,
    pub(super) default: Option<String>,
    /// The values of an open enum.
    pub(super) values: BTreeSet<String>,
}

impl SpecField {
    /// Whether a field of a page with this name is this field.
    pub(super) fn matches(&self, name: &str) -> bool {
        if self.is_map { name.starts_with(&self.name) } else { name == self.name }
    }
}

impl SpecModel {
    pub(super) fn read(document: &Document) -> Self {
        let root = document.root();
        let word = |at: &At<'_>, key: &str| at.get(key).map(|at| describe(&at)).unwrap_or_default();
        let schemes = root.get("components").and_then(|at| at.get("securitySchemes")).and_then(|at| at.entries().ok());
        let schemes: Vec<_> = schemes.unwrap_or_default().into_iter().map(|(_, at)| at).collect();
        let (headers, others): (Vec<_>, Vec<_>) = schemes.into_iter().partition(|at| word(at, "in") == "header");
        let refusals = root.get("x-envelope").and_then(|at| at.get("refusals")).and_then(|at| at.entries().ok());
        let servers = root.get("servers").and_then(|at| at.items().ok()).unwrap_or_default();
        let operations = OperationNode::all(&root).into_iter().map(|operation| {
            // A parameter contains its location and name.
            let parameters = operation.named_parameters();
            let parameters = parameters.iter().map(|(_, at)| target(at));
            let mut fields: Vec<_> = parameters.map(|at| parameter(&at, at.is_true("required"))).collect();
            fields.extend(others.iter().map(|at| parameter(at, true)));
            fields.extend(form(&operation.at));
            let steps = operation.path.split('/').map(|step| if step.starts_with('{') { "{}" } else { step });
            SpecOperation {
                name: format!("{} {}", operation.method.to_uppercase(), steps.collect::<Vec<_>>().join("/")),
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

    /// Returns the operation with this name.
    pub(super) fn operation(&self, name: &str) -> Option<&SpecOperation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// Returns the name of the instance with this URL.
    pub(super) fn instance(&self, url: &str) -> Option<&str> {
        self.servers.iter().find(|(_, other)| other == url).map(|(name, _)| name.as_str())
    }
}

/// Returns the URL of a server, with the defaults of its variables.
fn url(server: &At<'_>) -> String {
    let mut url = server.get_text("url").ok().flatten().unwrap_or_default().to_owned();
    for (name, at) in server.get("variables").and_then(|at| at.entries().ok()).unwrap_or_default() {
        url = url.replace(&format!("{{{name}}}"), &at.get("default").map(|at| describe(&at)).unwrap_or_default());
    }
    url
}

/// Returns the evidence of a node's `x-source`.
fn evidence(at: &At<'_>) -> String {
    at.get("x-source").and_then(|at| at.get("evidence")).map(|at| describe(&at)).unwrap_or_default()
}

fn parameter(at: &At<'_>, required: bool) -> SpecField {
    let word = |key: &str| at.get_text(key).ok().flatten().unwrap_or_default().to_owned();
    let schema = at.get("schema");
    let mut field = field(schema.as_ref(), &word("in"), &word("name"), required);
    (field.line, field.evidence) = (at.line(), evidence(at));
    if field.kind.starts_with("map of ") {
        (field.is_map, field.name) = (true, format!("{} {}", word("in"), word("x-key-prefix")));
    }
    field
}

/// Returns the fields of an operation's form.
fn form(operation: &At<'_>) -> Vec<SpecField> {
    let content = operation.get("requestBody").map(|at| target(&at)).and_then(|at| at.get("content"));
    let schemas = content.and_then(|at| at.entries().ok()).unwrap_or_default();
    let schemas = schemas.into_iter().filter_map(|(_, at)| at.get("schema")?.resolve().ok());
    let fields = schemas.flat_map(|schema| {
        let properties = schema.get("properties").and_then(|at| at.entries().ok()).unwrap_or_default();
        let read = |(name, at): (&str, At<'_>)| {
            let mut field = field(Some(&at), "form", name, requires(&schema, name));
            let own = evidence(&at);
            field.evidence = if own.is_empty() { evidence(&schema) } else { own };
            field.line = at.line();
            field
        };
        properties.into_iter().map(read).collect::<Vec<_>>()
    });
    fields.collect()
}

fn field(schema: Option<&At<'_>>, location: &str, name: &str, required: bool) -> SpecField {
    let inner = schema.and_then(|schema| unwrapped(schema).ok());
    let word = |key: &str| schema.and_then(|at| at.get(key)).map(|at| describe(&at));
    let list = |key: &str| schema.and_then(|at| at.get(key)).and_then(|at| at.texts().ok()).unwrap_or_default();
    let values = inner.as_ref().and_then(|at| at.get("x-open-enum")).and_then(|at| at.items().ok()).unwrap_or_default();
    SpecField {
        name: format!("{location} {name}"),
        is_map: false,
        line: 0,
        evidence: String::new(),
        required,
        kind: inner.map_or_else(|| "string".to_owned(), |schema| type_name(&schema)),
        max_bytes: word("x-max-bytes"),
        file_types: list("x-file-types").into_iter().collect(),
        default: word("default"),
        values: values.iter().filter_map(|at| at.get("value")).map(|at| describe(&at)).collect(),
    }
}

/// Returns the names of the properties of an operation's answer.
fn answer(operation: &At<'_>) -> BTreeSet<String> {
    let media = operation.get("responses").and_then(|at| at.get("2XX")).map(|at| target(&at));
    let media = media.and_then(|at| at.get("content")).and_then(|at| at.entries().ok()).unwrap_or_default();
    let schemas = media.into_iter().filter_map(|(_, at)| at.get("schema")?.resolve().ok());
    let properties = schemas.filter_map(|at| at.get("properties")?.entries().ok()).flatten();
    properties.map(|(name, _)| name.to_owned()).collect()
}

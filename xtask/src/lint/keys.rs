//! The rule about keys: OpenAPI 3.0.3 or `specs/README.md` allows each key in its location.

use super::rule::{Diagnostics, Rule};
use crate::spec_index::{NodeKind, Spec};

pub(super) const UNKNOWN: Rule = Rule::of_spec(
    "key-unknown",
    "A misspelt key would be ignored silently, and a limit with it.",
    "Write a key that OpenAPI 3.0 or specs/README.md allows here.",
    unknown,
);

const SCHEMA: [&str; 36] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

const OPERATION: [&str; 12] = [
    "callbacks",
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "summary",
    "tags",
];

/// Returns the name of a kind of node and the keys that it can have.
///
/// Returns `None` if the keys are names, or if another rule checks them.
fn keys(kind: NodeKind) -> Option<(&'static str, &'static [&'static str])> {
    Some(match kind {
        NodeKind::Root => {
            ("a document", &["components", "externalDocs", "info", "openapi", "paths", "security", "servers", "tags"])
        }
        NodeKind::Info => ("`info`", &["contact", "description", "license", "termsOfService", "title", "version"]),
        NodeKind::Server => ("a server", &["description", "url", "variables"]),
        NodeKind::Variable => ("a variable", &["default", "description", "enum"]),
        NodeKind::Tag => ("a tag", &["description", "externalDocs", "name"]),
        NodeKind::Envelope => {
            let keys = &["by", "error", "reasons", "refusals", "remark", "status", "success", "texts", "validation"];
            ("`x-envelope`", keys)
        }
        NodeKind::ValidationAnswer => ("`validation`", &["errors", "http_status"]),
        NodeKind::RefusalText => ("a text in `reasons`", &["fields", "reason"]),
        NodeKind::SecurityScheme => (
            "a credential",
            &["bearerFormat", "description", "flows", "in", "name", "openIdConnectUrl", "scheme", "type"],
        ),
        NodeKind::PathItem => (
            "a path",
            &[
                "$ref",
                "delete",
                "description",
                "get",
                "head",
                "options",
                "parameters",
                "patch",
                "post",
                "put",
                "servers",
                "summary",
                "trace",
            ],
        ),
        NodeKind::Operation => ("an operation", &OPERATION),
        NodeKind::Parameter => (
            "a parameter",
            &[
                "$ref",
                "allowEmptyValue",
                "allowReserved",
                "content",
                "deprecated",
                "description",
                "example",
                "examples",
                "explode",
                "in",
                "name",
                "required",
                "schema",
                "style",
            ],
        ),
        NodeKind::RequestBody => ("a body", &["$ref", "content", "description", "required"]),
        NodeKind::Response => ("an answer", &["$ref", "content", "description", "headers", "links"]),
        NodeKind::Webhook => ("a webhook", &["post"]),
        NodeKind::WebhookPost => {
            ("the `post` of a webhook", &["description", "operationId", "requestBody", "responses", "summary"])
        }
        NodeKind::WebhookBody => ("the body of a webhook", &["content", "description", "required"]),
        NodeKind::WebhookReply => ("the answer to a webhook", &["description"]),
        NodeKind::Media => ("a media type", &["encoding", "example", "examples", "schema"]),
        NodeKind::Component | NodeKind::Property | NodeKind::ParameterSchema | NodeKind::Schema => {
            ("a schema", &SCHEMA)
        }
        NodeKind::EnumValue => ("a value", &["description", "name", "value"]),
        NodeKind::FormRule => ("a rule", &["beside", "except", "limit", "of", "rule", "why"]),
        NodeKind::Components => (
            "`components`",
            &[
                "callbacks",
                "examples",
                "headers",
                "links",
                "parameters",
                "requestBodies",
                "responses",
                "schemas",
                "securitySchemes",
            ],
        ),
        NodeKind::Responses
        | NodeKind::WebhookReplies
        | NodeKind::Trims
        | NodeKind::Source
        | NodeKind::Other
        | NodeKind::Names(_)
        | NodeKind::Data => return None,
    })
}

fn unknown(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        let Some((what, keys)) = keys(node.kind) else { continue };
        // `extension-unknown` checks the extensions.
        let is_known = |key: &str| key.starts_with("x-") || keys.contains(&key);
        for (key, at) in node.entries.iter().filter(|(key, _)| !is_known(key)) {
            diagnostics.at(at, format!("{what} cannot have a `{key}`"));
        }
    }
}

//! The rule about keys: each is one that OpenAPI 3.0.3 or specs/README.md has in its place.

use super::places::Spec;
use super::role::Role;
use super::{Found, Rule};

pub(super) const UNKNOWN: Rule = Rule::of_spec(
    "key-unknown",
    "A misspelt key would be passed over in silence, and a limit with it.",
    "Write a key that OpenAPI 3.0 or specs/README.md has here.",
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

/// What a place of a role is called, and the keys that it may have; nothing of a role whose keys are another rule's, or
/// names.
fn keys(role: Role) -> Option<(&'static str, &'static [&'static str])> {
    Some(match role {
        Role::Root => {
            ("a document", &["components", "externalDocs", "info", "openapi", "paths", "security", "servers", "tags"])
        }
        Role::Info => ("`info`", &["contact", "description", "license", "termsOfService", "title", "version"]),
        Role::Server => ("a server", &["description", "url", "variables"]),
        Role::Variable => ("a variable", &["default", "description", "enum"]),
        Role::Tag => ("a tag", &["description", "externalDocs", "name"]),
        Role::Envelope => {
            ("`x-envelope`", &["error", "reasons", "refusals", "remark", "status", "success", "texts", "validation"])
        }
        Role::ValidationAnswer => ("`validation`", &["errors", "http_status"]),
        Role::SecurityScheme => (
            "a credential",
            &["bearerFormat", "description", "flows", "in", "name", "openIdConnectUrl", "scheme", "type"],
        ),
        Role::PathItem => (
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
        Role::Operation => (
            "an operation",
            &[
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
            ],
        ),
        Role::Parameter => (
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
        Role::RequestBody => ("a body", &["$ref", "content", "description", "required"]),
        Role::Response => ("an answer", &["$ref", "content", "description", "headers", "links"]),
        Role::Media => ("a media type", &["encoding", "example", "examples", "schema"]),
        Role::Component | Role::Property | Role::ParameterSchema | Role::Schema => ("a schema", &SCHEMA),
        Role::EnumValue => ("a value", &["description", "name", "value"]),
        Role::FormRule => ("a rule", &["beside", "except", "limit", "of", "rule", "why"]),
        Role::Components => (
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
        Role::Responses | Role::Trims | Role::Source | Role::Other | Role::Names(_) | Role::Data => return None,
    })
}

fn unknown(spec: &Spec<'_>, found: &mut Found) {
    for place in &spec.places {
        let Some((what, keys)) = keys(place.role) else { continue };
        // An extension is another rule's.
        let is_known = |key: &str| key.starts_with("x-") || keys.contains(&key);
        for (key, at) in place.entries.iter().filter(|(key, _)| !is_known(key)) {
            found.at(at, format!("{what} has no `{key}`"));
        }
    }
}

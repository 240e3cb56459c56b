//! The code of a first call, for the README of an imported client. It compiles for every spec.

use std::cmp::Reverse;

use heck::ToSnakeCase as _;
use serde_json::Value;

use crate::document::{At, Document};
use crate::model::{Api, Body, Credential, CredentialKind, Operation, Server};
use crate::names::{field, setter};
use crate::schema::{named_schema, unwrapped};
use crate::spec_index::OperationNode;

/// A first call.
#[derive(Debug)]
pub(super) struct FirstCall {
    /// The expression of the credentials.
    pub credentials: String,
    /// The expression of the provider.
    pub provider: String,
    /// The expression of the call, with some values set.
    pub call: String,
    /// The required values that it does not set, by the names of their setters.
    pub unset: Vec<String>,
}

/// Writes a call of the operation that is the easiest to try, if possible a change.
pub(super) fn first_call(document: &Document, api: &Api) -> Option<FirstCall> {
    let root = document.root();
    let nodes = OperationNode::all(&root);
    let filled = api.operations.iter().filter_map(|operation| {
        let node = nodes.iter().find(|node| node.id == Some(&operation.id))?;
        Some((operation, Values::of(&root, api, operation, node)))
    });
    let (operation, values) = filled.min_by_key(|(operation, values)| {
        let few = values.count();
        let named = |words: &[&str]| Reverse(operation.id.split('_').any(|word| words.contains(&word)));
        let (sends, texts) = (named(&["send"]), named(&["text", "message"]));
        (!values.unset.is_empty(), !operation.changes, operation.method == "DELETE", few == 0, sends, texts, few)
    })?;
    Some(FirstCall {
        credentials: credentials(api, operation),
        provider: provider(api.servers.first()?),
        call: call(operation, &values),
        unset: values.unset,
    })
}

/// The required values of a call, each with the name of its setter and an expression.
#[derive(Debug, Default)]
struct Values {
    parameters: Vec<(String, String)>,
    body: Vec<(String, String)>,
    /// Those that have no short expression.
    unset: Vec<String>,
}

impl Values {
    fn of(root: &At<'_>, api: &Api, operation: &Operation, node: &OperationNode<'_>) -> Self {
        let mut values = Self::default();
        let nodes = node.parameters();
        for parameter in operation.parameters.iter().filter(|one| one.required) {
            let is_it = |at: &&At<'_>| at.get_text("name") == Ok(Some(&parameter.name));
            let schema = nodes.iter().find(is_it).and_then(|at| at.get("schema"));
            match schema.and_then(|schema| expression(&schema)) {
                Some(value) => values.parameters.push((setter(&parameter.name), value)),
                None => values.unset.push(setter(&parameter.name)),
            }
        }
        match &operation.body {
            Some(Body::Fields { schema, .. }) => {
                let object = api.objects.get(schema);
                let at = named_schema(root, schema).ok().and_then(|at| at.get("properties"));
                for property in object.into_iter().flat_map(|one| &one.properties).filter(|one| one.required) {
                    let schema = at.as_ref().and_then(|at| at.get(&property.name));
                    match schema.filter(|_| !property.nullable).and_then(|schema| expression(&schema)) {
                        Some(value) => values.body.push((field(&property.name), value)),
                        None => values.unset.push(field(&property.name)),
                    }
                }
            }
            Some(Body::Json { required: true, .. }) => values.unset.push("body".to_owned()),
            Some(Body::Json { .. }) | None => {}
        }
        values
    }

    fn count(&self) -> usize {
        self.parameters.len() + self.body.len() + self.unset.len()
    }
}

/// Returns a value of a schema as an argument of its setter: text, a whole number, a truth value or a list of texts.
fn expression(schema: &At<'_>) -> Option<String> {
    let schema = unwrapped(schema).ok()?;
    if schema.get("oneOf").is_some() || schema.is_true("nullable") {
        return None;
    }
    let first = |key| schema.get(key).and_then(|at| at.as_items()?.into_iter().next());
    let known = first("x-open-enum").and_then(|at| at.get("value"));
    let is_enum = known.is_some();
    let known = known.or_else(|| first("enum"));
    let known = known.and_then(|at| at.as_scalar().cloned()).unwrap_or_default();
    match schema.get_text("type").ok()?? {
        "string" if schema.get("format").is_none() => Some(format!("{:?}", known.as_str().unwrap_or("..."))),
        "integer" if is_enum => Some(format!("{}_i64", known.as_i64()?)),
        // A literal without a type is of 32 bits, and is converted. It fits into the shortest type.
        "integer" => Some(known.as_i64().filter(|number| (0..=127).contains(number)).unwrap_or(1).to_string()),
        "boolean" => Some(known.as_bool().unwrap_or(true).to_string()),
        "array" => {
            let items = schema.get("items")?;
            let is_text = unwrapped(&items).is_ok_and(|at| at.get_text("type") == Ok(Some("string")));
            Some(format!("[{}]", expression(&items).filter(|_| is_text)?))
        }
        _ => None,
    }
}

fn call(operation: &Operation, values: &Values) -> String {
    let setter = |(name, value): &(String, String)| format!(".{name}({value})");
    let body: Vec<_> = values.body.iter().map(setter).collect();
    let body = (!body.is_empty()).then(|| format!(".body_map(|b| b{})", body.concat()));
    let mut steps = vec![format!(".{}()", operation.id)];
    steps.extend(values.parameters.iter().map(setter).chain(body));
    let line = format!("client{}", steps.concat());
    if line.len() <= 90 { line } else { format!("client\n        {}", steps.join("\n        ")) }
}

/// The credentials that an operation needs: the first alternative.
fn credentials(api: &Api, operation: &Operation) -> String {
    let alternatives = operation.security.as_deref().unwrap_or_default();
    let carries = |one: &Credential| match alternatives.iter().find(|names| !names.is_empty()) {
        Some(names) => names.contains(&one.scheme),
        None => operation.security.is_none(),
    };
    let values = |one: &Credential| {
        let name = one.name.to_snake_case();
        let names = if one.kind == CredentialKind::Basic {
            vec![format!("{name}_user"), format!("{name}_password")]
        } else {
            vec![name]
        };
        let values = names.iter().map(|name| format!("\"YOUR-{}\"", name.to_uppercase().replace('_', "-")));
        values.collect::<Vec<_>>().join(", ")
    };
    let required: Vec<_> = api.credentials.iter().filter(|one| one.is_required).map(values).collect();
    let optional = api.credentials.iter().filter(|one| !one.is_required && carries(one));
    let optional: Vec<_> = optional.map(|one| format!(".with_{}({})", one.name.to_snake_case(), values(one))).collect();
    format!("Credentials::new({}){}", required.join(", "), optional.concat())
}

fn provider(server: &Server) -> String {
    let variable = |one: &crate::model::Variable| {
        let value = Value::from(one.default.as_str());
        format!("{}: {value}.to_owned()", one.name.to_snake_case())
    };
    let variables: Vec<_> = server.variables.iter().map(variable).collect();
    let fields = if variables.is_empty() { String::new() } else { format!(" {{ {} }}", variables.join(", ")) };
    format!("Provider::{}{fields}", server.name)
}

//! Rules about schemas: their names, kinds and keywords.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;

use super::rule::{Diagnostics, Rule};
use crate::document::At;
use crate::spec_index::{Node, NodeKind, Spec, referred};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "schema-name-case",
        "The name becomes the name of a type unchanged.",
        "Write the name in PascalCase, and do not use a keyword of Rust.",
        name_case,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "schema-name",
        "Readers find the types of an operation by its name.",
        "Name the schema after its operation in PascalCase, or after what several operations have in common. Append \
         `Body` for a request body, `Response` for an answer and `Data` for the result in an answer.",
        name,
    ),
    Rule::of_spec(
        "schema-kind",
        "Each named schema becomes a type, and only these kinds become a useful one.",
        "Write a `type: object` with all its `properties`, or a scalar with an `x-open-enum`. Write any other schema \
         where it is used.",
        kind,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "schema-inline",
        "An object becomes a type, which needs a name.",
        "Move the object to `components/schemas` and refer to it.",
        inline,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "closed-enum",
        "A closed enum cannot hold a value that the provider adds later.",
        "Name a schema, and list the values in its `x-open-enum`. Only a required parameter with one value is a \
         constant.",
        closed_enum,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "format-unknown",
        "Another format would become a type of its own, from a crate that every dependent compiles.",
        "Describe the format in words. The known formats are `int64` for an integer, `double` for a number and \
         `binary` for a string.",
        format,
    )
    .needed_by_generator(),
    Rule::of_spec("id-format", "Ids outgrow 32 bits.", "Write `type: integer, format: int64`.", id_format),
    Rule::of_spec(
        "nullable-alone",
        "OpenAPI 3.0 gives `nullable` a meaning only beside a `type`.",
        "Write `nullable` beside a `type`; in a `oneOf`, in one of its branches. Remove it from a named schema: a null \
         in an answer is read as absent.",
        nullable,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "nullable-sent",
        "A URL and a form contain text, and cannot contain null. In JSON, only a property can be null.",
        "Remove `nullable`, and describe what an absent value does.",
        nullable_sent,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "reference-siblings",
        "OpenAPI 3.0 ignores every key beside a `$ref`.",
        "Wrap the `$ref` in an `allOf`, and write the other keys beside the `allOf`.",
        siblings,
    ),
];

fn name_case(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Component) {
        let proper = node.key.to_upper_camel_case();
        if node.key != proper {
            diagnostics.at(&node.at, format!("`{}` is not in PascalCase; `{proper}` is", node.key));
        } else if syn::parse_str::<syn::Ident>(&proper).is_err() {
            diagnostics.at(&node.at, format!("`{proper}` is not a valid name in Rust"));
        }
    }
}

fn name(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    let mut stems = BTreeSet::from(["Error".to_owned()]);
    // By the name of a schema: the bodies and answers that refer to it, each with the stem of its operation and the ending.
    let mut parts: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for operation in &spec.operations {
        let stem = operation.id.map(str::to_upper_camel_case);
        for (schema, ending) in [(operation.form(), "Body"), (operation.answer("2XX"), "Response")] {
            let part = schema.and_then(|schema| Some((referred(&schema)?, schema)));
            let Some((name, schema)) = part else { continue };
            parts.entry(name).or_default().push((schema, stem.clone(), ending));
        }
        stems.extend(stem);
    }
    for (name, uses) in &parts {
        for (schema, stem, ending) in uses {
            let found_stem = name.strip_suffix(ending);
            match (stem, found_stem) {
                // A shared schema is named after what the operations have in common, and so is its `Data`.
                (_, Some(common)) if uses.len() > 1 => {
                    stems.insert(common.to_owned());
                }
                (Some(stem), _) if found_stem != Some(stem) => {
                    diagnostics.at(schema, format!("`{name}` should be called `{stem}{ending}`, after its operation"));
                }
                _ => {}
            }
        }
    }
    for node in spec.of_kind(NodeKind::Component).filter(|node| !parts.contains_key(node.key)) {
        let stem = ["Body", "Response", "Data"].iter().find_map(|ending| node.key.strip_suffix(ending));
        if stem.is_some_and(|stem| !stems.contains(stem)) {
            diagnostics.at(&node.at, format!("`{}` is named after an operation that does not exist", node.key));
        }
    }
}

/// The keywords that compose a schema of others.
const COMPOSING: [&str; 4] = ["allOf", "anyOf", "not", "oneOf"];

fn kind(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Component) {
        let is_object = node.get("properties").is_some() && node.text("type") == Some("object");
        let wrong = match (is_object, node.get("x-open-enum").is_some()) {
            (true, true) => "both an object with `properties` and an open enum",
            (false, false) => "neither an object with `properties` nor an open enum",
            _ => {
                // Its type would get fields that are not in its `properties`, and the client would never send them.
                if let Some((key, at)) = node.entries.iter().find(|(key, _)| COMPOSING.contains(key)) {
                    diagnostics.at(at, format!("`{}` is composed with `{key}`", node.key));
                }
                continue;
            }
        };
        diagnostics.at(&node.at, format!("`{}` is {wrong}", node.key));
    }
}

fn inline(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas().filter(|node| node.kind != NodeKind::Component) {
        let must_be_named = node.key == "schema" && node.kind == NodeKind::Schema;
        let is_free = node.is_reference() || spec.is_other_root(node);
        if node.get("properties").is_some() {
            diagnostics.at(&node.at, "the schema has no name");
        } else if must_be_named && !is_free {
            diagnostics
                .at(&node.at, "the schema has no name, and is not an object with `properties` that could get one");
        }
    }
}

fn closed_enum(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        let values = match node.kind {
            NodeKind::Parameter => node.get("schema").and_then(|schema| schema.get("enum")),
            // The parameter is checked instead, since only it shows whether the `enum` is a constant.
            NodeKind::ParameterSchema => None,
            kind => node.get("enum").filter(|_| kind.is_schema()).cloned(),
        };
        let is_constant = |values: &At<'_>| {
            let is_one = values.as_items().is_some_and(|values| values.len() == 1);
            node.kind == NodeKind::Parameter && node.at.is_true("required") && is_one
        };
        if let Some(values) = values.filter(|values| !is_constant(values)) {
            diagnostics.at(&values, "this `enum` is closed");
        }
    }
}

fn format(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas() {
        let Some(format) = node.get("format") else { continue };
        let known = [("string", "binary"), ("integer", "int64"), ("number", "double")];
        let format_of_type = (node.text("type").unwrap_or_default(), format.as_text().unwrap_or_default());
        if !known.contains(&format_of_type) {
            diagnostics.at(
                format,
                format!("the format `{}` is not supported for the type `{}`", format_of_type.1, format_of_type.0),
            );
        }
    }
}

fn id_format(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    let mut check = |name: &str, schema: &At<'_>| {
        let is_id = name == "id" || name.ends_with("_id");
        let is = |key, value| schema.get_text(key) == Ok(Some(value));
        if is_id && is("type", "integer") && !is("format", "int64") {
            diagnostics.at(schema, format!("`{name}` is an id of type integer without `format: int64`"));
        }
    };
    for node in &spec.nodes {
        match (node.kind, node.text("name"), node.get("schema")) {
            (NodeKind::Property, ..) => check(node.key, &node.at),
            (NodeKind::Parameter, Some(name), Some(schema)) => check(name, schema),
            _ => {}
        }
    }
}

fn nullable(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas() {
        match node.get("nullable") {
            Some(nullable) if node.kind == NodeKind::Component => {
                diagnostics.at(nullable, format!("the named schema `{}` is `nullable`", node.key));
            }
            Some(nullable) if node.get("type").is_none() && !spec.can_be_null(node) => {
                diagnostics.at(nullable, "`nullable` has no `type` beside it");
            }
            _ => {}
        }
    }
}

fn nullable_sent(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    // `nullable-alone` reports a named schema.
    let is_wrong = |node: &&Node<'_>| spec.is_sent(node) && node.kind != NodeKind::Component && !spec.can_be_null(node);
    for node in spec.schemas().filter(is_wrong) {
        if let Some(nullable) = node.get("nullable") {
            diagnostics.at(nullable, "a part of a request is `nullable`");
        }
    }
}

fn siblings(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.nodes.iter().filter(|node| node.is_reference()) {
        if let Some((key, _)) = node.entries.iter().find(|(key, _)| *key != "$ref") {
            diagnostics.at(&node.at, format!("`{key}` is beside a `$ref`"));
        }
    }
}

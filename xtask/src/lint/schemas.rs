//! Rules about schemas: names, kinds, and what stands in them.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;

use super::rule::{Diagnostics, Rule};
use crate::document::At;
use crate::spec_index::{NodeKind, Spec, referred};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "schema-name-case",
        "It becomes the name of a type as it is.",
        "Write the name in PascalCase, and not as a word of Rust.",
        name_case,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "schema-name",
        "The types of an operation are found by its name.",
        "Call it like the operation in PascalCase, or like what several have in common, with `Body` for what is sent, \
         `Response` for the answer and `Data` for the result in it.",
        name,
    ),
    Rule::of_spec(
        "schema-kind",
        "Each named schema becomes a type, and only these become one that helps.",
        "Make it a `type: object` with all its `properties` written out, or a scalar with an `x-open-enum`; write \
         anything else where it is used.",
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
        "It cannot hold what the provider adds later.",
        "Name a schema and list the values in its `x-open-enum`; only a required parameter with one value is a constant.",
        closed_enum,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "format-unknown",
        "Another format would become a type of its own, from a crate that every dependent pays for.",
        "Tell the format in the description; the formats are `int64` of an integer, `double` of a number and `binary` \
         of a string.",
        format,
    )
    .needed_by_generator(),
    Rule::of_spec("id-format", "Ids outgrow 32 bits.", "Write `type: integer, format: int64`.", id_format),
    Rule::of_spec(
        "nullable-alone",
        "OpenAPI 3.0 gives the word no meaning elsewhere.",
        "Write `nullable` beside a `type`; in a `oneOf`, in one of its branches. Leave it out of a named schema: what \
         is null in an answer is read as absent.",
        nullable,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "nullable-sent",
        "A URL and a form hold texts, and no null.",
        "Leave `nullable` out, and say in the description what an absent value does.",
        nullable_sent,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "reference-siblings",
        "Nothing beside a `$ref` counts.",
        "Wrap the `$ref` in an `allOf`, and write the rest beside that.",
        siblings,
    ),
];

fn name_case(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Component) {
        let proper = node.key.to_upper_camel_case();
        if node.key != proper {
            diagnostics.at(&node.at, format!("`{}` is not in PascalCase: `{proper}`", node.key));
        } else if syn::parse_str::<syn::Ident>(&proper).is_err() {
            diagnostics.at(&node.at, format!("`{proper}` cannot be a name in Rust"));
        }
    }
}

fn name(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    let mut stems = BTreeSet::from(["Error".to_owned()]);
    // What bodies and answers refer to, with the operation that does and the ending.
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
                // One that several share is named after what they have in common, and so is the data in it.
                (_, Some(common)) if uses.len() > 1 => {
                    stems.insert(common.to_owned());
                }
                (Some(stem), _) if found_stem != Some(stem) => {
                    diagnostics.at(schema, format!("`{name}` is not called `{stem}{ending}`, after its operation"));
                }
                _ => {}
            }
        }
    }
    for node in spec.of_kind(NodeKind::Component).filter(|node| !parts.contains_key(node.key)) {
        let stem = ["Body", "Response", "Data"].iter().find_map(|ending| node.key.strip_suffix(ending));
        if stem.is_some_and(|stem| !stems.contains(stem)) {
            diagnostics.at(&node.at, format!("`{}` is named after an operation that there is not", node.key));
        }
    }
}

/// What makes a schema of others.
const COMPOSING: [&str; 4] = ["allOf", "anyOf", "not", "oneOf"];

fn kind(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.of_kind(NodeKind::Component) {
        let is_object = node.get("properties").is_some() && node.text("type") == Some("object");
        let wrong = match (is_object, node.get("x-open-enum").is_some()) {
            (true, true) => "both an object with `properties` and an open enum",
            (false, false) => "neither an object with `properties` nor an open enum",
            _ => {
                // Its type would have fields that are nowhere among its own properties, and so are never sent.
                if let Some((key, at)) = node.entries.iter().find(|(key, _)| COMPOSING.contains(key)) {
                    diagnostics.at(at, format!("`{}` is made of others by `{key}`", node.key));
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
        if node.get("properties").is_some() || must_be_named && !node.is_reference() {
            diagnostics.at(&node.at, "the schema has no name");
        }
    }
}

fn closed_enum(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        let values = match node.kind {
            NodeKind::Parameter => node.get("schema").and_then(|schema| schema.get("enum")),
            // Whether it is a constant is for its parameter to say.
            NodeKind::ParameterSchema => None,
            kind => node.get("enum").filter(|_| kind.is_schema()).cloned(),
        };
        let is_constant = |values: &At<'_>| {
            let is_one = values.as_items().is_some_and(|values| values.len() == 1);
            node.kind == NodeKind::Parameter && node.at.is_true("required") && is_one
        };
        if let Some(values) = values.filter(|values| !is_constant(values)) {
            diagnostics.at(&values, "the `enum` is closed");
        }
    }
}

fn format(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.schemas() {
        let Some(format) = node.get("format") else { continue };
        let known = [("string", "binary"), ("integer", "int64"), ("number", "double")];
        let it = (node.text("type").unwrap_or_default(), format.as_text().unwrap_or_default());
        if !known.contains(&it) {
            diagnostics.at(format, format!("there is no format `{}` of type `{}`", it.1, it.0));
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
            Some(nullable) if node.get("type").is_none() => {
                diagnostics.at(nullable, "`nullable` stands without a `type`");
            }
            _ => {}
        }
    }
}

fn nullable_sent(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    // That of a named schema is the other rule's.
    for node in spec.schemas().filter(|node| spec.is_sent(node) && node.kind != NodeKind::Component) {
        if let Some(nullable) = node.get("nullable") {
            diagnostics.at(nullable, "what is sent is `nullable`");
        }
    }
}

fn siblings(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.nodes.iter().filter(|node| node.is_reference()) {
        if let Some((key, _)) = node.entries.iter().find(|(key, _)| *key != "$ref") {
            diagnostics.at(&node.at, format!("`{key}` stands beside a `$ref`"));
        }
    }
}

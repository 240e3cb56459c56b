//! The document's examples of bodies and answers, where they contradict their own schemas.

use std::collections::BTreeSet;

use super::json_type::Type;
use super::reference::resolve;
use crate::document::At;

/// How deeply an example is compared with its schema.
const DEEPEST: usize = 30;

/// Returns the positions of the schemas that an example of a body or an answer, or an example of their own, contradicts: one
/// is a list, the other an object or a scalar. An example was often copied from a real answer, so the schema is the less
/// certain of both.
pub(super) fn contradicted(document: &At<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for media in document.walk() {
        if let (Some(_), Some(example)) = (media.get("type"), media.get("example")) {
            compare(&media, &example, 0, &mut found);
        }
        let Some(schema) = media.get("schema") else { continue };
        let named = media.get("examples").and_then(|at| at.as_entries()).unwrap_or_default();
        let named = named.iter().filter_map(|(_, example)| resolve(example).ok()?.get("value"));
        for example in media.get("example").into_iter().chain(named) {
            compare(&schema, &example, 0, &mut found);
        }
    }
    found
}

/// Whether a schema, or the component that it refers to, is among the contradicted.
pub(super) fn is_contradicted(schema: &At<'_>, contradicted: &BTreeSet<usize>) -> bool {
    let is_among = |at: &At<'_>| contradicted.contains(&at.index());
    is_among(schema) || resolve(schema).is_ok_and(|target| is_among(&target))
}

/// Compares an example with its schema, and with those of its items and properties.
fn compare(schema: &At<'_>, example: &At<'_>, depth: usize, found: &mut BTreeSet<usize>) {
    if depth > DEEPEST || example.as_scalar().is_some_and(serde_json::Value::is_null) {
        return;
    }
    let Some(parts) = parts(schema) else { return };
    let shapes: BTreeSet<Shape> = parts.iter().flat_map(shapes_of).collect();
    let shape = match (example.as_entries(), example.as_items()) {
        (Some(_), _) => Shape::Object,
        (_, Some(_)) => Shape::List,
        _ => Shape::Scalar,
    };
    if !shapes.is_empty() && !shapes.contains(&shape) {
        found.insert(schema.index());
        return;
    }
    for item in example.as_items().unwrap_or_default() {
        for items in parts.iter().filter_map(|part| part.get("items")) {
            compare(&items, &item, depth + 1, found);
        }
    }
    for (name, value) in example.as_entries().unwrap_or_default() {
        for property in parts.iter().filter_map(|part| part.get("properties")?.get(name)) {
            compare(&property, &value, depth + 1, found);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    List,
    Object,
    Scalar,
}

/// Returns a schema and those in its `allOf`, or `None` if it has alternatives, of which the example may be any.
fn parts<'d>(schema: &At<'d>) -> Option<Vec<At<'d>>> {
    let (mut parts, mut open) = (Vec::<At<'d>>::new(), vec![schema.clone()]);
    while let Some(part) = open.pop() {
        let part = resolve(&part).ok()?;
        if part.get("oneOf").is_some() || part.get("anyOf").is_some() || parts.len() > DEEPEST {
            return None;
        }
        if !parts.iter().any(|other| other.is(&part)) {
            open.extend(part.get("allOf").and_then(|at| at.as_items()).unwrap_or_default());
            parts.push(part);
        }
    }
    Some(parts)
}

/// Returns the shapes that the types of a schema have.
fn shapes_of(schema: &At<'_>) -> Vec<Shape> {
    let Some(kind) = schema.get("type") else { return Vec::new() };
    let words = kind.as_items().unwrap_or_else(|| vec![kind]);
    let shape = |word: &At<'_>| match Type::of_word(word.as_text()?)? {
        Type::Array => Some(Shape::List),
        Type::Object => Some(Shape::Object),
        _ => Some(Shape::Scalar),
    };
    words.iter().filter_map(shape).collect()
}

#[cfg(test)]
mod tests {
    use super::contradicted;
    use crate::document::{At, Document};

    #[test]
    fn an_example_of_another_shape_contradicts_its_schema() {
        let text = r#"
            content:
              application/json:
                schema: { $ref: "\#/Answer" }
                examples:
                  one: { value: { id: 1, at: "2026-01-05", tags: [{ name: 3 }], any: {}, either: [], none: null, more: [] } }
                  two: { $ref: "\#/Two" }
              text/json: { schema: { type: string }, example: { a: 1 } }
              application/hal+json: { schema: { type: [object, "null"] }, example: { a: 1 } }
            Two: { value: { tags: {} } }
            Answer:
              allOf: [{ type: object, properties: { at: { type: object } } }]
              properties:
                id: { type: string }
                tags: { type: array, items: { properties: { name: { type: array } } } }
                any: {}
                either: { oneOf: [{ type: string }, { type: array }] }
                none: { type: object }
        "#;
        let document = Document::parse("a.yaml", &text.replace("\\#", "#")).expect("it is YAML");
        let found = contradicted(&document.root());
        let all = document.root().walk();
        let pointers: Vec<_> = all.iter().filter(|at| found.contains(&at.index())).map(At::pointer).collect();
        assert_eq!(
            pointers,
            [
                "/content/text~1json/schema",
                "/Answer/allOf/0/properties/at",
                "/Answer/properties/tags",
                "/Answer/properties/tags/items/properties/name",
            ]
        );
    }

    #[test]
    fn schemas_that_contain_themselves_are_compared_as_deep_as_the_example() {
        let text = r##"{ a: { schema: { $ref: "#/S" }, example: { s: { s: [] } } }, S: { properties: { s: { $ref: "#/S", type: object } }, allOf: [{ $ref: "#/S" }], type: object } }"##;
        let document = Document::parse("a.yaml", text).expect("it is YAML");
        assert_eq!(contradicted(&document.root()).len(), 1);
    }
}

//! Documents that cannot be imported, or only in part: a clear finding, within bounded time and memory.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use xtask::import::{Selection, Source, convert};

use super::{FACT, findings, imported};

fn refused(text: &str) -> String {
    Source::parse("a.yaml", text).expect_err("it is refused").join("\n")
}

/// A document with one operation, which answers this schema, and these components.
fn answering(schema: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Bird, version: '1' }}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
         responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {schema} }} }} }} }}\n\
         components: {{ schemas: {{ {schemas} }} }}\n"
    )
}

/// The spec of such a document, or the reason why its operation is left out.
fn outcome(schema: &str, schemas: &str) -> Result<String, String> {
    let text = answering(schema, schemas);
    let source = Source::parse("a.yaml", &text).unwrap_or_else(|failure| panic!("{failure:?}"));
    let imported = imported(&source, &Selection::All);
    if let [left_out] = imported.left_out.as_slice() {
        return Err(left_out.finding.to_string());
    }
    assert_eq!(findings(&imported), Vec::<String>::new());
    Ok(imported.text)
}

#[test]
fn other_formats_are_refused_with_the_reason() {
    assert!(
        refused("swagger: '2.0'\npaths: {}")
            .starts_with("a.yaml: this is Swagger 2.0; an import reads OpenAPI 3.0 and 3.1")
    );
    assert!(
        refused("openapi: 3.2.0\npaths: { /a: {} }")
            .ends_with("this is OpenAPI 3.2.0; an import reads OpenAPI 3.0 and 3.1: convert the document first")
    );
    assert!(refused("openapi: 4").contains("this is OpenAPI 4"));
    assert!(refused("asyncapi: 2.0.0").contains("AsyncAPI"));
    assert!(refused("a: b").starts_with("a.yaml: not an OpenAPI document: it does not begin with `openapi`"));
    assert!(refused("{\"a\": [1]}").starts_with("a.yaml: not an OpenAPI document: it does not begin with `openapi`"));
    let collection =
        "info: { name: Bird, schema: https://schema.getpostman.com/json/collection/v2.1.0/collection.json }";
    assert!(refused(collection).starts_with("a.yaml: this is a Postman collection"));
    for page in ["<!DOCTYPE html>\n<html><body>docs</body></html>", "<a>: &amp; {", "\n<html>"] {
        assert!(refused(page).starts_with("a.yaml: this is a page in HTML or XML"), "{}", refused(page));
    }
    assert!(refused("openapi: 3.0.0").contains("`paths` has no operations"));
    for empty in ["", " \n\n", "\u{feff}"] {
        assert_eq!(refused(empty), "a.yaml: the file is empty");
    }
    assert!(refused("openapi: [").contains("not YAML"));
    assert_eq!(refused("\n{\"openapi\": \"3.0.0\",\n\"a\": ]}"), "a.yaml:3: not JSON: expected value");
}

#[test]
fn what_is_no_local_file_is_refused_with_the_fix() {
    let refused = |path: &str| Source::read(Path::new(path)).expect_err("it is refused").join("\n");
    assert_eq!(refused("nowhere/api.yaml"), "nowhere/api.yaml: there is no such file");
    let url = "https://api.bird.example/openapi.json";
    let fix = "an import reads a local file: download the document first and name the file";
    assert_eq!(refused(url), format!("{url}: {fix}"));
    let folder = env!("CARGO_MANIFEST_DIR");
    assert_eq!(refused(folder), format!("{folder}: this is a folder: name the file of the document"));
}

#[test]
fn an_unknown_operation_is_refused_with_similar_ones() {
    let text = answering("{}", "").replace("operationId: a", "operationId: sendMessage");
    let source = Source::parse("a.yaml", &text).expect("it is a document");
    for (id, expected) in [
        ("sendMessag", "the document has no operation `sendMessag`; there is `send_message`"),
        ("sned_message", "the document has no operation `sned_message`; there is `send_message`"),
        ("message", "the document has no operation `message`; there is `send_message`"),
        ("delete", "the document has no operation `delete`; `--list` lists the ids"),
        ("", "`--operations` has an empty id"),
    ] {
        let failure = convert(&source, "bird", FACT, &Selection::Ids(vec![id.to_owned()])).expect_err("it is refused");
        assert_eq!(failure, [expected]);
    }
}

#[test]
fn a_huge_document_is_refused_before_it_takes_memory() {
    let deep = format!("openapi: 3.0.0\npaths: {}", "{ allOf: [".repeat(1_000_000));
    assert!(refused(&deep).contains("nested too deeply"));
    let deep = format!("{{\"openapi\": \"3.0.0\", \"paths\": {}", "{\"allOf\":[".repeat(1_000_000));
    assert!(refused(&deep).contains("nested too deeply"));
    let wide = format!("openapi: 3.0.0\npaths: [{}]", "0,".repeat(600_000));
    assert!(refused(&wide).contains("more than 500000 values"));
}

#[test]
fn a_document_of_several_megabytes_is_imported() {
    let mut schemas = String::new();
    for index in 0..6_000 {
        let _ = write!(
            schemas,
            "S{index}: {{ type: object, description: '{}', properties: {{ next: {{ $ref: '#/components/schemas/S{}' }} }} }}, ",
            "A long text. ".repeat(30),
            index + 1
        );
    }
    let schema = "{ $ref: '#/components/schemas/S0' }";
    assert!(answering(schema, &schemas).len() > 2 << 20);
    let spec = outcome(schema, &schemas).expect("deep schemas become any JSON");
    assert!(spec.contains("# Nested more than 30 levels deep, so any JSON."), "{}", spec.len());
}

#[test]
fn schemas_that_expand_exponentially_are_converted_once() {
    let mut schemas = String::new();
    for index in 0..60 {
        let next = index + 1;
        let property = format!(
            "{{ type: object, properties: {{ x: {{ $ref: '#/components/schemas/L{next}' }}, y: {{ $ref: '#/components/schemas/L{next}' }} }} }}"
        );
        let _ = write!(schemas, "L{index}: {{ type: array, items: {property} }}, ");
        let _ = write!(
            schemas,
            "A{index}: {{ allOf: [{{ $ref: '#/components/schemas/A{next}' }}, {{ $ref: '#/components/schemas/A{next}' }}] }}, "
        );
    }
    schemas += "A60: { type: object, properties: { a: { type: string } } }, ";
    let spec = outcome("{ $ref: '#/components/schemas/A0' }", &schemas).expect("it is one object");
    assert!(spec.contains("        a:\n          type: string"), "{spec}");
    let spec = outcome("{ type: object, properties: { l: { $ref: '#/components/schemas/L0' } } }", &schemas);
    assert!(spec.is_ok(), "{spec:?}");
}

#[test]
fn alternatives_that_contain_themselves_are_settled() {
    let object = "{ type: object, properties: { a: { $ref: '#/components/schemas/A' } } }";
    let spec = |schemas| outcome(object, schemas).expect("it is imported");
    let own = spec("A: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: string }] }");
    assert!(own.contains("        a:\n          type: string"), "{own}");
    let mutual = spec(
        "A: { anyOf: [{ $ref: '#/components/schemas/B' }, { type: string }] }, \
         B: { oneOf: [{ allOf: [{ $ref: '#/components/schemas/A' }] }, { type: integer }] }",
    );
    assert!(mutual.contains("oneOf"), "{mutual}");
    let root = outcome(
        "{ $ref: '#/components/schemas/A' }",
        "A: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: object, properties: { x: { type: string } } }] }",
    );
    assert!(root.expect("it is imported").contains("        x:\n          type: string"));
}

#[test]
fn alternatives_that_expand_exponentially_are_left_out() {
    let chain = |length: usize, next: &dyn Fn(usize) -> String| {
        (0..length).fold(format!("A{length}: {{ type: string }}"), |list, index| {
            let one = next(index + 1);
            format!("{list}, A{index}: {{ oneOf: [{one}, {one}] }}")
        })
    };
    let reference = |index| format!("{{ $ref: '#/components/schemas/A{index}' }}");
    let wrapped = |index| format!("{{ description: x, allOf: [{{ $ref: '#/components/schemas/A{index}' }}] }}");
    let schema = "{ $ref: '#/components/schemas/A0' }";
    let deep = outcome(schema, &chain(60, &reference)).expect_err("it is too deep");
    assert!(deep.contains("`oneOf` and `anyOf` within each other, more than 20 levels deep"), "{deep}");
    let wide = outcome(schema, &chain(18, &wrapped)).expect_err("there are too many");
    assert!(wide.contains("more than 2000 alternatives"), "{wide}");
}

#[test]
fn a_huge_enum_is_a_text() {
    let list = |letter| (0..100_000).map(|index| format!("{letter}{index}")).collect::<Vec<_>>().join(", ");
    let both = format!("{{ allOf: [{{ enum: [{}] }}, {{ enum: [{}] }}] }}", list('a'), list('b'));
    let spec = outcome(&format!("{{ type: object, properties: {{ a: {both} }} }}"), "").expect("it is imported");
    assert!(spec.contains("# Not expressed: enum: 100000 values\n        a:\n          type: string"), "{spec}");
}

#[test]
fn errors_with_too_many_properties_keep_the_first() {
    let schema = |letter| {
        let properties = (0..600).map(|index| format!("{letter}{index}: {{ type: string }}")).collect::<Vec<_>>();
        format!("{{ type: object, properties: {{ {} }} }}", properties.join(", "))
    };
    let error =
        |letter| format!("{{ description: x, content: {{ application/json: {{ schema: {} }} }} }}", schema(letter));
    let text = answering("{}", "")
        .replace("responses: {", &format!("responses: {{ '400': {}, '404': {},", error('a'), error('b')));
    let source = Source::parse("a.yaml", &text).expect("it is a document");
    assert!(imported(&source, &Selection::All).text.contains("        a59:"));
}

#[test]
fn long_and_secret_texts_are_cut_or_left_out() {
    let secrets: Vec<_> = (0..5_000).map(|index| format!("sk_live_a1b2c3d4e5f6g7h8i9j0k{index}")).collect();
    let (secrets, long) = (secrets.join(" "), "long".repeat(1_000));
    let operation = format!(
        "{{ tags: ['{secrets}'], security: [{{ {long}: [] }}], responses: {{ '200': {{ description: ok }} }} }}"
    );
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Bird, version: '{secrets}' }}\n\
         servers: [{{ url: 'https://api.bird.example/sk_live_a1b2c3d4e5f6g7h8i9j0' }}, {{ url: 'https://{{v}}.bird.example', \
         variables: {{ v: {{ default: sk_live_a1b2c3d4e5f6g7h8i9j0 }} }} }}]\n\
         paths: {{ /a: {{ get: {operation} }}, ? '/{long}' : {{ get: {operation} }} }}\n\
         webhooks: {{ ? {long} : {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, \
         properties: {{ a: {{ type: string }} }} }} }} }} }} }} }} }}\n\
         components: {{ securitySchemes: {{ ? {long} : {{ type: apiKey, in: header, name: k }} }} }}\n"
    )
    .replace(&format!("[{{ {long}: [] }}]"), &format!("[{{ ? {long} : [] }}]"));
    let source = Source::parse("a.yaml", &text).unwrap_or_else(|failure| panic!("{failure:?}"));
    let imported = imported(&source, &Selection::All);
    assert_eq!((imported.operations.len(), findings(&imported)), (1, Vec::new()));
    assert!(
        imported.text.contains("x-webhooks:") && imported.text.contains("url: https://{host}\n"),
        "{}",
        imported.text
    );
    assert!(imported.left_out[0].finding.reason.contains("the path has more than 300 bytes"));
    let notes: Vec<_> = imported.notes.iter().map(ToString::to_string).collect();
    for server in ["/servers/0", "/servers/1"] {
        let reason = format!("{server}: the server is left out: its URL looks as if it had a secret");
        assert!(notes.iter().any(|note| note.contains(&reason)), "{notes:#?}");
    }
}

#[test]
fn broken_and_circular_references_are_found() {
    let reason = |schema, schemas| outcome(schema, schemas).expect_err("it is left out");
    let a = "{ $ref: '#/components/schemas/A' }";
    assert!(
        reason(a, "A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' }")
            .contains("refers to itself")
    );
    assert!(reason(a, "").contains("`#/components/schemas/A` does not exist"));
    assert!(reason("{ $ref: 'https://schemas.example/a.json' }", "").contains("bundle the documents into one first"));
    assert!(reason("{ type: array, items: { $ref: other.yaml } }", "").contains("is in another document"));
    // An `allOf` of a schema and itself is that schema.
    let own = "A: { allOf: [{ $ref: '#/components/schemas/A' }], properties: { a: { type: string } } }";
    assert!(outcome(a, own).is_ok_and(|spec| spec.contains("        a:")));
    let recursive =
        "A: { type: object, properties: { a: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] } } }";
    assert!(outcome(a, recursive).is_ok());
    let list = "A: { type: array, items: { $ref: '#/components/schemas/A' } }";
    assert!(outcome(a, list).is_ok_and(|spec| spec.contains("any JSON")));
}

#[test]
fn schemas_without_a_meaning_are_any_json_or_left_out() {
    for schema in [
        "{}",
        "true",
        "{ type: thing }",
        "{ type: 5 }",
        "{ oneOf: 5 }",
        "{ allOf: {} }",
        "{ properties: 5 }",
        "5",
        "[]",
    ] {
        assert!(outcome(schema, "").is_ok(), "{schema}");
    }
    let nothing = outcome("{ type: object, properties: { a: false } }", "").expect("it is an object");
    assert!(nothing.contains("additionalProperties: true") && !nothing.contains("        a:"), "{nothing}");
    let both = outcome("{ allOf: [{ type: string }, { type: object }] }", "").expect("it is any JSON");
    assert!(both.contains("# The document gives two different types: any JSON."), "{both}");
    let reason = outcome("false", "").expect_err("there is no such value");
    assert!(reason.contains("no value is valid"), "{reason}");
}

#[test]
fn names_that_rust_cannot_have_are_reported() {
    let names = "{ type: object, properties: { '': {}, '日本': {}, '$': {}, a-b: {}, a_b: {}, A_B: {}, type: {}, self: {}, 'a\\nb': {} } }";
    let text = answering(names, "");
    let source = Source::parse("a.yaml", &text).expect("it is a document");
    let imported = convert(&source, "bird", FACT, &Selection::All).expect("it can be imported");
    assert_eq!(imported.operations.len(), 1);
    assert!(findings(&imported).is_empty());
    let notes: Vec<_> = imported.notes.iter().map(ToString::to_string).collect();
    assert!(notes.len() >= 4, "{notes:#?}");
    assert!(
        notes.iter().any(|note| note.contains("/properties/a_b") && note.contains("the same name in Rust")),
        "{notes:#?}"
    );
}

#[test]
fn operations_with_the_same_or_no_id_get_ids_of_their_own() {
    let operation = "{ operationId: send, responses: { '200': { description: ok } } }";
    let text = format!(
        "openapi: 3.0.0\ninfo: {{ title: Bird, version: '1' }}\npaths:\n  /a: {{ get: {operation}, post: {operation} }}\n  \
         /b: {{ get: {}, delete: 5, x-other: 5, parameters: [] }}\n  /c: {{ $ref: '#/paths/~1d' }}\n",
        operation.replace("operationId: send, ", "")
    );
    let source = Source::parse("a.yaml", &text).expect("it is a document");
    let imported = imported(&source, &Selection::All);
    let ids: Vec<_> = imported.operations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["send", "send_post", "get_b"]);
    let left_out: Vec<_> = imported.left_out.iter().map(|one| one.finding.to_string()).collect();
    assert_eq!(left_out.len(), 2, "{left_out:?}");
    assert_eq!(imported.report(&BTreeSet::new()).last().map(String::as_str), Some("imported 3 of 5 operations"));
}

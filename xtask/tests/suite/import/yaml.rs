//! YAML as providers write it: anchors, aliases and merge keys are written out, and what is wrong is reported with its line.

use std::fmt::Write as _;

use xtask::import::{Selection, Source};

use super::{findings, imported};

const START: &str = "openapi: 3.0.0\ninfo: { title: Bird, version: '1' }\n";

fn refused(text: &str) -> String {
    Source::parse("a.yaml", text).expect_err("it is refused").join("\n")
}

fn spec(text: &str) -> String {
    let source = Source::parse("a.yaml", text).unwrap_or_else(|failure| panic!("{failure:?}"));
    let imported = imported(&source, &Selection::All);
    assert_eq!(findings(&imported), Vec::<String>::new());
    imported.text
}

const PATHS: &str = "paths:
  /a:
    get:
      operationId: a
      responses: { '200': { description: ok, content: { application/json: { schema: SCHEMA } } } }
";

fn answering(schema: &str) -> String {
    format!("{START}{}", PATHS.replace("SCHEMA", schema))
}

#[test]
fn aliases_and_merge_keys_are_written_out() {
    let text = format!(
        "x-base: &base {{ type: object, properties: &properties {{ a: {{ type: string }}, b: {{ type: string }} }} }}\n\
         x-more: &more {{ description: More, type: string }}\n{}",
        answering("{ type: object, properties: { <<: [*properties, { c: *more }], b: { type: integer } } }")
    );
    let plain = answering(
        "{ type: object, properties: { b: { type: integer }, a: { type: string }, c: { description: More, type: string } } }",
    );
    assert_eq!(spec(&text), spec(&plain));
    assert_eq!(
        spec(&text.replace("{ <<: [*properties, { c: *more }], b: { type: integer } }", "*properties")),
        spec(&answering("{ type: object, properties: { a: { type: string }, b: { type: string } } }"))
    );
}

#[test]
fn aliases_that_grow_exponentially_or_contain_themselves_are_refused() {
    let mut laughs = String::from("x0: &a0 [lol, lol]\n");
    for index in 1..60 {
        let last = index - 1;
        let _ = writeln!(laughs, "x{index}: &a{index} [*a{last}, *a{last}]");
    }
    assert!(refused(&format!("{START}{laughs}")).contains("more than 500000 values"));
    let nested = format!("{START}x: {}a{}", "&a [".repeat(90), "]".repeat(90));
    assert!(refused(&nested).contains("`paths` has no operations"), "many anchors");
    assert!(refused(&format!("{START}x: &a [*a]")).ends_with("a YAML alias within the value that it refers to"));
    assert!(refused(&format!("{START}x: *a")).contains("not YAML"));
    assert!(refused(&format!("{START}x: {{ <<: 5 }}")).ends_with("a.yaml:3: `<<` merges mappings only"));
}

#[test]
fn tabs_and_keys_that_are_there_twice_are_reported_with_their_line() {
    let tab = refused(&format!("{START}paths:\n\t/a: {{}}\n"));
    assert!(tab.starts_with("a.yaml:4: not YAML:"), "{tab}");
    let twice = refused(&format!("{START}paths: {{ /a: {{ get: {{}} }} }}\nx: 1\nx: 2\n"));
    assert!(twice.starts_with("a.yaml:5: not YAML: duplicated key"), "{twice}");
    let json = "{\n\t\"openapi\": \"3.0.0\",\n\t\"openapi\": \"3.0.0\"\n}";
    assert!(refused(json).starts_with("a.yaml:3: not YAML: duplicated key"), "{}", refused(json));
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_make_no_difference() {
    let text = answering("{ type: object, properties: { a: { description: \"One\\nTwo\", type: string } } }");
    assert_eq!(spec(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), spec(&text));
}

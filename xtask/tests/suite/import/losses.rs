//! What a spec cannot express is reported, and nothing of a document gets another meaning.

use xtask::import::{Imported, Selection, Source};

use super::{findings, imported};

/// Imports a document with these paths and components, and this version of OpenAPI.
fn import(version: &str, paths: &str, rest: &str) -> Imported {
    let text = format!("openapi: {version}\ninfo: {{ title: Bird, version: '1' }}\npaths: {{ {paths} }}\n{rest}\n");
    let source = Source::parse("a.yaml", &text).unwrap_or_else(|failure| panic!("{failure:?}"));
    let imported = imported(&source, &Selection::All);
    if !imported.operations.is_empty() {
        assert_eq!(findings(&imported), Vec::<String>::new());
    }
    imported
}

/// Returns everything that an import reports as missing.
fn reported(imported: &Imported) -> String {
    let left_out = imported.left_out.iter().map(|one| one.finding.to_string());
    left_out.chain(imported.notes.iter().map(ToString::to_string)).collect::<Vec<_>>().join("\n")
}

const OK: &str = "responses: { '200': { description: ok } }";

const SCHEMES: &str = "one: { type: apiKey, in: header, name: X-Key }, two: { type: apiKey, in: header, name: x-key }, \
                       a: { type: oauth2 }, b: { type: openIdConnect }, token: { type: apiKey, in: query, name: token }";

fn secured(paths: &str) -> Imported {
    import("3.0.0", paths, &format!("components: {{ securitySchemes: {{ {SCHEMES} }} }}"))
}

#[test]
fn a_relative_server_keeps_its_path() {
    let servers = |list: &str| import("3.0.0", &format!("/a: {{ get: {{ {OK} }} }}"), &format!("servers: {list}"));
    for (url, expected) in [
        ("/api/v3/", "/api/v3"),
        ("v1", "/v1"),
        ("./v1", "/v1"),
        ("/", ""),
        ("/{v}", "/{v}"),
        ("/{host}", "/{variable_1}"),
    ] {
        let list = format!("[{{ url: '{url}', variables: {{ v: {{ default: v2 }}, host: {{ default: x }} }} }}]");
        let imported = servers(&list);
        assert!(imported.text.contains(&format!("- url: https://{{host}}{expected}\n")), "{url}: {}", imported.text);
        assert!(imported.text.contains("x-format: host_name"), "{url}");
    }
    let imported = servers(
        "[{ url: //api.bird.example/v2 }, { url: 'wss://api.bird.example' }, { url: 'https://{x}.example' }, {}]",
    );
    assert!(imported.text.contains("- url: https://api.bird.example/v2\n"), "{}", imported.text);
    let reported = reported(&imported);
    for reason in
        ["/servers/1: the server is left out: `wss:", "/servers/2: the server is left out: a variable", "/servers/3: "]
    {
        assert!(reported.contains(reason), "{reason}: {reported}");
    }
}

#[test]
fn schemes_of_one_location_are_one_credential() {
    let imported = secured(&format!(
        "/a: {{ get: {{ security: [{{ one: [] }}], {OK} }}, put: {{ security: [{{ two: [] }}], {OK} }}, \
         post: {{ security: [{{ a: [], one: [], b: [], two: [] }}], {OK} }} }}"
    ));
    assert_eq!(imported.operations.len(), 3, "{}", imported.text);
    let reported = reported(&imported);
    let joined: Vec<_> = reported.lines().filter(|line| line.contains("becomes one")).collect();
    assert!(matches!(joined[..], [b] if b.contains("the credential `b` becomes one with `a`")), "{reported}");
    assert!(imported.text.contains("      security:\n        - a: []\n          one: []\n"), "{}", imported.text);
}

#[test]
fn a_parameter_with_the_name_of_a_credential_is_not_lost() {
    let token = |required| {
        format!("parameters: [{{ name: token, in: query, required: {required}, schema: {{ type: string }} }}]")
    };
    let (needed, optional) = (token(true), token(false));
    let imported = secured(&format!(
        "/own: {{ get: {{ security: [{{ token: [] }}], {needed}, {OK} }} }}, \
         /undeclared: {{ get: {{ {needed}, {OK} }} }}, \
         /other: {{ get: {{ security: [{{ one: [] }}], {optional}, {OK} }} }}, \
         /none: {{ get: {{ security: [], {needed}, {OK} }} }}"
    ));
    let ids: Vec<_> = imported.operations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["get_own", "get_undeclared", "get_other"]);
    assert!(!imported.text.contains("in: query\n          required"), "{}", imported.text);
    let undeclared = imported.text.split("/undeclared:").nth(1).unwrap_or_default();
    assert!(!undeclared.split("responses:").next().unwrap_or_default().contains("security: []"), "{undeclared}");
    let reported = reported(&imported);
    for place in
        ["/paths/~1other/get/parameters/0: `token` is left out: other", "/paths/~1none/get/parameters/0: other"]
    {
        assert!(reported.contains(place), "{place}: {reported}");
    }
}

#[test]
fn keywords_beside_a_reference_count_in_openapi_3_1_only() {
    let paths = "/a: { post: { requestBody: { content: { application/json: { schema: \
                 { $ref: '#/components/schemas/Base', properties: { extra: { type: string } }, required: [extra] } } } }, \
                 responses: { '200': { description: ok } } } }";
    let base = "components: { schemas: { Base: { type: object, properties: { own: { type: string } } } } }";
    let new = import("3.1", paths, base).text;
    assert!(
        new.contains("required: [extra]") && new.contains("        own:") && new.contains("        extra:"),
        "{new}"
    );
    let old = import("3.0.3", paths, base).text;
    assert!(old.contains("        own:") && !old.contains("extra"), "{old}");
}

#[test]
fn styles_that_change_a_path_are_not_sent_as_others() {
    for style in ["label", "matrix"] {
        let parameter = format!("{{ name: id, in: path, required: true, style: {style}, schema: {{ type: string }} }}");
        let imported = import("3.0.0", &format!("'/a/{{id}}': {{ get: {{ parameters: [{parameter}], {OK} }} }}"), "");
        assert!(reported(&imported).contains(&format!("in the style `{style}`")), "{}", reported(&imported));
    }
}

#[test]
fn parts_that_no_spec_has_are_reported() {
    let answer = "responses: { '200': { description: x, content: { text/csv: {}, application/json: { schema: { type: array, items: {} } } } } }";
    let paths = format!(
        "/a: {{ get: {{ callbacks: {{ onEvent: {{}} }}, {answer} }} }}, /b: {{ $ref: '#/paths/~1a', post: {{ {OK} }} }}"
    );
    let reported = reported(&import("3.1.0", &paths, ""));
    for reason in [
        "/paths/~1a/get/callbacks: the callbacks are left out",
        "/paths/~1a/get: answers can also be text/csv",
        "/paths/~1b/post: `post` beside a `$ref` is not read",
    ] {
        assert!(reported.contains(reason), "{reason}: {reported}");
    }
}

#[test]
fn a_property_called_ref_is_left_out_alone() {
    let schema = "{ type: object, properties: { $ref: { type: string }, a: { type: string } } }";
    let answer = format!(
        "responses: {{ '200': {{ description: x, content: {{ application/json: {{ schema: {schema} }} }} }} }}"
    );
    let imported = import("3.0.0", &format!("/a: {{ get: {{ {answer} }} }}"), "");
    assert!(
        imported.text.contains("        a:") && reported(&imported).contains("`$ref` is left out"),
        "{}",
        imported.text
    );
}

#[test]
fn a_constant_of_a_path_is_not_escaped_twice() {
    let imported = import("3.0.0", &format!("'/a?kind=a%20b+c': {{ get: {{ {OK} }} }}"), "");
    assert!(imported.text.contains("enum: [a b c]"), "{}", imported.text);
}

#[test]
fn an_answer_that_no_client_can_ask_for_is_bytes() {
    let answer = |media| format!("responses: {{ '200': {{ description: x, content: {{ '{media}': {{}} }} }} }}");
    let imported = import(
        "3.0.0",
        &format!("/a: {{ get: {{ {} }}, head: {{ {} }} }}", answer("text/café"), answer("application/json")),
        "",
    );
    assert!(imported.text.contains("            application/octet-stream:"), "{}", imported.text);
    let head = imported.text.split("    head:").nth(1).unwrap_or_default();
    let head = head.split("\"4XX\"").next().unwrap_or_default();
    assert!(head.contains("operationId") && !head.contains("content:"), "the answer to HEAD has no body: {head}");
}

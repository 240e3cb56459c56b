//! What an import decides where a document says nothing, and how it reports that.

use std::collections::BTreeSet;

use xtask::import::{Imported, Selection, Source};

use super::{findings, imported};

const HEAD: &str = "{ openapi: 3.0.3, info: { title: Bird, version: '1' }, servers: [{ url: https://bird.example }]";

/// Imports a document with these other keys.
pub(super) fn bird(rest: &str) -> Imported {
    import(&format!("{HEAD}, {rest} }}"))
}

fn import(document: &str) -> Imported {
    let source = Source::parse("bird.yaml", document).expect("the document can be imported");
    let imported = imported(&source, &Selection::All);
    assert_eq!(findings(&imported), Vec::<String>::new(), "{}", imported.text);
    imported
}

fn report(imported: &Imported) -> String {
    imported.report(&BTreeSet::new()).join("\n")
}

const KEY: &str = "key: { type: apiKey, in: header, name: X-VENOM-TOKEN }";
const BEARER: &str = "user_key: { type: http, scheme: bearer }";
const CALLS: &str =
    "paths: { /a: { get: { operationId: a, responses: {} }, post: { operationId: b, responses: {} } } }";

#[test]
fn a_declared_credential_that_nothing_uses_is_needed_by_all_operations() {
    let one = bird(&format!("components: {{ securitySchemes: {{ {KEY} }} }}, {CALLS}"));
    assert!(
        one.text.contains(
            "# To be reviewed: the document declares these credentials, but does not say what needs them.\n\
             security:\n  - key: []\n"
        ),
        "{}",
        one.text
    );
    assert!(report(&one).contains("/components/securitySchemes: the document declares credentials, but no operation"));
    assert!(report(&one).contains("each is taken to need the credential `key`"));
    let two = bird(&format!("components: {{ securitySchemes: {{ {KEY}, {BEARER} }} }}, {CALLS}"));
    assert!(two.text.contains("security:\n  - key: []\n  - user_key: []\n"), "{}", two.text);
    assert!(report(&two).contains("one of the credentials `key`, `user_key`"));
}

#[test]
fn a_document_that_says_what_needs_credentials_is_believed() {
    let schemes = format!("components: {{ securitySchemes: {{ {KEY}, {BEARER} }} }}");
    let public = bird(&format!("security: [], {schemes}, {CALLS}"));
    assert!(public.text.contains("\nsecurity: []\n"), "{}", public.text);
    assert!(report(&public).contains("the credential `key` is left out: no imported operation uses it"));
    let calls = CALLS.replace("operationId: a,", "operationId: a, security: [{ user_key: [] }],");
    let some = bird(&format!("{schemes}, {calls}"));
    assert!(!some.text.contains("X-VENOM-TOKEN"), "{}", some.text);
    assert!(report(&some).contains("/components/securitySchemes/key: the credential `key` is left out"));
    assert!(!report(&some).contains("`user_key`"));
    let public = CALLS.replace("operationId: a,", "operationId: a, security: [],");
    let some = bird(&format!("{schemes}, {public}"));
    assert_eq!(some.text.matches("security: []").count(), 1, "{}", some.text);
}

#[test]
fn credentials_that_are_sent_at_the_same_place_are_one_and_reported() {
    let schemes = "app_key: { type: http, scheme: bearer }, user_key: { type: http, scheme: bearer }";
    let one =
        bird(&format!("security: [{{ app_key: [] }}], components: {{ securitySchemes: {{ {schemes} }} }}, {CALLS}"));
    assert!(report(&one).contains(
        "/components/securitySchemes/user_key: the credential `user_key` becomes one with `app_key`, since both are sent at \
         the same place"
    ));
}

#[test]
fn a_document_without_a_host_says_how_to_name_it() {
    let none = import(&format!("{}, {CALLS} }}", HEAD.replace(", servers: [{ url: https://bird.example }]", "")));
    assert!(report(&none).contains("\n  the document names no server: set it with `base_url`\n"), "{}", report(&none));
    assert!(none.text.contains("The document names no server: name its host"));
    let relative = import(&format!("{}, {CALLS} }}", HEAD.replace("https://bird.example", "/api")));
    assert!(
        report(&relative).contains("/servers/0: the URL has no host: the caller names it"),
        "{}",
        report(&relative)
    );
}

#[test]
fn a_summary_in_the_third_person_becomes_an_order_and_is_not_repeated() {
    let calls = CALLS.replace("operationId: a,", "operationId: a, summary: Sends a text, description: Sends a text.,");
    let one = bird(&calls);
    assert!(
        one.text.contains("summary: Send a text.\n      description: No description in the document.\n"),
        "{}",
        one.text
    );
}

/// The answer of the first operation in these calls.
fn answering(content: &str) -> String {
    CALLS.replacen(
        "responses: {}",
        &format!("responses: {{ '200': {{ content: {{ application/json: {content} }} }} }}"),
        1,
    )
}

#[test]
fn what_the_document_does_not_describe_is_counted_with_its_places() {
    let schema = "schema: { type: object, properties: { id: { type: string }, more: {} } }";
    let one = report(&bird(&answering(&format!("{{ {schema} }}"))));
    assert!(
        one.contains("  Any JSON, since the document does not describe them: 1 properties: `AResponse.more`"),
        "{one}"
    );
    let one = report(&bird(&answering("{ example: { a: 1 } }")));
    assert!(one.contains("  Any JSON, since the document does not describe them: 1 answers: `a`\n"), "{one}");
}

#[test]
fn types_of_other_languages_are_read_with_a_comment() {
    let properties = "a: { type: float }, b: { type: Bool }, c: { type: int }, d: { type: dict }";
    let one = bird(&answering(&format!("{{ schema: {{ type: object, properties: {{ {properties} }} }} }}"))).text;
    for (property, comment, kind) in [
        ("a", "The document writes the type `float`, read as number.", "type: number\n          format: double"),
        ("b", "The document writes the type `Bool`, read as boolean.", "type: boolean"),
        ("c", "The document writes the type `int`, read as integer.", "type: integer\n          format: int64"),
    ] {
        assert!(one.contains(&format!("# {comment}\n        {property}:\n          {kind}")), "{one}");
    }
    assert!(one.contains("# Not expressed: type: dict\n        d:\n          description"), "{one}");
}

#[test]
fn an_example_of_a_property_that_contradicts_it_makes_it_any_json() {
    let properties =
        "a: { type: object, example: [1] }, b: { type: string, example: 7 }, c: { $ref: '#/components/schemas/C' }";
    let schema = format!("{{ schema: {{ type: object, properties: {{ {properties} }} }} }}");
    let components = "components: { schemas: { C: { type: string, example: [a] } } }";
    let one = bird(&format!("{}, {components}", answering(&schema)));
    assert_eq!(one.text.matches("The document's own example has another type: any JSON.").count(), 2, "{}", one.text);
    assert!(one.text.contains("        b:\n          type: string\n"), "{}", one.text);
    assert!(
        report(&one).contains("/components/schemas/C: an example in the document has another type than its schema")
    );
}

#[test]
fn errors_that_are_described_say_their_texts_and_others_are_to_be_reviewed() {
    let none = bird(CALLS);
    assert!(none.text.contains("# To be reviewed: the document does not describe what an error says"), "{}", none.text);
    assert!(report(&none).contains("add `texts` and `remark` to `x-envelope`"));
    let properties = "msg: { type: string }, errorCode: { type: string }";
    let error = format!("schema: {{ type: object, properties: {{ {properties} }} }}");
    let calls = answering("{}")
        .replace("'200'", &format!("'400': {{ content: {{ application/json: {{ {error} }} }} }}, '200'"));
    let one = bird(&calls);
    assert!(one.text.contains("  texts: [msg]\n  remark: errorCode\n"), "{}", one.text);
    assert!(!report(&one).contains("x-envelope"), "{}", report(&one));
}

#[test]
fn a_property_of_a_success_that_can_report_a_failure_is_reported() {
    for (property, is_flag) in [
        ("success: { type: boolean }", true),
        ("status: { type: string, enum: [success, error] }", true),
        ("status: { type: string, enum: [queued, sent, failed] }", false),
        ("success: { type: string }", false),
    ] {
        let one = report(&bird(&answering(&format!("{{ schema: {{ type: object, properties: {{ {property} }} }} }}"))));
        assert_eq!(one.contains("the successful answers of 1 operations have `s"), is_flag, "{property}: {one}");
    }
    let one = report(&bird(&answering("{ example: { success: true } }")));
    assert!(one.contains("the successful answers of 1 operations have `success`"), "{one}");
}

#[test]
fn a_get_whose_texts_speak_of_a_change_is_hinted_at() {
    for (summary, word) in [
        ("Revokes the invitation", Some("revoke")),
        ("Reset the session", Some("reset")),
        ("Generate a new code", Some("generate a new")),
        ("List deleted chats", None),
        ("Get the reset time", None),
    ] {
        let one = bird(&CALLS.replace("operationId: a,", &format!("operationId: a, summary: {summary},")));
        let hint = word.map(|word| format!("because it is a GET. Its texts say `{word}`, so it may change something."));
        assert!(hint.as_ref().is_none_or(|hint| one.text.replace("\n      # ", " ").contains(hint)), "{}", one.text);
        let line = word.map_or("but its texts say".to_owned(), |word| format!("but its texts say `{word}`"));
        assert_eq!(report(&one).contains(&line), word.is_some(), "{summary}: {}", report(&one));
    }
}

#[test]
fn a_get_whose_path_speaks_of_a_change_is_hinted_at() {
    for (path, is_change) in [("/group-revoke-link/{id}", true), ("/session/logout", true), ("/unsubscribes", false)] {
        let one = report(&bird(&CALLS.replace("/a:", &format!("'{path}':"))));
        assert_eq!(one.contains("because it is a GET, but its texts say"), is_change, "{path}: {one}");
    }
}

#[test]
fn examples_that_are_left_out_are_counted() {
    let schema = "schema: { type: object, properties: { id: { type: integer, example: abc } } }";
    let one = report(&bird(&answering(&format!("{{ {schema} }}"))));
    assert!(one.contains("\n  1 examples are left out, since they contradict their schemas"), "{one}");
}

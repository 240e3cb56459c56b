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

//! The runtime with a generated client of an API whose bodies are lists, any JSON, forms with objects, and objects with
//! values that can be null. The API is invented; the tests of the generator write `generated` from `pardal.yaml`.

#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, unused_imports)]
mod generated;
#[path = "../support/loopback.rs"]
mod loopback;

use generated::types::{Button, Message};
use generated::*;
use loopback::{Reply, Server};
use serde_json::json;
use zap_client_runtime::{
    Constraint, DryRunBody, DryRunPart, Error, ErrorKind, File, Instance, Nullable, Outcome, reqwest,
};

const KEY: &str = "canary-key-3";

async fn start() -> (Server, Client) {
    start_with(Reply::json("{}")).await
}

async fn start_with(reply: Reply) -> (Server, Client) {
    let server = Server::start(reply).await;
    let instance = Instance::new("Pardal", server.origin.clone());
    let client = Client::builder(instance, Credentials::new(KEY, ""));
    let client = client.configure_reqwest(reqwest::ClientBuilder::no_proxy).build().unwrap();
    (server, client)
}

/// Returns the head and the body of the last request.
fn last(server: &Server) -> (String, String) {
    let request = String::from_utf8(server.requests().pop().unwrap()).unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

/// Returns the fields and the constraints that a refused call names.
fn broken(error: &Error) -> Vec<(String, Constraint)> {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    error.violations().iter().map(|one| (one.fields().join(", "), one.constraint())).collect()
}

#[tokio::test]
async fn a_list_is_the_whole_body() {
    let (server, client) = start().await;
    let messages = [Message::builder().to("1").text("Olá"), Message::builder().to("2").tags(["a"])];
    client.send_messages().body(messages).send().await.unwrap();
    let (head, body) = last(&server);
    assert!(head.contains("\r\ncontent-type: application/json\r\n"), "{head}");
    assert!(head.contains(&format!("\r\ncontent-length: {}", body.len())), "{head}");
    assert_eq!(body, r#"[{"to":"1","text":"Olá"},{"to":"2","tags":["a"]}]"#);
    client.send_messages().body([] as [Message; 0]).send().await.unwrap();
    assert_eq!(last(&server).1, "[]");
}

#[tokio::test]
async fn a_list_is_required_if_the_document_says_so() {
    let (server, client) = start().await;
    let error = client.send_messages().send().await.unwrap_err();
    assert_eq!(broken(&error), [("body".to_owned(), Constraint::Required)]);
    let error = client.send_messages().body([Message::builder()]).send().await.unwrap_err();
    assert_eq!(broken(&error), [("body".to_owned(), Constraint::Type)]);
    assert!(error.to_string().contains("`to` is missing"), "{error}");
    assert!(server.requests().is_empty());
    client.check_numbers().send().await.unwrap();
    assert_eq!(last(&server).1, "", "an optional body is left out");
    client.check_numbers().body(["1", "2"]).send().await.unwrap();
    assert_eq!(last(&server).1, r#"["1","2"]"#);
}

#[tokio::test]
async fn any_json_is_a_body() {
    let (server, client) = start().await;
    for value in [json!(null), json!([1, { "a": null }]), json!("x"), json!(1.5)] {
        client.send_raw().body(&value).send().await.unwrap();
        assert_eq!(last(&server).1, value.to_string());
    }
    client.set_settings().body(json!({ "b": 1, "a": [] })).send().await.unwrap();
    assert_eq!(last(&server).1, r#"{"a":[],"b":1}"#);
    let error = client.set_settings().body([1]).send().await.unwrap_err();
    assert_eq!(broken(&error), [("body".to_owned(), Constraint::Type)]);
    let error = client.send_raw().body(std::collections::HashMap::from([((), 1)])).send().await.unwrap_err();
    assert_eq!(broken(&error), [("body".to_owned(), Constraint::Type)]);
}

#[tokio::test]
async fn null_differs_from_absent() {
    let (server, client) = start().await;
    let update = |f: fn(types::builder::UpdateContactBody) -> types::builder::UpdateContactBody| {
        client.update_contact().body_map(f).send()
    };
    update(|body| body.score(1.5)).await.unwrap();
    assert_eq!(last(&server).1, r#"{"score":1.5}"#);
    update(|body| body.score_null().name_null().labels_null().extra_null().button_null()).await.unwrap();
    assert_eq!(last(&server).1, r#"{"name":null,"score":null,"labels":null,"extra":null,"button":null}"#);
    update(|body| body.score(1.0).name("Ana").labels(["a"]).extra([("k", "v")]).button(Button::builder().label("b")))
        .await
        .unwrap();
    let expected = r#"{"name":"Ana","score":1,"labels":["a"],"extra":{"k":"v"},"button":{"label":"b"}}"#;
    assert_eq!(last(&server).1, expected);
    update(|body| body.score(1.0).name(None::<String>).button(Button::builder().label("b").weight_null()))
        .await
        .unwrap();
    assert_eq!(last(&server).1, r#"{"score":1,"button":{"label":"b","weight":null}}"#, "`None` leaves a value out");

    let error = update(|body| body.name("Ana")).await.unwrap_err();
    assert_eq!(broken(&error), [("score".to_owned(), Constraint::Required)], "null counts as given, absent does not");
    let error = update(|body| body.score(f64::NAN)).await.unwrap_err();
    assert_eq!(broken(&error), [("score".to_owned(), Constraint::Type)], "not sent as null");
    let message: Message = Message::builder().to("1").text_null().try_into().unwrap();
    assert_eq!(message.text, Nullable::Null);
}

#[tokio::test]
async fn limits_of_inner_objects_are_checked_and_the_error_names_the_place() {
    let (server, client) = start().await;
    let button = |label: &str| Button::builder().label(label);
    let messages = [
        Message::builder().to("1").buttons([button("fits"), button("too long")]),
        Message::builder().to("x").tags(["abc", "abcd"]).buttons([button("")]),
    ];
    let error = client.send_messages().body(messages.clone()).send().await.unwrap_err();
    let expected = [
        ("body[1].to", Constraint::Digits),
        ("body[1].tags[1]", Constraint::MaxLength(3)),
        ("body[0].buttons[1].label", Constraint::MaxLength(5)),
        ("body[1].buttons[0].label", Constraint::MinLength(1)),
    ];
    let mut found = broken(&error);
    let mut expected = expected.map(|(place, constraint)| (place.to_owned(), constraint)).to_vec();
    found.sort_by_key(|one| one.0.clone());
    expected.sort_by_key(|one| one.0.clone());
    assert_eq!(found, expected);
    assert!(error.to_string().contains("The screen is small"), "{error}");
    assert!(!error.to_string().contains("too long"), "no value is quoted: {error}");

    let error = client.send_messages().body(messages).dry_run().await.unwrap_err();
    assert_eq!(broken(&error).len(), 4);
    let call = client.update_contact().body_map(|body| body.score(1.0).button(button("b").weight(0)));
    assert_eq!(broken(&call.send().await.unwrap_err()), [("button.weight".to_owned(), Constraint::Minimum(1))]);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_form_has_several_files_and_objects() {
    let (server, client) = start().await;
    let file = |name: &str| File::from_bytes(name, name.to_owned().into_bytes());
    let call = client.upload().body_map(|body| {
        body.files([file("a.txt"), file("b.txt")]).caption(Button::builder().label("b")).words([("k", "v")]).note("n")
    });
    let dry = call.clone().dry_run().await.unwrap();
    let DryRunBody::Form(parts) = dry.body() else { panic!("{dry}") };
    assert_eq!(parts.len(), 5);
    assert!(parts.contains(&DryRunPart::Json { name: "caption".into(), value: r#"{"label":"b"}"#.into() }), "{dry}");
    call.send().await.unwrap();
    let (head, body) = last(&server);
    assert_eq!(body.matches("Content-Disposition: form-data; name=\"files\"; filename=\"").count(), 2, "{body}");
    let part = "name=\"caption\"\r\nContent-Type: application/json\r\n\r\n{\"label\":\"b\"}\r\n";
    assert!(body.contains(part) && body.contains("\r\n\r\n{\"k\":\"v\"}\r\n"), "{body}");
    assert!(body.contains("name=\"note\"\r\n\r\nn\r\n"), "{body}");
    let length = dry.headers().find(|(name, _)| *name == "content-length").unwrap().1.to_owned();
    assert!(head.contains(&format!("\r\ncontent-length: {length}")), "{head}");

    let error = client.upload().send().await.unwrap_err();
    assert_eq!(broken(&error), [("files".to_owned(), Constraint::Required)]);
    let long = client.upload().body_map(|body| body.files([file("a")]).caption(Button::builder().label("too long")));
    assert_eq!(broken(&long.send().await.unwrap_err()), [("caption.label".to_owned(), Constraint::MaxLength(5))]);
}

#[tokio::test]
async fn a_key_can_be_the_user_without_a_password() {
    let (server, client) =
        start_with(Reply::new(400, "application/json", r#"{"message":"bad key canary-key-3"}"#)).await;
    let error = client.check_numbers().send().await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(KEY), "{error:?}");
    // The Base64 of `canary-key-3:`.
    assert!(last(&server).0.contains("\r\nauthorization: Basic Y2FuYXJ5LWtleS0zOg==\r\n"), "{}", last(&server).0);
}

#[tokio::test]
async fn several_values_are_one_parameter_if_the_document_says_so() {
    let (server, client) = start().await;
    let call = client.search().ids(["a,b", "c"]).words(["x", "y z"]).filter([("from", "1&2"), ("to", "3")]);
    call.x_scopes(["read", "write"]).send().await.unwrap();
    let (head, _) = last(&server);
    let query = "ids=a%2Cb,c&words=x%7Cy%20z&filter%5Bfrom%5D=1%262&filter%5Bto%5D=3";
    assert!(head.starts_with(&format!("GET /search?{query} HTTP/1.1\r\n")), "{head}");
    assert!(head.contains("\r\nx-scopes: read,write\r\n"), "{head}");
    client.search().words(["x"]).ids([] as [&str; 0]).send().await.unwrap();
    assert!(last(&server).0.starts_with("GET /search?words=x HTTP/1.1\r\n"));

    let error = client.search().ids(["a", ""]).x_scopes(["a,b"]).send().await.unwrap_err();
    let mut found = broken(&error);
    found.sort_by_key(|one| one.0.clone());
    let expected =
        [("X-Scopes", Constraint::HeaderValue), ("ids", Constraint::MinLength(1)), ("words", Constraint::Required)];
    assert_eq!(found, expected.map(|(name, constraint)| (name.to_owned(), constraint)));
}

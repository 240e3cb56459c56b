//! Bodies as JSON and urlencoded: what is sent, and what is refused before.

use std::collections::BTreeMap;

use serde_json::json;
use zap_client_runtime::reqwest::Method;
use zap_client_runtime::{Constraint, DryRunBody, Error, ErrorKind, Form, Operation, Outcome, Safety};

use crate::loopback::{Reply, Server};
use crate::types::{ContactAddress, MessageButton, MessageOptions, MessageQuoted, State};
use crate::{Client, client};

/// Returns the head and the body of the last request.
fn last(server: &Server) -> (String, String) {
    let request = String::from_utf8(server.requests().pop().unwrap()).unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

fn send(client: &Client) -> crate::builder::MessageSend<'_> {
    client.message_send().x_session("one")
}

async fn start() -> (Server, Client) {
    let server = Server::start(Reply::json("{}")).await;
    let client = client(&server);
    (server, client)
}

#[tokio::test]
async fn a_json_body_has_each_given_value_at_its_depth() {
    let (server, client) = start().await;
    let call = send(&client).body_map(|body| {
        body.number("5511000001234")
            .text("Olá \"você\"\n")
            .delay(3)
            .weight(0.5)
            .options(MessageOptions::builder().presence("composing").link_preview(false).tags(["a"]))
            .quoted(MessageQuoted::builder().id("q").options(MessageOptions::builder().presence("")))
            .buttons([
                MessageButton::builder().type_("reply").label("Sim"),
                MessageButton::builder().type_("reply").label("Não"),
            ])
            .mentions(["5511000001235"])
            .headers([("x-a", "1"), ("b", "2")])
            .media(json!({ "z": null, "a": [1] }))
            .state(State::Queued)
    });
    call.send().await.unwrap();
    let (head, body) = last(&server);
    assert!(head.contains("\r\ncontent-type: application/json\r\n"), "{head}");
    assert!(head.contains(&format!("\r\ncontent-length: {}", body.len())), "{head}");
    let expected = concat!(
        r#"{"number":"5511000001234","text":"Olá \"você\"\n","delay":3,"weight":0.5,"#,
        r#""options":{"presence":"composing","link_preview":false,"tags":["a"]},"#,
        r#""quoted":{"id":"q","options":{"presence":""}},"#,
        r#""buttons":[{"type":"reply","label":"Sim"},{"type":"reply","label":"Não"}],"#,
        r#""mentions":["5511000001235"],"headers":{"b":"2","x-a":"1"},"media":{"a":[1],"z":null},"state":"queued"}"#
    );
    assert_eq!(body, expected);
}

fn options() -> crate::types::builder::MessageOptions {
    MessageOptions::builder().presence("composing")
}

/// An absent value and an empty list are different requests.
#[tokio::test]
async fn an_empty_list_is_sent_and_an_absent_one_is_not() {
    let (server, client) = start().await;
    let none: [MessageButton; 0] = [];
    let call = |tags: Option<[&str; 0]>| {
        let options = match tags {
            Some(tags) => options().tags(tags),
            None => options(),
        };
        send(&client).body_map(|body| body.number("1").text("x").options(options).buttons(none.clone()))
    };
    call(None).send().await.unwrap();
    assert_eq!(last(&server).1, r#"{"number":"1","text":"x","options":{"presence":"composing"},"buttons":[]}"#);
    call(Some([])).body_map(|body| body.mentions(Vec::<String>::new())).send().await.unwrap();
    let expected =
        r#"{"number":"1","text":"x","options":{"presence":"composing","tags":[]},"buttons":[],"mentions":[]}"#;
    assert_eq!(last(&server).1, expected);
}

/// Returns the constraints that a refused call breaks, each with its fields.
fn broken(error: &Error) -> Vec<(String, Constraint)> {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    error.violations().iter().map(|one| (one.fields().join(","), one.constraint())).collect()
}

#[tokio::test]
async fn a_json_body_is_validated_as_a_form_is() {
    let (server, client) = start().await;
    let field = |name: &str, constraint| (name.to_owned(), constraint);
    let error = client.message_send().x_session("one").send().await.unwrap_err();
    let required = ["number", "options", "buttons"].map(|name| field(name, Constraint::Required));
    assert_eq!(broken(&error), [&required[..], &[field("text,media", Constraint::AtLeastOne)]].concat());

    let call = send(&client).body_map(|body| {
        let body = body.number("12a").text("").delay(61).options(options()).buttons([] as [MessageButton; 0]);
        body.mentions(["1", "123456789012345"]).headers([] as [(&str, &str); 0])
    });
    let expected = [
        field("number", Constraint::Digits),
        field("text", Constraint::MinLength(1)),
        field("delay", Constraint::Maximum(60)),
        field("mentions", Constraint::MaxLength(14)),
        field("headers", Constraint::MinEntries(1)),
    ];
    assert_eq!(broken(&call.clone().send().await.unwrap_err()), expected);
    assert_eq!(broken(&call.dry_run().await.unwrap_err()), expected);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_object_that_lacks_a_value_is_named_with_it() {
    let (server, client) = start().await;
    let call = send(&client).body_map(|body| {
        let buttons = [MessageButton::builder().type_("reply").label("Sim"), MessageButton::builder().label("Não")];
        body.number("1").text("x").options(MessageOptions::builder()).buttons(buttons)
    });
    let error = call.send().await.unwrap_err();
    let types = ["options", "buttons"].map(|name| (name.to_owned(), Constraint::Type));
    assert_eq!(broken(&error), types);
    assert!(error.to_string().contains("`presence`") && error.to_string().contains("`type_`"), "{error}");
    assert!(server.requests().is_empty());
}

/// JSON has no such number, and the library would write `null`.
#[tokio::test]
async fn a_number_that_is_not_finite_is_refused() {
    let (server, client) = start().await;
    for number in [f64::NAN, f64::INFINITY] {
        let call = send(&client).body_map(|body| {
            body.number("1").text("x").options(options()).buttons([] as [MessageButton; 0]).weight(number)
        });
        assert_eq!(broken(&call.send().await.unwrap_err()), [("weight".to_owned(), Constraint::Type)]);
    }
    assert!(server.requests().is_empty());
}

static PLACE: Operation =
    Operation::new("place", Method::POST, "/place", Safety::Change, "Sends.").with_security(&[&[]]);

/// `serde_json` writes null for it, at any depth.
#[tokio::test]
async fn a_number_that_is_not_finite_is_refused_within_a_value() {
    let (server, client) = start().await;
    for number in [f64::NAN, f64::INFINITY] {
        let location = [("latitude", 1.5), ("longitude", number)].into_iter().collect::<BTreeMap<_, _>>();
        let forms = [
            Form::json().json_value("location", Some(&location)),
            Form::new().json_value("location", Some(&location)),
            Form::json_root(&[location]),
            Form::json_root(&number),
        ];
        for form in forms {
            let error = client.raw_client().call(&PLACE).form(form).send_unit().await.unwrap_err();
            assert_eq!(error.violations()[0].constraint(), Constraint::Type, "{error}");
        }
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_urlencoded_body_has_nested_keys() {
    let (server, client) = start().await;
    let call = client.contact_add().body_map(|body| {
        let address = ContactAddress::builder().street("Rua & 1").number(7).floors([1, 2]);
        body.name("Zé").labels(["a=b", "c"]).address(address).notes([("k[", "v")])
    });
    call.send().await.unwrap();
    let (head, body) = last(&server);
    assert!(head.contains("\r\ncontent-type: application/x-www-form-urlencoded\r\n"), "{head}");
    let expected = "name=Z%C3%A9&labels=a%3Db&labels=c&address%5Bfloors%5D%5B%5D=1&address%5Bfloors%5D%5B%5D=2\
                    &address%5Bnumber%5D=7&address%5Bstreet%5D=Rua%20%26%201&notes%5Bk%5B%5D=v";
    assert_eq!(body, expected);

    let error = client.contact_add().body_map(|body| body.name("0123456789")).send().await.unwrap_err();
    let expected = [("labels".to_owned(), Constraint::Required), ("name".to_owned(), Constraint::MaxLength(9))];
    assert_eq!(broken(&error), expected);
}

#[tokio::test]
async fn a_dry_run_shows_the_body_that_is_sent() {
    let (server, client) = start().await;
    let call = send(&client).body_map(|body| {
        body.number("1").text("the key is canary-api-key-7").options(options()).buttons([] as [MessageButton; 0])
    });
    let call = call.body_map(|body| body.text("canary-api-key-7"));
    let shown = call.dry_run().await.unwrap();
    let text = r#"{"number":"1","text":"***","options":{"presence":"composing"},"buttons":[]}"#;
    assert_eq!(*shown.body(), DryRunBody::Json(text.to_owned()));
    let length = text.len() + "canary-api-key-7".len() - "***".len();
    let end = format!("content-type: application/json\ncontent-length: {length}\n\n{text}\n");
    assert!(shown.to_string().ends_with(&end), "{shown}");

    let call = client.contact_add().body_map(|body| body.name("Zé").labels(["a"]));
    let shown = call.clone().dry_run().await.unwrap();
    assert_eq!(*shown.body(), DryRunBody::Urlencoded("name=Z%C3%A9&labels=a".to_owned()));
    call.send().await.unwrap();
    assert_eq!(last(&server).1, "name=Z%C3%A9&labels=a");
}

#[test]
fn debug_shows_no_value_of_a_request() {
    let quoted = MessageQuoted::builder().id("a-private-text").options(options());
    let body = crate::types::MessageSendBody::builder().text("a-private-text").quoted(quoted.clone());
    let shown = format!("{quoted:?} {body:?} {:?}", MessageQuoted::try_from(quoted.clone()).unwrap());
    assert!(!shown.contains("private"), "{shown}");
    assert!(shown.starts_with("MessageQuoted { .. } ") && shown.contains("\"text\": (16 characters)"), "{shown}");
}

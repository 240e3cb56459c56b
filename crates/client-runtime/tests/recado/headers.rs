//! Parameters that are headers, and idempotency keys.

use zap_client_runtime::{Constraint, ErrorKind, Outcome};

use crate::loopback::{Reply, Server};
use crate::types::{MessageButton, MessageOptions};
use crate::{Client, builder, client};

fn send(client: &Client) -> builder::MessageSend<'_> {
    client.message_send().x_session("one").body_map(|body| {
        let options = MessageOptions::builder().presence("composing");
        body.number("1").text("x").options(options).buttons([] as [MessageButton; 0])
    })
}

/// Returns the value of a header in each request, or an empty text.
fn values(server: &Server, name: &str) -> Vec<String> {
    let value = |request: Vec<u8>| {
        let request = String::from_utf8(request).unwrap();
        let line = request.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_default().to_owned()
    };
    server.requests().into_iter().map(value).collect()
}

#[tokio::test]
async fn a_header_is_sent_as_it_was_given() {
    let server = Server::start(Reply::json("{}")).await;
    let client = client(&server);
    send(&client).x_priority(-3).send().await.unwrap();
    send(&client).x_session("a b~").send().await.unwrap();
    assert_eq!(values(&server, "x-session"), ["one", "a b~"]);
    assert_eq!(values(&server, "x-priority"), ["-3", ""]);
}

#[tokio::test]
async fn a_header_is_validated_before_it_is_sent() {
    let server = Server::start(Reply::json("{}")).await;
    let client = client(&server);
    for (value, constraint) in [
        ("", Constraint::MinLength(1)),
        ("longer than ten", Constraint::MaxLength(10)),
        ("\u{e9}", Constraint::HeaderValue),
        (" x", Constraint::HeaderValue),
        ("x\ty", Constraint::HeaderValue),
        ("x\r\ny: z", Constraint::HeaderValue),
    ] {
        let error = send(&client).x_session(value).send().await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
        let broken: Vec<_> = error.violations().iter().map(|one| (one.fields(), one.constraint())).collect();
        assert_eq!(broken, [(&["X-Session".to_owned()][..], constraint)], "{value:?}");
    }
    let error = send(&client).x_priority(10).send().await.unwrap_err();
    assert_eq!(error.violations()[0].constraint(), Constraint::Maximum(9));
    let error = client.message_send().body_map(|body| body.number("1")).send().await.unwrap_err();
    assert_eq!(error.violations()[0].fields(), ["X-Session"], "it is required");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_dry_run_and_debug_show_headers_as_they_show_other_values() {
    let server = Server::start(Reply::json("{}")).await;
    let client = client(&server);
    let call = send(&client).x_session("a-session");
    let dry_run = call.clone().dry_run().await.unwrap().to_string();
    assert!(dry_run.contains("\nx-session: a-session\n"), "{dry_run}");
    assert!(dry_run.contains("\nx-request-key: (made for each call)\n"), "{dry_run}");
    let dry_run = call.clone().x_request_key("k1").dry_run().await.unwrap().to_string();
    assert!(dry_run.contains("\nx-request-key: k1\n"), "{dry_run}");
    let shown = format!("{call:?}");
    assert!(!shown.contains("a-session") && shown.contains("(\"x-session\", (9 characters))"), "{shown}");
}

/// The provider does nothing for a key that it has seen, so a repetition is harmless.
#[tokio::test]
async fn a_change_with_a_key_is_repeated_with_the_same_key() {
    for fault in [Reply::Close, Reply::new(503, "application/json", "{}"), Reply::new(502, "text/html", "<html>")] {
        let server = Server::sequence([fault.clone(), fault, Reply::json("{}")]).await;
        let client = client(&server);
        assert_eq!(send(&client).send().await.unwrap().attempts(), 3);
        let keys = values(&server, "x-request-key");
        assert!(keys[0].len() == 32 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        send(&client).send().await.unwrap();
        assert_ne!(values(&server, "x-request-key")[3], keys[0], "each call has its own");
    }
}

/// A provider takes an empty key for none, so a repetition could send the message twice.
#[tokio::test]
async fn an_empty_key_is_refused() {
    let server = Server::start(Reply::new(503, "application/json", "{}")).await;
    let client = client(&server);
    for key in ["", " "] {
        let error = send(&client).x_request_key(key).send().await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{key:?}");
        assert!(error.violations().iter().all(|one| one.fields() == ["X-Request-Key"]), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_error_has_the_key_to_send_the_call_again_with() {
    let server = Server::start(Reply::new(503, "application/json", "{}")).await;
    let client = client(&server);
    let error = send(&client).send().await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 3));
    let key = error.idempotency_key().unwrap().to_owned();
    assert_eq!(values(&server, "x-request-key"), [&*key; 3]);

    server.reply_with(Reply::json("{}"));
    send(&client).x_request_key(key.as_str()).send().await.unwrap();
    assert_eq!(values(&server, "x-request-key")[3], key);

    // A refusal is not repeated, and a change without a key is not repeated either.
    server.reply_with(Reply::new(422, "application/json", "{}"));
    assert_eq!(send(&client).send().await.unwrap_err().attempts(), 1);
    server.reply_with(Reply::new(503, "application/json", "{}"));
    let error = client.message_delete().id("a").send().await.unwrap_err();
    assert_eq!((error.attempts(), error.idempotency_key()), (1, None));
}

//! The outcome of a change that failed, and that its error shows no secret.

use std::error::Error as _;
use std::fmt::Write as _;
use std::time::Duration;
use zap_client_runtime::{Error, ErrorKind, Outcome, Timeouts};

use crate::api::{self, CLIENT_ID, CLIENT_SECRET, KEY, SECRETS};
use crate::loopback::{self, ClosedPort, Reply, Server};

/// Far longer than a whole answer takes here, also on a busy machine; a silence takes as long.
fn timeouts() -> Timeouts {
    Timeouts::default().with_read(Duration::from_secs(3))
}

async fn headers(origin: &str) -> Result<(), Error> {
    let client = api::by_header(origin).timeouts(timeouts()).max_answer_bytes(64 * 1024).build().unwrap();
    client.letter("x").send().await.map(drop)
}

async fn parameters(origin: &str) -> Result<(), Error> {
    let client = api::by_parameter(origin).timeouts(timeouts()).max_answer_bytes(64 * 1024).build().unwrap();
    client.note("x").send().await.map(drop)
}

/// No text that ends up in a log may contain a credential.
fn assert_no_secret(error: &Error) {
    let shown = loopback::shown(error);
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} is shown: {shown}");
    }
    assert!(!shown.contains("/api/v1"), "a URL is shown: {shown}");
}

/// Sends a message through each client, and checks the error that the answer causes.
async fn assert_sends(reply: Reply, kind: ErrorKind, outcome: Outcome) -> [Error; 2] {
    let server = Server::start(reply.clone()).await;
    let (by_header, by_parameter) = tokio::join!(headers(&server.origin), parameters(&server.origin));
    let errors = [by_header.unwrap_err(), by_parameter.unwrap_err()];
    assert_eq!(server.requests().len(), 2, "one request a call: {reply:?}");
    for error in &errors {
        assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{reply:?}: {error}");
        assert_no_secret(error);
    }
    errors
}

#[tokio::test]
async fn a_refused_connection_is_not_done() {
    let closed = ClosedPort::new();
    for error in [headers(&closed.origin).await.unwrap_err(), parameters(&closed.origin).await.unwrap_err()] {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotDone), "{error}");
        assert!(error.source().is_some(), "the cause is kept");
        assert_no_secret(&error);
    }
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_the_outcome_unknown() {
    let headers = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"status\":";
    assert_sends(Reply::Close, ErrorKind::Interrupted, Outcome::Unknown).await;
    assert_sends(Reply::Bytes(headers.to_vec()), ErrorKind::Interrupted, Outcome::Unknown).await;
    assert_sends(Reply::Bytes(b"not HTTP\r\n\r\n".to_vec()), ErrorKind::Interrupted, Outcome::Unknown).await;
}

#[tokio::test]
async fn silence_is_a_timeout_and_leaves_the_outcome_unknown() {
    assert_sends(Reply::Hang(Vec::new()), ErrorKind::Timeout, Outcome::Unknown).await;
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"status\":".to_vec();
    assert_sends(Reply::Hang(half), ErrorKind::Timeout, Outcome::Unknown).await;
}

#[tokio::test]
async fn a_page_is_no_answer_whatever_its_status() {
    for status in [200, 201, 204, 400, 403, 408, 409, 422, 500, 502, 503, 504, 520] {
        let page = Reply::new(status, "text/html", if status == 204 { "" } else { "<title>Error</title>" });
        assert_sends(page, ErrorKind::UnexpectedAnswer, Outcome::Unknown).await;
    }
    for status in [401, 404, 405, 411, 413, 414, 415, 429, 431] {
        let page = Reply::new(status, "text/html", "<title>Error</title>");
        assert_sends(page, ErrorKind::UnexpectedAnswer, Outcome::NotDone).await;
    }
    for body in ["", "[]", "null", "{}", "7", "garbage", "{\"status\":{}}", "{\"message\":\"x\"}", UNKNOWN_WORD] {
        assert_sends(Reply::json(body), ErrorKind::UnexpectedAnswer, Outcome::Unknown).await;
    }
    assert_sends(Reply::new(200, "application/json", [0xff, 0xfe]), ErrorKind::UnexpectedAnswer, Outcome::Unknown)
        .await;
}

/// An unknown verdict proves nothing.
const UNKNOWN_WORD: &str = r#"{"status":"queued","result":"Success","remark":"validation_error"}"#;

#[tokio::test]
async fn a_success_that_cannot_be_read_is_done() {
    let body = r#"{"status":"success","result":"success","data":"text","description":{"a":1}}"#;
    let [error, _] = assert_sends(Reply::json(body), ErrorKind::Undecodable, Outcome::Done).await;
    assert_eq!(error.body().unwrap().as_ref(), body.as_bytes(), "the raw answer is at hand");
}

#[tokio::test]
async fn an_answer_beyond_the_cap_is_not_held() {
    let large = format!("{{\"status\":\"success\",\"x\":\"{}\"}}", "x".repeat(80 * 1024));
    assert_sends(Reply::json(&large), ErrorKind::AnswerTooLarge, Outcome::Unknown).await;
    // Without a length, the client notices it while it receives the body.
    let endless = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{large}");
    assert_sends(Reply::Bytes(endless.into_bytes()), ErrorKind::AnswerTooLarge, Outcome::Unknown).await;
}

#[tokio::test]
async fn an_answer_of_just_the_cap_is_held_however_many_pieces_it_comes_in() {
    let cap = 64 * 1024;
    let body = |length: usize| {
        let frame = r#"{"status":"success","result":"success","x":""}"#;
        frame.replace("x\":\"", &format!("x\":\"{}", "x".repeat(length - frame.len())))
    };
    let chunked = |body: &str, size: usize| {
        let mut reply = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n".to_owned();
        for chunk in body.as_bytes().chunks(size) {
            let _ = write!(reply, "{:x}\r\n{}\r\n", chunk.len(), str::from_utf8(chunk).unwrap());
        }
        Reply::Bytes((reply + "0\r\n\r\n").into_bytes())
    };
    for size in [cap, 30_000, 1000] {
        let server = Server::start(chunked(&body(cap), size)).await;
        headers(&server.origin).await.unwrap();
        parameters(&server.origin).await.unwrap();
        assert_sends(chunked(&body(cap + 1), size), ErrorKind::AnswerTooLarge, Outcome::Unknown).await;
    }
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let elsewhere = Server::start(Reply::success()).await;
    for status in [301, 302, 303, 307, 308] {
        let head = format!(
            "HTTP/1.1 {status} Moved\r\nlocation: {}/maintenance\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            elsewhere.origin
        );
        assert_sends(Reply::Bytes(head.into_bytes()), ErrorKind::UnexpectedAnswer, Outcome::Unknown).await;
    }
    assert_eq!(elsewhere.connections(), 0, "nothing reached the other host");
}

#[tokio::test]
async fn a_refusal_is_not_done_only_where_its_remark_proves_it() {
    for (remark, outcome) in [
        ("validation_error", Outcome::NotDone),
        ("not_found", Outcome::NotDone),
        ("subscription_required", Outcome::NotDone),
        // This is the answer to a delivered template message (fact E9).
        ("exception", Outcome::Unknown),
        ("a_new_remark", Outcome::Unknown),
    ] {
        let body = format!(r#"{{"remark":"{remark}","status":"error","message":["Não."]}}"#);
        let server = Server::start(Reply::json(&body)).await;
        let error = headers(&server.origin).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, outcome), "{remark}");
        assert_eq!((error.remark(), error.messages()), (Some(remark), &["Não.".to_owned()][..]));
    }
}

#[tokio::test]
async fn credentials_that_the_server_quotes_back_are_scrubbed() {
    let body = format!(
        r#"{{"remark":"exception {CLIENT_SECRET}","status":"error","message":["SQL: id = {CLIENT_ID}, secret = {CLIENT_SECRET}"]}}"#
    );
    let server = Server::start(Reply::json(&body)).await;
    let error = headers(&server.origin).await.unwrap_err();
    assert_eq!(error.description(), Some("SQL: id = ***, secret = ***"));
    assert_no_secret(&error);

    let body = format!(r#"{{"result":"error","description":"key {KEY} inválida"}}"#);
    let server = Server::start(Reply::new(400, "application/json", body)).await;
    let error = parameters(&server.origin).await.unwrap_err();
    assert_eq!(error.description(), Some("key *** inválida"));
    assert_no_secret(&error);

    let body = format!(r#"{{"result":"success","note_id":{{}},"description":["{KEY}"],"code":"{KEY}"}}"#);
    let server = Server::start(Reply::json(&body)).await;
    let error = parameters(&server.origin).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Undecodable, Outcome::Done));
    assert_no_secret(&error);
}

/// Servers change the texts that they quote: they change the case, cut them and escape them several times.
#[tokio::test]
async fn credentials_are_scrubbed_however_the_server_changes_them() {
    let changed = [
        CLIENT_SECRET.to_uppercase(),
        format!("near '{}' at line 1", &CLIENT_SECRET[..15]),
        format!("{}[...] {}&hellip; {}…", &CLIENT_SECRET[..14], &CLIENT_SECRET[..13], &CLIENT_SECRET[..12]),
        format!("{} (truncated...)", &CLIENT_SECRET[..17]),
        format!("{}... 6 more characters", &CLIENT_SECRET[..14]),
        format!("...{}", &CLIENT_SECRET[4..]),
        CLIENT_SECRET.replace('-', "%252D").replace('a', "%5Cu0061"),
        CLIENT_SECRET.replace('-', "&amp;hyphen;").replace('c', "&#99;"),
        "Basic Y2FuYXJ5LWNsaWVudC1pZDpjYW5hcnktY2xpZW50LXNlY3JldA==".to_owned(),
    ];
    for text in changed {
        let body = serde_json::json!({"remark": text, "status": "error", "message": {"error": [text]}});
        for (status, content_type, body) in [
            (200, "application/json", body.to_string()),
            (502, "text/html", format!("<title>{text}</title>")),
            (200, "application/json", serde_json::json!({"status": "success", "data": text}).to_string()),
        ] {
            let server = Server::start(Reply::new(status, content_type, body)).await;
            let error = headers(&server.origin).await.unwrap_err();
            let shown = loopback::shown(&error);
            for piece in ["canary", "CANARY", "-secret", "secret]", "Y2Fu", "%5Cu0061", "&#99;anary"] {
                assert!(!shown.contains(piece), "{piece} of {text} is shown: {shown}");
            }
        }
    }
    // The debug view of a success, too.
    let text = format!("{} {}", CLIENT_SECRET.to_uppercase(), CLIENT_SECRET.replace('-', "%5C%2D"));
    let body = serde_json::json!({"status": "success", "message": [text]});
    let server = Server::start(Reply::json(&body.to_string())).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let shown = format!("{:?}", client.list().send().await.unwrap());
    assert!(shown.contains(r#"["*** ***"]"#), "{shown}");
}

/// The stream of a caller may fail with any text.
#[tokio::test]
async fn the_error_of_a_stream_shows_no_credential() {
    let server = Server::start(Reply::success()).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let fails = || std::io::Error::other(format!("cannot read https://files.example/a?key={CLIENT_SECRET}"));
    let file = zap_client_runtime::File::from_stream("a.pdf", None, Failing(Some(fails())));
    let call = client.scan(file);
    let error = call.send().await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::Unknown), "{error}");
    assert_no_secret(&error);
    assert!(loopback::shown(&error).contains("cannot read https://files.example/a?***"), "{error:?}");
}

/// A stream that fails at once.
struct Failing(Option<std::io::Error>);

impl futures_core::Stream for Failing {
    type Item = std::io::Result<bytes::Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Err))
    }
}

#[tokio::test]
async fn a_wrong_base_url_is_named() {
    let server = Server::start(Reply::new(404, "text/html", "<title>404</title>")).await;
    let error = headers(&server.origin).await.unwrap_err();
    assert!(error.to_string().contains("base URL"), "{error}");
}

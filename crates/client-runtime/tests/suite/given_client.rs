//! An HTTP client that the caller supplies may follow redirects and send requests twice, so no answer proves that a
//! change was not done.
use zap_client_runtime::{Error, ErrorKind, Form, Outcome, reqwest};

use crate::api::{self, Client};
use crate::loopback::{ClosedPort, Reply, Server};

/// With reqwest's own client, which follows redirects.
fn client(origin: &str) -> Client {
    api::by_header(origin).reqwest_client(reqwest::Client::new()).build().unwrap()
}

async fn send(origin: &str) -> Result<(), Error> {
    let client = client(origin);
    client.letter("x").send().await.map(drop)
}

#[tokio::test]
async fn neither_a_status_nor_a_refusal_is_proof() {
    let refusal = r#"{"remark":"validation_error","status":"error","message":["x"]}"#;
    for (reply, kind) in [
        (Reply::new(404, "text/html", ""), ErrorKind::UnexpectedAnswer),
        (Reply::new(401, "application/json", refusal), ErrorKind::Refused),
        (Reply::json(refusal), ErrorKind::Refused),
        (Reply::Bytes(b"HTTP/1.1 404 No\r\ncontent-length: 9\r\n\r\n<".to_vec()), ErrorKind::Interrupted),
    ] {
        let server = Server::start(reply.clone()).await;
        let error = send(&server.origin).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Unknown), "{reply:?}: {error}");
        let error = client(&server.origin).list().send().await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::NotDone), "a read did nothing: {error}");
    }
}

#[tokio::test]
async fn a_failure_to_connect_is_no_proof_and_is_not_repeated() {
    let closed = ClosedPort::new();
    let error = send(&closed.origin).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (ErrorKind::Connect, Outcome::Unknown, 1), "{error}");
}

#[tokio::test]
async fn a_success_is_a_success_and_what_never_left_did_not_happen() {
    let server = Server::start(Reply::success()).await;
    send(&server.origin).await.unwrap();
    let error = client(&server.origin).letter_of(Form::new()).send().await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
}

#[tokio::test]
async fn wherever_a_redirect_leads_it_proves_nothing() {
    let elsewhere = Server::start(Reply::new(404, "text/html", "")).await;
    let closed = ClosedPort::new();
    let (elsewhere, nothing) = (format!("{}/", elsewhere.origin), format!("{}/", closed.origin));
    for (place, kind) in [
        (&*elsewhere, ErrorKind::UnexpectedAnswer),
        (&*nothing, ErrorKind::Interrupted),
        ("ftp://zap.example/", ErrorKind::Interrupted),
        // The URL of the answer does not show this redirect.
        ("/pombo/letters", ErrorKind::UnexpectedAnswer),
    ] {
        let redirect = Reply::head(303, &format!("location: {place}\r\n"));
        let server = Server::sequence([redirect, Reply::new(405, "text/html", "")]).await;
        let error = send(&server.origin).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Unknown), "{place}: {error}");
        assert_eq!(error.to_string().contains("http_client_builder"), place == elsewhere, "{error}");
    }
}

//! What answers prove, where the HTTP status says how a call went: all statuses and shapes of answers with two changes.
//! `matrix.rs` has all operations and the faults of connections.

use zap_client_runtime::{Error, ErrorKind, Outcome, RefusalReason};

use crate::loopback::{self, Reply, Server};
use crate::{Client, SECRETS, TOKEN, at};

/// A client and its server.
struct Pair {
    server: Server,
    client: Client,
}

impl Pair {
    async fn new() -> Self {
        let server = Server::start(Reply::Close).await;
        Self { client: client_at(&server.origin), server }
    }

    /// Forwards a message, which is a change whose answer is an object, and is answered with `reply`.
    async fn forward(&self, reply: Reply) -> Result<(), Error> {
        self.server.reply_with(reply);
        forward(&self.client).await
    }

    /// Deletes a message, which is a change whose answer has no body.
    async fn delete(&self, reply: Reply) -> Result<(), Error> {
        self.server.reply_with(reply);
        delete(&self.client).await
    }

    /// Makes both changes, and checks the error that the answer causes.
    async fn assert_fails(&self, reply: Reply, kind: ErrorKind, outcome: Outcome) -> Error {
        let before = self.server.requests().len();
        self.server.reply_with(reply.clone());
        let (forwarded, deleted) = tokio::join!(forward(&self.client), delete(&self.client));
        assert_eq!(self.server.requests().len(), before + 2, "one request a call: {reply:?}");
        let (error, deleted) = (forwarded.unwrap_err(), deleted.unwrap_err());
        assert_is(&error, kind, outcome, &format!("{reply:?}"));
        assert_is(&deleted, kind, outcome, &format!("{reply:?}"));
        error
    }
}

fn client_at(origin: &str) -> Client {
    at(origin).build().unwrap()
}

async fn forward(client: &Client) -> Result<(), Error> {
    client.message_forward().id("a").to("5511000001234").send().await.map(drop)
}

async fn delete(client: &Client) -> Result<(), Error> {
    client.message_delete().id("a").send().await.map(drop)
}

fn assert_is(error: &Error, kind: ErrorKind, outcome: Outcome, what: &str) {
    assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{what}: {error}");
    let shown = loopback::shown(error);
    assert!(!SECRETS.iter().any(|secret| shown.contains(secret)) && !shown.contains("/messages"), "{shown}");
}

#[tokio::test]
async fn a_page_is_no_answer_whatever_its_status() {
    let pair = Pair::new().await;
    for status in [200, 201, 202, 400, 403, 408, 409, 422, 500, 502, 503, 504, 520] {
        for page in [
            "<p>Log in</p>",
            "<title>Log in</title>",
            "<!DOCTYPE html><title>x</title>",
            "\n<html>",
            "<?xml version=\"1.0\"?>\n<!-- a -->\n<!DOCTYPE html PUBLIC \"\">",
            "<!-- a --><HEAD><meta http-equiv=\"refresh\">",
            "<meta http-equiv=\"refresh\" content=\"0; url=/login\">",
            "<script>location = '/login'</script>",
        ] {
            let reply = Reply::new(status, "text/html", page);
            if status < 300 && page.starts_with("<p>") {
                // Only an answer whose body is read shows that this is not one.
                let error = pair.forward(reply).await.unwrap_err();
                assert_is(&error, ErrorKind::UnexpectedAnswer, Outcome::Unknown, page);
            } else {
                pair.assert_fails(reply, ErrorKind::UnexpectedAnswer, Outcome::Unknown).await;
            }
        }
    }
    for status in [401, 404, 405, 411, 413, 414, 415, 429, 431] {
        let page = Reply::new(status, "text/html", "<title>Error</title>");
        pair.assert_fails(page, ErrorKind::UnexpectedAnswer, Outcome::NotDone).await;
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_done() {
    let pair = Pair::new().await;
    for body in ["[]", "7", "{\"id\":{}}", "{\"id\":", "{\"text\":[{}]}"] {
        let error = pair.forward(Reply::json(body)).await.unwrap_err();
        assert_is(&error, ErrorKind::Undecodable, Outcome::Done, body);
        assert_eq!(error.body().unwrap().as_ref(), body.as_bytes(), "the raw answer is at hand");
        pair.delete(Reply::json(body)).await.expect("nothing needs to be read");
    }
    assert_is(
        &pair.forward(Reply::json("garbage")).await.unwrap_err(),
        ErrorKind::UnexpectedAnswer,
        Outcome::Unknown,
        "garbage",
    );
}

#[tokio::test]
async fn a_status_proves_a_refusal_if_its_meaning_does_or_the_spec_lists_it() {
    let pair = Pair::new().await;
    let not_done = [401, 404, 405, 409, 411, 413, 414, 415, 422, 429, 431];
    for status in (400..=431).chain([451, 500, 501, 502, 503, 504, 520, 599]) {
        let outcome = if not_done.contains(&status) { Outcome::NotDone } else { Outcome::Unknown };
        for body in [r#"{"code":7,"message":"Não."}"#, ""] {
            let reply = Reply::new(status, "application/json", body);
            pair.assert_fails(reply, ErrorKind::Refused, outcome).await;
        }
    }
}

#[tokio::test]
async fn an_error_has_its_number_its_texts_and_its_reason() {
    let pair = Pair::new().await;
    let body = r#"{"code":1042,"message":"Inválido.","errors":["The field to is wrong."]}"#;
    let error =
        pair.assert_fails(Reply::new(422, "application/json", body), ErrorKind::Refused, Outcome::NotDone).await;
    assert_eq!((error.remark(), error.reason()), (Some("1042"), Some(RefusalReason::Validation)));
    assert_eq!(error.messages(), ["Inválido.", "The field to is wrong."]);
    assert_eq!(error.refused_fields(), ["to"]);
    for (status, reason) in [
        (401, Some(RefusalReason::Credentials)),
        (404, Some(RefusalReason::NotFound)),
        (409, Some(RefusalReason::Conflict)),
        (403, None),
        (500, None),
    ] {
        let error = pair.forward(Reply::new(status, "application/json", "{}")).await.unwrap_err();
        assert_eq!((error.reason(), error.is_wrong_base_url()), (reason, false), "{status}");
    }
    assert!(pair.forward(Reply::new(404, "text/html", "<title>404</title>")).await.unwrap_err().is_wrong_base_url());
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let pair = Pair::new().await;
    let elsewhere = Server::start(Reply::json("{}")).await;
    for status in [300, 301, 302, 303, 304, 307, 308] {
        let location = format!("location: {}/maintenance\r\n", elsewhere.origin);
        pair.assert_fails(Reply::head(status, &location), ErrorKind::UnexpectedAnswer, Outcome::Unknown).await;
    }
    assert_eq!(elsewhere.connections(), 0, "nothing reached the other host");
}

#[tokio::test]
async fn a_credential_that_the_server_quotes_is_masked() {
    let pair = Pair::new().await;
    let body = format!(r#"{{"code":"{TOKEN}","message":"token {TOKEN} is unknown"}}"#);
    let error =
        pair.assert_fails(Reply::new(400, "application/json", body), ErrorKind::Refused, Outcome::Unknown).await;
    assert_eq!((error.remark(), error.description()), (Some("***"), Some("token *** is unknown")));
}

/// Reads are repeated as those of every API are.
#[tokio::test]
async fn a_read_is_repeated_and_a_change_is_not() {
    let server = Server::sequence([Reply::new(503, "application/json", "{}"), Reply::json("[]")]).await;
    let client = at(&server.origin).build().unwrap();
    assert_eq!(client.message_list().send().await.unwrap().attempts(), 2);
    let server = Server::sequence([Reply::new(503, "application/json", "{}"), Reply::json("{}")]).await;
    forward(&client_at(&server.origin)).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

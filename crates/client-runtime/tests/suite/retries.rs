//! Reads are retried, changes are not.

use std::time::Duration;
use zap_client_runtime::{Backoff, Error, ErrorKind, FailedAttempt, File, Outcome, RetryPolicy};

use crate::api::{self, Client};
use crate::loopback::{ClosedPort, EmptyStream, Reply, Server};

fn quick() -> Backoff {
    Backoff::default().with_first(Duration::from_millis(1))
}

fn client(server: &Server) -> Client {
    api::by_header(&server.origin).retry(quick()).build().unwrap()
}

async fn send(client: &Client) -> Result<(), Error> {
    client.letter("x").send().await.map(drop)
}

/// Replies that report a temporary failure.
fn passing() -> Vec<Reply> {
    let statuses = [408, 429, 500, 502, 503, 504].map(|status| Reply::new(status, "text/html", "<title>Busy</title>"));
    [Reply::Close].into_iter().chain(statuses).collect()
}

#[tokio::test]
async fn a_read_survives_what_passes() {
    for reply in passing() {
        let server = Server::sequence([reply.clone(), reply, Reply::success()]).await;
        let answer = client(&server).list().send().await.unwrap();
        assert_eq!((answer.attempts(), server.requests().len()), (3, 3));
    }
}

#[tokio::test]
async fn a_read_is_not_repeated_for_ever() {
    let server = Server::start(Reply::Close).await;
    let error = client(&server).list().send().await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::NotDone));
}

#[tokio::test]
async fn what_will_not_change_is_not_repeated() {
    let refusal = r#"{"remark":"exception","status":"error","message":["SQLSTATE"]}"#;
    for reply in [Reply::json(refusal), Reply::json("{}"), Reply::new(404, "text/html", ""), Reply::new(401, "a/b", "")]
    {
        let server = Server::start(reply).await;
        let error = client(&server).list().send().await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{error}");
    }
}

#[tokio::test]
async fn a_change_is_sent_once_whatever_comes() {
    for reply in passing() {
        let server = Server::sequence([reply, Reply::success()]).await;
        let error = send(&client(&server)).await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{error}");
    }
}

#[tokio::test]
async fn a_change_that_never_left_is_repeated_unless_it_holds_a_stream() {
    let closed = ClosedPort::new();
    let client = api::by_header(&closed.origin).retry(quick()).build().unwrap();
    let error = send(&client).await.unwrap_err();
    assert_eq!((error.attempts(), error.kind(), error.outcome()), (3, ErrorKind::Connect, Outcome::NotDone));

    for (file, attempts) in [(File::from_bytes("a.pdf", "x"), 3), (File::from_stream("a.pdf", None, EmptyStream), 1)] {
        let call = client.scan(file);
        let error = call.send().await.unwrap_err();
        assert_eq!((error.attempts(), error.kind()), (attempts, ErrorKind::Connect), "{error}");
    }
}

/// A policy that retries more than is allowed.
#[derive(Debug)]
struct Eager;

impl RetryPolicy for Eager {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        (failed.number < 6).then_some(Duration::ZERO)
    }
}

#[tokio::test]
async fn a_policy_of_ones_own_cannot_repeat_a_change() {
    let server = Server::start(Reply::Close).await;
    let client = api::by_header(&server.origin).retry(Eager).build().unwrap();
    assert_eq!(send(&client).await.unwrap_err().attempts(), 1);
    assert_eq!(client.list().send().await.unwrap_err().attempts(), 6);
    assert_eq!(server.requests().len(), 7);
}

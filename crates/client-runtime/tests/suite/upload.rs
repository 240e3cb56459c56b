//! Files arrive unchanged and with their length, from a path, from memory or from a stream.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use zap_client_runtime::{Error, ErrorKind, File, Form, Outcome, Timeouts};

use crate::api::{self, CLIENT_SECRET, Client};
use crate::loopback::{self, ClosedPort, Reply, Server};

/// Yields its pieces, each after a while.
struct Pieces {
    left: VecDeque<Bytes>,
    pause: Duration,
    sleep: Option<Pin<Box<tokio::time::Sleep>>>,
}

fn pieces(count: usize, pause: Duration) -> Pieces {
    let pieces = (0..count).map(|index| Bytes::from(format!("piece {index};"))).collect();
    Pieces { left: pieces, pause, sleep: None }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pause = self.pause;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        if !pause.is_zero() && Future::poll(sleep.as_mut(), context).is_pending() {
            return Poll::Pending;
        }
        self.sleep = None;
        Poll::Ready(self.left.pop_front().map(Ok))
    }
}

async fn send(client: &Client, file: File) -> Result<(), Error> {
    client.scan(file).send().await.map(drop)
}

/// The content of the only file in the only request, and the request's head.
fn uploaded(server: &Server) -> (Vec<u8>, String) {
    let request = server.requests().remove(0);
    let at = |bytes: &[u8], needle: &[u8]| bytes.windows(needle.len()).position(|window| window == needle).unwrap();
    let (head, body) = request.split_at(at(&request, b"\r\n\r\n"));
    let file = &body[at(body, b"filename=")..];
    let content = &file[at(file, b"\r\n\r\n") + 4..];
    let boundary = at(content, b"\r\n--");
    (content[..boundary].to_vec(), String::from_utf8(head.to_vec()).unwrap())
}

#[tokio::test]
async fn from_a_path() {
    // More than one read, and not a multiple of one.
    let content: Vec<u8> = (0..700_001_u32).flat_map(u32::to_le_bytes).take(700_001).collect();
    let path = std::env::temp_dir().join(format!("upload-{}.pdf", std::process::id()));
    std::fs::write(&path, &content).unwrap();
    let server = Server::start(Reply::success()).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let sent = send(&client, File::from_path(&path)).await;
    std::fs::remove_file(&path).unwrap();
    sent.unwrap();
    let (arrived, head) = uploaded(&server);
    assert!(arrived == content, "{} of {} bytes", arrived.len(), content.len());
    assert!(head.contains("\r\ncontent-length: 7"), "{head}");
}

#[tokio::test]
async fn from_a_stream_with_and_without_its_length() {
    let expected = "piece 0;piece 1;piece 2;";
    for length in [Some(expected.len() as u64), None] {
        let server = Server::start(Reply::success()).await;
        let client = api::by_header(&server.origin).build().unwrap();
        send(&client, File::from_stream("a.pdf", length, pieces(3, Duration::ZERO))).await.unwrap();
        let (arrived, head) = uploaded(&server);
        if length.is_some() {
            assert_eq!(String::from_utf8(arrived).unwrap(), expected);
            assert!(head.contains("content-length: ") && !head.contains("chunked"), "{head}");
        } else {
            assert!(head.contains("transfer-encoding: chunked"), "{head}");
        }
    }
}

#[tokio::test]
async fn a_stream_that_breaks_its_word_breaks_the_upload() {
    let server = Server::start(Reply::success()).await;
    let client = api::by_header(&server.origin).build().unwrap();
    for length in [7, 1000] {
        let error = send(&client, File::from_stream("a.pdf", length, pieces(3, Duration::ZERO))).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::Unknown), "{error}");
    }
    assert_eq!(server.requests().len(), 0, "no server takes half a request for a whole one");
}

#[tokio::test]
async fn an_upload_takes_as_long_as_it_makes_progress() {
    let server = Server::start(Reply::success()).await;
    let limit = Duration::from_secs(1);
    let timeouts = Timeouts::default().with_read(limit).with_total(limit);
    let client = api::by_header(&server.origin).timeouts(timeouts).build().unwrap();
    // Each piece is well within the limit; together they take twice as long as it.
    send(&client, File::from_stream("a.pdf", None, pieces(12, limit / 6))).await.unwrap();
    // A piece that never arrives.
    let error = send(&client, File::from_stream("a.pdf", None, pieces(1, limit * 20))).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown), "{error}");
}

/// The errors of a stream whose own source fails: a refused connection, and a time-out.
async fn own_failures() -> [io::Error; 2] {
    let closed = ClosedPort::new();
    let url = format!("{}/part?signature=x", closed.origin);
    let refused = zap_client_runtime::reqwest::get(url).await.unwrap_err();
    assert!(refused.is_connect(), "{refused}");
    [io::Error::other(refused), io::ErrorKind::TimedOut.into()]
}

#[tokio::test]
async fn what_fails_within_a_stream_proves_nothing_of_the_upload() {
    let server = Server::start(Reply::success()).await;
    let client = api::by_header(&server.origin).build().unwrap();
    for failure in own_failures().await {
        let file = File::from_stream("a.pdf", None, Failing(Some(Bytes::from_static(b"%PDF")), Some(failure)));
        let error = send(&client, file).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::Unknown), "{error}");
        assert_eq!(error.attempts(), 1);
        let shown = loopback::shown(&error);
        assert!(!shown.contains("signature"), "where the stream came from is shown: {shown}");
    }
}

/// Yields a piece, then an error.
struct Failing(Option<Bytes>, Option<io::Error>);

impl Stream for Failing {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.0.take().map(Ok);
        Poll::Ready(piece.or_else(|| self.1.take().map(Err)))
    }
}

#[tokio::test]
async fn a_length_that_no_request_can_have_is_refused_and_its_stream_stays() {
    let server = Server::start(Reply::success()).await;
    let client = api::by_header(&server.origin).preflight(false).build().unwrap();
    for length in [u64::MAX, u64::MAX - 200, u64::MAX / 2 + 1, u64::MAX - (1 << 40)] {
        let file = File::from_stream("a.pdf", length, pieces(3, Duration::ZERO));
        for error in [
            send(&client, file.clone()).await.unwrap_err(),
            dry(&client, file.clone()).await.unwrap_err(),
            send(&client, file).await.unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
            let text = error.to_string();
            assert!(text.contains("`scan`: the given length is larger"), "{text}");
        }
    }
    assert_eq!(server.connections(), 0);
    // With the rules on, it is refused as too large, too.
    let strict = api::by_header(&server.origin).build().unwrap();
    let file = File::from_stream("a.pdf", u64::MAX, pieces(3, Duration::ZERO));
    assert_eq!(send(&strict, file).await.unwrap_err().violations().len(), 1);
}

async fn dry(client: &Client, file: File) -> Result<(), Error> {
    client.scan(file).dry_run().await.map(drop)
}

#[tokio::test]
async fn lengths_that_only_together_are_too_long_are_refused() {
    let server = Server::start(Reply::success()).await;
    let client = api::by_header(&server.origin).preflight(false).build().unwrap();
    let file = || File::from_stream("a.pdf", 1 << 59, pieces(3, Duration::ZERO));
    let call = client.letter_of(Form::new().text("to", ["1"]).file("scan", [file(), file(), file()]));
    let error = call.send().await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_file_of_another_length_than_given_is_never_a_success() {
    for length in [1, 23, 25, 1 << 40] {
        let server = Server::start(Reply::success()).await;
        let client = api::by_header(&server.origin).preflight(false).build().unwrap();
        // 24 bytes.
        let file = File::from_stream("a.pdf", length, pieces(3, Duration::ZERO));
        let error = send(&client, file).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::Unknown), "{length}: {error}");
        assert!(!error.is_transient(), "sending it again does not help: {error:?}");
    }
}

/// The error of a stream is the caller's own text, and may quote anything.
#[tokio::test]
async fn a_secret_in_the_error_of_a_stream_is_not_shown() {
    struct Fails;

    impl Stream for Fails {
        type Item = io::Result<Bytes>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(Err(io::Error::other(format!("cannot sign with {CLIENT_SECRET}")))))
        }
    }

    let server = Server::start(Reply::success()).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let error = send(&client, File::from_stream("a.pdf", 9, Fails)).await.unwrap_err();
    let shown = loopback::shown(&error);
    assert!(!shown.contains(CLIENT_SECRET) && shown.contains("cannot sign with ***"), "{shown}");
}

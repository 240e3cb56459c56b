//! Bodies that are too large or too slow, and too many of them.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use tokio::sync::mpsc;
use tokio::time::Instant;
use zap_facade::webhook::{InvalidReceiver, WebhookReceiver};

use super::{Receiving, TOKEN, URI, body, post, send, untouchable};

/// A body that arrives as it is sent to a channel. It ends early with an error if that is what is sent.
struct Slowly(mpsc::UnboundedReceiver<Result<Bytes, std::io::Error>>);

impl futures_core::Stream for Slowly {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

fn slowly() -> (mpsc::UnboundedSender<Result<Bytes, std::io::Error>>, Body) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (sender, Body::from_stream(Slowly(receiver)))
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let mut receiving = Receiving::with(|builder| builder.max_body(2_000));
    let padded = |size: usize| {
        let body = body("oi");
        format!("{body}{}", " ".repeat(size - body.len()))
    };
    assert_eq!(receiving.post(padded(2_000)).await, StatusCode::OK);
    assert_eq!(receiving.post(padded(2_001)).await, StatusCode::PAYLOAD_TOO_LARGE);
    // One that does not say how large it is.
    let (sender, unknown) = slowly();
    for _ in 0..3 {
        sender.send(Ok(Bytes::from(" ".repeat(1_000)))).unwrap();
    }
    assert_eq!(receiving.post(unknown).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(receiving.texts(), ["oi"]);
    assert_eq!(receiving.receiver.counters().refused, 2);
}

#[tokio::test]
async fn a_body_that_says_that_it_is_too_large_is_not_read() {
    struct Announced;

    impl axum::body::HttpBody for Announced {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
            panic!("the body is read");
        }

        fn size_hint(&self) -> http_body::SizeHint {
            http_body::SizeHint::with_exact(256 * 1024 + 1)
        }
    }

    assert_eq!(Receiving::new().post(Body::new(Announced)).await, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_end_is_refused() {
    let mut receiving = Receiving::with(|builder| builder.body_timeout(Duration::from_secs(4)));
    let (sender, slow) = slowly();
    // A byte now and then does not help.
    tokio::spawn(async move {
        while sender.send(Ok(Bytes::from_static(b" "))).is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    let start = Instant::now();
    assert_eq!(receiving.post(slow).await, StatusCode::REQUEST_TIMEOUT);
    assert_eq!(start.elapsed().as_secs(), 4);
    assert_eq!(receiving.receiver.counters().refused, 1);
    assert!(receiving.arrived().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_slow_body_that_ends_in_time_is_accepted() {
    let mut receiving = Receiving::new();
    let (sender, slow) = slowly();
    tokio::spawn(async move {
        for byte in body("oi").into_bytes() {
            tokio::time::sleep(Duration::from_millis(10)).await;
            sender.send(Ok(Bytes::copy_from_slice(&[byte]))).unwrap();
        }
    });
    assert_eq!(receiving.post(slow).await, StatusCode::OK);
    assert_eq!(receiving.texts(), ["oi"]);
}

#[tokio::test]
async fn an_incomplete_body_is_refused() {
    let mut receiving = Receiving::new();
    let (sender, broken) = slowly();
    sender.send(Ok(Bytes::from(body("oi")))).unwrap();
    sender.send(Err(std::io::ErrorKind::ConnectionReset.into())).unwrap();
    assert_eq!(receiving.post(broken).await, StatusCode::BAD_REQUEST);
    assert!(receiving.arrived().is_empty());
    assert_eq!(receiving.receiver.counters().refused, 1);
}

#[tokio::test(start_paused = true)]
async fn only_so_many_posts_are_held_at_once() {
    let mut receiving = Receiving::with(|builder| builder.posts_at_once(2).queue_wait(Duration::from_secs(1)));
    let mut open = Vec::new();
    for _ in 0..2 {
        let (sender, slow) = slowly();
        let router = receiving.router.clone();
        let answer = tokio::spawn(async move { post(&router, URI, slow).await.status() });
        tokio::task::yield_now().await;
        open.push((sender, answer));
    }
    assert_eq!(receiving.post(untouchable()).await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(receiving.receiver.counters().overflowed, 1);
    // A wrong token takes no room.
    assert_eq!(post(&receiving.router, "/chatguru/wrong", untouchable()).await.status(), StatusCode::NOT_FOUND);

    let (sender, answer) = open.pop().unwrap();
    sender.send(Ok(Bytes::from(body("oi")))).unwrap();
    drop(sender);
    assert_eq!(answer.await.unwrap(), StatusCode::OK);
    assert_eq!(receiving.post(body("there is room again")).await, StatusCode::OK);
    assert_eq!(receiving.texts(), ["oi", "there is room again"]);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_waits_for_the_queue_is_held_too() {
    let mut receiving = Receiving::with_room(1, |builder| builder.posts_at_once(1));
    assert_eq!(receiving.post(body("first")).await, StatusCode::OK);
    let router = receiving.router.clone();
    let second = tokio::spawn(async move { post(&router, URI, body("second")).await.status() });
    tokio::task::yield_now().await;
    let (read, stream) = Flagged::new();
    let router = receiving.router.clone();
    let third = tokio::spawn(async move { post(&router, URI, Body::from_stream(stream)).await.status() });
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!read.load(Ordering::SeqCst), "there is no room for its body");
    assert_eq!(receiving.texts(), ["first"]);
    assert_eq!([second.await.unwrap(), third.await.unwrap()], [StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE]);
    assert!(read.load(Ordering::SeqCst), "the second left its room, and is in the queue");
}

/// An empty body that reports whether it was read.
struct Flagged(Arc<AtomicBool>);

impl Flagged {
    fn new() -> (Arc<AtomicBool>, Self) {
        let read = Arc::new(AtomicBool::new(false));
        (Arc::clone(&read), Self(read))
    }
}

impl futures_core::Stream for Flagged {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.store(true, Ordering::SeqCst);
        Poll::Ready(None)
    }
}

#[tokio::test]
async fn a_post_that_is_cancelled_is_counted_and_leaves_its_room() {
    let mut receiving = Receiving::with(|builder| builder.posts_at_once(1));
    let (_sender, slow) = slowly();
    let request = Request::post(URI).body(slow).unwrap();
    let cancelled = tokio::time::timeout(Duration::from_millis(20), send(&receiving.router, request)).await;
    assert!(cancelled.is_err());
    assert_eq!(receiving.receiver.counters().refused, 1);
    assert_eq!(receiving.post(body("oi")).await, StatusCode::OK);
    assert_eq!(receiving.texts(), ["oi"]);
}

#[test]
fn a_limit_of_zero_is_refused_when_the_receiver_is_built() {
    let build = |name: &'static str, builder: zap_facade::webhook::WebhookReceiverBuilder| {
        assert_eq!(builder.build().map(drop), Err(InvalidReceiver::Zero(name)));
    };
    let builder = || WebhookReceiver::builder(TOKEN);
    build("dedup_entries", builder().dedup_entries(0));
    build("max_body", builder().max_body(0));
    build("body_timeout", builder().body_timeout(Duration::ZERO));
    build("posts_at_once", builder().posts_at_once(0));
    build("queue", builder().queue(0));
    assert!(InvalidReceiver::Zero("queue").to_string().contains("`queue`"));
    assert!(builder().queue_wait(Duration::ZERO).dedup_window(Duration::ZERO).build().is_ok());
    let endless = builder().queue(usize::MAX).posts_at_once(usize::MAX).max_body(usize::MAX);
    assert!(endless.body_timeout(Duration::MAX).queue_wait(Duration::MAX).dedup_window(Duration::MAX).build().is_ok());
}

#[tokio::test]
async fn the_largest_limits_work() {
    let mut receiving = Receiving::with(|builder| {
        let builder = builder.queue(usize::MAX).posts_at_once(usize::MAX).max_body(usize::MAX);
        builder.body_timeout(Duration::MAX).queue_wait(Duration::MAX).dedup_window(Duration::MAX)
    });
    for _ in 0..2 {
        assert_eq!(receiving.post(body("oi")).await, StatusCode::OK);
    }
    assert_eq!(receiving.texts(), ["oi"]);
}

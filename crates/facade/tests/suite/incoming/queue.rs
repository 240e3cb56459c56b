//! The handing over: order, a full queue, and handlers that fail.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};
use zap_facade::Received;
use zap_facade::webhook::WebhookReceiver;

use super::{Receiving, TOKEN, URI, body, contents, message, post};

#[tokio::test]
async fn messages_keep_their_order() {
    let mut receiving = Receiving::with_room(200, |builder| builder);
    let texts: Vec<_> = (0..200).map(|number| number.to_string()).collect();
    for text in &texts {
        receiving.post(body(text)).await;
    }
    assert_eq!(receiving.texts(), texts);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_is_reported_after_a_short_wait_and_a_repeat_is_accepted() {
    let mut receiving = Receiving::with_room(1, |builder| builder.queue_wait(Duration::from_secs(3)));
    assert_eq!(receiving.post(body("first")).await, StatusCode::OK);
    let start = Instant::now();
    let response = post(&receiving.router, URI, body("second")).await;
    assert_eq!(start.elapsed().as_secs(), 3);
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let (headers, answer) = contents(response).await;
    assert_eq!((&headers["retry-after"], answer.as_str()), (&"5".parse().unwrap(), ""));

    assert_eq!(receiving.texts(), ["first"]);
    assert_eq!(receiving.post(body("second")).await, StatusCode::OK);
    assert_eq!(receiving.texts(), ["second"], "it was not taken for a repeat");
    let counters = receiving.receiver.counters();
    assert_eq!((counters.received, counters.overflowed, counters.duplicates), (2, 1, 0));
}

#[tokio::test(start_paused = true)]
async fn messages_that_wait_for_room_keep_their_order() {
    let mut receiving = Receiving::with_room(1, |builder| builder);
    let posts: Vec<_> = ["a", "b", "c", "c"]
        .map(|text| {
            let router = receiving.router.clone();
            tokio::spawn(async move { post(&router, URI, body(text)).await.status() })
        })
        .into();
    for text in ["a", "b", "c"] {
        sleep(Duration::from_millis(100)).await;
        assert_eq!(receiving.texts(), [text]);
    }
    for post in posts {
        assert_eq!(post.await.unwrap(), StatusCode::OK);
    }
    assert_eq!(receiving.receiver.counters().duplicates, 1, "the second `c`");
}

#[tokio::test(start_paused = true)]
async fn a_repeat_is_not_confirmed_before_the_first_is_in_the_queue() {
    let mut receiving = Receiving::with_room(1, |builder| builder);
    receiving.post(body("before")).await;
    // Both wait for room, which never comes: neither may be told that the other has been accepted.
    let (first, repeat) = tokio::join!(receiving.post(body("oi")), receiving.post(body("oi")));
    assert_eq!([first, repeat], [StatusCode::SERVICE_UNAVAILABLE; 2]);
    assert_eq!(receiving.texts(), ["before"]);
}

#[tokio::test]
async fn a_channel_without_a_receiver_is_reported() {
    let Receiving { receiver, router, messages } = Receiving::new();
    drop(messages);
    for _ in 0..2 {
        assert_eq!(post(&router, URI, body("oi")).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!((receiver.counters().overflowed, receiver.counters().duplicates), (2, 0));
}

#[tokio::test]
async fn the_channel_closes_after_what_it_has_when_the_router_is_dropped() {
    let mut receiving = Receiving::new();
    receiving.post(body("oi")).await;
    drop(receiving.router);
    assert_eq!(message(&receiving.messages.recv().await.unwrap()).text.as_deref(), Some("oi"));
    assert!(receiving.messages.recv().await.is_none());
}

/// Returns a receiver, a router that calls the handler, and the texts that the handler has seen.
fn handled<F, R, E>(queue: usize, handler: F) -> (WebhookReceiver, Router, Arc<Mutex<Vec<String>>>)
where
    F: Fn(String) -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    let receiver = WebhookReceiver::builder(TOKEN).queue(queue).build().unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let texts = Arc::clone(&seen);
    let router = receiver.handler(move |received: Received| {
        let text = message(&received).text.clone().unwrap();
        texts.lock().unwrap().push(text.clone());
        handler(text)
    });
    (receiver, router, seen)
}

#[tokio::test]
async fn a_handler_that_fails_or_panics_does_not_stop_the_receiver() {
    let (receiver, router, seen) = handled(10, |text| {
        assert_ne!(text, "panics at once");
        async move {
            assert_ne!(text, "panics");
            if text == "fails" { Err("canary") } else { Ok(()) }
        }
    });
    let texts = ["one", "panics", "two", "fails", "three", "panics at once", "four"];
    for text in texts {
        assert_eq!(post(&router, URI, body(text)).await.status(), StatusCode::OK);
    }
    drop(router);
    receiver.drain().await;
    assert_eq!(*seen.lock().unwrap(), texts);
    let counters = receiver.counters();
    assert_eq!((counters.received, counters.failed), (7, 3));
}

#[tokio::test]
async fn a_post_is_answered_before_the_handler_has_ended() {
    let (started, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (Arc::clone(&started), Arc::clone(&go));
    let (receiver, router, _) = handled(10, move |_| {
        let (tell, wait) = (Arc::clone(&tell), Arc::clone(&wait));
        async move {
            tell.notify_one();
            wait.notified().await;
            Ok::<_, ()>(())
        }
    });
    assert_eq!(post(&router, URI, body("oi")).await.status(), StatusCode::OK);
    started.notified().await;
    drop(router);
    assert!(timeout(Duration::from_millis(50), receiver.drain()).await.is_err(), "the handler runs");
    go.notify_one();
    receiver.drain().await;
}

#[tokio::test]
async fn one_handler_runs_at_a_time() {
    let running = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let (now, highest) = (Arc::clone(&running), Arc::clone(&most));
    let (receiver, router, seen) = handled(100, move |_| {
        let (now, highest) = (Arc::clone(&now), Arc::clone(&highest));
        async move {
            highest.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            now.fetch_sub(1, Ordering::SeqCst);
            Ok::<_, ()>(())
        }
    });
    for number in 0..50 {
        post(&router, URI, body(&number.to_string())).await;
    }
    drop(router);
    receiver.drain().await;
    assert_eq!(most.load(Ordering::SeqCst), 1);
    assert_eq!(*seen.lock().unwrap(), (0..50).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_hangs_fills_the_queue() {
    let (receiver, router, _) = handled(2, |_| std::future::pending::<Result<(), ()>>());
    // One is in the handler, two are in the queue.
    let mut answers = Vec::new();
    for number in 0..5 {
        answers.push(post(&router, URI, body(&number.to_string())).await.status());
        tokio::task::yield_now().await;
    }
    let (ok, busy) = (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answers, [ok, ok, ok, busy, busy]);
    assert_eq!((receiver.counters().received, receiver.counters().overflowed), (3, 2));
}

#[tokio::test]
async fn draining_a_receiver_without_a_handler_takes_no_time() {
    let receiving = Receiving::new();
    receiving.receiver.drain().await;
}

//! The extractor, in a handler of the program.

use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, FromRequest as _};
use axum::http::StatusCode;
use axum::routing::{any, post};
use zap_facade::webhook::{ChatGuruWebhook, WebhookReceiver, WebhookRejection};

use super::{TOKEN, body, contents, untouchable};

#[derive(Clone)]
struct AppState {
    receiver: WebhookReceiver,
}

impl FromRef<AppState> for WebhookReceiver {
    fn from_ref(state: &AppState) -> Self {
        state.receiver.clone()
    }
}

/// Answers with the text of the message, or fails, panics or waits if the text says so.
async fn answer(webhook: ChatGuruWebhook) -> (StatusCode, String) {
    let text = webhook.received.message().and_then(|incoming| incoming.text.clone()).unwrap_or_default();
    if text == "fail" {
        webhook.forget();
        return (StatusCode::INTERNAL_SERVER_ERROR, String::new());
    }
    assert_ne!(text, "panic");
    if text == "wait" {
        std::future::pending::<()>().await;
    }
    (StatusCode::OK, text)
}

fn app() -> (WebhookReceiver, Router) {
    let receiver = WebhookReceiver::builder(TOKEN)
        .max_body(2_000)
        .posts_at_once(2)
        .queue_wait(Duration::from_millis(50))
        .build()
        .unwrap();
    let router = Router::new()
        .route("/by-path/{id}/{token}", post(answer))
        .route("/by-query", any(answer))
        .with_state(AppState { receiver: receiver.clone() });
    (receiver, router)
}

#[tokio::test]
async fn it_checks_what_the_router_checks() {
    let (receiver, router) = app();
    for (uri, text) in [(format!("/by-path/1/{TOKEN}"), "a"), (format!("/by-query?token={TOKEN}"), "b")] {
        let response = super::post(&router, &uri, body(text)).await;
        assert_eq!((response.status(), contents(response).await.1.as_str()), (StatusCode::OK, text));
    }
    let cases = [
        (format!("/by-path/{TOKEN}/wrong?token={TOKEN}"), StatusCode::NOT_FOUND),
        ("/by-query".to_owned(), StatusCode::NOT_FOUND),
    ];
    for (uri, status) in cases {
        assert_eq!(super::post(&router, &uri, untouchable()).await.status(), status, "{uri}");
    }
    let uri = format!("/by-query?token={TOKEN}");
    let too_large = super::post(&router, &uri, " ".repeat(2_001)).await.status();
    assert_eq!(too_large, StatusCode::PAYLOAD_TOO_LARGE);
    let get = axum::http::Request::get(&uri).body(untouchable()).unwrap();
    assert_eq!(super::send(&router, get).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    let counters = receiver.counters();
    assert_eq!((counters.received, counters.refused), (2, 4));
}

#[tokio::test]
async fn a_repeat_does_not_reach_the_handler() {
    let (receiver, router) = app();
    let uri = format!("/by-query?token={TOKEN}");
    for expected in ["oi", "", ""] {
        let response = super::post(&router, &uri, body("oi")).await;
        assert_eq!((response.status(), contents(response).await.1.as_str()), (StatusCode::OK, expected));
    }
    assert_eq!((receiver.counters().received, receiver.counters().duplicates), (1, 2));
}

#[tokio::test]
async fn what_is_forgotten_reaches_the_handler_again() {
    let (receiver, router) = app();
    let uri = format!("/by-query?token={TOKEN}");
    for _ in 0..2 {
        let status = super::post(&router, &uri, body("fail")).await.status();
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    }
    let counters = receiver.counters();
    assert_eq!((counters.received, counters.duplicates, counters.failed), (2, 0, 2));
}

#[tokio::test]
async fn a_message_whose_handler_panics_reaches_it_again() {
    let (receiver, router) = app();
    for _ in 0..2 {
        let router = router.clone();
        let uri = format!("/by-query?token={TOKEN}");
        // A web server handles each connection in a task of its own, in which a panic ends.
        let ended = tokio::spawn(async move { super::post(&router, &uri, body("panic")).await }).await;
        assert!(ended.is_err_and(|error| error.is_panic()));
    }
    let counters = receiver.counters();
    assert_eq!((counters.received, counters.duplicates, counters.failed), (2, 0, 2));
}

#[tokio::test]
async fn a_message_can_be_forgotten_once() {
    let receiver = WebhookReceiver::builder(TOKEN).build().unwrap();
    let extract = async || {
        let request = axum::http::Request::post(format!("/?token={TOKEN}")).body(body("oi").into()).unwrap();
        ChatGuruWebhook::from_request(request, &receiver).await
    };
    let first = extract().await.unwrap();
    first.forget();
    let repeat = extract().await.unwrap();
    first.forget();
    assert_eq!(extract().await.unwrap_err().status(), StatusCode::OK, "the repeat is being handled");
    assert_eq!((receiver.counters().failed, receiver.counters().duplicates), (1, 1));
    drop(repeat);
}

#[tokio::test]
async fn a_message_that_is_being_handled_keeps_its_room() {
    let (receiver, router) = app();
    let uri = format!("/by-query?token={TOKEN}");
    let handlers = [(); 2].map(|()| {
        let (router, uri) = (router.clone(), uri.clone());
        // Without a time, the second is not taken for a repeat.
        let timeless = body("wait").replace("datetime_post", "other");
        tokio::spawn(async move { super::post(&router, &uri, timeless).await })
    });
    while receiver.counters().received < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(super::post(&router, &uri, untouchable()).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    for handler in handlers {
        handler.abort();
        assert!(handler.await.is_err());
    }
    assert_eq!(super::post(&router, &uri, body("oi")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_cannot_be_read_reaches_the_handler() {
    let (receiver, router) = app();
    let response = super::post(&router, &format!("/by-query?token={TOKEN}"), "<html>").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!((receiver.counters().received, receiver.counters().unreadable), (1, 1));
}

#[tokio::test]
async fn it_shares_its_memory_with_the_routers_of_its_receiver() {
    let (receiver, router) = app();
    let (sender, mut messages) = tokio::sync::mpsc::channel(8);
    let router = router.merge(receiver.channel(sender));
    let by_query = format!("/by-query?token={TOKEN}");
    super::post(&router, super::URI, body("a")).await;
    super::post(&router, &by_query, body("a")).await;
    super::post(&router, &by_query, body("b")).await;
    super::post(&router, super::URI, body("b")).await;
    assert_eq!((receiver.counters().received, receiver.counters().duplicates), (2, 2));
    assert!(messages.try_recv().is_ok() && messages.try_recv().is_err());
}

#[tokio::test]
async fn a_rejection_can_be_inspected() {
    async fn inspect(webhook: Result<ChatGuruWebhook, WebhookRejection>) -> String {
        webhook.map_or_else(|rejection| format!("{} {rejection}", rejection.status()), |_| "accepted".to_owned())
    }

    let receiver = WebhookReceiver::builder(TOKEN).body_timeout(Duration::from_secs(1)).build().unwrap();
    let router = Router::new().route("/", any(inspect)).with_state(receiver);
    let text = async |uri: &str| contents(super::post(&router, uri, body("oi")).await).await.1;
    let right = format!("/?token={TOKEN}");
    assert_eq!(text(&right).await, "accepted");
    assert_eq!(text(&right).await, "200 OK the post was not handed over: it repeats a message");
    assert_eq!(text("/").await, "404 Not Found the post was not handed over: its token is missing or wrong");
}

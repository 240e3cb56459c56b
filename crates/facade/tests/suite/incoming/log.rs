//! Logs and `Debug` never contain a token, a URL or a text of a customer.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use zap_facade::Received;
use zap_facade::webhook::WebhookReceiver;

use crate::support;

use super::{Receiving, TOKEN, URI, body, post, untouchable};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// In a process of its own: while other tests register events without a subscriber, some of ours would not be logged.
#[test]
fn neither_a_token_nor_a_customer_is_logged() {
    let output = support::alone("incoming::log::child").env(CHILD, "").output().unwrap();
    let shown = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(output.status.success() && shown.contains("everything was logged"), "{shown}");
}

const CHILD: &str = "ZAP_TEST_LOG_CHILD";

#[tokio::test(start_paused = true)]
async fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let receiver = WebhookReceiver::builder(TOKEN).also_accept("canary-token-of-yesterday").queue(1).build().unwrap();
    let router = receiver.handler(async |received: Received| {
        assert_ne!(received.message().and_then(|incoming| incoming.text.as_deref()), Some("canary-panic"));
        std::future::pending::<()>().await;
        Err::<(), _>("canary-error")
    });
    let expected = [
        ("/chatguru/canary-wrong", body("canary"), StatusCode::NOT_FOUND),
        (URI, body("canary-panic"), StatusCode::OK),
        (URI, body("canary-panic"), StatusCode::OK),
        (URI, "<canary>".to_owned(), StatusCode::OK),
        (URI, "canary".repeat(100_000), StatusCode::PAYLOAD_TOO_LARGE),
        (URI, body("canary-1"), StatusCode::OK),
        (URI, body("canary-2"), StatusCode::SERVICE_UNAVAILABLE),
    ];
    for (uri, body, status) in expected {
        assert_eq!(post(&router, uri, body).await.status(), status);
        // The handler takes it from the queue.
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }

    let shown = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines = [
        "DEBUG zap_facade::webhook: webhook post refused reason=its token is missing or wrong",
        "DEBUG zap_facade::webhook: webhook post refused reason=it repeats a message",
        "DEBUG zap_facade::webhook: webhook post refused reason=its body is too large",
        " WARN zap_facade::webhook: webhook post refused reason=the queue is full",
        " WARN zap_facade::webhook: webhook post unreadable reason=the body is not JSON",
        "ERROR zap_facade::webhook: webhook handler failed panicked=true",
    ];
    for line in lines {
        assert!(shown.contains(line), "{line} is not in {shown}");
    }
    assert!(!shown.contains("canary") && !shown.contains("87654321") && !shown.contains("Ana"), "{shown}");
    println!("everything was logged");
}

#[tokio::test]
async fn debug_shows_no_token() {
    let receiving = Receiving::new();
    let builder = WebhookReceiver::builder(TOKEN).also_accept("canary-token-of-yesterday");
    let error = WebhookReceiver::builder("canary").build().unwrap_err();
    let router = receiving.router.clone();
    let shown = format!("{:?} {builder:?} {error:?} {error} {router:?}", receiving.receiver);
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("WebhookReceiver { tokens: 1"), "{shown}");
    assert_eq!(post(&receiving.router, "/chatguru/x", untouchable()).await.status(), StatusCode::NOT_FOUND);
    assert!(format!("{:?}", receiving.receiver).contains("refused: 1"));
}

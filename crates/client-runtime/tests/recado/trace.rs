//! What is logged of each operation: its name and its outcome, and nothing secret or personal.

use std::time::Duration;

use zap_client_runtime::{Backoff, ErrorKind};

use crate::calls;
use crate::log::Log;
use crate::loopback::{self, Reply, Server};
use crate::{SECRETS, TENANT, TOKEN, builder, client};

/// What the calls send, and the token of a page.
const PRIVATE: [&str; 6] = ["5511900000123", "vendas", "você", "Rua", "Sim", "canary-page"];

fn assert_hides(text: &str, what: &str) {
    for hidden in SECRETS.iter().chain(&PRIVATE) {
        assert!(!text.contains(hidden), "{what}: {hidden} is in {text}");
    }
}

#[tokio::test]
async fn a_span_has_the_operation_and_the_outcome_and_no_secret() {
    let text = SECRETS.join(" ");
    let body = serde_json::json!({ "code": 7, "message": text, "errors": [text] }).to_string();
    for (reply, read, change) in [
        (Reply::head(204, ""), "done", "done"),
        (Reply::new(422, "application/json", body), "not_done", "not_done"),
        (Reply::new(500, "text/html", format!("<html><title>{text}</title>")), "not_done", "unknown"),
        (Reply::Close, "not_done", "unknown"),
    ] {
        let server = Server::start(reply.clone()).await;
        let retry = Backoff::default().with_first(Duration::from_millis(1));
        let client = builder(&server).retry(retry).build().unwrap();
        for call in calls::all() {
            let (log, _guard) = Log::start();
            let result = (call.send)(&client).await;
            let (span, name) = (log.span(), call.operation.id);
            let outcome = if call.operation.is_read() { read } else { change };
            for field in [format!(" operation=\"{name}\""), format!(" outcome=\"{outcome}\"")] {
                assert!(span.contains(&field), "{field} is not in {span}");
            }
            assert_hides(&log.text(), name);
            if let Err(error) = result {
                assert_hides(&loopback::shown(&error), name);
            }
        }
    }
}

/// The URL of a page can have credentials and tokens in its query. The client sends the query and shows nothing of it.
#[tokio::test]
async fn the_link_to_a_page_is_shown_nowhere() {
    let link = format!("https://elsewhere.example/x?canary-page=canary-page&tenant={TENANT}&access_token={TOKEN}");
    let body = format!(r#"{{"events":[{{"id":1}}],"paging":{{"next_url":"{link}"}}}}"#);
    let head = format!("link: <{link}>; rel=next\r\n");
    let head = format!("HTTP/1.1 200 OK\r\n{head}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    for by_header in [false, true] {
        let page = Reply::Bytes([head.as_bytes(), body.as_bytes()].concat());
        let server = Server::sequence([page, Reply::new(400, "text/html", format!("<html>{link}"))]).await;
        let client = client(&server);
        let (log, _guard) = Log::start();
        let mut items = if by_header { client.events_by_header().items() } else { client.events_by_link().items() };
        assert_eq!(items.next().await.unwrap().unwrap().id, Some(1));
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
        let second = String::from_utf8(server.requests().pop().unwrap()).unwrap();
        assert!(second.contains("canary-page=canary-page"), "{second}");
        assert_hides(&loopback::shown(&error), "the error");
        assert_hides(&format!("{items:?} {:?}", items.summary()), "the list");
        assert_hides(&log.text(), "the log");
        assert_eq!(log.text().matches("zap_client_runtime: close").count(), 2, "{}", log.text());
    }
}

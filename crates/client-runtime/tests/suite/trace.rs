//! A call leaves enough in a log to be found, and no secret or personal data. This includes what the libraries below
//! log at their finest level.

use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::api::{self, CLIENT_SECRET, SECRETS};
use crate::log::Log;
use crate::loopback::{Reply, Server};

/// As the guide says, at INFO only spans are shown, and those only if the subscriber is configured to show them.
#[tokio::test]
async fn at_info_a_call_is_one_line_when_its_span_closes() {
    let server = Server::start(Reply::success()).await;
    let client = api::by_header(&server.origin).build().unwrap();
    for (events, lines) in [(FmtSpan::NONE, 0), (FmtSpan::CLOSE, 1)] {
        let log = Log::default();
        let writer = log.clone();
        let subscriber =
            tracing_subscriber::fmt().with_span_events(events).with_writer(move || writer.clone()).finish();
        let _guard = subscriber.set_default();
        client.list().send().await.unwrap();
        assert_eq!(log.text().lines().count(), lines, "{}", log.text());
    }
}

const NUMBER: &str = "5511987654321";

#[tokio::test]
async fn a_span_names_the_call_and_its_outcome() {
    let server = Server::sequence([Reply::Close, Reply::success()]).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let (log, _guard) = Log::start();
    client.list().query("search", NUMBER).send().await.unwrap();
    let span = log.span();
    let port = server.origin.rsplit(':').next().unwrap();
    for field in [
        "otel.name=\"GET /birds\"",
        "otel.kind=\"client\"",
        "http.request.method=GET",
        "url.template=\"/birds\"",
        "server.address=\"127.0.0.1\"",
        &format!("server.port={port}"),
        "provider=\"Pombo\"",
        "operation=\"bird_list\"",
        "http.response.status_code=200",
        "http.request.resend_count=1",
        "outcome=\"done\"",
        "attempts=2",
    ] {
        assert!(span.contains(field), "{field} is not in {span}");
    }
}

#[tokio::test]
async fn a_span_of_a_failure_has_its_kind() {
    let server = Server::start(Reply::Close).await;
    let client = api::by_parameter(&server.origin).build().unwrap();
    let (log, _guard) = Log::start();
    client.note("x").send().await.unwrap_err();
    let span = log.span();
    for field in ["error.type=Interrupted", "outcome=\"unknown\"", "attempts=1", "provider=\"Pombo\""] {
        assert!(span.contains(field), "{field} is not in {span}");
    }
    let (log, _guard) = Log::start();
    client.note_to("x").send().await.unwrap_err();
    assert!(log.span().contains("outcome=\"not_done\""), "{}", log.span());
}

#[tokio::test]
async fn nothing_secret_or_personal_is_in_any_span() {
    let body =
        format!(r#"{{"remark":"{CLIENT_SECRET}","status":"error","result":"error","message":["{CLIENT_SECRET}"]}}"#);
    for reply in [Reply::json(&body), Reply::Close, Reply::success()] {
        let server = Server::start(reply).await;
        let (headers, parameters) = (api::by_header(&server.origin), api::by_parameter(&server.origin));
        let (headers, parameters) = (headers.build().unwrap(), parameters.build().unwrap());
        let (log, _guard) = Log::start();
        let _ = headers.letter("olá, canary").send().await;
        let _ = parameters.note("olá, canary").send().await;
        let text = log.text();
        assert_eq!(text.matches("zap_client_runtime: close").count(), 2, "{text}");
        for hidden in SECRETS.iter().chain(&["11987654321", "olá", "note_add&", "key="]) {
            assert!(!text.contains(hidden), "{hidden} is in {text}");
        }
    }
}

/// Verbose connections would log every byte through the `log` crate, so the client turns them off.
#[tokio::test]
async fn a_verbose_connection_is_turned_off() {
    let server = Server::start(Reply::success()).await;
    let client = api::by_parameter(&server.origin).configure_reqwest(|builder| builder.connection_verbose(true));
    let client = client.build().unwrap();
    let (log, _guard) = Log::start();
    client.note("x").send().await.unwrap();
    let text = log.text();
    assert!(text.contains("starting new connection"), "the log was watched: {text}");
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

//! The HTTP client that settings produce: its proxy, its rate limit, and the changes that a program makes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use zap_facade::{Config, ErrorKind, FailedAttempt, Outcome, RetryPolicy, connect};

use crate::config::{ESCALAZAP, problems, variables, with};
use crate::support::{self, ClosedPort, Reply, Server};

/// Settings of an account at a host that no name server knows: only a proxy can reach it.
fn beyond(proxy: &str, more: &[(&str, &str)]) -> Config {
    let base = [("ESCALAZAP_BASE_URL", "http://provider.invalid/external-api"), ("ZAP_PROVIDER", "escalazap")];
    variables(&with(&with(&with(&ESCALAZAP, &base), &[("ESCALAZAP_PROXY", proxy)]), more)).unwrap()
}

async fn text(config: Config) -> Result<zap_facade::Receipt, zap_facade::Error> {
    connect(config).unwrap().send_text(&"+5511987654321".parse().unwrap(), "x").await
}

#[tokio::test]
async fn calls_go_through_the_proxy_of_the_settings_and_show_no_password() {
    let proxy = Server::start(Reply::success()).await;
    let url = proxy.origin.replace("http://", "http://user:canary-password@");
    text(beyond(&url, &[])).await.unwrap();
    let request = String::from_utf8(proxy.requests().remove(0)).unwrap();
    assert!(request.starts_with("POST http://provider.invalid/external-api/"), "{request}");
    assert!(request.to_lowercase().contains("proxy-authorization: basic "), "{request}");

    let closed = ClosedPort::new();
    let config = beyond(&closed.origin.replace("http://", "http://user:canary-password@"), &[]);
    let shown = format!("{config:?}");
    let error = text(config.with_retry(zap_facade::Backoff::default().with_attempts(1))).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotDone));
    let shown = shown + &support::shown(&error);
    assert!(!shown.contains("canary-password") && !shown.contains("dXNlcjpj"), "{shown}");
}

#[test]
fn a_proxy_is_an_address_or_none() {
    for wrong in ["canary", "proxy.example:3128", "socks5://canary:1", "http://canary/path", "http://canary?q", "off"] {
        let all = with(&ESCALAZAP, &[("ZAP_PROVIDER", "escalazap"), ("ESCALAZAP_PROXY", wrong)]);
        assert_eq!(problems(&variables(&all).unwrap_err()), ["ESCALAZAP_PROXY cannot be used"], "{wrong}");
    }
    for right in ["none", "http://proxy.example", "http://user:canary@proxy.example:3128/", "https://[::1]:3128"] {
        assert!(connect(beyond(right, &[])).is_ok(), "{right}");
    }
}

/// The second call waits a minute for its turn, also with another messenger of the same settings.
#[tokio::test]
async fn a_rate_limit_is_shared_by_all_messengers_of_the_settings() {
    let server = Server::start(Reply::success()).await;
    let limited = beyond(&server.origin, &[("ESCALAZAP_REQUESTS_PER_MINUTE", "1")]);
    let by_code = beyond(&server.origin, &[]).with_rate_limit(zap_facade::RateLimit::new(1, Duration::from_secs(60)));
    for (calls, config) in [(1, limited), (2, by_code)] {
        text(config.clone()).await.unwrap();
        let second = tokio::time::timeout(Duration::from_millis(200), text(config)).await;
        assert!(second.is_err(), "it waits");
        assert_eq!(server.requests().len(), calls);
    }
}

#[test]
fn two_rate_limits_contradict_each_other() {
    let more =
        [("ZAP_PROVIDER", "escalazap"), ("ESCALAZAP_REQUESTS_PER_SECOND", "5"), ("ESCALAZAP_REQUESTS_PER_MINUTE", "5")];
    let error = variables(&with(&ESCALAZAP, &more)).unwrap_err();
    assert_eq!(problems(&error), ["ESCALAZAP_REQUESTS_PER_MINUTE contradicts another setting"]);
    let wrong = variables(&with(&ESCALAZAP, &[more[0], ("ESCALAZAP_REQUESTS_PER_SECOND", "1.5")])).unwrap_err();
    assert_eq!(problems(&wrong), ["ESCALAZAP_REQUESTS_PER_SECOND cannot be used"]);
}

#[tokio::test]
async fn a_program_can_change_the_http_client_and_the_retries() {
    #[derive(Debug)]
    struct Asked(Arc<AtomicUsize>);

    impl RetryPolicy for Asked {
        fn wait(&self, _: &FailedAttempt<'_>) -> Option<Duration> {
            (self.0.fetch_add(1, Ordering::Relaxed) == 0).then_some(Duration::ZERO)
        }
    }

    let proxy = Server::start(Reply::success()).await;
    let at = proxy.origin.clone();
    let config = beyond("none", &[]).with_http(move |http| http.proxy(zap_facade::reqwest::Proxy::all(&at).unwrap()));
    text(config).await.unwrap();
    assert_eq!(proxy.connections(), 1, "it comes after the setting");

    let asked = Arc::new(AtomicUsize::new(0));
    let closed = ClosedPort::new();
    let config = beyond(&closed.origin, &[]).with_retry(Asked(Arc::clone(&asked)));
    let error = text(config).await.unwrap_err();
    assert_eq!((error.attempts(), asked.load(Ordering::Relaxed)), (2, 2));
}

//! Connections that fail: the error says why, and that nothing was sent. Connections that are kept: what goes wrong on
//! one does not reach the next call.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use zap_client_runtime::reqwest::{self, Certificate, Proxy, dns};
use zap_client_runtime::{Backoff, ConnectFailure, Error, ErrorKind, Outcome, Timeouts};

use crate::api::{self, Client, SECRETS};
use crate::loopback::{self, ClosedPort, Reply, Server};
use crate::tls;

type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// Sends a message over a connection that cannot be made. Returns the error, which proves that nothing was sent.
async fn fails(origin: &str, configure: Configure) -> Error {
    let client = api::by_header(origin)
        .configure_reqwest(move |builder| configure(builder.tls_certs_only([])))
        .retry(Backoff::default().with_attempts(1))
        .timeouts(Timeouts::default().with_connect(Duration::from_secs(5)))
        .build()
        .unwrap();
    let error = send(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotDone), "{error}");
    let shown = loopback::shown(&error);
    assert_eq!(SECRETS.iter().find(|secret| shown.contains(**secret)), None, "{shown}");
    error
}

async fn send(client: &Client) -> Result<(), Error> {
    let call = client.letter("x");
    call.send().await.map(drop)
}

fn assert_says(error: &Error, failure: ConnectFailure, words: &[&str]) {
    assert_eq!(error.connect_failure(), Some(failure), "{error:?}");
    let text = error.to_string();
    assert!(words.iter().all(|word| text.contains(word)), "{text}");
}

fn direct(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.no_proxy()
}

fn through(proxy: &str) -> Configure {
    let proxy = Proxy::all(proxy).unwrap();
    Box::new(|builder| builder.proxy(proxy))
}

/// Knows no host.
struct NoNames;

impl dns::Resolve for NoNames {
    fn resolve(&self, _: dns::Name) -> dns::Resolving {
        Box::pin(async { Err(io::Error::other("no such name").into()) })
    }
}

/// Never answers.
struct Silent;

impl dns::Resolve for Silent {
    fn resolve(&self, _: dns::Name) -> dns::Resolving {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn an_error_says_why_there_is_no_connection() {
    let unknown = fails("http://zap.invalid", Box::new(|builder| direct(builder).dns_resolver(NoNames))).await;
    assert_says(&unknown, ConnectFailure::NameNotFound, &["`zap.invalid`", "resolved"]);

    let closed = ClosedPort::new();
    let address = closed.origin.trim_start_matches("http://");
    let refused = fails(&closed.origin, Box::new(direct)).await;
    assert_says(&refused, ConnectFailure::Refused, &[address, "refused"]);

    let silent = move |builder| direct(builder).dns_resolver(Silent).connect_timeout(Duration::from_millis(50));
    let late = fails("http://zap.invalid", Box::new(silent)).await;
    assert_says(&late, ConnectFailure::Timeout, &["`zap.invalid`", "in time"]);
    assert!([&unknown, &refused, &late].iter().all(|error| error.is_transient()));
}

#[tokio::test]
async fn an_error_says_what_is_wrong_with_tls() {
    let server = tls::Server::start().await;
    let untrusted = fails(&server.origin, Box::new(direct)).await;
    assert_says(&untrusted, ConnectFailure::Certificate, &["the certificate of `127.0.0.1:", "UnknownIssuer"]);

    let certificate = Certificate::from_der(&server.certificate).unwrap();
    let named = server.origin.replace("127.0.0.1", "localhost");
    let wrong = fails(&named, Box::new(|builder| direct(builder).tls_certs_only([certificate]))).await;
    assert_says(&wrong, ConnectFailure::Certificate, &["`localhost:", "not valid for name"]);

    let plain = Server::start_at_once(Reply::success()).await;
    let none = fails(&plain.origin.replacen("http:", "https:", 1), Box::new(direct)).await;
    assert_says(&none, ConnectFailure::Tls, &["the TLS handshake", "failed"]);
    // Waiting does not fix a certificate.
    assert!([&untrusted, &wrong, &none].iter().all(|error| !error.is_transient()));
}

#[tokio::test]
async fn an_error_names_the_proxy() {
    let closed = ClosedPort::new();
    let address = closed.origin.trim_start_matches("http://");
    let with_password = closed.origin.replacen("http://", "http://someone:proxy-password@", 1);
    for base in ["http://zap.invalid", "https://zap.invalid"] {
        let down = fails(base, through(&with_password)).await;
        assert_says(&down, ConnectFailure::Proxy, &["`zap.invalid`", &format!("the proxy is `{address}`"), "refused"]);
        assert!(down.is_transient() && !loopback::shown(&down).contains("proxy-password"), "{down:?}");
    }
    let base = "https://zap.invalid";
    let proxy = Server::start(Reply::new(502, "text/html", "")).await;
    let refuses = fails(base, through(&proxy.origin)).await;
    assert_says(&refuses, ConnectFailure::Proxy, &["did not connect to `zap.invalid`", &proxy.origin[7..]]);
    proxy.reply_with(Reply::new(407, "text/html", ""));
    let asks = fails(base, through(&proxy.origin)).await;
    assert_says(&asks, ConnectFailure::ProxyCredentials, &["a user name and a password", &proxy.origin[7..]]);
    assert!(refuses.is_transient() && !asks.is_transient());
    let unknown = fails(base, through("socks5://127.0.0.1:9")).await;
    assert_says(&unknown, ConnectFailure::Proxy, &["socks5"]);
}

/// A process whose system has no root certificates, and another whose environment names a proxy.
#[test]
fn what_the_system_lacks_or_sets_is_named() {
    let closed = ClosedPort::new();
    let says = |address: &str, variables: &[(&str, &str)]| {
        let mut child = loopback::alone("connection::child");
        child.env("ZAP_TEST_ADDRESS", address);
        child.env_remove("NO_PROXY").env_remove("no_proxy").envs(variables.iter().copied());
        let output = child.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().find_map(|line| Some(line.split_once("said: ")?.1.to_owned())).expect("it says something")
    };
    let none = [("SSL_CERT_FILE", "/nowhere"), ("SSL_CERT_DIR", "/nowhere")];
    let https = says("https://127.0.0.1:9", &none);
    assert!(https.contains("No CA certificates") && https.contains("`ca-certificates`"), "{https}");
    // They are not needed for an `http` address.
    let http = says(&closed.origin, &none);
    assert!(http.contains("refused the connection"), "{http}");

    let proxy = closed.origin.replacen("http://", "http://someone:proxy-password@", 1);
    let address = closed.origin.trim_start_matches("http://");
    let proxied = says("http://127.0.0.1:9", &[("http_proxy", &proxy)]);
    assert!(proxied.contains(&format!("the proxy is `{address}`, set by `HTTP_PROXY`")), "{proxied}");
    assert!(!proxied.contains("proxy-password"), "{proxied}");
    let excepted = says(&closed.origin, &[("http_proxy", &proxy), ("no_proxy", "10.0.0.0/8,127.0.0.0/8")]);
    assert!(excepted.contains("refused the connection") && !excepted.contains("proxy"), "{excepted}");
}

#[test]
fn child() {
    let Ok(address) = std::env::var("ZAP_TEST_ADDRESS") else { return };
    let builder = api::by_environment(address);
    let error = match builder.retry(Backoff::default().with_attempts(1)).build() {
        Err(error) => error,
        Ok(client) => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(send(&client))
            .unwrap_err(),
    };
    println!("said: {error}");
}

const SUCCESS: &str = r#"{"status":"success"}"#;
const REFUSAL: &str = r#"{"status":"error","remark":"validation_error"}"#;

/// A whole answer that leaves the connection open.
fn kept(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into()
}

/// Answers the first request with `first`, each piece after a pause, and every other one with a success; keeps its
/// connections open. Counts them.
struct Keeper {
    origin: String,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Keeper {
    async fn start(first: Vec<(Duration, Vec<u8>)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let connections = Arc::<AtomicUsize>::default();
        let (opened, first) = (Arc::clone(&connections), Arc::new(Mutex::new(Some(first))));
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                opened.fetch_add(1, Ordering::SeqCst);
                let first = Arc::clone(&first);
                tokio::spawn(async move {
                    let mut buffer = [0; 16 * 1024];
                    // The requests are small, and come in one piece.
                    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {
                        let answer = first.lock().unwrap().take();
                        for (pause, piece) in answer.unwrap_or_else(|| vec![(Duration::ZERO, kept(SUCCESS))]) {
                            tokio::time::sleep(pause).await;
                            let _ = stream.write_all(&piece).await;
                        }
                    }
                });
            }
        });
        Self { origin, connections, task }
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Common servers close connections after 2 seconds or more. A request that is sent at that moment may or may not have
/// been processed.
#[tokio::test]
async fn an_idle_connection_is_dropped_before_servers_drop_it() {
    let server = Keeper::start(Vec::from([(Duration::ZERO, kept(SUCCESS))])).await;
    let shared = zap_client_runtime::http_client_builder().no_proxy().tls_certs_only([]).build().unwrap();
    for client in [
        api::by_header(&server.origin).build().unwrap(),
        api::by_header(&server.origin).reqwest_client(shared).build().unwrap(),
    ] {
        let before = server.connections();
        send(&client).await.unwrap();
        send(&client).await.unwrap();
        assert_eq!(server.connections(), before + 1, "one call after the other shares a connection");
        tokio::time::sleep(Duration::from_millis(1700)).await;
        send(&client).await.unwrap();
        assert_eq!(server.connections(), before + 2, "after a pause there is a new one");
    }
}

/// Bytes that arrive on a connection after its call ended or was given up are not the answer to the next call.
#[tokio::test]
async fn an_unusual_end_of_an_exchange_does_not_reach_the_next_call() {
    let (now, soon) = (Duration::ZERO, Duration::from_millis(100));
    let again = kept(REFUSAL);
    let long = kept(&format!("{{\"status\":\"success\",\"a\":\"{}\"}}", "a".repeat(4000)));
    for (name, first, is_ok) in [
        ("two answers at once", vec![(now, [kept(SUCCESS), again.clone()].concat())], true),
        ("a second answer", vec![(now, kept(SUCCESS)), (soon, again.clone())], true),
        ("a late answer", vec![(10 * soon, again.clone())], false),
        ("a late body", vec![(now, again[..60].to_vec()), (10 * soon, again[60..].to_vec())], false),
        ("a large answer", vec![(now, [long, again.clone()].concat())], false),
    ] {
        let server = Keeper::start(first).await;
        let limits = Timeouts::default().with_read(Duration::from_millis(400));
        let client = api::by_header(&server.origin).timeouts(limits).max_answer_bytes(1000).build().unwrap();
        assert_eq!(send(&client).await.is_ok(), is_ok, "{name}");
        // By then, the bytes after the end have arrived.
        tokio::time::sleep(3 * soon).await;
        send(&client).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(server.connections(), 2, "{name}: the next call has a connection of its own");
    }

    let server = Keeper::start(vec![(3 * soon, again)]).await;
    let client = api::by_header(&server.origin).build().unwrap();
    assert!(tokio::time::timeout(soon, send(&client)).await.is_err(), "the call is given up");
    send(&client).await.expect("the answer to the call that was given up is not this one's");
    assert_eq!(server.connections(), 2);
}

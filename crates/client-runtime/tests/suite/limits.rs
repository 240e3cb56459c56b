//! Time limits: each guards its phase, and the error names the phase.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use zap_client_runtime::reqwest::dns::{Name, Resolve, Resolving};
use zap_client_runtime::{
    Backoff, ClientBuilder, Error, ErrorKind, FailedAttempt, File, Form, Outcome, Phase, RateLimit, RetryPolicy,
    Timeouts,
};

use crate::api::{self, Client};
use crate::loopback::{Reply, Server, is_whole};

async fn send(client: &Client) -> Result<(), Error> {
    client.letter("x").send().await.map(drop)
}

async fn upload(client: &Client) -> Result<(), Error> {
    let file = File::from_bytes("a.pdf", "x");
    client.scan(file).send().await.map(drop)
}

/// Never answers, so that there is no connection.
struct Silent;

impl Resolve for Silent {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(std::future::pending())
    }
}

fn unconnected(timeouts: Timeouts) -> Client {
    let once = Backoff::default().with_attempts(1);
    api::by_header("http://zap.example")
        .configure_reqwest(|builder| builder.dns_resolver(Arc::new(Silent)))
        .timeouts(timeouts)
        .retry(once)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_call_that_got_no_connection_says_so_whatever_limit_is_shorter() {
    let second = Duration::from_secs(1);
    let shorter_read = Timeouts::default().with_connect(2 * second).with_read(second);
    let shorter_total = Timeouts::default().with_total(3 * second);
    let assert_unconnected = async |timeouts: Timeouts| {
        let client = unconnected(timeouts);
        let (sent, uploaded) = tokio::join!(send(&client), upload(&client));
        for error in [sent.unwrap_err(), uploaded.unwrap_err()] {
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotDone), "{error}");
            assert_eq!(error.timeout_phase(), Some(Phase::Connect), "{error}");
        }
    };
    tokio::join!(assert_unconnected(shorter_read), assert_unconnected(shorter_total));
}

/// Answers each request with this status and a body that goes on for ever, a little at a time.
async fn trickling(status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let (mut request, mut buffer) = (Vec::new(), vec![0; 64 * 1024]);
                while !is_whole(&request) {
                    let read = stream.read(&mut buffer).await.unwrap();
                    request.extend_from_slice(&buffer[..read]);
                }
                let mut answered = stream.write_all(format!("HTTP/1.1 {status}\r\n\r\n").as_bytes()).await;
                while answered.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    answered = stream.write_all(b" ").await;
                }
            });
        }
    });
    origin
}

#[tokio::test]
async fn an_answer_that_never_ends_is_not_waited_for() {
    let timeouts = Timeouts::default().with_total(Duration::from_secs(1));
    let client = api::by_header(&trickling("200 OK").await).timeouts(timeouts).build().unwrap();
    let both = async { tokio::join!(send(&client), upload(&client)) };
    let (sent, uploaded) = tokio::time::timeout(Duration::from_secs(30), both).await.expect("it ends");
    for error in [sent.unwrap_err(), uploaded.unwrap_err()] {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown), "{error}");
        assert_eq!(error.timeout_phase(), Some(Phase::Total), "{error}");
    }
}

#[tokio::test]
async fn a_status_that_refuses_is_proof_though_its_body_never_ends() {
    // With a file the limit for the body begins with the answer, so that the head is always in time.
    let timeouts = Timeouts::default().with_total(Duration::from_secs(1));
    let client = api::by_header(&trickling("401 Unauthorized").await).timeouts(timeouts).build().unwrap();
    let uploaded = tokio::time::timeout(Duration::from_secs(30), upload(&client)).await.expect("it ends");
    let error = uploaded.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotDone), "{error}");
    assert_eq!((error.timeout_phase(), error.attempts()), (Some(Phase::Total), 1), "{error}");
    assert!(error.is_unauthorized() && error.body().is_none(), "{error}");
}

fn limited(origin: &str, limit: RateLimit) -> ClientBuilder<Client> {
    api::by_header(origin).rate_limit(limit)
}

#[tokio::test]
async fn each_attempt_waits_for_its_turn() {
    let server = Server::sequence([Reply::Close, Reply::Close, Reply::success()]).await;
    let limit = RateLimit::new(1, Duration::from_millis(400));
    let quick = Backoff::default().with_first(Duration::from_millis(1));
    let client = limited(&server.origin, limit).retry(quick).build().unwrap();
    let start = std::time::Instant::now();
    assert_eq!(client.list().send().await.unwrap().attempts(), 3);
    assert!(start.elapsed() >= Duration::from_millis(790), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_call_that_cannot_be_sent_waits_for_no_turn() {
    let server = Server::start(Reply::success()).await;
    let client = limited(&server.origin, RateLimit::new(1, Duration::from_secs(3600))).build().unwrap();
    client.list().send().await.unwrap();
    let invalid = async {
        let long = client.list().query("search", &"x".repeat(5000)).send().await.unwrap_err();
        let missing = client.letter_of(Form::new()).send().await.unwrap_err();
        [long, missing]
    };
    for error in tokio::time::timeout(Duration::from_secs(60), invalid).await.expect("at once") {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    }
}

/// Keeps the time since the first attempt.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Vec<Duration>>>);

impl RetryPolicy for Kept {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        self.0.lock().unwrap().push(failed.elapsed);
        (failed.number < 2).then_some(Duration::ZERO)
    }
}

#[tokio::test]
async fn waiting_for_a_turn_does_not_use_up_the_time_to_retry() {
    let server = Server::sequence([Reply::success(), Reply::Close]).await;
    let (kept, interval) = (Kept::default(), Duration::from_secs(2));
    let client = limited(&server.origin, RateLimit::new(1, interval)).retry(kept.clone()).build().unwrap();
    client.list().send().await.unwrap();
    // Two turns of two seconds each.
    client.list().send().await.unwrap_err();
    let elapsed = kept.0.lock().unwrap().clone();
    assert_eq!(elapsed.len(), 2);
    assert!(elapsed.iter().all(|elapsed| *elapsed < interval), "{elapsed:?}");
}

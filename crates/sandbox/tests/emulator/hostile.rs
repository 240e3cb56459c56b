//! Misbehaving callers: they are refused or disconnected, and other callers are not affected.

use std::time::{Duration, Instant};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};
use zap_sandbox::Sandbox;

use crate::http::{Part, Request};

const SEND: &str = "/escalazap/external-api/inbox/send-message";
const NOTE: &str = "/chatguru/api/v1?key=sandbox-chatguru-key&account_id=5d0000000000000000000001\
                    &phone_id=5d0000000000000000000002&chat_number=5511987654321&action=note_add";

/// A sandbox that soon disconnects slow callers.
pub(crate) async fn impatient() -> Sandbox {
    Sandbox::builder().io_timeout(Duration::from_millis(150)).start().await.unwrap()
}

pub(crate) async fn connected(sandbox: &Sandbox, raw: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(raw).await.unwrap();
    stream
}

/// Reads until the connection is closed, which must happen soon.
pub(crate) async fn until_end(stream: &mut TcpStream) -> String {
    let mut seen = Vec::new();
    // A reset also ends the connection.
    let _ = timeout(Duration::from_secs(10), stream.read_to_end(&mut seen)).await.expect("the connection ends");
    String::from_utf8_lossy(&seen).into_owned()
}

/// Checks that another caller is answered immediately.
pub(crate) async fn others_are_served(sandbox: &Sandbox) {
    let began = Instant::now();
    let list = Request::new("GET", "/wazime/external-api/contact/list").signed(sandbox);
    list.ask(sandbox).await.success();
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

pub(crate) fn head(sandbox: &Sandbox, target: &str, rest: &str) -> String {
    let credentials = sandbox.external_api_credentials();
    format!(
        "POST {target} HTTP/1.1\r\nHost: localhost\r\nclient-id: {}\r\nclient-secret: {}\r\n{rest}",
        credentials.client_id, credentials.client_secret
    )
}

#[tokio::test]
async fn slow_heads_and_idle_connections_end() {
    let sandbox = impatient().await;
    for raw in
        [&b""[..], b"GET /escalazap/external-api/contact/list HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "]
    {
        let mut stream = connected(&sandbox, raw).await;
        others_are_served(&sandbox).await;
        let seen = until_end(&mut stream).await;
        assert!(!seen.contains("200 OK"), "{seen}");
    }
    let mut kept = connected(&sandbox, b"GET /__sandbox/counts HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert!(until_end(&mut kept).await.contains("200 OK"), "answered, and closed after a while");
}

#[tokio::test]
async fn slow_bodies_end_and_are_not_processed() {
    let sandbox = impatient().await;
    let form = "mobile_code=55&mobile=11987654321&message=oi";
    let rest = format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n{form}");
    let mut stalled = connected(&sandbox, head(&sandbox, SEND, &rest).as_bytes()).await;
    others_are_served(&sandbox).await;
    assert_eq!(until_end(&mut stalled).await, "");

    // Each piece arrives in time, but the whole body never does.
    let mut dripping = connected(&sandbox, head(&sandbox, SEND, &rest).as_bytes()).await;
    let began = Instant::now();
    while dripping.write_all(b"x").await.is_ok() {
        assert!(began.elapsed() < Duration::from_secs(20), "still open");
        sleep(Duration::from_millis(40)).await;
    }
    let drip = format!("POST {NOTE} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nnote_");
    let mut chunked = connected(&sandbox, drip.as_bytes()).await;
    assert_eq!(until_end(&mut chunked).await, "");
    assert_eq!(sandbox.deliveries(), []);
    let slow = sandbox.calls().into_iter().filter(|call| call.provider != zap_sandbox::Provider::WaziMe);
    assert_eq!(slow.count(), 0);
}

#[tokio::test]
async fn incomplete_requests_are_not_processed() {
    let sandbox = Sandbox::start().await.unwrap();
    let field =
        |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let fields = field("mobile_code", "55") + &field("mobile", "11987654321") + &field("message", "oi");
    let file = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n\u{89}PNG";
    for rest in [
        format!("Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 99999\r\n\r\n{fields}{file}"),
        format!("Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 99999\r\n\r\n{fields}--b--\r\n"),
        "Content-Type: application/json\r\nContent-Length: 999\r\n\r\n{\"mobile\":1}".to_owned(),
        "Transfer-Encoding: chunked\r\n\r\nzzz\r\n".to_owned(),
    ] {
        let mut stream = connected(&sandbox, head(&sandbox, SEND, &rest).as_bytes()).await;
        stream.shutdown().await.unwrap();
        let seen = until_end(&mut stream).await;
        assert!(!seen.contains("200 OK"), "{seen}");
    }
    assert_eq!((sandbox.deliveries().len(), sandbox.total_calls()), (0, 0));
    others_are_served(&sandbox).await;
}

#[tokio::test]
async fn a_caller_that_does_not_read_is_disconnected() {
    let sandbox = impatient().await;
    let credentials = sandbox.external_api_credentials();
    let ask = format!(
        "GET /escalazap/external-api/contact/list?paginate=1000 HTTP/1.1\r\nHost: localhost\r\nclient-id: {}\r\nclient-secret: {}\r\n\r\n",
        credentials.client_id, credentials.client_secret
    );
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let mut asked = 0;
    // The sandbox stops reading when its answers are not read.
    while let Ok(Ok(())) = timeout(Duration::from_millis(100), stream.write_all(ask.as_bytes())).await {
        asked += 1;
        assert!(asked < 200_000, "the sandbox keeps reading");
    }
    others_are_served(&sandbox).await;
    sleep(Duration::from_millis(400)).await;
    let seen = until_end(&mut stream).await;
    assert!(seen.matches("HTTP/1.1 200").count() < asked);
}

#[tokio::test]
async fn two_thousand_idle_connections_do_not_disturb_others() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut idle = Vec::new();
    while idle.len() < 2000 {
        match TcpStream::connect(sandbox.address()).await {
            Ok(stream) => idle.push(stream),
            // The process may have fewer file descriptors, which both sides of a connection use.
            Err(error) => {
                println!("{} connections: {error}", idle.len());
                idle.truncate(idle.len().saturating_sub(50));
                break;
            }
        }
    }
    assert!(idle.len() > 100);
    for _ in 0..20 {
        others_are_served(&sandbox).await;
    }
    for stream in idle.iter_mut().rev().take(10) {
        stream
            .write_all(b"GET /__sandbox/counts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .await
            .unwrap();
        assert!(until_end(stream).await.contains("200 OK"), "an idle connection can still be used");
    }
}

#[tokio::test]
async fn header_bombs_and_garbage_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let many = "X: y\r\n".repeat(20_000);
    for (raw, status) in [
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "y".repeat(200_000)).into_bytes(), "431"),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n").into_bytes(), "431"),
        (format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "y".repeat(70_000)).into_bytes(), "4"),
        (b"\xff\xfe\x00garbage\r\n\r\n".to_vec(), "400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), "400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n".to_vec(), "400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nBad\xffName: x\r\n\r\n".to_vec(), "400"),
    ] {
        let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
        // The connection may be closed before everything is sent.
        let _ = stream.write_all(&raw).await;
        let _ = stream.shutdown().await;
        let seen = until_end(&mut stream).await;
        // In that case, the answer may be lost.
        assert!(seen.is_empty() || seen.starts_with(&format!("HTTP/1.1 {status}")), "{seen}");
        others_are_served(&sandbox).await;
    }
}

#[tokio::test]
async fn text_that_is_not_utf_8_is_answered() {
    let sandbox = Sandbox::start().await.unwrap();
    let raw = [
        &b"GET /escalazap/\xc3\x28 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"[..],
        b"GET /escalazap/external-api/contact/update/%FF HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /chatguru/api/v1?a=\xff HTTP/1.1\r\nHost: \xff\r\nX: \xff\r\nConnection: close\r\n\r\n",
        b"GET /__sandbox/ledger?after=%FF HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /__sandbox/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: \xff\r\nConnection: close\r\nContent-Length: 9\r\n\r\n",
    ];
    for raw in raw {
        let mut stream = connected(&sandbox, raw).await;
        let mut first = [0; 12];
        timeout(Duration::from_secs(5), stream.read_exact(&mut first)).await.expect("an answer").unwrap();
        assert!(first.starts_with(b"HTTP/1.1 "), "{first:?}");
    }
    let parts: [Part<'_>; 3] =
        [("mobile_code", None, b"55"), ("mobile", None, b"11987654321"), ("message", None, b"\xff\xfe")];
    let answer = Request::new("POST", SEND).signed(&sandbox).multipart(&parts).ask(&sandbox).await;
    assert_eq!(answer.remark(), "exception");
    let note =
        Request::new("POST", NOTE).body("application/x-www-form-urlencoded", b"note_text=\xff%FF&\xff=1".to_vec());
    assert!(note.ask(&sandbox).await.status < 500);
    for path in ["ledger", "calls"] {
        let shown = Request::new("GET", &format!("/__sandbox/{path}")).ask(&sandbox).await;
        assert_eq!(shown.status, 200);
        shown.json();
    }
    others_are_served(&sandbox).await;
}

#[tokio::test]
async fn bodies_over_the_limit_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let heavy = "x".repeat(9 * 1024 * 1024);
    let form = || Request::new("POST", NOTE).form(&format!("note_text={heavy}"));
    assert_eq!(form().ask(&sandbox).await.status, 413);
    let ask = || Request::new("POST", SEND).signed(&sandbox);
    let json = format!("{{\"message\":\"{heavy}\",\"mobile_code\":55,\"mobile\":11987654321}}");
    assert_eq!(ask().body("application/json", json).ask(&sandbox).await.remark(), "exception");
    let parts: [Part<'_>; 3] =
        [("mobile_code", None, b"55"), ("mobile", None, b"11987654321"), ("message", None, heavy.as_bytes())];
    assert_eq!(ask().multipart(&parts).ask(&sandbox).await.remark(), "exception");
    assert_eq!(sandbox.deliveries(), []);

    // An endless body. The sandbox reads up to the limit.
    let rest = "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut stream = connected(&sandbox, head(&sandbox, SEND, rest).as_bytes()).await;
    let start = "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.pdf\"\r\n\r\n";
    let chunk = |data: &[u8]| [format!("{:x}\r\n", data.len()).as_bytes(), data, b"\r\n"].concat();
    stream.write_all(&chunk(start.as_bytes())).await.unwrap();
    let megabyte = chunk(&vec![b'x'; 1024 * 1024]);
    let mut taken = 0;
    while taken < 300 && matches!(timeout(Duration::from_secs(5), stream.write_all(&megabyte)).await, Ok(Ok(()))) {
        taken += 1;
    }
    assert!((100..200).contains(&taken), "{taken} MiB were accepted");
    others_are_served(&sandbox).await;
    assert_eq!(sandbox.deliveries(), []);
}

#[tokio::test]
async fn odd_bodies_are_answered() {
    let sandbox = Sandbox::start().await.unwrap();
    let store = || Request::new("POST", "/escalazap/external-api/contact/store").signed(&sandbox);
    for (kind, body) in [
        ("multipart/form-data", "no boundary"),
        ("multipart/form-data; boundary=x", "nothing of it"),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"firstname\"\r\n\r\ncut"),
        ("multipart/form-data; boundary=", "--"),
        ("application/json", "{\"firstname\":"),
        ("application/json", "[[[[[[[[[["),
        ("application/x-www-form-urlencoded", "a[[[[]]]&=&&&%%%&b[c[d]=1"),
    ] {
        let answer = store().body(kind, body).ask(&sandbox).await;
        assert_eq!(answer.remark(), "validation_error", "{kind}: {body}");
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(store().body("application/json", deep).ask(&sandbox).await.remark(), "validation_error");
    let invalid = b"firstname=%FF&lastname=x&mobile_code=55&mobile=1".to_vec();
    let answer = store().body("application/x-www-form-urlencoded", invalid).ask(&sandbox).await;
    assert_eq!(answer.remark(), "exception");
    assert_eq!(Request::new("GET", "/elsewhere").ask(&sandbox).await.status, 404);
}

//! Starting, stopping, and callers who do not behave.

use std::time::Duration;

use sandbox::Sandbox;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::http::Request;

#[tokio::test]
async fn many_in_one_process_each_with_its_own_state() {
    let mut ports = std::collections::HashSet::new();
    let mut running = Vec::new();
    for _ in 0..200 {
        let sandbox = Sandbox::start().await.unwrap();
        assert!(ports.insert(sandbox.address().port()));
        running.push(sandbox);
    }
    let form = "firstname=A&lastname=B&mobile_code=55&mobile=1";
    for sandbox in &running {
        let store = Request::new("POST", "/wazime/external-api/contact/store").signed(sandbox).form(form);
        store.ask(sandbox).await.success();
        assert_eq!(sandbox.total_calls(), 1);
    }
}

#[tokio::test]
async fn a_drop_ends_listener_and_connections() {
    for _ in 0..50 {
        let sandbox = Sandbox::start().await.unwrap();
        let address = sandbox.address();
        let mut open = TcpStream::connect(address).await.unwrap();
        open.write_all(b"GET /__sandbox/counts HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let mut buffer = [0; 1024];
        assert!(open.read(&mut buffer).await.unwrap() > 0, "answered, and kept open");
        drop(sandbox);
        let end = timeout(Duration::from_secs(5), open.read(&mut buffer)).await.expect("closed");
        assert!(matches!(end, Ok(0) | Err(_)));
        assert!(TcpStream::connect(address).await.is_err(), "nobody listens");
    }
}

#[tokio::test]
async fn bad_callers_disturb_nobody() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut idle = Vec::new();
    for _ in 0..100 {
        idle.push(TcpStream::connect(sandbox.address()).await.unwrap());
    }
    for raw in [
        b"\xff\xfe\x00garbage\r\n\r\n".to_vec(),
        b"GET /escalazap/\xc3\x28 HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
        b"POST /escalazap/external-api/contact/store HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\nshort"
            .to_vec(),
        format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "y".repeat(200_000)).into_bytes(),
        b"POST /chatguru/api/v1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n".to_vec(),
    ] {
        let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
        let _ = stream.write_all(&raw).await;
        let _ = stream.shutdown().await;
        let mut rest = Vec::new();
        let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await.expect("ended");
    }
    let list = Request::new("GET", "/escalazap/external-api/contact/list").signed(&sandbox);
    list.ask(&sandbox).await.success();
    drop(idle);
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

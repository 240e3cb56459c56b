//! The memory limit: most tests check what the sandbox counts, and one the actual memory of the process.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};
use zap_sandbox::{MemoryUse, Sandbox};

use crate::{
    hostile::{connected, head, others_are_served},
    http::{Part, Request},
};

const SEND: &str = "/escalazap/external-api/inbox/send-message";
const LIMIT: usize = 16 * 1024 * 1024;
const KIB: usize = 1024;

async fn small() -> Sandbox {
    Sandbox::builder().memory_limit(LIMIT).start().await.unwrap()
}

/// Checks the limit. The share of requests may be exceeded by what one caller sends at once.
fn holds(sandbox: &Sandbox) -> MemoryUse {
    let memory = sandbox.memory();
    assert!(memory.kept <= memory.limit, "{memory:?}");
    assert!(memory.peak_in_flight <= memory.limit / 2, "{memory:?}");
    memory
}

fn to_ana(more: &Value) -> Value {
    let mut message = json!({"mobile_code": "55", "mobile": "11987654321"});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

#[tokio::test]
async fn bodies_that_never_end_leave_room_for_others() {
    let sandbox = small().await;
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    for rest in [
        format!("{form}Content-Length: {}\r\n\r\na={}", KIB * KIB, "x".repeat(900 * KIB)),
        format!("{form}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}", 900 * KIB, "x".repeat(900 * KIB)),
        format!(
            "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999999\r\n\r\n\
             --b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{}",
            "x".repeat(900 * KIB)
        ),
        format!(
            "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999999\r\n\r\n\
             --b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.png\"\r\n\r\n{}",
            "x".repeat(900 * KIB)
        ),
        // An endless head.
        format!("X: {}", "y".repeat(60 * KIB)),
    ] {
        let mut held = Vec::new();
        for _ in 0..16 {
            let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
            let raw = head(&sandbox, SEND, &rest);
            // The sandbox stops reading if there is no room.
            let _ = timeout(Duration::from_millis(40), stream.write_all(raw.as_bytes())).await;
            held.push(stream);
        }
        others_are_served(&sandbox).await;
        // A large body is also accepted, once the slow callers have been disconnected.
        let large = json!({"mobile_code": "55", "mobile": "11987654321", "message": "x".repeat(800 * KIB)});
        let request = Request::new("POST", SEND).signed(&sandbox).json(&large);
        let answer = timeout(Duration::from_secs(60), request.ask(&sandbox)).await.expect("an answer");
        assert_eq!(answer.status, 200);
        holds(&sandbox);
        drop(held);
    }
    for _ in 0..200 {
        if sandbox.memory().in_flight < 512 * KIB {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("memory of closed connections is still counted: {:?}", sandbox.memory());
}

#[tokio::test]
async fn structures_of_json_and_parts_of_forms_are_counted() {
    let sandbox = small().await;
    for unit in ["{\"\":0},", "[],", "\"\",", "0,", "{\"a\":{\"b\":{}}},"] {
        let body = format!("{{\"mobile\":[{}0]}}", unit.repeat(600 * KIB / unit.len()));
        let request = || Request::new("POST", SEND).signed(&sandbox).body("application/json", body.clone());
        for _ in 0..3 {
            assert_eq!(request().ask(&sandbox).await.remark(), "exception", "{unit}");
        }
        let fault = Request::new("POST", "/__sandbox/faults").body("application/json", body).ask(&sandbox).await;
        assert!(matches!(fault.status, 400 | 413), "{}", fault.status);
    }
    for part in ["; filename=\"a\"", "", "; filename=\"\""] {
        let parts = |n: usize| format!("--b\r\nContent-Disposition: form-data; name=\"f{n:x}\"{part}\r\n\r\nx\r\n");
        let body = (0..10_000).map(parts).collect::<String>() + "--b--\r\n";
        let request = Request::new("POST", SEND).signed(&sandbox).body("multipart/form-data; boundary=b", body);
        assert_eq!(request.ask(&sandbox).await.remark(), "validation_error", "{part}");
    }
    let calls = sandbox.calls();
    let files = calls.iter().map(|call| call.files.len()).max();
    assert_eq!(files, Some(20), "as many as PHP accepts");
    let memory = holds(&sandbox);
    assert!(memory.peak_in_flight < memory.limit * 11 / 32, "{memory:?}");
}

/// Every value that a caller can make long is counted.
#[tokio::test]
async fn everything_that_is_kept_is_counted() {
    let sandbox = small().await;
    let long = "x".repeat(600 * KIB);
    let variables: Vec<&str> = vec![""; 9000];
    for (path, more) in [
        ("send-message", json!({"latitude": "1.5", "longitude": "2.5", "name": long, "address": long})),
        ("send-message", json!({"message": long})),
        (
            "send-template-message",
            json!({"template_id": 1, "body_variables": variables, "header_variables": variables}),
        ),
        ("send-message", json!({"product": json!({"name": "a", "description": long, "permalink": long}).to_string()})),
    ] {
        sandbox.reset();
        let before = sandbox.memory().kept;
        let path = format!("/wazime/external-api/inbox/{path}");
        for n in 0..10 {
            let request = Request::new("POST", &path).signed(&sandbox).json(&to_ana(&more));
            assert_eq!(request.ask(&sandbox).await.status, 200);
            if n == 0 && !sandbox.deliveries().is_empty() {
                let grown = sandbox.memory().kept - before;
                assert!(grown > 300 * KIB, "{path}: {grown}");
            }
        }
        let memory = holds(&sandbox);
        assert!(sandbox.deliveries().len() < 10, "{path}: the oldest are dropped");
        assert!(memory.kept < memory.limit / 2, "{path}: {memory:?}");
    }
    sandbox.reset();
    let name = "n".repeat(4000) + ".png";
    let picture = vec![b'x'; 512 * KIB];
    for _ in 0..20 {
        let parts: [Part<'_>; 4] = [
            ("mobile_code", None, b"55"),
            ("mobile", None, b"11987654321"),
            ("message", None, b"x"),
            ("image", Some((&name, None)), &picture),
        ];
        Request::new("POST", SEND).signed(&sandbox).multipart(&parts).ask(&sandbox).await;
    }
    holds(&sandbox);
}

/// Large contacts, and many callers that request all of them and do not read the answers.
#[tokio::test]
async fn many_unread_lists_stay_within_the_limit() {
    let sandbox = small().await;
    let address = "\u{1}".repeat(10_000);
    for n in 0..30 {
        let contact = json!({
            "firstname": "a", "lastname": "b", "mobile_code": "55", "mobile": format!("119{n:08}"), "address": address,
        });
        let store = Request::new("POST", "/escalazap/external-api/contact/store").signed(&sandbox).json(&contact);
        store.ask(&sandbox).await.success();
    }
    let kept = holds(&sandbox).kept;
    assert!(kept > 500 * KIB && kept < LIMIT / 4, "{kept}");
    let mut held = Vec::new();
    for _ in 0..8 {
        for path in ["/escalazap/external-api/contact/list?paginate=1000000", "/__sandbox/calls"] {
            let raw = head(&sandbox, path, "\r\n").replacen("POST", "GET", 1);
            held.push(connected(&sandbox, raw.as_bytes()).await);
        }
        holds(&sandbox);
    }
    let list = Request::new("GET", "/escalazap/external-api/contact/list?paginate=1000000").signed(&sandbox);
    assert!(list.ask(&sandbox).await.success()["data"]["contacts"]["data"].as_array().unwrap().len() > 10);
    holds(&sandbox);
}

/// A watcher that does not read holds one piece of output, and gets `resync` when it reads again.
#[tokio::test]
async fn watchers_that_do_not_read_stay_within_the_limit() {
    const MESSAGES: usize = 16;
    let sandbox = small().await;
    let watch = b"GET /__sandbox/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let mut held = Vec::new();
    for _ in 0..30 {
        held.push(connected(&sandbox, watch).await);
    }
    let mut reader = connected(&sandbox, watch).await;
    let text = "\u{1}".repeat(30 * KIB);
    for _ in 0..MESSAGES {
        let request = Request::new("POST", SEND).signed(&sandbox).json(&to_ana(&json!({"message": text})));
        request.ask(&sandbox).await.success();
    }
    others_are_served(&sandbox).await;
    holds(&sandbox);
    let mut seen = Vec::new();
    let until = Duration::from_secs(60);
    // A watcher that reads gets all events, or `resync`.
    let count = |seen: &[u8], text: &[u8]| seen.windows(text.len()).filter(|part| *part == text).count();
    while count(&seen, b"event: resync") == 0 && count(&seen, b"event: call\n") < MESSAGES {
        let read = timeout(until, reader.read_buf(&mut seen)).await.expect("it goes on").unwrap_or(0);
        if read == 0 {
            break; // The sandbox may also disconnect it as one of the slowest callers.
        }
    }
    // A new watcher is accepted.
    drop(held);
    let mut watcher = connected(&sandbox, watch).await;
    let mut first = [0; 12];
    timeout(until, watcher.read_exact(&mut first)).await.expect("an answer").unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
}

/// A long answer is streamed, and is valid JSON.
#[tokio::test]
async fn long_lists_are_streamed_completely() {
    let sandbox = Sandbox::start().await.unwrap();
    for n in 0..40 {
        let message = to_ana(&json!({"message": format!("{n}{}", "x".repeat(40 * KIB))}));
        Request::new("POST", SEND).signed(&sandbox).json(&message).ask(&sandbox).await.success();
    }
    let answer = Request::new("GET", "/__sandbox/ledger").ask(&sandbox).await;
    assert_eq!(answer.header("transfer-encoding"), "chunked");
    let (mut text, mut rest) = (Vec::new(), answer.body.as_slice());
    while let Some(end) = rest.windows(2).position(|part| part == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        text.extend_from_slice(&rest[end + 2..end + 2 + length]);
        rest = &rest[end + 4 + length..];
    }
    let ledger: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(ledger["entries"].as_array().unwrap().len(), 40);
    assert_eq!(ledger["last"], ledger["entries"][39]["id"]);
}

/// The resident memory of the program under all of these loads at once.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_process_stays_within_its_memory() {
    const MIB: usize = 32;
    let (running, address) = crate::connections::run(512, &format!("--memory-limit {MIB}"));
    let resident = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", running.0.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse::<usize>().unwrap() / KIB
    };
    let signed = "Host: localhost\r\nclient-id: sandbox-client-id\r\nclient-secret: sandbox-client-secret\r\n";
    let post = |kind: &str, announced: usize, body: &str| {
        format!("POST {SEND} HTTP/1.1\r\n{signed}Content-Type: {kind}\r\nContent-Length: {announced}\r\n\r\n{body}")
            .into_bytes()
    };
    let json_of = |more: &Value| {
        let body = to_ana(more).to_string();
        post("application/json", body.len(), &body)
    };
    let long = "\u{1}".repeat(100 * KIB);
    let part = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n".repeat(5000);
    let tree = format!("{{\"a\":[{}0]}}", "{\"\":0},".repeat(100 * KIB));
    let raws = [
        json_of(&json!({"message": long})),
        json_of(&json!({"latitude": "1.5", "longitude": "2.5", "name": long, "address": long})),
        json_of(&json!({"message": "x".repeat(1024 * KIB)})),
        post("application/json", tree.len(), &tree),
        post("multipart/form-data; boundary=b", part.len(), &part),
        post("application/x-www-form-urlencoded", 2048 * KIB, &"x".repeat(2000 * KIB)),
        post("multipart/form-data; boundary=b", 9_999_999, "--b\r\nContent-Disposition: form-data; name=\"AAA"),
        format!("GET /__sandbox/calls HTTP/1.1\r\n{signed}\r\n").into_bytes(),
        format!("GET /__sandbox/ledger HTTP/1.1\r\n{signed}\r\n").into_bytes(),
        format!("GET /__sandbox/events HTTP/1.1\r\n{signed}Last-Event-ID: 0\r\n\r\n").into_bytes(),
        format!("GET /escalazap/external-api/inbox/conversation-list HTTP/1.1\r\n{signed}X: {}", "y".repeat(60 * KIB))
            .into_bytes(),
    ];
    let mut held = std::collections::VecDeque::new();
    let mut peak = 0;
    for n in 0..150 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let _ = timeout(Duration::from_millis(30), stream.write_all(&raws[n % raws.len()])).await;
        held.push_back(stream);
        if held.len() > 90 {
            held.pop_front();
        }
        peak = peak.max(resident());
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /__sandbox/memory HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    timeout(Duration::from_secs(30), stream.read_to_string(&mut answer)).await.expect("an answer").unwrap();
    let memory: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert!(memory["kept"].as_u64() <= memory["limit"].as_u64(), "{memory}");
    assert!(peak < 6 * MIB, "{peak} MiB resident, {memory}");
}

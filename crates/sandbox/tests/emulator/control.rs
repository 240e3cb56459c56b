//! The control routes: clock, reset, errors, and requests from other origins.

use std::time::Duration;

use serde_json::{Value, json};
use zap_sandbox::{Fault, Sandbox};

use crate::http::{Request, Response};

async fn ask(sandbox: &Sandbox, method: &str, path: &str) -> Response {
    Request::new(method, &format!("/__sandbox/{path}")).ask(sandbox).await
}

fn error(answer: &Response) -> String {
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()["error"].as_str().expect("an error").to_owned()
}

#[tokio::test]
async fn the_clock_only_moves_forward() {
    let sandbox = Sandbox::start().await.unwrap();
    let advance = async |body: Value| Request::new("POST", "/__sandbox/clock").json(&body).ask(&sandbox).await;
    assert_eq!(ask(&sandbox, "GET", "clock").await.json()["advanced_ms"], 0);
    assert_eq!(advance(json!({"advance_ms": 1500})).await.json()["advanced_ms"], 1500);
    sandbox.clock().advance(Duration::from_millis(500));
    for wrong in [
        json!({"advance_ms": 0}),
        json!({"advance_ms": -5}),
        json!({"advance_ms": 1.5}),
        json!({"advance_ms": "90s"}),
        json!({"advance_ms": null}),
        json!({"advance_ms": 400_000_000_000_u64}),
        json!({"advance_ms": 5, "advance": "90s"}),
        json!({}),
        json!([]),
        json!(5),
    ] {
        let answer = advance(wrong.clone()).await;
        assert_eq!(answer.status, 400, "{wrong}");
        assert!(error(&answer).contains("advance"), "{}", error(&answer));
    }
    let raw = Request::new("POST", "/__sandbox/clock").body("application/json", "{").ask(&sandbox).await;
    assert_eq!(raw.status, 400);
    let now = ask(&sandbox, "GET", "clock").await.json();
    assert_eq!(now["advanced_ms"], 2000, "invalid requests do not move it");
    let time = now["now"].as_str().unwrap();
    assert!(time.len() == 24 && time.ends_with('Z') && time.as_bytes()[10] == b'T', "{time}");
}

#[tokio::test]
async fn a_reset_removes_everything() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = "mobile_code=55&mobile=11987654321&message=oi";
    let send = || Request::new("POST", "/wapiflow/external-api/inbox/send-message").signed(&sandbox).form(form);
    send().ask(&sandbox).await.success();
    sandbox.faults().add(Fault::close_after().always()).unwrap();
    sandbox.clock().advance(Duration::from_secs(3600));
    assert_eq!(ask(&sandbox, "POST", "reset").await.status, 200);
    assert_eq!((sandbox.calls().len(), sandbox.deliveries().len(), sandbox.faults().list().len()), (0, 0, 0));
    assert_eq!((sandbox.total_calls(), sandbox.clock().advanced()), (0, Duration::ZERO));
    let before = ask(&sandbox, "GET", "ledger").await.json();
    assert_eq!(before, json!({"entries": [], "forgotten": 0, "last": 0}));
    send().ask(&sandbox).await.success();
    let id = ask(&sandbox, "GET", "ledger").await.json()["last"].as_u64();
    assert!(id > Some(1), "ids are not reused after a reset");
}

#[tokio::test]
async fn errors_are_json_and_say_what_is_wrong() {
    let sandbox = Sandbox::start().await.unwrap();
    for (method, path, status) in [
        ("GET", "nothing", 404),
        ("GET", "calls/1/2", 404),
        ("GET", "", 404),
        ("GET", "reset", 405),
        ("DELETE", "clock", 405),
        ("PUT", "faults", 405),
        ("DELETE", "faults/x", 400),
        ("DELETE", "faults/7", 404),
    ] {
        let answer = ask(&sandbox, method, path).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(!error(&answer).is_empty());
    }
    let heavy = "x".repeat(2 * 1024 * 1024);
    for path in ["/__sandbox/faults", "/__sandbox/clock"] {
        let answer = Request::new("POST", path).body("application/json", heavy.clone()).ask(&sandbox).await;
        assert_eq!(answer.status, 413, "{path}");
        assert!(error(&answer).contains("larger"));
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in [deep.into_bytes(), b"\xff\xfe".to_vec(), Vec::new()] {
        let answer = Request::new("POST", "/__sandbox/faults").body("application/json", body).ask(&sandbox).await;
        assert_eq!(answer.status, 400);
        assert!(error(&answer).contains("not JSON"));
    }
}

#[tokio::test]
async fn pages_of_other_origins_change_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.faults().add(Fault::close_after().always()).unwrap();
    let id = sandbox.faults().list()[0].id;
    let own = sandbox.url();
    for (method, path, body) in [
        ("POST", "reset".to_owned(), json!(null)),
        ("POST", "clock".to_owned(), json!({"advance_ms": 5})),
        ("POST", "faults".to_owned(), json!({"when": "after", "do": {"close": true}})),
        ("DELETE", "faults".to_owned(), json!(null)),
        ("DELETE", format!("faults/{id}"), json!(null)),
    ] {
        for origin in ["http://evil.example", "http://127.0.0.1:1", "null", "http://localhost"] {
            let request = Request::new(method, &format!("/__sandbox/{path}")).header("origin", origin);
            // A browser sends this type without a preflight.
            let answer = request.body("text/plain", body.to_string()).ask(&sandbox).await;
            assert_eq!(answer.status, 403, "{method} {path} from {origin}");
            assert!(error(&answer).contains("Origin"));
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
        let rebound = Request::new(method, &format!("/__sandbox/{path}")).host("evil.example:4010");
        let answer = rebound.header("origin", "http://evil.example:4010").json(&body).ask(&sandbox).await;
        assert_eq!(answer.status, 403, "{method} {path} by another name");
        assert!(error(&answer).contains("Host"));
    }
    assert_eq!((sandbox.faults().list().len(), sandbox.clock().advanced()), (1, Duration::ZERO));
    let ask_first = Request::new("OPTIONS", "/__sandbox/faults").header("origin", "http://evil.example");
    assert_eq!(ask_first.ask(&sandbox).await.status, 403);

    let clear = Request::new("DELETE", "/__sandbox/faults").header("origin", &own);
    assert_eq!(clear.ask(&sandbox).await.status, 200, "the sandbox's own page is allowed");
    let port = sandbox.address().port();
    let local = Request::new("POST", "/__sandbox/reset").host(&format!("localhost:{port}"));
    let local = local.header("origin", &format!("http://localhost:{port}"));
    assert_eq!(local.ask(&sandbox).await.status, 200);
}

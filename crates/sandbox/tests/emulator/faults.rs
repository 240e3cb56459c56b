//! Faults: what the caller gets, and whether the request took effect.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use zap_sandbox::{Fault, Provider, Sandbox, Sent};

use crate::http::{Request, Response};

const SEND: &str = "/escalazap/external-api/inbox/send-message";
const FORM: &str = "mobile_code=55&mobile=11987654321&message=oi";
const NOTE: &str = "/chatguru/api/v1?key=sandbox-chatguru-key&account_id=5d0000000000000000000001\
                    &phone_id=5d0000000000000000000002&chat_number=5511987654321&action=note_add&note_text=x";

async fn send(sandbox: &Sandbox) -> std::io::Result<Response> {
    Request::new("POST", SEND).signed(sandbox).form(FORM).send(sandbox.address()).await
}

/// Makes one call in a sandbox with one fault. Returns the answer, the number of deliveries, how much of the answer was
/// sent, and the status.
async fn with_fault(fault: Fault) -> (std::io::Result<Response>, usize, Sent, u16) {
    let sandbox = Sandbox::start().await.unwrap();
    let id = sandbox.faults().add(fault).unwrap();
    let answer = send(&sandbox).await;
    let call = sandbox.calls().remove(0);
    assert_eq!((call.fault, call.operation), (Some(id), Some("send_message")));
    assert_eq!(call.deliveries.len(), sandbox.deliveries().len());
    let (deliveries, sent, status) = (sandbox.deliveries().len(), call.answer.sent, call.status);
    // The fault applied once. The next call is not affected.
    send(&sandbox).await.unwrap().success();
    assert!(sandbox.faults().list().is_empty());
    assert_eq!(sandbox.deliveries().len(), deliveries + 1);
    (answer, deliveries, sent, status)
}

#[tokio::test]
async fn a_fault_closes_the_connection() {
    let reset = |answer: std::io::Result<Response>| answer.unwrap_err().kind() == std::io::ErrorKind::ConnectionReset;
    let (answer, deliveries, sent, status) = with_fault(Fault::close_before()).await;
    assert!(reset(answer));
    assert_eq!((deliveries, sent, status), (0, Sent::None, 0));
    let (answer, deliveries, sent, status) = with_fault(Fault::close_after()).await;
    assert!(reset(answer));
    assert_eq!((deliveries, sent, status), (1, Sent::None, 200));
}

#[tokio::test]
async fn a_fault_truncates_the_body() {
    for (asked, come) in [(20, 20), (0, 0)] {
        let (answer, deliveries, sent, _) = with_fault(Fault::truncated(asked)).await;
        let answer = answer.unwrap();
        let promised: usize = answer.header("content-length").parse().unwrap();
        assert_eq!(answer.body.len(), come);
        assert!(promised > 100, "the length of the whole: {promised}");
        assert_eq!((deliveries, sent), (1, Sent::Partial));
    }
    let (answer, ..) = with_fault(Fault::truncated(1_000_000)).await;
    let answer = answer.unwrap();
    assert_eq!(answer.body.len() + 1, answer.header("content-length").parse::<usize>().unwrap(), "never complete");
}

#[tokio::test]
async fn a_fault_replaces_the_answer() {
    let busy = || Fault::answer(503, "busy").retry_after(7);
    for (fault, expected) in [(busy().before(), 0), (busy().after(), 1)] {
        let (answer, deliveries, sent, status) = with_fault(fault).await;
        let answer = answer.unwrap();
        assert_eq!(
            (answer.status, answer.header("retry-after"), answer.body.as_slice()),
            (503, "7", b"busy".as_slice())
        );
        assert_eq!(answer.header("content-type"), "text/plain; charset=UTF-8");
        assert_eq!((deliveries, sent, status), (expected, Sent::Whole, 503));
    }
    let fault = Fault::answer(200, json!({"status": "success", "data": null})).header("X-Kind", "odd").before();
    let (answer, deliveries, ..) = with_fault(fault).await;
    let answer = answer.unwrap();
    assert_eq!((answer.header("content-type"), answer.header("x-kind")), ("application/json", "odd"));
    assert_eq!((answer.json()["status"].as_str(), deliveries), (Some("success"), 0));
    let html = Fault::answer(403, "<h1>no</h1>").header("content-type", "text/html").before();
    assert_eq!(with_fault(html).await.0.unwrap().header("content-type"), "text/html");
    for status in [204, 304, 429, 599, 999] {
        assert_eq!(with_fault(Fault::answer(status, Value::Null).after()).await.0.unwrap().status, status);
    }
}

#[tokio::test]
async fn a_fault_answers_with_a_page() {
    let (answer, deliveries, ..) = with_fault(Fault::proxy_page().before()).await;
    let answer = answer.unwrap();
    assert_eq!((answer.status, answer.header("content-type"), deliveries), (502, "text/html; charset=UTF-8", 0));
    let (answer, deliveries, ..) = with_fault(Fault::maintenance_page().after()).await;
    let answer = answer.unwrap();
    assert!(answer.header("location").starts_with("http://127.0.0.1:"));
    assert!(answer.header("location").ends_with("/escalazap/maintenance-mode"));
    assert_eq!((answer.status, deliveries), (302, 1));
    assert!(String::from_utf8_lossy(&answer.body).contains("Redirecting to"));
}

#[tokio::test]
async fn a_fault_changes_values_of_the_answer() {
    let (answer, deliveries, ..) = with_fault(Fault::wrong_types()).await;
    let body = answer.unwrap().json();
    assert_eq!((&body["status"], deliveries), (&json!(7), 1));
    assert!(body["data"]["message"]["message"].is_number() && body["data"]["conversation_id"].is_string());
    let (answer, deliveries, ..) = with_fault(Fault::unknown_enum()).await;
    let body = answer.unwrap().success();
    assert_eq!((&body["data"]["message"]["message_type"], deliveries), (&json!(9099), 1));
}

#[tokio::test]
async fn a_fault_never_ends_the_body() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.faults().add(Fault::endless()).unwrap();
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let head = format!("POST {NOTE} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut seen = Vec::new();
    let ended = timeout(Duration::from_millis(700), stream.read_to_end(&mut seen)).await;
    assert!(ended.is_err(), "still open");
    let seen = String::from_utf8_lossy(&seen);
    assert!(seen.contains("transfer-encoding: chunked") && seen.contains("note_id") && !seen.contains('}'), "{seen}");
    drop(stream);
    assert_eq!(sandbox.deliveries().len(), 1);
    assert_eq!(sandbox.calls()[0].answer.sent, Sent::Partial);
    assert_eq!(Request::new("POST", NOTE).ask(&sandbox).await.status, 200);
}

#[tokio::test]
async fn after_a_delay_the_request_is_processed_even_if_the_caller_gave_up() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.faults().add(Fault::delay(Duration::from_millis(300)).before()).unwrap();
    let gave_up = timeout(Duration::from_millis(50), send(&sandbox)).await;
    assert!(gave_up.is_err());
    assert_eq!((sandbox.deliveries().len(), sandbox.total_calls()), (0, 0), "not yet");
    for _ in 0..100 {
        if sandbox.total_calls() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(
        (sandbox.deliveries().len(), sandbox.calls()[0].success),
        (1, true),
        "processed although the caller gave up"
    );
    assert!(sandbox.calls()[0].duration >= Duration::from_millis(300));
}

#[tokio::test]
async fn with_a_delay_after_processing_the_message_is_already_delivered() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.faults().add(Fault::delay(Duration::from_millis(300)).after()).unwrap();
    assert!(timeout(Duration::from_millis(100), send(&sandbox)).await.is_err());
    assert_eq!((sandbox.deliveries().len(), sandbox.total_calls()), (1, 1));
    // A delay comes before the fault that it is added to.
    sandbox.faults().add(Fault::answer(500, "x").before().delayed(Duration::from_millis(200))).unwrap();
    let began = Instant::now();
    assert_eq!(send(&sandbox).await.unwrap().status, 500);
    assert!(began.elapsed() >= Duration::from_millis(200));
    assert_eq!(sandbox.deliveries().len(), 1);
}

#[tokio::test]
async fn a_reset_ends_faults_and_what_they_delay() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.faults().add(Fault::delay(Duration::from_millis(200)).before().always()).unwrap();
    let address = sandbox.address();
    let request = Request::new("POST", SEND).signed(&sandbox).form(FORM);
    let waiting = tokio::spawn(request.send(address));
    tokio::time::sleep(Duration::from_millis(50)).await;
    sandbox.reset();
    assert!(waiting.await.unwrap().is_err(), "closed without an answer");
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert_eq!((sandbox.total_calls(), sandbox.deliveries().len(), sandbox.faults().list().len()), (0, 0, 0));
}

#[tokio::test]
async fn a_fault_applies_only_to_its_provider_and_operation() {
    let sandbox = Sandbox::start().await.unwrap();
    let fault = Fault::answer(429, "slow down").retry_after(1).before().always();
    sandbox.faults().add(fault.clone().provider(Provider::WaziMe)).unwrap();
    sandbox.faults().add(fault.operation("note_add")).unwrap();
    send(&sandbox).await.unwrap().success();
    let wazime = Request::new("POST", &SEND.replace("escalazap", "wazime")).signed(&sandbox).form(FORM);
    assert_eq!(wazime.ask(&sandbox).await.status, 429);
    assert_eq!(Request::new("POST", NOTE).ask(&sandbox).await.status, 429);
    assert_eq!(Request::new("POST", &NOTE.replace("note_add", "nothing")).ask(&sandbox).await.status, 400);
    assert_eq!(Request::new("GET", "/wazime/nowhere").ask(&sandbox).await.status, 429, "every call of the provider");
    let hits: Vec<u64> = sandbox.faults().list().iter().map(|fault| fault.hits).collect();
    assert_eq!(hits, [2, 1]);
}

#[tokio::test]
async fn a_seed_selects_the_same_calls_again() {
    let sequence = async || {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.faults().add(Fault::answer(500, "x").before().always().probability(0.5, 7)).unwrap();
        let mut statuses = Vec::new();
        for _ in 0..24 {
            statuses.push(Request::new("POST", NOTE).ask(&sandbox).await.status);
        }
        statuses
    };
    let first = sequence().await;
    assert_eq!(first, sequence().await);
    assert!(first.contains(&500) && first.contains(&200), "{first:?}");
}

#[tokio::test]
async fn faults_are_added_and_removed_over_http() {
    let sandbox = Sandbox::start().await.unwrap();
    let post = |body: &Value| Request::new("POST", "/__sandbox/faults").json(body);
    let close = json!({"when": "after", "provider": "escalazap", "do": {"close": true}});
    let added = post(&close).ask(&sandbox).await;
    assert_eq!(added.status, 200, "{}", added.json());
    let fault = added.json()["faults"][0].clone();
    let id = fault["id"].as_u64().unwrap();
    let expected = json!({
        "id": id, "when": "after", "provider": "escalazap", "operation": null, "times": 1, "probability": 1.0,
        "seed": fault["seed"], "do": {"close": true}, "hits": 0,
    });
    assert_eq!(fault, expected);
    assert!(fault["seed"].is_u64());
    assert!(send(&sandbox).await.is_err());
    let list = async || Request::new("GET", "/__sandbox/faults").ask(&sandbox).await.json()["faults"].clone();
    assert_eq!(list().await, json!([]), "used up");
    let calls = Request::new("GET", "/__sandbox/calls").ask(&sandbox).await.json();
    assert_eq!((&calls["calls"][0]["fault"], &calls["calls"][0]["answer"]["sent"]), (&json!(id), &json!("none")));

    let two = json!([close, {"when": "before", "times": null, "do": {"answer": {"status": 503, "headers": {"retry-after": "2"}}}}]);
    let added = post(&two).ask(&sandbox).await.json();
    assert_eq!(added["faults"].as_array().unwrap().len(), 2);
    let first = added["faults"][0]["id"].as_u64().unwrap();
    let delete = |path: String| Request::new("DELETE", &format!("/__sandbox/{path}"));
    let left = delete(format!("faults/{first}")).ask(&sandbox).await;
    assert_eq!((left.status, left.json()["faults"].as_array().unwrap().len()), (200, 1));
    assert_eq!(delete(format!("faults/{first}")).ask(&sandbox).await.status, 404);
    assert_eq!(send(&sandbox).await.unwrap().header("retry-after"), "2");
    assert_eq!(list().await[0]["hits"], 1);
    assert_eq!(delete("faults".to_owned()).ask(&sandbox).await.json(), json!({"faults": []}));
}

#[tokio::test]
async fn invalid_faults_change_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let close = json!({"when": "after", "do": {"close": true}});
    for (body, location) in [
        (json!([close, {"when": "before", "do": {"truncate_at": 1}}]), "faults[1].when"),
        (json!({"do": {"close": true}}), "when"),
        (json!({"when": "after", "do": {"close": true}, "count": 2}), "count"),
        (json!({"when": "after", "do": {}}), "do"),
        (json!({"when": "after", "do": {"answer": {"status": 99}}}), "do.answer.status"),
        (json!({"when": "after", "do": {"answer": {}}}), "do.answer.status"),
        (json!({"when": "after", "do": {"delay_ms": 99_999_999}}), "do.delay_ms"),
        (json!({"when": "after", "times": 0, "do": {"close": true}}), "times"),
        (json!({"when": "after", "probability": 2, "do": {"close": true}}), "probability"),
        (json!({"when": "after", "operation": "sendMessage", "do": {"close": true}}), "operation"),
    ] {
        let answer = Request::new("POST", "/__sandbox/faults").json(&body).ask(&sandbox).await;
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert_eq!(answer.status, 400, "{body}");
        assert!(error.starts_with(&format!("{location}: ")), "{error}");
    }
    assert!(sandbox.faults().list().is_empty());
    send(&sandbox).await.unwrap().success();
}

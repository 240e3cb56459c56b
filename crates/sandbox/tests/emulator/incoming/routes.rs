//! The control routes for messages from customers and for the webhook, and their events.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use zap_sandbox::{Provider, Sandbox};

use super::{ANA, BIA, Behaviour, Receiver, all_posted};
use crate::http::{Request, Response};

async fn ask(sandbox: &Sandbox, method: &str, path: &str, body: &Value) -> Response {
    let request = Request::new(method, &format!("/__sandbox/{path}"));
    let request = if body.is_null() { request } else { request.json(body) };
    request.ask(sandbox).await
}

async fn got(sandbox: &Sandbox, path: &str) -> Value {
    ask(sandbox, "GET", path, &Value::Null).await.json()
}

fn ids(list: &Value) -> Vec<u64> {
    list["entries"].as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn a_message_is_received_posted_and_listed() {
    let receiver = Receiver::start(Behaviour::status(201)).await;
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(got(&sandbox, "webhook").await, json!({"url": null}));
    let set = ask(&sandbox, "POST", "webhook", &json!({"url": receiver.url()})).await.json();
    assert_eq!(set, json!({"url": format!("http://{}/***", receiver.address)}));
    assert_eq!(got(&sandbox, "webhook").await, set);
    let message = json!({"provider": "chatguru", "from": ANA, "kind": "image", "caption": "Olá", "name": "Ana",
                         "url": "https://files.example/a.png", "origin": "site"});
    let arrived = ask(&sandbox, "POST", "incoming", &message).await.json();
    for (key, value) in
        [("from", json!(ANA)), ("kind", json!("image")), ("text", json!("Olá")), ("post_state", json!("waiting"))]
    {
        assert_eq!(arrived[key], value, "{key}");
    }
    assert_eq!(arrived["account"], "***", "a credential of the world");
    all_posted(&sandbox).await;
    let list = got(&sandbox, "incoming").await;
    let entry = &list["entries"][0];
    assert_eq!((&entry["id"], &list["last"], &list["forgotten"]), (&arrived["id"], &arrived["id"], &json!(0)));
    assert_eq!((&entry["post_state"], &entry["posts"][0]["status"]), (&json!("posted"), &json!(201)));
    assert_eq!((&entry["posts"][0]["error"], &entry["fault"]), (&json!(null), &json!(null)));
    assert!(entry["posts"][0]["duration_ms"].as_f64() >= Some(0.0));
    assert_eq!(receiver.seen()[0].json()["origem"], "site");
    assert_eq!(ask(&sandbox, "DELETE", "webhook", &Value::Null).await.json(), json!({"url": null}));
    let again = ask(&sandbox, "POST", "incoming", &message).await.json();
    assert_eq!(again["post_state"], "no_url");
    assert!(sandbox.calls().is_empty() && sandbox.deliveries().is_empty());
}

#[tokio::test]
async fn a_list_can_be_limited() {
    let sandbox = Sandbox::start().await.unwrap();
    for (provider, from) in [("chatguru", ANA), ("wazime", ANA), ("chatguru", BIA)] {
        ask(&sandbox, "POST", "incoming", &json!({"provider": provider, "from": from, "text": "x"})).await;
    }
    let all = ids(&got(&sandbox, "incoming").await);
    assert_eq!(all.len(), 3);
    assert_eq!(ids(&got(&sandbox, "incoming?provider=chatguru").await), [all[0], all[2]]);
    assert_eq!(ids(&got(&sandbox, &format!("incoming?after={}&limit=1", all[0])).await), [all[1]]);
    assert_eq!(ids(&got(&sandbox, "incoming?limit=1").await), [all[2]]);
    assert_eq!(ask(&sandbox, "GET", "incoming?limit=x", &Value::Null).await.status, 400);
    assert_eq!(sandbox.incoming()[1].provider, Provider::WaziMe);
}

#[tokio::test]
async fn invalid_requests_change_nothing_and_name_the_location() {
    let sandbox = Sandbox::start().await.unwrap();
    for (path, body, part) in [
        ("incoming", json!([]), "expected an object"),
        ("incoming", json!({"provider": "chatguru", "from": "+55", "text": "x"}), "from: expected a number"),
        ("incoming", json!({"provider": "wazime", "from": ANA}), "text: expected a text"),
        ("incoming", json!({"provider": "chatguru", "from": ANA, "text": "x", "to": "y"}), "to: unknown key"),
        (
            "incoming",
            json!({"provider": "chatguru", "from": ANA, "kind": "image", "url": "x"}),
            "url: expected an http",
        ),
        ("webhook", json!("http://127.0.0.1:1/"), "expected an object"),
        ("webhook", json!({}), "url: expected a string"),
        ("webhook", json!({"url": null}), "url: expected a string"),
        ("webhook", json!({"url": "http://127.0.0.1:1/", "token": "x"}), "token: unknown key"),
    ] {
        let answer = ask(&sandbox, "POST", path, &body).await;
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(answer.status == 400 && error.starts_with(part), "{error}");
    }
    assert_eq!((sandbox.incoming().len(), got(&sandbox, "webhook").await), (0, json!({"url": null})));
    let foreign = Request::new("POST", "/__sandbox/webhook").header("origin", "http://evil.example");
    assert_eq!(foreign.json(&json!({"url": "http://127.0.0.1:1/"})).ask(&sandbox).await.status, 403);
}

#[tokio::test]
async fn messages_and_posts_are_events() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = Sandbox::start().await.unwrap();
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(b"GET /__sandbox/events HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    stream.read_exact(&mut [0; 16]).await.unwrap();
    ask(&sandbox, "POST", "webhook", &json!({"url": receiver.url()})).await;
    ask(&sandbox, "POST", "incoming", &json!({"provider": "chatguru", "from": ANA, "text": "oi"})).await;
    all_posted(&sandbox).await;
    sandbox.reset();
    let mut events = Vec::new();
    while String::from_utf8_lossy(&events).matches("event: webhook").count() < 2 {
        let read = timeout(Duration::from_secs(30), stream.read_buf(&mut events)).await.expect("news");
        assert!(read.unwrap() > 0);
    }
    let text = String::from_utf8(events).unwrap();
    let names: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("event: ")).collect();
    assert_eq!(names, ["webhook", "incoming", "incoming_state", "reset", "webhook"]);
    let data: Vec<Value> =
        text.lines().filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok()).collect();
    assert_eq!((&data[1]["post_state"], &data[2]["post_state"]), (&json!("waiting"), &json!("posted")));
    assert_eq!((&data[1]["text"], &data[4]), (&json!("oi"), &json!({"url": null})));
}

//! Credentials are masked in every form in which they arrive: those of the world, and real ones sent by mistake.

use std::time::Duration;

use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use zap_sandbox::{Fault, Sandbox};

use crate::http::Request;

const SEND: &str = "/escalazap/external-api/inbox/send-message";
const CHATGURU: &str = "/chatguru/api/v1";
/// A credential that is not in the world.
const REAL: &str = "Kd93jfPq82LmzX7Rw5Tb";

/// Collects everything that the sandbox shows.
struct Watcher(TcpStream);

impl Watcher {
    async fn open(sandbox: &Sandbox) -> Self {
        let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
        stream.write_all(b"GET /__sandbox/events HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        let mut first = [0; 16];
        stream.read_exact(&mut first).await.unwrap();
        Self(stream)
    }

    /// Calls, deliveries and faults over HTTP, `Sandbox::calls`, and the events so far.
    async fn shown(&mut self, sandbox: &Sandbox) -> String {
        let mut text = format!("{:?}", sandbox.calls());
        for path in ["calls", "ledger", "faults"] {
            let answer = Request::new("GET", &format!("/__sandbox/{path}")).ask(sandbox).await;
            text.push_str(std::str::from_utf8(&answer.body).unwrap());
        }
        sandbox.reset();
        let mut events = Vec::new();
        while !events.windows(12).any(|part| part == b"event: reset") {
            let read = timeout(Duration::from_secs(30), self.0.read_buf(&mut events)).await.expect("news");
            assert!(read.unwrap() > 0);
        }
        text + &String::from_utf8_lossy(&events)
    }
}

fn multipart(name: &str, value: &str) -> (&'static str, String) {
    let body = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n--b--\r\n");
    ("multipart/form-data; boundary=b", body)
}

#[tokio::test]
async fn unknown_credentials_are_masked_by_name() {
    const JSON: &str = "application/json";
    const FORM: &str = "application/x-www-form-urlencoded";
    let long = "x".repeat(5000);
    let sandbox = Sandbox::start().await.unwrap();
    let mut watcher = Watcher::open(&sandbox).await;
    for name in ["client-id", "client_secret", "clientSecret", "KEY", "account_id", "Phone-Id"] {
        let mut number = 0;
        let mut bodies = vec![
            (JSON, format!(r#"{{"{name}":"{REAL}","message":"x"}}"#)),
            (JSON, format!(r#"{{"{name}":"{REAL}","message":"{long}"}}"#)),
            (JSON, format!(r#"{{"message":"{}","{name}":"{REAL}"}}"#, "x".repeat(4070))),
            (JSON, format!(r#"{{"{name}":"{REAL}",}}"#)),
            (JSON, format!(r#"{{"a":{}{{"{name}":["{REAL}"]}}{}}}"#, "[".repeat(200), "]".repeat(200))),
            (JSON, format!(r#"{{"deep":{{"a":[1,{{"{name}":"{REAL}"}}]}}}}"#)),
            (FORM, format!("{name}={REAL}&text=x")),
            (FORM, format!("credentials[{name}]={REAL}")),
            (FORM, format!(r#"{{"{name}":"{REAL}"}}"#)),
            (FORM, format!("data=%7B%22{name}%22%3A%22{REAL}%22%7D")),
            ("text/plain", format!("{name}: {REAL}")),
            ("text/plain", format!("<{name}>{REAL}</{name}>")),
            ("application/octet-stream", format!("\u{0}{REAL}")),
            ("multipart/form-data", format!("--b\r\n\r\n{REAL}")),
        ];
        let (kind, body) = multipart(name, REAL);
        bodies.push((kind, body.clone()));
        bodies.push((kind, body.replace("\r\n", "\n")));
        for (kind, body) in bodies {
            for (method, path) in
                [("POST", SEND), ("PUT", SEND), ("GET", SEND), ("POST", CHATGURU), ("PATCH", CHATGURU)]
            {
                Request::new(method, path).body(kind, body.clone()).ask(&sandbox).await;
                number += 1;
            }
        }
        let once = format!("%{:02X}{}", name.as_bytes()[0], &name[1..]);
        for query in [
            format!("{name}={REAL}"),
            format!("{once}={REAL}"),
            format!("{}={REAL}", once.replace('%', "%25")),
            format!("x=1;{name}={REAL}"),
            format!("url=https%3A%2F%2Fh%2F%3F{name}%3D{REAL}"),
            REAL.to_owned(),
        ] {
            Request::new("POST", &format!("{CHATGURU}?{query}")).ask(&sandbox).await;
        }
        for (header, value) in [
            (name, REAL.to_owned()),
            ("x-debug", format!("{name}={REAL}")),
            ("x-debug", format!("curl -H \"{name}: {REAL}\"")),
            ("authorization", format!("Bearer {REAL}")),
            ("x-forwarded", format!("Bearer {REAL}")),
            ("referer", format!("https://h/?a=1&{name}={REAL}")),
            ("cookie", format!("a={REAL}")),
        ] {
            Request::new("POST", SEND).header(header, &value).ask(&sandbox).await;
        }
        let shown = watcher.shown(&sandbox).await;
        assert!(shown.matches("***").count() > number, "{number} requests were shown");
        let at = shown.find(&REAL[..12]).map(|at| &shown[at.saturating_sub(300)..at + 30]);
        assert_eq!(at, None, "{name}");
    }
}

#[tokio::test]
async fn a_named_credential_is_masked_everywhere_in_its_call() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut watcher = Watcher::open(&sandbox).await;
    Request::new("POST", &format!("/escalazap/external-api/{REAL}?note={REAL}"))
        .header("client-secret", REAL)
        .json(&json!({"message": format!("see {REAL}")}))
        .ask(&sandbox)
        .await;
    assert!(!watcher.shown(&sandbox).await.contains(REAL));
}

#[tokio::test]
async fn a_credential_is_masked_even_if_the_part_with_its_name_is_cut() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut watcher = Watcher::open(&sandbox).await;
    let (long, number) = ("x".repeat(5000), "83726401938475");
    let fields = "a=1&".repeat(300);
    for (kind, body) in [
        ("application/json", json!({"a": REAL, "message": long, "the_key": REAL}).to_string()),
        ("application/json", json!({"a": REAL, "key": [REAL], "message": long}).to_string()),
        ("application/json", json!({"a": REAL, "key": [REAL]}).to_string()),
        ("application/json", format!(r#"{{"a":"{REAL}","key":"{REAL}",}}"#)),
        ("application/json", format!(r#"{{"a":"{number}","key":{number}}}"#)),
        ("application/x-www-form-urlencoded", format!("a={REAL}&{fields}key={REAL}")),
    ] {
        for path in [SEND, CHATGURU] {
            Request::new("POST", path).body(kind, body.clone()).ask(&sandbox).await;
        }
    }
    let shown = watcher.shown(&sandbox).await;
    assert!(shown.contains("message") && !shown.contains(REAL) && !shown.contains(number));
}

#[tokio::test]
async fn credentials_of_the_world_are_masked_by_value() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut watcher = Watcher::open(&sandbox).await;
    let (ours, theirs) = (sandbox.external_api_credentials(), sandbox.chatguru_credentials());
    let values = [ours.client_id, ours.client_secret, theirs.key, theirs.account_id, theirs.phone_id];
    for value in &values {
        let percent: String =
            value.bytes().flat_map(|byte| format!("%{byte:02X}").into_bytes()).map(char::from).collect();
        for text in [value.clone(), value.to_uppercase(), percent.clone(), percent.replace('%', "%25")] {
            let message = json!({"mobile_code": "55", "mobile": "11987654321", "message": format!("see {text}")});
            Request::new("POST", SEND).signed(&sandbox).json(&message).ask(&sandbox).await;
            Request::new("POST", &format!("{CHATGURU}?text={percent}")).ask(&sandbox).await;
            Request::new("POST", &format!("/wazime/{text}")).ask(&sandbox).await;
        }
        // At the point where a long text is cut.
        for left in [4096 - 5, 4096 - value.len() + 1] {
            let form = format!("mobile_code=55&mobile=11987654321&message={}{value}", "y".repeat(left));
            Request::new("POST", SEND).signed(&sandbox).form(&form).ask(&sandbox).await;
        }
    }
    let note = format!(
        "{CHATGURU}?key={}&account_id={}&phone_id={}&chat_number=5511987654321&action=note_add&note_text={}",
        values[2], values[3], values[4], values[2]
    );
    assert_eq!(Request::new("POST", &note).ask(&sandbox).await.status, 200);
    sandbox.faults().add(Fault::answer(200, json!({"echo": values[1]})).after().always()).unwrap();
    let shown = watcher.shown(&sandbox).await.to_lowercase();
    for value in &values {
        for part in [value.to_lowercase(), value[..value.len() - 2].to_lowercase(), value.replace('-', "%2d")] {
            let at = shown.find(&part).map(|at| &shown[at.saturating_sub(200)..at + 30]);
            assert_eq!(at, None, "{part}");
        }
    }
    assert!(!format!("{:?}", sandbox.credentials(zap_sandbox::Provider::ChatGuru)).contains(&values[3]));
}

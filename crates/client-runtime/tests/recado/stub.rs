//! Recado's server, as far as calls can tell: it answers as the document says, and counts what it did.
//!
//! It knows nothing of the runtime, so it can judge what calls report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::loopback::Reply;
use crate::relay::Upstream;

#[derive(Default)]
pub struct Stub {
    done: Mutex<Done>,
}

#[derive(Default)]
struct Done {
    /// How often each operation had its effect.
    effects: BTreeMap<&'static str, u32>,
    /// The idempotency keys that were seen. A request with one of them has no effect.
    keys: BTreeSet<String>,
}

impl Stub {
    pub fn upstream(self: &Arc<Self>) -> Upstream {
        let stub = Arc::clone(self);
        Arc::new(move |request| {
            let answer = stub.answer(&request);
            Box::pin(async move { Some(answer) })
        })
    }

    /// How often an operation had its effect.
    pub fn effects(&self, operation: &str) -> u32 {
        self.done.lock().unwrap().effects.get(operation).copied().unwrap_or(0)
    }

    fn answer(&self, request: &[u8]) -> Vec<u8> {
        let operation = operation(request);
        let (changes, reply) = reply(operation);
        let mut done = self.done.lock().unwrap();
        if changes && key(request).is_none_or(|key| done.keys.insert(key)) {
            *done.effects.entry(operation).or_default() += 1;
        }
        let Reply::Bytes(bytes) = reply else { unreachable!("it is whole") };
        bytes
    }
}

/// Returns the idempotency key of a request.
pub fn key(request: &[u8]) -> Option<String> {
    let request = String::from_utf8_lossy(request);
    let (head, _) = request.split_once("\r\n\r\n")?;
    head.lines().find_map(|line| line.strip_prefix("x-request-key: ")).map(str::to_owned)
}

/// Returns the operation that a request is for.
pub fn operation(request: &[u8]) -> &'static str {
    let request = String::from_utf8_lossy(request);
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let path = target.split('?').next().unwrap().strip_prefix("/v1/").unwrap();
    match (method, path.split('/').collect::<Vec<_>>().as_slice()) {
        ("GET", ["messages"]) => "message_list",
        ("POST", ["messages"]) => "message_send",
        ("GET", ["messages", "unread"]) => "unread_count",
        ("POST", ["messages", "read"]) => "messages_read",
        ("GET", ["messages", "export"]) => "message_export",
        ("GET", ["messages", _]) => "message_get",
        ("POST", ["messages", _]) => "message_forward",
        ("DELETE", ["messages", _]) => "message_delete",
        ("POST", ["media"]) => "media_upload",
        ("GET", ["media", _]) => "media_get",
        ("POST", ["numbers", "search"]) => "number_search",
        ("POST", ["contacts"]) => "contact_add",
        ("GET", ["events", "by-offset"]) => "events_by_offset",
        ("GET", ["events", "by-cursor"]) => "events_by_cursor",
        ("GET", ["events", "by-link"]) => "events_by_link",
        ("GET", ["events", "by-header"]) => "events_by_header",
        ("GET", ["sessions", _, "code"]) => "session_code",
        ("GET", ["sessions", _, "settings"]) => "session_settings",
        ("PUT", ["sessions", _, "settings"]) => "session_configure",
        ("GET", ["account"]) => "account_get",
        ("GET", ["health"]) => "health",
        other => panic!("the document has no {other:?}"),
    }
}

/// Returns whether an operation changes something, and its answer.
fn reply(operation: &str) -> (bool, Reply) {
    let json = |status, body: &str| Reply::new(status, "application/json", body);
    let message = r#"{"id":"m1","text":"Olá","state":"queued"}"#;
    match operation {
        "message_list" => (false, json(200, &format!("[{message}]"))),
        "message_send" | "message_forward" => (true, json(201, message)),
        "message_get" => (false, json(200, message)),
        "message_delete" | "messages_read" => (true, Reply::head(204, "")),
        "unread_count" => (false, json(200, "12")),
        "message_export" => (false, Reply::new(200, "text/csv", "id;text\nm1;Olá\n")),
        "media_upload" => (true, json(201, r#"{"id":"f1","size":20}"#)),
        "media_get" => (false, json(200, r#"{"id":"f1","size":20}"#)),
        "number_search" => (false, json(200, r#"["5511900000123"]"#)),
        "contact_add" | "session_configure" => (true, Reply::head(200, "")),
        "session_code" => (false, Reply::new(200, "image/png", b"\x89PNG\xff\x00")),
        "session_settings" => (false, json(200, r#"{"color":"verde","size":{"w":1}}"#)),
        "account_get" => (false, json(200, r#"{"name":"Loja","plan":null}"#)),
        "health" => (false, Reply::head(200, "")),
        _ => (false, json(200, r#"{"events":[{"id":1}],"paging":{"total":1,"next":"b","next_url":"?p=2"}}"#)),
    }
}

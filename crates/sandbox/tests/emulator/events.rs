//! The event stream.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use zap_sandbox::{Fault, Sandbox};

use crate::http::Request;

const CHATGURU: &str = "/chatguru/api/v1?key=sandbox-chatguru-key&account_id=5d0000000000000000000001\
                        &phone_id=5d0000000000000000000002&chat_number=5511987654321";

/// A client of the event stream.
struct Watcher {
    stream: TcpStream,
    /// Bytes that were received and not yet parsed.
    seen: Vec<u8>,
}

/// An event: name, id, data.
type Event = (String, u64, Value);

impl Watcher {
    async fn open(sandbox: &Sandbox, last: Option<u64>) -> Self {
        let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
        let last = last.map_or(String::new(), |id| format!("Last-Event-ID: {id}\r\n"));
        let head = format!("GET /__sandbox/events HTTP/1.1\r\nHost: localhost\r\n{last}\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut watcher = Self { stream, seen: Vec::new() };
        loop {
            let text = watcher.text();
            if let Some((head, after)) = text.split_once("retry: 1000\n\n\r\n") {
                assert!(head.contains("content-type: text/event-stream"), "{head}");
                watcher.seen = after.as_bytes().to_vec();
                return watcher;
            }
            watcher.read().await;
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }

    async fn read(&mut self) {
        let read = self.stream.read_buf(&mut self.seen);
        let read = timeout(Duration::from_secs(5), read).await.expect("an event").unwrap();
        assert!(read > 0, "closed: {}", self.text());
    }

    /// Waits for `number` events.
    async fn events(&mut self, number: usize) -> Vec<Event> {
        let names = |text: &str| text.matches("event: ").count();
        while names(&self.text()) < number || !self.text().ends_with("\n\n\r\n") {
            self.read().await;
        }
        let text = self.text();
        self.seen.clear();
        let mut found = Vec::new();
        for block in text.split("event: ").skip(1) {
            let line = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            let data = serde_json::from_str(line("data: ")).unwrap();
            found.push((block.lines().next().unwrap().to_owned(), line("id: ").parse().unwrap(), data));
        }
        assert_eq!(found.len(), number, "{text}");
        found
    }
}

fn names(events: &[Event]) -> Vec<&str> {
    events.iter().map(|(name, ..)| name.as_str()).collect()
}

#[tokio::test]
async fn every_change_is_an_event() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut watcher = Watcher::open(&sandbox, None).await;
    Request::new("POST", &format!("{CHATGURU}&action=message_send&text=oi%0A%3Cb%3E")).ask(&sandbox).await;
    let events = watcher.events(3).await;
    assert_eq!(names(&events), ["delivery", "call", "delivery_state"], "sent automatically when it is due");
    assert_eq!((&events[0].2["state"], &events[2].2["state"]), (&json!("scheduled"), &json!("sent")));
    assert_eq!(events[0].2["text"], "oi\n<b>");
    assert_eq!(events[1].2["deliveries"], json!([events[0].2["id"]]));
    assert!(events.is_sorted_by_key(|(_, id, _)| *id));

    sandbox.clock().advance(Duration::from_secs(5));
    let events = watcher.events(1).await;
    assert_eq!((names(&events)[0], &events[0].2["advanced_ms"]), ("clock", &json!(5000)));

    sandbox.faults().add(Fault::answer(500, "x").before()).unwrap();
    let events = watcher.events(1).await;
    assert_eq!((names(&events)[0], events[0].2["faults"].as_array().map(Vec::len)), ("faults", Some(1)));
    Request::new("POST", CHATGURU).ask(&sandbox).await;
    assert_eq!(names(&watcher.events(2).await), ["faults", "call"], "used up");

    sandbox.reset();
    let events = watcher.events(2).await;
    assert_eq!(names(&events), ["reset", "clock"]);
    assert_eq!(events[0].2, json!({}));
}

#[tokio::test]
async fn a_watcher_that_reconnects_gets_the_missed_events() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut watcher = Watcher::open(&sandbox, None).await;
    let note = || Request::new("POST", &format!("{CHATGURU}&action=note_add&note_text=x"));
    note().ask(&sandbox).await;
    let last = watcher.events(2).await[1].1;
    drop(watcher);
    note().ask(&sandbox).await;
    note().ask(&sandbox).await;
    let mut watcher = Watcher::open(&sandbox, Some(last)).await;
    let events = watcher.events(4).await;
    assert_eq!(names(&events), ["delivery", "call", "delivery", "call"]);
    assert_eq!(events[0].1, last + 1);

    for unknown in [0, last - 1000, u64::MAX] {
        let mut watcher = Watcher::open(&sandbox, Some(unknown)).await;
        let events = watcher.events(1).await;
        assert_eq!((names(&events)[0], &events[0].2, events[0].1), ("resync", &json!({}), last + 4));
    }
}

#[tokio::test]
async fn watchers_are_limited_and_leaving_makes_room() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut watchers = Vec::new();
    for _ in 0..64 {
        watchers.push(Watcher::open(&sandbox, None).await);
    }
    let ask = || Request::new("GET", "/__sandbox/events").ask(&sandbox);
    assert_eq!(ask().await.status, 503);
    watchers.clear();
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if let Ok(answer) = timeout(Duration::from_millis(50), ask()).await {
            assert_eq!(answer.status, 503);
        } else {
            return;
        }
    }
    panic!("no watcher was accepted again");
}

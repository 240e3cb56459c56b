//! Single polls: how much they read, and what their errors say.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::{Duration, Instant};

use futures_core::Stream;
use tokio::time::timeout;
use zap_facade::{ConversationCursor, ConversationWatcher, ErrorKind, Outcome};

use super::stub::{Row, Stub, sort, time};
use crate::support::Reply;

/// So many conversations, each a second older than the one before.
fn rows(count: u64) -> Vec<Row> {
    (0..count).map(|n| (i64::try_from(n).unwrap(), Some(time(20_000 - n)))).collect()
}

fn watch(stub: &Stub, cursor: ConversationCursor) -> ConversationWatcher {
    ConversationWatcher::new(stub.client(), cursor).with_interval(Duration::from_millis(1))
}

fn _a_watcher_is_a_stream_that_is_send_and_unpin(watcher: ConversationWatcher) -> impl Stream + Send + Unpin + 'static {
    watcher
}

async fn take(watcher: &mut ConversationWatcher, count: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    while ids.len() < count {
        ids.push(watcher.next().await.unwrap().conversation.id.unwrap());
    }
    ids
}

#[tokio::test]
async fn the_page_grows_until_it_reaches_the_cursor() {
    let stub = Stub::start(rows(1_000)).await;
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    let oldest_first: Vec<i64> = (0..1_000).rev().collect();
    assert_eq!(take(&mut watcher, 1_000).await, oldest_first);
    assert_eq!(stub.state().sizes, [50, 100, 200, 400, 800, 1_600]);

    // Then a page is enough, also for a move of the oldest.
    stub.state().sizes.clear();
    stub.state().rows[999].1 = Some(time(20_001));
    sort(&mut stub.state().rows);
    assert_eq!(take(&mut watcher, 1).await, [999]);
    assert!(stub.state().sizes.iter().all(|size| *size == 50), "{:?}", stub.state().sizes);
}

#[tokio::test]
async fn a_listing_ends_at_conversations_without_a_message() {
    let mut list = rows(30);
    list.extend((100..400).map(|id| (id, None)));
    let stub = Stub::start(list).await;
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    assert_eq!(take(&mut watcher, 30).await.len(), 30);
    assert_eq!(stub.state().sizes, [50]);
    // One of them gets its first message.
    stub.state().rows[77].1 = Some(time(20_001));
    sort(&mut stub.state().rows);
    assert_eq!(take(&mut watcher, 1).await, [147]);
}

#[tokio::test]
async fn from_now_on_only_what_moves_is_returned() {
    let stub = Stub::start(rows(200)).await;
    let cursor = ConversationCursor::now(&stub.client()).await.unwrap();
    assert_eq!(stub.state().sizes, [50]);
    // Another one at the time of the newest, one that appears late, and one that moves again.
    let mut list = rows(200);
    list[60].1 = Some(time(20_000));
    list[61].1 = Some(time(19_980));
    list[3].1 = Some(time(20_005));
    sort(&mut list);
    stub.state().rows = list;
    assert_eq!(take(&mut watch(&stub, cursor), 3).await, [61, 60, 3]);

    let empty = Stub::start(Vec::new()).await;
    let cursor = ConversationCursor::now(&empty.client()).await.unwrap();
    empty.state().rows = rows(1);
    assert_eq!(take(&mut watch(&empty, cursor), 1).await, [0]);
}

#[tokio::test]
async fn too_many_moves_are_an_error_that_skips_none() {
    let stub = Stub::start(rows(300)).await;
    let mut watcher = watch(&stub, ConversationCursor::beginning()).with_limit(120);
    for _ in 0..2 {
        let error = watcher.next().await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
        assert!(error.to_string().contains("more than 120") && error.to_string().contains("with_limit"), "{error}");
        assert!(!error.is_transient());
    }
    assert_eq!(stub.state().sizes, [50, 100, 120, 50, 100, 120]);
    let cursor = watcher.cursor().clone();
    assert_eq!(cursor, ConversationCursor::beginning());
    assert_eq!(take(&mut watch(&stub, cursor).with_limit(300), 300).await.len(), 300);
}

#[tokio::test]
async fn an_instance_that_lists_too_few_conversations_is_an_error() {
    let stub = Stub::start(rows(300)).await;
    stub.state().cap = 70;
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    let error = watcher.next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
    assert!(error.to_string().contains("at most 70 conversations at a time"), "{error}");
    // It is enough while few move.
    let cursor = ConversationCursor::now(&stub.client()).await.unwrap();
    stub.state().rows[65].1 = Some(time(20_001));
    sort(&mut stub.state().rows);
    assert_eq!(take(&mut watch(&stub, cursor), 1).await, [65]);
}

#[tokio::test]
async fn a_list_in_another_order_is_read_to_its_end() {
    let mut list = rows(120);
    list.reverse();
    let stub = Stub::start(list).await;
    let cursor = ConversationCursor::now(&stub.client()).await.unwrap();
    stub.state().rows[100].1 = Some(time(20_001));
    stub.state().sizes.clear();
    assert_eq!(take(&mut watch(&stub, cursor), 1).await, [19]);
    assert_eq!(stub.state().sizes, [50, 100, 200]);
}

#[tokio::test]
async fn an_unreadable_time_is_reported_once_and_the_others_are_returned() {
    let mut list = rows(3);
    list.insert(1, (70, Some("ontem".into())));
    list.insert(0, (71, Some("amanhã".into())));
    let stub = Stub::start(list).await;
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    let error = watcher.next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
    assert!(error.to_string().contains("cannot be read: 70, 71;"), "{error}");
    assert_eq!(take(&mut watcher, 3).await, [2, 1, 0]);
    tokio::select! {
        next = watcher.next() => panic!("{next:?}"),
        () = stub.answers(3) => {}
    }

    // It moves again.
    stub.state().rows[0].1 = Some("hoje".into());
    let error = watcher.next().await.unwrap_err();
    assert!(error.to_string().contains("cannot be read: 71;"), "{error}");
}

#[tokio::test]
async fn a_conversation_without_an_id_is_reported() {
    let stub = Stub::start(Vec::new()).await;
    let body = r#"{"status":"success","data":{"conversation":{"data":[
        {"last_message_at":"2026-01-05T04:00:01.000000Z"},
        {"id":5,"last_message_at":"2026-01-05T04:00:00.000000Z"}]}}}"#;
    stub.state().before = Box::new(|_| Some(Reply::json(body)));
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    let error = watcher.next().await.unwrap_err();
    assert!(error.to_string().contains("one without an id"), "{error}");
    assert_eq!(take(&mut watcher, 1).await, [5]);
    assert!(timeout(Duration::from_millis(100), watcher.next()).await.is_err());
}

#[tokio::test]
async fn an_answer_without_a_list_is_not_an_empty_list() {
    let stub = Stub::start(rows(2)).await;
    stub.state().before = Box::new(|_| Some(Reply::success()));
    let error = ConversationCursor::now(&stub.client()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
    assert!(error.to_string().contains("no list of conversations"), "{error}");
}

#[tokio::test]
async fn a_move_in_the_future_does_not_hide_others() {
    let mut list = rows(2);
    list.insert(0, (7, Some("2199-01-01T00:00:00.000000Z".into())));
    let stub = Stub::start(list).await;
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    assert_eq!(take(&mut watcher, 3).await, [1, 0, 7]);
    let cursor = watcher.cursor().clone();
    stub.state().rows[2].1 = Some("2026-01-06T00:00:00.000000Z".into());
    sort(&mut stub.state().rows);
    assert_eq!(take(&mut watcher, 1).await, [1]);
    assert_eq!(take(&mut watch(&stub, cursor), 1).await, [1]);
}

#[tokio::test]
async fn after_errors_the_pause_grows_and_a_success_ends_that() {
    let stub = Stub::start(rows(1)).await;
    let mut left = 3;
    stub.state().before = Box::new(move |_| {
        left -= 1;
        (left >= 0).then(|| Reply::new(500, "application/json", r#"{"message":"Server Error"}"#))
    });
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    let mut waits = Vec::new();
    for _ in 0..3 {
        let start = Instant::now();
        let error = watcher.next().await.unwrap_err();
        assert!(error.is_transient(), "{error}");
        waits.push(start.elapsed());
    }
    let start = Instant::now();
    assert_eq!(take(&mut watcher, 1).await, [0]);
    waits.push(start.elapsed());
    let least = [0, 200, 400, 800].map(Duration::from_millis);
    assert!(waits.iter().zip(least).all(|(wait, least)| *wait >= least), "{waits:?}");
    stub.state().rows[0].1 = Some(time(20_001));
    let start = Instant::now();
    assert_eq!(take(&mut watcher, 1).await, [0]);
    assert!(start.elapsed() < Duration::from_millis(1_500), "not twice the last pause");
}

#[tokio::test]
async fn a_watcher_waits_as_long_as_the_provider_asks() {
    let stub = Stub::start(rows(1)).await;
    let mut first = true;
    stub.state().before = Box::new(move |_| std::mem::take(&mut first).then(|| Reply::head(429, "retry-after: 1\r\n")));
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    watcher.next().await.unwrap_err();
    let start = Instant::now();
    assert_eq!(take(&mut watcher, 1).await, [0]);
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_watcher_is_a_stream() {
    let stub = Stub::start(rows(2)).await;
    let mut watcher = watch(&stub, ConversationCursor::beginning());
    for id in [1, 0] {
        let item = poll_fn(|context| Pin::new(&mut watcher).poll_next(context)).await;
        assert_eq!(item.expect("it never ends").unwrap().conversation.id, Some(id));
    }
    let shown = format!("{watcher:?}");
    assert!(shown.contains("ConversationWatcher") && !shown.contains(crate::support::CLIENT_SECRET), "{shown}");
}

#[tokio::test]
async fn no_poll_comes_before_the_interval() {
    let stub = Stub::start(rows(1)).await;
    let mut watcher = watch(&stub, ConversationCursor::beginning()).with_interval(Duration::from_millis(300));
    take(&mut watcher, 1).await;
    let start = Instant::now();
    assert!(timeout(Duration::from_millis(200), watcher.next()).await.is_err());
    tokio::select! {
        next = watcher.next() => panic!("{next:?}"),
        () = stub.answers(1) => {}
    }
    let waited = start.elapsed();
    assert!(waited >= Duration::from_millis(290), "{waited:?}");
    assert!(waited < Duration::from_millis(500), "a dropped future does not start the interval again: {waited:?}");
}

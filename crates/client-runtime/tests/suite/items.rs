//! A list as a stream: it ends, whatever the server says.

use std::future::poll_fn;
use zap_client_runtime::{Error, ErrorKind, Items, ListEnd};

use crate::api::{self, Bird};
use crate::loopback::{Reply, Server};

async fn take(items: &mut Items<'_, Bird>, count: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    while ids.len() < count {
        match items.next().await {
            Some(bird) => ids.push(bird.unwrap().id.unwrap()),
            None => break,
        }
    }
    ids
}

/// A page with these ids that names this last page.
fn page(ids: &[i64], last_page: &str) -> Reply {
    let items: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    let (items, last_page) =
        (items.join(","), if last_page.is_empty() { String::new() } else { format!(r#","last_page":{last_page}"#) });
    Reply::json(&format!(r#"{{"status":"success","data":{{"birds":{{"data":[{items}]{last_page}}}}}}}"#))
}

/// Why the list ended, how many pages and items were read, and whether that was all.
fn end(items: &Items<'_, Bird>) -> (ListEnd, u64, u64, Option<bool>) {
    let summary = items.summary().unwrap();
    (summary.end(), summary.pages(), summary.given(), summary.is_complete())
}

#[tokio::test]
async fn the_summary_says_why_a_list_ended_early() {
    // An error, and a server that repeats itself.
    let server = Server::start(Reply::new(403, "text/html", "")).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let mut items = client.birds();
    assert!(items.next().await.unwrap().is_err());
    assert_eq!(end(&items), (ListEnd::Failed, 0, 0, Some(false)));
    server.reply_with(page(&[1, 2], "9"));
    let mut items = client.birds();
    take(&mut items, usize::MAX).await;
    assert_eq!(end(&items), (ListEnd::NothingNew, 3, 2, Some(false)));
}

/// An end that the server does not give must not look like one that it does.
#[tokio::test]
async fn a_list_that_runs_ahead_ends_with_an_error() {
    let pages = (1..200).map(|number: i64| page(&[number], &(number + 1).to_string()));
    let (mut given, calls) = read(pages.collect()).await;
    let error = given.pop().unwrap().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::UnexpectedAnswer, "bird_list"));
    assert!(error.to_string().contains("does not end"), "{error}");
    assert_eq!((given.len(), calls), (104, 104));

    // Keys in other types are the same keys, and items without one are not repeated.
    let mixed = Reply::json(
        r#"{"status":"success","data":{"birds":{"data":[{"id":"1"},{"id":1.0},{"id":" 1"},{"name":"x"}],"last_page":1000000000000}}}"#,
    );
    let (given, calls) = read(vec![mixed]).await;
    assert_eq!((given.into_iter().map(Result::unwrap).collect::<Vec<_>>(), calls), (vec![1, 0], 3));
}

async fn read(replies: Vec<Reply>) -> (Vec<Result<i64, Error>>, usize) {
    let server = Server::sequence(replies).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let mut items = client.birds();
    let mut given = Vec::new();
    while let Some(item) = items.next().await {
        given.push(item.map(|bird| bird.id.unwrap_or_default()));
        assert!(given.len() < 500, "it never ends");
    }
    assert!(items.next().await.is_none());
    (given, server.requests().len())
}

#[tokio::test]
async fn a_hostile_server_cannot_keep_the_reader() {
    for (last_page, most) in
        [("1000000", 3), ("2", 2), ("1", 1), ("0", 1), ("-1", 1), ("null", 3), ("", 3), ("\"9\"", 3)]
    {
        let (given, calls) = read(vec![page(&[1, 2], last_page)]).await;
        let ids: Vec<_> = given.into_iter().map(Result::unwrap).collect();
        assert_eq!((ids, calls), (vec![1, 2], most), "last_page: {last_page}");
    }
    // The last page runs ahead of the reader.
    let (given, calls) =
        read((2..200).map(|number: i64| page(&[1, 2], &(number * number).to_string())).collect()).await;
    assert!(given.len() == 2 && calls < 25, "{calls}");
    // Items without an id cannot be distinguished.
    let nameless = r#"{"status":"success","data":{"birds":{"data":[{}],"last_page":3}}}"#;
    assert_eq!(read(vec![Reply::json(nameless)]).await.0.len(), 3);
    // Nothing where the page should be.
    for nothing in ["{}", r#"{"birds":null}"#, r#"{"birds":[]}"#, r#"{"birds":{"last_page":9}}"#, "[]"] {
        let (given, calls) = read(vec![Reply::json(&format!(r#"{{"status":"success","data":{nothing}}}"#))]).await;
        assert!(given.is_empty() && calls == 1, "{nothing}");
    }
}

#[tokio::test]
async fn an_error_is_the_last_item() {
    let refusal = Reply::json(r#"{"status":"error","remark":"subscription_required","message":["no"]}"#);
    let (mut given, calls) = read(vec![page(&[1, 2], "9"), refusal, page(&[3], "9")]).await;
    let error = given.pop().unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.remark(), given.len(), calls),
        (ErrorKind::Refused, Some("subscription_required"), 2, 2)
    );

    // A number of the last page that is not a number.
    let (given, _) = read(vec![page(&[1], "{\"a\":1}")]).await;
    assert_eq!(given[0].as_ref().unwrap_err().kind(), ErrorKind::Undecodable);

    // And one that is refused before it is sent.
    let server = Server::start(page(&[1], "1")).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let mut items = client.birds_from(0);
    assert_eq!(items.next().await.unwrap().unwrap_err().violations().len(), 1);
    assert!(items.next().await.is_none());
    assert_eq!(server.connections(), 0);
}

/// Dropping the wait for an item loses none.
#[tokio::test]
async fn an_item_can_be_waited_for_again() {
    let server = Server::start(page(&[1, 2], "1")).await;
    let client = api::by_header(&server.origin).build().unwrap();
    let mut items = client.birds();
    let mut first = Box::pin(items.next());
    poll_fn(|context| std::task::Poll::Ready(first.as_mut().poll(context).is_pending())).await;
    drop(first);
    assert_eq!(take(&mut items, 9).await, [1, 2]);
    assert_eq!(server.requests().len(), 1);
}

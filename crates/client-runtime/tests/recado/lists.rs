//! Lists whose next page is asked for with an offset, a cursor or a link.

use zap_client_runtime::{Error, ErrorKind, Items, ListEnd, ListSummary};

use crate::loopback::{Reply, Server};
use crate::types::Event;
use crate::{Client, TENANT, TOKEN, client};

/// An answer with these ids and this paging.
fn page(ids: &[i64], paging: &str) -> String {
    let events: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    format!(r#"{{"events":[{}],"paging":{{{paging}}}}}"#, events.join(","))
}

/// Reads a list whose pages are these, and returns the ids, why it ended, and the queries.
async fn read(
    replies: Vec<Reply>,
    items: impl for<'c> Fn(&'c Client) -> Items<'c, Event>,
) -> (Result<Vec<i64>, Error>, ListSummary, Vec<String>) {
    let server = Server::sequence(replies).await;
    let client = client(&server);
    let mut items = items(&client);
    let (mut ids, mut failed) = (Vec::new(), None);
    while let Some(event) = items.next().await {
        match event {
            Ok(event) => ids.push(event.id.unwrap()),
            Err(error) => failed = Some(error),
        }
    }
    let ids = failed.map_or(Ok(ids), Err);
    let query = |request: Vec<u8>| {
        let request = String::from_utf8(request).unwrap();
        assert!(request.contains(&format!("\r\nauthorization: Bearer {TOKEN}\r\n")), "{request}");
        let line = request.lines().next().unwrap();
        line.trim_start_matches("GET /v1/events/by-").trim_end_matches(" HTTP/1.1").to_owned()
    };
    let queries = server.requests().into_iter().map(query).collect();
    (ids, items.summary().unwrap(), queries)
}

fn json(pages: &[(&[i64], &str)]) -> Vec<Reply> {
    pages.iter().map(|(ids, paging)| Reply::json(&page(ids, paging))).collect()
}

fn ends(summary: &ListSummary) -> (ListEnd, Option<bool>) {
    (summary.end(), summary.is_complete())
}

#[tokio::test]
async fn an_offset_counts_the_items_before_the_page() {
    let pages = json(&[(&[1, 2], r#""total":3"#), (&[3], r#""total":3"#)]);
    let (ids, summary, queries) = read(pages, |client| client.events_by_offset().limit(2).items()).await;
    assert_eq!((ids.unwrap(), ends(&summary)), (vec![1, 2, 3], (ListEnd::LastPage, Some(true))));
    let first = format!("offset?tenant={TENANT}&limit=2");
    assert_eq!(queries, [first, format!("offset?tenant={TENANT}&skip=2&limit=2")]);

    // Without a total, an empty page ends the list; and a caller can start later.
    let pages = json(&[(&[8], r#""total":8"#)]);
    let (_, summary, _) = read(pages, |client| client.events_by_offset().skip(7).items()).await;
    assert_eq!(ends(&summary), (ListEnd::LastPage, None));
    let pages = json(&[(&[8], ""), (&[9], ""), (&[], "")]);
    let (ids, summary, queries) = read(pages, |client| client.events_by_offset().skip(7).items()).await;
    assert_eq!((ids.unwrap(), ends(&summary)), (vec![8, 9], (ListEnd::EmptyPage, None)));
    let offsets: Vec<_> = queries.iter().map(|query| query.rsplit('=').next().unwrap()).collect();
    assert_eq!(offsets, ["7", "8", "9"]);
}

#[tokio::test]
async fn a_cursor_is_sent_as_it_came() {
    for last in ["", r#""next":null"#, r#""next":"""#] {
        let pages = json(&[(&[1], r#""next":"a+b/ =&""#), (&[2], r#""next":7"#), (&[3], last)]);
        let (ids, summary, queries) = read(pages, |client| client.events_by_cursor().items()).await;
        assert_eq!((ids.unwrap(), ends(&summary)), (vec![1, 2, 3], (ListEnd::LastPage, None)), "{last}");
        let start = format!("cursor?tenant={TENANT}");
        assert_eq!(queries, [start.clone(), format!("{start}&after=a%2Bb%2F%20%3D%26"), format!("{start}&after=7")]);
    }
}

/// Only its query is used: a link to another host must not get the credentials.
#[tokio::test]
async fn a_link_leads_to_the_same_address_with_another_query() {
    let next = format!(r#""next_url":"https://elsewhere.example/x?limit=2&kind=a%20b&Token=t%2B1&tenant={TENANT}#x""#);
    let pages = json(&[(&[1], &next), (&[2], r#""next_url":"?PageToken=2""#), (&[3], "")]);
    let (ids, summary, queries) = read(pages, |client| client.events_by_link().kind("a b").limit(2).items()).await;
    assert_eq!((ids.unwrap(), ends(&summary)), (vec![1, 2, 3], (ListEnd::LastPage, None)));
    let start = format!("link?tenant={TENANT}");
    let expected = [
        format!("{start}&kind=a%20b&limit=2"),
        format!("{start}&limit=2&kind=a%20b&Token=t%2B1"),
        format!("{start}&PageToken=2"),
    ];
    assert_eq!(queries, expected);
}

/// The first page would come again, and the items of a list without keys with it.
#[tokio::test]
async fn a_link_whose_parameters_are_in_its_path_is_an_error() {
    for link in ["https://recado.example/v1/events/page-2", "/events?", &format!("/events?tenant={TENANT}")] {
        let pages = json(&[(&[1], &format!(r#""next_url":"{link}""#)), (&[1], "")]);
        let (result, summary, queries) = read(pages, |client| client.events_by_link().items()).await;
        let error = result.unwrap_err();
        assert_eq!((error.kind(), summary.end(), queries.len()), (ErrorKind::InvalidRequest, ListEnd::Failed, 1));
        assert!(error.to_string().contains("the link to it has no parameters"), "{error}");
    }
}

#[tokio::test]
async fn a_link_can_be_in_a_header() {
    let body = page(&[1], "");
    let head = format!(
        "HTTP/1.1 200 OK\r\nlink: </?p=1>; rel=prev, </?p=3>; rel=\"next\"\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let pages = vec![Reply::Bytes((head + &body).into_bytes()), Reply::json(&page(&[2], ""))];
    let (ids, summary, queries) = read(pages, |client| client.events_by_header().items()).await;
    assert_eq!((ids.unwrap(), summary.end()), (vec![1, 2], ListEnd::LastPage));
    assert_eq!(queries[1], format!("header?tenant={TENANT}&p=3"));
}

#[tokio::test]
async fn a_list_that_does_not_end_as_it_says_is_not_complete() {
    // A server that repeats itself, and an empty page that names another.
    let same: &[i64] = &[1];
    let pages = json(&[(same, r#""next":"a""#), (same, r#""next":"a""#), (same, r#""next":"a""#)]);
    let (ids, summary, queries) = read(pages, |client| client.events_by_cursor().items()).await;
    assert_eq!((ids.unwrap(), ends(&summary)), (vec![1], (ListEnd::NothingNew, Some(false))));
    assert!(queries.len() <= 3, "{queries:?}");
    let pages = json(&[(&[1], r#""next":"a""#), (&[], r#""next":"b""#)]);
    let (ids, summary, _) = read(pages, |client| client.events_by_cursor().items()).await;
    assert_eq!((ids.unwrap(), ends(&summary)), (vec![1], (ListEnd::EmptyPage, Some(false))));

    let pages = vec![Reply::json(&page(&[1], r#""next":"a""#)), Reply::new(403, "application/json", "{}")];
    let (result, summary, _) = read(pages, |client| client.events_by_cursor().items()).await;
    assert_eq!((result.unwrap_err().kind(), summary.end()), (ErrorKind::Refused, ListEnd::Failed));

    let pages = json(&[(&[1, 2], r#""next":"a""#), (&[3], r#""next":"b""#)]);
    let (ids, summary, queries) = read(pages, |client| client.events_by_cursor().items().max_pages(2)).await;
    assert_eq!((ids.unwrap().len(), ends(&summary), queries.len()), (3, (ListEnd::Limit, Some(false)), 2));
}

/// More pages than a list by number may have without saying how many there are.
#[tokio::test]
async fn a_list_by_cursor_may_be_long() {
    let pages: Vec<_> = (0..150).map(|id| Reply::json(&page(&[id], r#""next":"a""#))).collect();
    let pages = pages.into_iter().chain([Reply::json(&page(&[150], ""))]).collect();
    let (ids, summary, _) = read(pages, |client| client.events_by_cursor().items()).await;
    assert_eq!((ids.unwrap().len(), summary.end()), (151, ListEnd::LastPage));
}

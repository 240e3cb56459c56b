//! Lists as streams: whole, once each, and never for ever.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;

use externalapi_client::types::{Contact, Conversation, Template};
use externalapi_client::{Client, Credentials, Items, ListEnd, Provider};
use futures_core::Stream;
use zap_facade::{Error, ErrorKind};
use zap_sandbox::Sandbox;

use crate::support::{self, Reply, Server};

struct Twin {
    sandbox: Sandbox,
    client: Client,
}

impl Twin {
    async fn start() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let keys = sandbox.external_api_credentials();
        let client = Client::builder(Provider::EscalaZap, Credentials::new(keys.client_id, keys.client_secret))
            .base_url(sandbox.base_url(zap_sandbox::Provider::EscalaZap))
            .build()
            .unwrap();
        Self { sandbox, client }
    }

    /// Stores so many contacts, and returns their ids.
    async fn store(&self, count: u32) -> Vec<i64> {
        let mut ids = Vec::new();
        for number in 0..count {
            let mobile = format!("{}{number:05}", self.sandbox.total_calls() + 1000);
            let call = self.client.contact_store();
            let call = call.body_map(|b| b.firstname("Ana").lastname("Souza").mobile_code("880").mobile(mobile));
            ids.push(call.send().await.unwrap().into_inner().data.unwrap().contact.unwrap().id.unwrap());
        }
        ids
    }

    async fn delete(&self, id: i64) {
        self.client.contact_delete().contact_id(id).send().await.unwrap();
    }

    /// The ids of all contacts, on one page.
    async fn on_one_page(&self) -> Vec<i64> {
        let answer = self.client.contact_list().paginate(10_000).send().await.unwrap().into_inner();
        answer.data.unwrap().contacts.unwrap().data.unwrap().into_iter().map(|one| one.id.unwrap()).collect()
    }
}

async fn take(items: &mut Items<'_, Contact>, count: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    while ids.len() < count {
        match items.next().await {
            Some(contact) => ids.push(contact.unwrap().id.unwrap()),
            None => break,
        }
    }
    ids
}

fn assert_once(ids: &[i64]) {
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}

fn _a_stream_goes_anywhere(
    items: Items<'static, Contact>,
) -> impl Stream<Item = Result<Contact, Error>> + Send + Unpin {
    items
}

#[tokio::test]
async fn each_list_is_given_whole_and_in_order() {
    let twin = Twin::start().await;
    twin.store(25).await;
    let all = twin.on_one_page().await;
    let before = twin.sandbox.total_calls();
    let mut items = twin.client.contact_list().paginate(10).items();
    assert_eq!(twin.sandbox.total_calls(), before, "nothing is fetched before it is asked for");
    assert_eq!(take(&mut items, usize::MAX).await, all);
    let pages = u64::try_from(all.len().div_ceil(10)).unwrap();
    assert_eq!(twin.sandbox.total_calls() - before, pages, "one call a page");
    assert!(items.next().await.is_none() && items.next().await.is_none());
    assert_eq!(twin.sandbox.total_calls() - before, pages, "nothing after the end");

    // From a page on.
    assert_eq!(take(&mut twin.client.contact_list().paginate(10).page(2).items(), usize::MAX).await, all[10..]);

    // The other two lists, by the trait.
    let mut conversations: Vec<Conversation> = Vec::new();
    let mut items = twin.client.conversation_list().paginate(1).items();
    while let Some(item) = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        conversations.push(item.unwrap());
    }
    let whole = twin.client.conversation_list().paginate(1000).send().await.unwrap().into_inner();
    let whole = whole.data.unwrap().conversation.unwrap().data.unwrap();
    assert!(whole.len() > 1, "there is something to page through");
    assert_eq!(
        conversations.iter().map(|one| one.id).collect::<Vec<_>>(),
        whole.iter().map(|one| one.id).collect::<Vec<_>>()
    );
    let mut templates: Vec<Template> = Vec::new();
    let mut items = twin.client.template_list().paginate(1).items();
    while let Some(item) = items.next().await {
        templates.push(item.unwrap());
    }
    let whole = twin.client.template_list().paginate(1000).send().await.unwrap().into_inner();
    assert_eq!(templates.len(), whole.data.unwrap().templates.unwrap().data.unwrap().len());
}

#[tokio::test]
async fn a_list_that_shrinks_while_it_is_read_ends() {
    let twin = Twin::start().await;
    let stored = twin.store(30).await;
    let mut items = twin.client.contact_list().paginate(10).items();
    let mut given = take(&mut items, 10).await;
    for id in &stored {
        twin.delete(*id).await;
    }
    given.extend(take(&mut items, 100).await);
    assert_once(&given);
    assert!(given.len() >= 10 && items.next().await.is_none());

    // Those behind what was read move up: some are passed over, and none comes twice.
    let stored = twin.store(30).await;
    let mut items = twin.client.contact_list().paginate(10).items();
    let mut given = take(&mut items, 10).await;
    for id in &given[..4] {
        twin.delete(*id).await;
    }
    given.extend(take(&mut items, usize::MAX).await);
    assert_once(&given);
    assert_eq!(stored.iter().filter(|id| !given.contains(id)).count(), 4);
}

#[tokio::test]
async fn what_is_added_while_it_is_read_moves_nothing_out_and_repeats_nothing() {
    for (page_size, added) in [(10, 3), (10, 10), (10, 25), (1, 5)] {
        let twin = Twin::start().await;
        twin.store(25).await;
        let before = twin.on_one_page().await;
        let mut items = twin.client.contact_list().paginate(page_size).items();
        let mut given = take(&mut items, 12).await;
        twin.store(added).await;
        given.extend(take(&mut items, usize::MAX).await);
        assert_once(&given);
        let missing: Vec<_> = before.iter().filter(|id| !given.contains(id)).collect();
        assert!(missing.is_empty(), "{page_size} {added}: {missing:?}");
    }
}

/// A page with these ids that names this last page.
fn page(ids: &[i64], last_page: &str) -> Reply {
    let items: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    let (items, last_page) =
        (items.join(","), if last_page.is_empty() { String::new() } else { format!(r#","last_page":{last_page}"#) });
    Reply::json(&format!(r#"{{"status":"success","data":{{"contacts":{{"data":[{items}]{last_page}}}}}}}"#))
}

/// Why the list ended, how many pages and items were read, and whether that was all.
fn end(items: &Items<'_, Contact>) -> (ListEnd, u64, u64, Option<bool>) {
    let summary = items.summary().unwrap();
    (summary.end(), summary.pages(), summary.given(), summary.is_complete())
}

#[tokio::test]
async fn the_summary_says_whether_everything_was_given() {
    let twin = Twin::start().await;
    twin.store(25).await;
    let all = twin.on_one_page().await.len() as u64;
    let mut items = twin.client.contact_list().paginate(10).items();
    take(&mut items, 10).await;
    assert_eq!(items.summary(), None, "not before the end");
    take(&mut items, usize::MAX).await;
    assert_eq!(end(&items), (ListEnd::LastPage, all.div_ceil(10), all, Some(true)));
    assert_eq!(items.summary().unwrap().total(), Some(all));

    // Items deleted or added meanwhile.
    let mut items = twin.client.contact_list().paginate(10).items();
    let given = take(&mut items, 10).await;
    twin.delete(given[0]).await;
    take(&mut items, usize::MAX).await;
    assert_eq!(end(&items), (ListEnd::LastPage, all.div_ceil(10), all - 1, Some(false)));
    let mut items = twin.client.contact_list().paginate(10).items();
    take(&mut items, 10).await;
    twin.store(1).await;
    take(&mut items, usize::MAX).await;
    assert_eq!(items.summary().unwrap().is_complete(), Some(false));

    // Limits of the caller's.
    let mut items = twin.client.contact_list().paginate(10).items().max_pages(2);
    assert_eq!(take(&mut items, usize::MAX).await.len(), 20);
    assert_eq!(end(&items), (ListEnd::Limit, 2, 20, Some(false)));
    let mut items = twin.client.contact_list().paginate(10).items().max_items(13);
    assert_eq!(take(&mut items, usize::MAX).await.len(), 13);
    assert_eq!(end(&items), (ListEnd::Limit, 2, 13, Some(false)));
    let mut items = twin.client.contact_list().page(2).paginate(10).items();
    take(&mut items, usize::MAX).await;
    assert_eq!(items.summary().unwrap().is_complete(), None);

    // An error, and a server that repeats itself.
    let server = Server::start(Reply::new(403, "text/html", "")).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let mut items = client.contact_list().items();
    assert!(items.next().await.unwrap().is_err());
    assert_eq!(end(&items), (ListEnd::Failed, 0, 0, Some(false)));
    server.reply_with(page(&[1, 2], "9"));
    let mut items = client.contact_list().items();
    take(&mut items, usize::MAX).await;
    assert_eq!(end(&items), (ListEnd::NothingNew, 3, 2, Some(false)));
}

/// An end that the server does not give must not look like one that it does.
#[tokio::test]
async fn a_list_that_runs_ahead_ends_with_an_error() {
    let pages = (1..200).map(|number: i64| page(&[number], &(number + 1).to_string()));
    let (mut given, calls) = read(pages.collect()).await;
    let error = given.pop().unwrap().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::UnexpectedAnswer, "contact_list"));
    assert!(error.to_string().contains("does not end"), "{error}");
    assert_eq!((given.len(), calls), (104, 104));

    // Keys in other types are the same keys, and items without one are not repeated.
    let mixed = Reply::json(
        r#"{"status":"success","data":{"contacts":{"data":[{"id":"1"},{"id":1.0},{"id":" 1"},{"firstname":"x"}],"last_page":1000000000000}}}"#,
    );
    let (given, calls) = read(vec![mixed]).await;
    assert_eq!((given.into_iter().map(Result::unwrap).collect::<Vec<_>>(), calls), (vec![1, 0], 3));
}

async fn read(replies: Vec<Reply>) -> (Vec<Result<i64, Error>>, usize) {
    let server = Server::sequence(replies).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let mut items = client.contact_list().items();
    let mut given = Vec::new();
    while let Some(item) = items.next().await {
        given.push(item.map(|contact| contact.id.unwrap_or_default()));
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
    // Of what has no id nothing can be told apart.
    let nameless = r#"{"status":"success","data":{"contacts":{"data":[{}],"last_page":3}}}"#;
    assert_eq!(read(vec![Reply::json(nameless)]).await.0.len(), 3);
    // Nothing where the page should be.
    for nothing in ["{}", r#"{"contacts":null}"#, r#"{"contacts":[]}"#, r#"{"contacts":{"last_page":9}}"#, "[]"] {
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

    // A last page that is no number at all.
    let (given, _) = read(vec![page(&[1], "{\"a\":1}")]).await;
    assert_eq!(given[0].as_ref().unwrap_err().kind(), ErrorKind::Undecodable);

    // And one that is refused before it is sent.
    let server = Server::start(page(&[1], "1")).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let mut items = client.contact_list().paginate(0).items();
    assert_eq!(items.next().await.unwrap().unwrap_err().violations().len(), 1);
    assert!(items.next().await.is_none());
    assert_eq!(server.connections(), 0);
}

/// Dropping the wait for an item loses none.
#[tokio::test]
async fn an_item_can_be_waited_for_again() {
    let server = Server::start(page(&[1, 2], "1")).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let mut items = client.contact_list().items();
    let mut first = Box::pin(items.next());
    poll_fn(|context| std::task::Poll::Ready(first.as_mut().poll(context).is_pending())).await;
    drop(first);
    assert_eq!(take(&mut items, 9).await, [1, 2]);
    assert_eq!(server.requests().len(), 1);
}

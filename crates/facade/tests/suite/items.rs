//! Lists as streams of a sandbox: each item is returned once, also while the list changes.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;

use externalapi_client::types::{Contact, Conversation, Template};
use externalapi_client::{Client, Credentials, Items, ListEnd, Provider};
use futures_core::Stream;
use zap_facade::Error;
use zap_sandbox::Sandbox;

struct Emulator {
    sandbox: Sandbox,
    client: Client,
}

impl Emulator {
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
    let emulator = Emulator::start().await;
    emulator.store(25).await;
    let all = emulator.on_one_page().await;
    let before = emulator.sandbox.total_calls();
    let mut items = emulator.client.contact_list().paginate(10).items();
    assert_eq!(emulator.sandbox.total_calls(), before, "nothing is fetched before it is asked for");
    assert_eq!(take(&mut items, usize::MAX).await, all);
    let pages = u64::try_from(all.len().div_ceil(10)).unwrap();
    assert_eq!(emulator.sandbox.total_calls() - before, pages, "one call a page");
    assert!(items.next().await.is_none() && items.next().await.is_none());
    assert_eq!(emulator.sandbox.total_calls() - before, pages, "nothing after the end");

    // From a page on.
    assert_eq!(take(&mut emulator.client.contact_list().paginate(10).page(2).items(), usize::MAX).await, all[10..]);

    // The other two lists, by the trait.
    let mut conversations: Vec<Conversation> = Vec::new();
    let mut items = emulator.client.conversation_list().paginate(1).items();
    while let Some(item) = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        conversations.push(item.unwrap());
    }
    let whole = emulator.client.conversation_list().paginate(1000).send().await.unwrap().into_inner();
    let whole = whole.data.unwrap().conversation.unwrap().data.unwrap();
    assert!(whole.len() > 1, "there is something to page through");
    assert_eq!(
        conversations.iter().map(|one| one.id).collect::<Vec<_>>(),
        whole.iter().map(|one| one.id).collect::<Vec<_>>()
    );
    let mut templates: Vec<Template> = Vec::new();
    let mut items = emulator.client.template_list().paginate(1).items();
    while let Some(item) = items.next().await {
        templates.push(item.unwrap());
    }
    let whole = emulator.client.template_list().paginate(1000).send().await.unwrap().into_inner();
    assert_eq!(templates.len(), whole.data.unwrap().templates.unwrap().data.unwrap().len());
}

#[tokio::test]
async fn a_list_that_shrinks_while_it_is_read_ends() {
    let emulator = Emulator::start().await;
    let stored = emulator.store(30).await;
    let mut items = emulator.client.contact_list().paginate(10).items();
    let mut given = take(&mut items, 10).await;
    for id in &stored {
        emulator.delete(*id).await;
    }
    given.extend(take(&mut items, 100).await);
    assert_once(&given);
    assert!(given.len() >= 10 && items.next().await.is_none());

    // Those behind what was read move up: some are skipped, and none comes twice.
    let stored = emulator.store(30).await;
    let mut items = emulator.client.contact_list().paginate(10).items();
    let mut given = take(&mut items, 10).await;
    for id in &given[..4] {
        emulator.delete(*id).await;
    }
    given.extend(take(&mut items, usize::MAX).await);
    assert_once(&given);
    assert_eq!(stored.iter().filter(|id| !given.contains(id)).count(), 4);
}

#[tokio::test]
async fn what_is_added_while_it_is_read_moves_nothing_out_and_repeats_nothing() {
    for (page_size, added) in [(10, 3), (10, 10), (10, 25), (1, 5)] {
        let emulator = Emulator::start().await;
        emulator.store(25).await;
        let before = emulator.on_one_page().await;
        let mut items = emulator.client.contact_list().paginate(page_size).items();
        let mut given = take(&mut items, 12).await;
        emulator.store(added).await;
        given.extend(take(&mut items, usize::MAX).await);
        assert_once(&given);
        let missing: Vec<_> = before.iter().filter(|id| !given.contains(id)).collect();
        assert!(missing.is_empty(), "{page_size} {added}: {missing:?}");
    }
}

/// Why the list ended, how many pages and items were read, and whether that was all.
fn end(items: &Items<'_, Contact>) -> (ListEnd, u64, u64, Option<bool>) {
    let summary = items.summary().unwrap();
    (summary.end(), summary.pages(), summary.given(), summary.is_complete())
}

#[tokio::test]
async fn the_summary_says_whether_everything_was_given() {
    let emulator = Emulator::start().await;
    emulator.store(25).await;
    let all = emulator.on_one_page().await.len() as u64;
    let mut items = emulator.client.contact_list().paginate(10).items();
    take(&mut items, 10).await;
    assert_eq!(items.summary(), None, "not before the end");
    take(&mut items, usize::MAX).await;
    assert_eq!(end(&items), (ListEnd::LastPage, all.div_ceil(10), all, Some(true)));
    assert_eq!(items.summary().unwrap().total(), Some(all));

    // Items deleted or added meanwhile.
    let mut items = emulator.client.contact_list().paginate(10).items();
    let given = take(&mut items, 10).await;
    emulator.delete(given[0]).await;
    take(&mut items, usize::MAX).await;
    assert_eq!(end(&items), (ListEnd::LastPage, all.div_ceil(10), all - 1, Some(false)));
    let mut items = emulator.client.contact_list().paginate(10).items();
    take(&mut items, 10).await;
    emulator.store(1).await;
    take(&mut items, usize::MAX).await;
    assert_eq!(items.summary().unwrap().is_complete(), Some(false));

    // Limits of the caller's.
    let mut items = emulator.client.contact_list().paginate(10).items().max_pages(2);
    assert_eq!(take(&mut items, usize::MAX).await.len(), 20);
    assert_eq!(end(&items), (ListEnd::Limit, 2, 20, Some(false)));
    let mut items = emulator.client.contact_list().paginate(10).items().max_items(13);
    assert_eq!(take(&mut items, usize::MAX).await.len(), 13);
    assert_eq!(end(&items), (ListEnd::Limit, 2, 13, Some(false)));
    let mut items = emulator.client.contact_list().page(2).paginate(10).items();
    take(&mut items, usize::MAX).await;
    assert_eq!(items.summary().unwrap().is_complete(), None);
}

//! The ledger: the calls that reached the sandbox and what they delivered, in order.

mod bounded_log;
mod call;
mod credentials;
mod delivery;
mod entry;
mod feed;
mod header_lines;
mod media;
mod received;
mod recorded_body;
#[cfg(test)]
mod tests;

pub use call::{Call, FormPart, GivenAnswer, ReceivedFile, RequestBody, Sent};
pub use delivery::{DeliveredFile, Delivery, DeliveryKind, DeliveryState, Location, TemplateUse};
pub use received::{IncomingKind, Post, PostFailure, PostOutcome, PostState, ReceivedMessage};

pub(crate) use delivery::Draft;
pub(crate) use entry::{CUT, Entry, Excerpt};
pub(crate) use feed::{Event, Feed, Lagged};
pub(crate) use header_lines::HeaderLines;
pub(crate) use received::{Arrival, ChatOfMessage};
pub(crate) use recorded_body::{Part, RecordedBody, RecordedForm};

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, UNIX_EPOCH},
};

use bytes::Bytes;

use crate::{Provider, clock};

use bounded_log::BoundedLog;
use media::Media;

/// The most calls, deliveries and messages from customers, each, that are kept. The oldest are removed first.
const KEPT: usize = 10_000;

/// The calls, the deliveries, the files and the messages from customers of one sandbox.
#[derive(Debug)]
pub(crate) struct Ledger {
    inner: Mutex<Inner>,
    feed: Arc<Feed>,
}

#[derive(Debug)]
struct Inner {
    calls: BoundedLog<Entry>,
    deliveries: BoundedLog<Delivery>,
    media: Media,
    incoming: BoundedLog<ReceivedMessage>,
    /// How many messages from customers wait for their posts.
    unposted: usize,
    /// The scheduled deliveries: when each is due, and its id.
    waiting: BTreeSet<(u64, u64)>,
    total: u64,
    last_call: u64,
    /// The last id of a delivery or a message from a customer. They share one sequence, so that their order is known.
    last_delivery: u64,
}

/// Some rows of the ledger.
#[derive(Debug)]
pub(crate) struct Rows<T> {
    pub(crate) rows: Vec<Arc<T>>,
    /// How many rows the ledger no longer keeps.
    pub(crate) forgotten: u64,
}

/// Which rows of the ledger are requested.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LedgerQuery {
    /// Only rows with a higher id.
    pub(crate) after: Option<u64>,
    pub(crate) provider: Option<Provider>,
    /// At most this many rows: the first ones after `after`, or the last ones without it.
    pub(crate) limit: Option<usize>,
}

impl Ledger {
    /// Returns a ledger whose calls, deliveries and files may take `max_weight` bytes, each, and whose messages from
    /// customers may take `max_incoming` bytes.
    pub(crate) fn new(feed: Arc<Feed>, max_weight: usize, max_incoming: usize) -> Self {
        let inner = Inner {
            calls: BoundedLog::new(KEPT, max_weight),
            deliveries: BoundedLog::new(KEPT, max_weight),
            media: Media::new(max_weight),
            incoming: BoundedLog::new(KEPT, max_incoming),
            unposted: 0,
            waiting: BTreeSet::new(),
            total: 0,
            last_call: 0,
            last_delivery: 0,
        };
        Self { inner: Mutex::new(inner), feed }
    }

    /// Records a call and its deliveries, and gives them their ids.
    pub(crate) fn record(&self, mut entry: Entry, drafts: Vec<Draft>) {
        let weight = entry.weight();
        let operation = entry.operation.unwrap_or_default();
        let mut gone = Vec::new();
        let mut inner = self.lock();
        inner.total += 1;
        inner.last_call += 1;
        entry.id = inner.last_call;
        entry.deliveries.start = inner.last_delivery + 1;
        for draft in drafts {
            let delivery = Arc::new(inner.deliver(draft, &entry, operation));
            gone.extend(inner.keep(&delivery));
            self.feed.push(Event::Delivery(delivery));
        }
        entry.deliveries.end = inner.last_delivery + 1;
        let entry = Arc::new(entry);
        let forgotten = inner.calls.push(entry.id, Arc::clone(&entry), weight);
        self.feed.push(Event::Call(entry));
        drop(inner);
        // Dropping large rows takes time, during which other calls would wait for the ledger.
        drop((gone, forgotten));
    }

    /// Records a message from a customer, and gives it its id.
    pub(crate) fn receive(&self, arrival: Arrival) -> Arc<ReceivedMessage> {
        let posts = arrival.posts;
        let mut inner = self.lock();
        inner.last_delivery += 1;
        let message = Arc::new(arrival.with_id(inner.last_delivery));
        let forgotten = inner.incoming.push(message.id, Arc::clone(&message), message.weight(posts));
        inner.unposted += usize::from(message.post_state == PostState::Waiting);
        inner.unposted -= forgotten.iter().filter(|gone| gone.post_state == PostState::Waiting).count();
        self.feed.push(Event::Incoming(Arc::clone(&message)));
        drop(inner);
        drop(forgotten);
        message
    }

    /// Records a post of a message, unless the message is no longer kept.
    pub(crate) fn posted(&self, post: Post, is_last: bool) {
        let mut inner = self.lock();
        if let Some(message) = inner.incoming.get_mut(post.message) {
            Arc::make_mut(message).add_post(post, is_last);
            self.feed.push(Event::IncomingState(Arc::clone(message)));
            inner.unposted -= usize::from(is_last);
        }
    }

    pub(crate) fn incoming(&self, wanted: LedgerQuery) -> Rows<ReceivedMessage> {
        let inner = self.lock();
        Rows { rows: pick(&inner.incoming, wanted, |row| row.provider), forgotten: inner.incoming.forgotten() }
    }

    pub(crate) fn received(&self, id: u64) -> Option<Arc<ReceivedMessage>> {
        self.lock().incoming.get(id).cloned()
    }

    /// Whether a message waits for its posts.
    pub(crate) fn any_waits(&self) -> bool {
        self.lock().unposted > 0
    }

    /// Marks the deliveries that are due by now as sent.
    pub(crate) fn settle(&self, now: u64) {
        let mut inner = self.lock();
        while let Some((due, id)) = inner.waiting.first().copied().filter(|(due, _)| *due <= now) {
            inner.waiting.remove(&(due, id));
            if let Some(delivery) = inner.deliveries.get_mut(id) {
                Arc::make_mut(delivery).state = DeliveryState::Sent;
                self.feed.push(Event::DeliveryState(Arc::clone(delivery)));
            }
        }
    }

    /// Returns when the next delivery is due.
    pub(crate) fn next_due(&self) -> Option<u64> {
        self.lock().waiting.first().map(|(due, _)| *due)
    }

    pub(crate) fn calls(&self, wanted: LedgerQuery) -> Rows<Entry> {
        let inner = self.lock();
        Rows { rows: pick(&inner.calls, wanted, |row| row.provider), forgotten: inner.calls.forgotten() }
    }

    pub(crate) fn call(&self, id: u64) -> Option<Arc<Entry>> {
        self.lock().calls.get(id).cloned()
    }

    pub(crate) fn delivery(&self, id: u64) -> Option<Arc<Delivery>> {
        self.lock().deliveries.get(id).cloned()
    }

    pub(crate) fn deliveries(&self, wanted: LedgerQuery) -> Rows<Delivery> {
        let inner = self.lock();
        Rows { rows: pick(&inner.deliveries, wanted, |row| row.provider), forgotten: inner.deliveries.forgotten() }
    }

    /// Returns the bytes of a delivery's file and its media type, if they are still kept.
    pub(crate) fn media(&self, id: u64) -> Option<(Bytes, String)> {
        let inner = self.lock();
        let file = inner.deliveries.get(id)?.file.clone()?;
        Some((inner.media.get(id)?, file.media_type))
    }

    /// Returns about how many bytes calls, deliveries, files and messages from customers take.
    pub(crate) fn weight(&self) -> usize {
        let inner = self.lock();
        inner.calls.weight() + inner.deliveries.weight() + inner.media.weight() + inner.incoming.weight()
    }

    /// Returns how many calls there were since the start or the last reset.
    pub(crate) fn total(&self) -> u64 {
        self.lock().total
    }

    /// Forgets everything. Ids continue to increase, so that no client mistakes a new row for one that it knows.
    pub(crate) fn clear(&self) {
        let mut inner = self.lock();
        inner.calls.clear();
        inner.deliveries.clear();
        inner.media.clear();
        inner.incoming.clear();
        inner.unposted = 0;
        inner.waiting.clear();
        inner.total = 0;
        self.feed.push(Event::Reset);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // The ledger is consistent after every statement, so a panic elsewhere cannot have left it inconsistent.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn deliver(&mut self, draft: Draft, entry: &Entry, operation: &'static str) -> Delivery {
        self.last_delivery += 1;
        let id = self.last_delivery;
        let (file, bytes) = draft.file.map_or((None, None), |(file, bytes)| (Some(file), bytes));
        if let Some(bytes) = bytes {
            self.media.keep(id, bytes);
        }
        let due = draft.due.filter(|due| *due > entry.at);
        if let Some(due) = due {
            self.waiting.insert((due, id));
        }
        let time = |millis: u64| UNIX_EPOCH + Duration::from_millis(millis);
        Delivery {
            id,
            at: time(entry.at),
            provider: entry.provider,
            call: entry.id,
            operation,
            account: draft.account,
            conversation: draft.conversation,
            to: draft.to,
            name: draft.name,
            kind: draft.kind,
            text: draft.text,
            file,
            url: draft.url,
            location: draft.location,
            template: draft.template,
            state: if due.is_some() { DeliveryState::Scheduled } else { DeliveryState::Sent },
            due: draft.due.map(time),
        }
    }

    /// Keeps a delivery, and returns those that had to be removed.
    fn keep(&mut self, delivery: &Arc<Delivery>) -> Vec<Arc<Delivery>> {
        let forgotten = self.deliveries.push(delivery.id, Arc::clone(delivery), delivery.weight());
        for gone in &forgotten {
            if let Some(due) = gone.due {
                self.waiting.remove(&(clock::millis_of(due), gone.id));
            }
            self.media.forget_to(gone.id);
        }
        forgotten
    }
}

fn pick<T>(log: &BoundedLog<T>, wanted: LedgerQuery, provider: impl Fn(&T) -> Provider) -> Vec<Arc<T>> {
    let fits = |row: &&Arc<T>| wanted.provider.is_none_or(|wanted| wanted == provider(row));
    let limit = wanted.limit.unwrap_or(usize::MAX);
    let rows = log.after(wanted.after.unwrap_or(0)).filter(fits);
    if wanted.after.is_some() {
        rows.take(limit).cloned().collect()
    } else {
        let mut last: Vec<Arc<T>> = rows.rev().take(limit).cloned().collect();
        last.reverse();
        last
    }
}

//! How many posts arrived, and how each ended.

use std::sync::atomic::{AtomicU64, Ordering};

/// How many posts arrived since the receiver was built, by how they ended.
///
/// Every post that has ended is counted in exactly one of `received`, `duplicates`, `refused` and `overflowed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookCounters {
    /// Handed over to the channel, the handler or the extractor, including those that are unreadable.
    pub received: u64,
    /// Repeats of a message. Answered with 200 and dropped.
    pub duplicates: u64,
    /// Of those received: not a message.
    pub unreadable: u64,
    /// Not accepted: a wrong token, another method than POST, a body that is too large, too slow or not complete.
    pub refused: u64,
    /// Answered with 503, because the queue was full or its receiver was gone, or too many posts arrived at once.
    pub overflowed: u64,
    /// Of those received: the handler returned an error or panicked, or
    /// [`forget`](crate::webhook::ChatGuruWebhook::forget) was called.
    pub failed: u64,
    /// Messages that were forgotten before their window was over, because there were too many.
    /// See [`dedup_entries`](crate::webhook::WebhookReceiverBuilder::dedup_entries).
    pub forgotten_early: u64,
}

/// The counters themselves.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) received: AtomicU64,
    pub(super) duplicates: AtomicU64,
    pub(super) unreadable: AtomicU64,
    pub(super) refused: AtomicU64,
    pub(super) overflowed: AtomicU64,
    pub(super) failed: AtomicU64,
    pub(super) forgotten_early: AtomicU64,
}

impl Counters {
    pub(super) fn read(&self) -> WebhookCounters {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        WebhookCounters {
            received: read(&self.received),
            duplicates: read(&self.duplicates),
            unreadable: read(&self.unreadable),
            refused: read(&self.refused),
            overflowed: read(&self.overflowed),
            failed: read(&self.failed),
            forgotten_early: read(&self.forgotten_early),
        }
    }
}

pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// A post that has not ended. Counts it as refused when it is dropped, because a web server drops the future of a
/// request whose connection closes.
pub(super) struct Post<'a> {
    counters: &'a Counters,
    ended: bool,
}

impl<'a> Post<'a> {
    pub(super) fn new(counters: &'a Counters) -> Self {
        Self { counters, ended: false }
    }

    pub(super) fn end(mut self, counter: &AtomicU64) {
        self.ended = true;
        count(counter);
    }
}

impl Drop for Post<'_> {
    fn drop(&mut self) {
        if !self.ended {
            count(&self.counters.refused);
        }
    }
}

//! The events of a sandbox: a bounded list, and a notification for the event streams.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use tokio::sync::watch;

use super::{Delivery, Entry, ReceivedMessage};
use crate::clock;

/// The most events that are kept for clients that reconnect.
const KEPT: usize = 1000;

/// An event. Its data is written when it is sent.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Call(Arc<Entry>),
    Delivery(Arc<Delivery>),
    DeliveryState(Arc<Delivery>),
    Incoming(Arc<ReceivedMessage>),
    IncomingState(Arc<ReceivedMessage>),
    Webhook,
    Reset,
    Clock,
    Faults,
}

/// Some events after the last one that the client received are no longer kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lagged;

/// The events of one sandbox.
#[derive(Debug)]
pub(crate) struct Feed {
    inner: Mutex<Inner>,
    bell: watch::Sender<u64>,
    /// The most bytes that the events may take together.
    max_weight: usize,
}

#[derive(Debug)]
struct Inner {
    events: VecDeque<(u64, Event, usize)>,
    weight: usize,
    last: u64,
    /// By how much the clock had been advanced when that was last reported.
    reported_advance: u64,
}

impl Feed {
    pub(crate) fn new(max_weight: usize) -> Self {
        // Ids continue to increase when the program is restarted on the same port. A page that reconnects is therefore
        // sent a `resync`, instead of the events of another run.
        let first = clock::millis_of(SystemTime::now());
        let inner = Inner { events: VecDeque::new(), weight: 0, last: first, reported_advance: 0 };
        Self { inner: Mutex::new(inner), bell: watch::Sender::new(first), max_weight }
    }

    pub(crate) fn push(&self, event: Event) {
        let mut inner = self.lock();
        inner.push(event, self.max_weight);
        self.notify(&inner);
    }

    /// Reports an advance of the clock, unless it has been reported.
    pub(crate) fn clock_advanced(&self, advanced: u64) {
        let mut inner = self.lock();
        if inner.reported_advance != advanced {
            inner.reported_advance = advanced;
            inner.push(Event::Clock, self.max_weight);
            self.notify(&inner);
        }
    }

    /// Called under the lock, so that the notified ids never decrease.
    fn notify(&self, inner: &Inner) {
        // Fails if there is no receiver. A new one reads the events before it waits.
        let _ = self.bell.send(inner.last);
    }

    /// Returns the id of the newest event.
    pub(crate) fn last(&self) -> u64 {
        self.lock().last
    }

    /// Returns the first event after `id`, or an error if some later events are no longer kept. A client holds one
    /// event at a time, so that forgotten events are freed.
    pub(crate) fn after(&self, id: u64) -> Result<Option<(u64, Event)>, Lagged> {
        let inner = self.lock();
        let oldest = inner.events.front().map_or(inner.last + 1, |(first, ..)| *first);
        if id > inner.last || id + 1 < oldest {
            return Err(Lagged);
        }
        let at = usize::try_from(id + 1 - oldest).unwrap_or(usize::MAX);
        Ok(inner.events.get(at).map(|(id, event, _)| (*id, event.clone())))
    }

    /// Returns about how many bytes the first event after `id` takes, 0 if some later events are no longer kept, or
    /// `None` if there is none.
    pub(crate) fn weight_after(&self, id: u64) -> Option<usize> {
        let inner = self.lock();
        let oldest = inner.events.front().map_or(inner.last + 1, |(first, ..)| *first);
        if id > inner.last || id + 1 < oldest {
            return Some(0);
        }
        let at = usize::try_from(id + 1 - oldest).unwrap_or(usize::MAX);
        inner.events.get(at).map(|(.., weight)| *weight)
    }

    /// Returns about how many bytes the events take, including those that the ledger keeps too.
    pub(crate) fn weight(&self) -> usize {
        self.lock().weight
    }

    /// Returns a receiver that is notified of every event.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn push(&mut self, event: Event, max_weight: usize) {
        let weight = match &event {
            Event::Call(entry) => entry.weight(),
            Event::Delivery(delivery) | Event::DeliveryState(delivery) => delivery.weight(),
            Event::Incoming(message) | Event::IncomingState(message) => message.weight(message.posts.len()),
            Event::Webhook | Event::Reset | Event::Clock | Event::Faults => 1,
        };
        self.last += 1;
        self.weight += weight;
        self.events.push_back((self.last, event, weight));
        while self.events.len() > 1 && (self.events.len() > KEPT || self.weight > max_weight) {
            let Some((.., weight)) = self.events.pop_front() else { break };
            self.weight -= weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_gets_the_missed_events_or_an_error_if_some_are_gone() {
        let feed = Feed::new(usize::MAX);
        let start = feed.last();
        let since = |id: u64| {
            let mut ids = vec![id];
            while let Some((next, _)) = feed.after(*ids.last()?).ok()? {
                ids.push(next);
            }
            Some(ids.len() - 1)
        };
        assert_eq!(since(start), Some(0));
        assert!(since(start + 1).is_none() && since(start - 1).is_none() && since(u64::MAX).is_none());
        for _ in 0..KEPT {
            feed.push(Event::Reset);
        }
        assert_eq!(since(start), Some(KEPT));
        feed.push(Event::Faults);
        assert!(since(start).is_none());
        assert_eq!(since(feed.last() - 1), Some(1));
    }

    #[test]
    fn an_advance_of_the_clock_is_reported_once() {
        let feed = Feed::new(usize::MAX);
        let start = feed.last();
        for advanced in [0, 5, 5, 0] {
            feed.clock_advanced(advanced);
        }
        assert_eq!(feed.last() - start, 2);
    }
}

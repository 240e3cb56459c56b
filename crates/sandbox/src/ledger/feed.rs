//! What happened, for those who watch: a bounded list of events and a bell.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use tokio::sync::watch;

use super::{Delivery, Entry};
use crate::clock;

/// How many events are kept for those who come back.
const KEPT: usize = 1000;

/// Something that happened. What it says beyond that is written when it is sent.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Call(Arc<Entry>),
    Delivery(Arc<Delivery>),
    DeliveryState(Arc<Delivery>),
    Reset,
    Clock,
    Faults,
}

/// Events were missed that are not known any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lagged;

/// The events of one sandbox.
#[derive(Debug)]
pub(crate) struct Feed {
    inner: Mutex<Inner>,
    bell: watch::Sender<u64>,
    /// What the events may weigh together, in bytes.
    heaviest: usize,
}

#[derive(Debug)]
struct Inner {
    events: VecDeque<(u64, Event, usize)>,
    weight: usize,
    last: u64,
    /// How far the clock had been moved when that was last told.
    told_advance: u64,
}

impl Feed {
    pub(crate) fn new(heaviest: usize) -> Self {
        // Ids go on rising over restarts on one port, so that a page that comes back is told to
        // look anew, instead of getting another run's events as if they followed.
        let first = clock::millis_of(SystemTime::now());
        let inner = Inner { events: VecDeque::new(), weight: 0, last: first, told_advance: 0 };
        Self { inner: Mutex::new(inner), bell: watch::Sender::new(first), heaviest }
    }

    pub(crate) fn push(&self, event: Event) {
        let mut inner = self.lock();
        inner.push(event, self.heaviest);
        self.ring(&inner);
    }

    /// Tells that the clock was moved, if that has not been told.
    pub(crate) fn clock_advanced(&self, advanced: u64) {
        let mut inner = self.lock();
        if inner.told_advance != advanced {
            inner.told_advance = advanced;
            inner.push(Event::Clock, self.heaviest);
            self.ring(&inner);
        }
    }

    /// Under the lock, so that the bell never rings backwards.
    fn ring(&self, inner: &Inner) {
        // It fails when nobody watches. Who comes now looks at the events before it waits.
        let _ = self.bell.send(inner.last);
    }

    /// The id of the newest event.
    pub(crate) fn last(&self) -> u64 {
        self.lock().last
    }

    /// The first event after `id`; `Err` if some of those after it are forgotten. A watcher holds no more
    /// than one event, so that forgotten events are freed.
    pub(crate) fn after(&self, id: u64) -> Result<Option<(u64, Event)>, Lagged> {
        let inner = self.lock();
        let oldest = inner.events.front().map_or(inner.last + 1, |(first, ..)| *first);
        if id > inner.last || id + 1 < oldest {
            return Err(Lagged);
        }
        let at = usize::try_from(id + 1 - oldest).unwrap_or(usize::MAX);
        Ok(inner.events.get(at).map(|(id, event, _)| (*id, event.clone())))
    }

    /// What the first event after `id` weighs, or that not all are known any more; `None` if there is none.
    pub(crate) fn weight_after(&self, id: u64) -> Option<usize> {
        let inner = self.lock();
        let oldest = inner.events.front().map_or(inner.last + 1, |(first, ..)| *first);
        if id > inner.last || id + 1 < oldest {
            return Some(0);
        }
        let at = usize::try_from(id + 1 - oldest).unwrap_or(usize::MAX);
        inner.events.get(at).map(|(.., weight)| *weight)
    }

    /// About how many bytes the events take, those included that the ledger has, too.
    pub(crate) fn weight(&self) -> usize {
        self.lock().weight
    }

    /// Rings on every event.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn push(&mut self, event: Event, heaviest: usize) {
        let weight = match &event {
            Event::Call(entry) => entry.weight(),
            Event::Delivery(delivery) | Event::DeliveryState(delivery) => delivery.weight(),
            Event::Reset | Event::Clock | Event::Faults => 1,
        };
        self.last += 1;
        self.weight += weight;
        self.events.push_back((self.last, event, weight));
        while self.events.len() > 1 && (self.events.len() > KEPT || self.weight > heaviest) {
            let Some((.., weight)) = self.events.pop_front() else { break };
            self.weight -= weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_missed_or_that_too_much_was() {
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
    fn a_moved_clock_is_told_once() {
        let feed = Feed::new(usize::MAX);
        let start = feed.last();
        for advanced in [0, 5, 5, 0] {
            feed.clock_advanced(advanced);
        }
        assert_eq!(feed.last() - start, 2);
    }
}

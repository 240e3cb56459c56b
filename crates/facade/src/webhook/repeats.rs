//! The messages of the last minutes, to recognise repeats.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::fingerprint::Fingerprint;

/// The fingerprints that arrived within a window.
pub(super) struct Repeats {
    window: Duration,
    entries: usize,
    seen: HashSet<Fingerprint>,
    /// The same, oldest first, with the time at which they arrived.
    order: VecDeque<(Instant, Fingerprint)>,
}

/// What became of a fingerprint that was noted.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Noted {
    New,
    /// It is new, and the oldest was dropped to make room.
    NewInsteadOfOldest,
    Repeat,
}

impl Repeats {
    pub(super) fn new(window: Duration, entries: usize) -> Self {
        Self { window, entries, seen: HashSet::new(), order: VecDeque::new() }
    }

    /// Returns whether a fingerprint arrived within the window.
    pub(super) fn has(&mut self, fingerprint: Fingerprint) -> bool {
        self.drop_old();
        self.seen.contains(&fingerprint)
    }

    /// Notes that a fingerprint arrived. A repeat does not prolong the window of the first.
    pub(super) fn note(&mut self, fingerprint: Fingerprint) -> Noted {
        if self.window.is_zero() {
            return Noted::New;
        }
        self.drop_old();
        if self.seen.contains(&fingerprint) {
            return Noted::Repeat;
        }
        let full = self.order.len() >= self.entries;
        if full {
            self.drop_oldest();
        }
        self.seen.insert(fingerprint);
        self.order.push_back((Instant::now(), fingerprint));
        if full { Noted::NewInsteadOfOldest } else { Noted::New }
    }

    /// Forgets a fingerprint, so that a repeat is accepted.
    pub(super) fn forget(&mut self, fingerprint: Fingerprint) {
        if self.seen.remove(&fingerprint) {
            self.order.retain(|(_, other)| *other != fingerprint);
        }
    }

    fn drop_old(&mut self) {
        while self.order.front().is_some_and(|(since, _)| since.elapsed() >= self.window) {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some((_, oldest)) = self.order.pop_front() {
            self.seen.remove(&oldest);
        }
    }
}

//! The activity of a connection: what it waits for, and since when.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

/// The activity of a connection: what it waits for, and since when. Clones share the state.
#[derive(Clone, Debug)]
pub(crate) struct Activity {
    started: Instant,
    pub(super) since: Arc<Since>,
}

/// When each state began, in microseconds after the start of the server, or 0 if the connection is not in it.
#[derive(Debug, Default)]
pub(super) struct Since {
    pub(super) idle: AtomicU64,
    pub(super) reading: AtomicU64,
    pub(super) writing: AtomicU64,
}

impl Activity {
    /// Returns the activity of a new connection, which is idle.
    pub(crate) fn new(started: Instant) -> Self {
        let activity = Self { started, since: Arc::default() };
        activity.set_idle();
        activity
    }

    /// A request is being read.
    pub(crate) fn start_reading(&self) {
        self.since.reading.store(micros(self.started), Ordering::Relaxed);
        self.since.idle.store(0, Ordering::Relaxed);
    }

    /// A request is being processed, or an event stream waits for events. The connection does not wait for its caller.
    pub(crate) fn start_processing(&self) {
        self.since.reading.store(0, Ordering::Relaxed);
        self.since.idle.store(0, Ordering::Relaxed);
    }

    /// The last request was answered, or none has arrived yet.
    pub(crate) fn set_idle(&self) {
        self.since.reading.store(0, Ordering::Relaxed);
        self.since.idle.store(micros(self.started), Ordering::Relaxed);
    }

    /// Sets whether bytes wait to be written.
    pub(crate) fn set_writing(&self, waits: bool) {
        let since = if waits { micros(self.started) } else { 0 };
        self.since.writing.store(since, Ordering::Relaxed);
    }

    /// Returns when the connection became idle, if it is idle and has nothing to write.
    pub(super) fn idle_since(&self) -> Option<u64> {
        time(&self.since.idle).filter(|_| time(&self.since.writing).is_none())
    }

    /// Returns since when the connection waits for its caller: to read an answer, or to send a body or a request.
    pub(super) fn waits_since(&self) -> Option<u64> {
        time(&self.since.writing).or_else(|| time(&self.since.reading)).or_else(|| time(&self.since.idle))
    }
}

fn time(since: &AtomicU64) -> Option<u64> {
    Some(since.load(Ordering::Relaxed)).filter(|since| *since > 0)
}

/// Returns the microseconds after `started`, at least 1.
pub(super) fn micros(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX).max(1)
}

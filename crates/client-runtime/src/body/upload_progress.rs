//! How far an upload has got.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

/// How far the network has got with a request.
#[derive(Debug)]
pub(crate) struct Progress {
    /// Whether files are in it, so that it takes its time.
    pub(crate) files: bool,
    bytes: AtomicU64,
    done: AtomicBool,
    last: Mutex<Option<Instant>>,
}

impl Progress {
    pub(crate) fn new(files: bool) -> Self {
        Self { files, bytes: AtomicU64::new(0), done: AtomicBool::new(false), last: Mutex::new(None) }
    }

    /// How many bytes of the body the network has taken.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Whether it has taken all of them.
    pub(crate) fn is_done(&self) -> bool {
        self.done.load(Ordering::Relaxed)
    }

    /// When it took something last; `None` until a connection takes the request.
    pub(crate) fn last(&self) -> Option<Instant> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn moved(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// The network has taken `length` more bytes.
    pub(crate) fn take(&self, length: u64) {
        self.bytes.fetch_add(length, Ordering::Relaxed);
        self.moved();
    }

    /// The network has taken all of the body.
    pub(crate) fn finish(&self) {
        self.done.store(true, Ordering::Relaxed);
    }
}

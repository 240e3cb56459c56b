//! The progress of an upload.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

/// How much of a request body the network has taken.
#[derive(Debug)]
pub(crate) struct UploadProgress {
    /// Whether the body has files, so that the upload may take long.
    pub(crate) files: bool,
    bytes: AtomicU64,
    done: AtomicBool,
    last: Mutex<Option<Instant>>,
}

impl UploadProgress {
    pub(crate) fn new(files: bool) -> Self {
        Self { files, bytes: AtomicU64::new(0), done: AtomicBool::new(false), last: Mutex::new(None) }
    }

    /// Returns how many bytes of the body the network has taken.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Returns whether the network has taken all of the body.
    pub(crate) fn is_done(&self) -> bool {
        self.done.load(Ordering::Relaxed)
    }

    /// Returns when the network took the last bytes; `None` until a connection accepts the request.
    pub(crate) fn last(&self) -> Option<Instant> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the upload makes progress.
    pub(crate) fn moved(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Notes that the network has taken `length` more bytes.
    pub(crate) fn take(&self, length: u64) {
        self.bytes.fetch_add(length, Ordering::Relaxed);
        self.moved();
    }

    /// Notes that the network has taken all of the body.
    pub(crate) fn finish(&self) {
        self.done.store(true, Ordering::Relaxed);
    }
}

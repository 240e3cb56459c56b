//! Reservations of memory in flight, counted for each connection.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::http::Extensions;
use bytes::Bytes;
use tokio::time::timeout;

use super::Memory;

/// How often a request that waits for memory checks for it.
const ASK: Duration = Duration::from_millis(50);

/// The memory in flight that one connection holds.
#[derive(Debug)]
pub(crate) struct ConnectionMemory {
    server: Arc<Memory>,
    held: AtomicUsize,
    /// Whether a request waits for memory.
    waits: AtomicBool,
    /// When a wait for memory last succeeded, in microseconds after the start of the server, or 0 for never.
    granted: AtomicU64,
    /// Whether a wait for memory timed out.
    starved: AtomicBool,
}

impl ConnectionMemory {
    pub(crate) fn new(server: Arc<Memory>) -> Arc<Self> {
        Arc::new(Self {
            server,
            held: AtomicUsize::new(0),
            waits: AtomicBool::default(),
            granted: AtomicU64::default(),
            starved: AtomicBool::default(),
        })
    }

    /// Returns the memory of the connection on which a request arrived, or a new one for a request without a connection.
    pub(crate) fn of(extensions: &Extensions, server: &Arc<Memory>) -> Arc<Self> {
        extensions.get::<Arc<Self>>().map_or_else(|| Self::new(Arc::clone(server)), Arc::clone)
    }

    /// Returns how many bytes the connection holds.
    pub(crate) fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    pub(crate) fn server(&self) -> &Memory {
        &self.server
    }

    /// Whether a request waits for memory, and so not for its caller.
    pub(crate) fn waits_for_memory(&self) -> bool {
        self.waits.load(Ordering::Relaxed)
    }

    /// Returns when a wait for memory last succeeded, in microseconds after the start of the server.
    pub(crate) fn granted(&self) -> u64 {
        self.granted.load(Ordering::Relaxed)
    }

    /// Whether a request could not be read because no memory was free in time.
    pub(crate) fn is_starved(&self) -> bool {
        self.starved.load(Ordering::Relaxed)
    }
}

/// Bytes that count as memory in flight of a connection until this is dropped.
#[derive(Debug)]
pub(crate) struct Reservation {
    memory: Arc<ConnectionMemory>,
    bytes: usize,
}

impl Reservation {
    /// Returns a reservation of no bytes.
    pub(crate) fn empty(memory: &Arc<ConnectionMemory>) -> Self {
        Self { memory: Arc::clone(memory), bytes: 0 }
    }

    /// Returns a reservation outside a server, for tests.
    #[cfg(test)]
    pub(crate) fn detached() -> Self {
        Self::empty(&ConnectionMemory::new(Memory::new(super::LIMIT, Duration::ZERO)))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn memory(&self) -> &Arc<ConnectionMemory> {
        &self.memory
    }

    /// Counts more bytes, which are already in memory.
    pub(crate) fn add(&mut self, bytes: usize) {
        self.memory.server.add(bytes);
        self.grow(bytes);
    }

    /// Counts more bytes if that many are free.
    pub(crate) fn try_add(&mut self, bytes: usize) -> bool {
        let fits = self.memory.server.try_add(bytes);
        if fits {
            self.grow(bytes);
        }
        fits
    }

    /// Waits until this many more bytes are free, and counts them. Returns `false` if the wait times out.
    pub(crate) async fn wait_for(&mut self, bytes: usize) -> bool {
        let until = Instant::now() + self.memory.server.io_timeout;
        while !self.try_add(bytes) {
            if Instant::now() >= until {
                self.memory.starved.store(true, Ordering::Relaxed);
                return false;
            }
            self.memory.waits.store(true, Ordering::Relaxed);
            self.memory.server.pressure.notify_one();
            // Memory may be freed before this begins to wait, so the wait is short.
            let _ = timeout(ASK, self.memory.server.freed.notified()).await;
        }
        if self.memory.waits.swap(false, Ordering::Relaxed) {
            let now = self.memory.server.started.elapsed().as_micros();
            self.memory.granted.store(u64::try_from(now).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
        true
    }

    /// Lowers the count to `bytes`, if it is higher.
    pub(crate) fn shrink_to(&mut self, bytes: usize) {
        if let Some(less) = self.bytes.checked_sub(bytes).filter(|less| *less > 0) {
            self.bytes = bytes;
            self.memory.held.fetch_sub(less, Ordering::Relaxed);
            self.memory.server.subtract(less);
        }
    }

    fn grow(&mut self, bytes: usize) {
        self.bytes += bytes;
        self.memory.held.fetch_add(bytes, Ordering::Relaxed);
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.shrink_to(0);
    }
}

/// Returns bytes that count as memory in flight until the last part of them is dropped.
pub(crate) fn counted(bytes: impl AsRef<[u8]> + Send + 'static, conn_memory: &Arc<ConnectionMemory>) -> Bytes {
    struct Counted<T> {
        bytes: T,
        _held: Reservation,
    }

    impl<T: AsRef<[u8]>> AsRef<[u8]> for Counted<T> {
        fn as_ref(&self) -> &[u8] {
            self.bytes.as_ref()
        }
    }

    let mut held = Reservation::empty(conn_memory);
    held.add(bytes.as_ref().len());
    Bytes::from_owner(Counted { bytes, _held: held })
}

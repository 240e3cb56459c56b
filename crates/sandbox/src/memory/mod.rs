//! The memory limit of a server: what it keeps, and what is in flight (being received, processed or sent).

mod reservation;

pub(crate) use reservation::{ConnectionMemory, Reservation, counted};

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::Notify;

/// The default limit of a server.
pub(crate) const LIMIT: usize = 512 * 1024 * 1024;
/// The lowest limit with which a server works.
pub(crate) const LEAST: usize = 16 * 1024 * 1024;

/// The memory of one server. Each thing that it keeps has a fixed share of the limit, and everything in flight has one
/// share together.
#[derive(Debug)]
pub(crate) struct Memory {
    started: Instant,
    limit: usize,
    /// How long a request waits for memory.
    io_timeout: Duration,
    /// Bytes in flight: request heads and bodies being read, requests being processed, answers not yet written.
    in_flight: AtomicUsize,
    /// The most bytes that were ever in flight.
    peak: AtomicUsize,
    /// Notified when memory in flight is freed.
    freed: Notify,
    /// Notified when too much is in flight, or a request waits for memory.
    pressure: Notify,
}

/// The memory that a sandbox uses, as far as it counts it. See [`Sandbox::memory`](crate::Sandbox::memory).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemoryUse {
    /// The limit of the whole sandbox, in bytes.
    pub limit: usize,
    /// Bytes that are kept: calls, deliveries, files, messages from customers, waiting posts, events, rows, custom
    /// fields and faults.
    pub kept: usize,
    /// Bytes in flight: requests that are being read or processed, and answers that are being sent.
    pub in_flight: usize,
    /// The most bytes that were in flight at once.
    pub peak_in_flight: usize,
}

impl Memory {
    pub(crate) fn new(limit: usize, io_timeout: Duration) -> Arc<Self> {
        Arc::new(Self {
            started: Instant::now(),
            limit: limit.max(LEAST),
            io_timeout,
            in_flight: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            freed: Notify::new(),
            pressure: Notify::new(),
        })
    }

    pub(crate) fn io_timeout(&self) -> Duration {
        self.io_timeout
    }

    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Returns the share of the calls, of the deliveries, and of the files, each.
    pub(crate) fn ledger_share(&self) -> usize {
        self.limit / 8
    }

    /// Returns the share of the messages from customers.
    pub(crate) fn incoming_share(&self) -> usize {
        self.limit / 64
    }

    /// Returns the share of the posts that wait.
    pub(crate) fn poster_share(&self) -> usize {
        self.limit / 128
    }

    /// Returns the share of the custom fields and variables that calls set on `ChatGuru` chats.
    pub(crate) fn details_share(&self) -> usize {
        self.limit / 128
    }

    /// Returns the share of the events that are kept for clients that reconnect.
    pub(crate) fn feed_share(&self) -> usize {
        self.limit / 32
    }

    /// Returns the share of the contacts and conversations that calls create, for each instance.
    pub(crate) fn instance_share(&self) -> usize {
        self.limit / 16
    }

    /// Returns the share of the faults in force.
    pub(crate) fn fault_share(&self) -> usize {
        self.limit / 128
    }

    /// Returns the share of everything in flight.
    pub(crate) fn in_flight_share(&self) -> usize {
        self.limit / 128 * 43
    }

    /// Returns how much one request may take besides its files: 8 MiB, or less under a low limit.
    pub(crate) fn request_share(&self) -> usize {
        (self.in_flight_share() / 4).min(8 * 1024 * 1024)
    }

    pub(crate) fn in_flight(&self) -> usize {
        self.in_flight.load(Ordering::Relaxed)
    }

    pub(crate) fn peak_in_flight(&self) -> usize {
        self.peak.load(Ordering::Relaxed)
    }

    /// Waits until too much is in flight, or a request waits for memory.
    pub(crate) async fn pressure(&self) {
        self.pressure.notified().await;
    }

    /// Whether the share is exceeded so far that no connection may be spared.
    pub(crate) fn is_over(&self) -> bool {
        self.in_flight() > self.in_flight_share() / 4 * 5
    }

    fn add(&self, bytes: usize) {
        let now = self.in_flight.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.peak.fetch_max(now, Ordering::Relaxed);
        if now > self.in_flight_share() {
            self.pressure.notify_one();
        }
    }

    fn try_add(&self, bytes: usize) -> bool {
        let more = |in_flight: usize| Some(in_flight + bytes).filter(|sum| *sum <= self.in_flight_share());
        match self.in_flight.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more) {
            Ok(before) => {
                self.peak.fetch_max(before + bytes, Ordering::Relaxed);
                true
            }
            Err(_) => false,
        }
    }

    fn subtract(&self, bytes: usize) {
        self.in_flight.fetch_sub(bytes, Ordering::Relaxed);
        self.freed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_do_not_exceed_the_limit() {
        for limit in [LEAST, LIMIT, 100_000_000] {
            let memory = Memory::new(limit, Duration::ZERO);
            let kept = 3 * memory.ledger_share() + memory.feed_share() + 3 * memory.instance_share();
            // The number of ChatGuru's chats, messages and jobs is bounded: they take at most 1/32 of the default limit.
            let rest = memory.details_share() + memory.fault_share() + limit / 32;
            let received = memory.incoming_share() + memory.poster_share();
            assert!(kept + received + memory.in_flight_share() + rest <= memory.limit(), "{limit}");
        }
    }

    #[tokio::test]
    async fn a_reservation_is_counted_until_it_is_dropped() {
        let memory = Memory::new(LEAST, Duration::from_millis(20));
        let (one, other) = (ConnectionMemory::new(Arc::clone(&memory)), ConnectionMemory::new(Arc::clone(&memory)));
        let share = memory.in_flight_share();
        let mut held = Reservation::empty(&one);
        assert!(held.try_add(share) && !held.try_add(1));
        held.shrink_to(share - 5);
        let bytes = counted(vec![0; 5], &other);
        let part = bytes.slice(1..2);
        drop(bytes);
        assert_eq!((memory.in_flight(), one.held(), other.held()), (share, share - 5, 5));
        let mut third = Reservation::empty(&other);
        assert!(!third.wait_for(1).await);
        drop(part);
        assert!(third.wait_for(5).await);
        drop((held, third));
        assert_eq!((memory.in_flight(), memory.peak_in_flight()), (0, share));
    }

    #[tokio::test]
    async fn a_waiting_request_gets_the_freed_memory() {
        let memory = Memory::new(LEAST, Duration::from_secs(60));
        let conn_memory = ConnectionMemory::new(Arc::clone(&memory));
        let mut held = Reservation::empty(&conn_memory);
        held.add(memory.in_flight_share());
        let waiting = {
            let conn_memory = Arc::clone(&conn_memory);
            tokio::spawn(async move { Reservation::empty(&conn_memory).wait_for(10).await })
        };
        memory.pressure().await;
        drop(held);
        assert!(waiting.await.unwrap());
    }
}

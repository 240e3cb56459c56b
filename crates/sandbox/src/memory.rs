//! What the server may hold in memory, as a whole: what it keeps, and what is on its way in or out.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::{sync::Notify, time::timeout};

/// The limit of a whole server if nobody sets another.
pub(crate) const LIMIT: usize = 512 * 1024 * 1024;
/// The least that a server can work with.
pub(crate) const LEAST: usize = 16 * 1024 * 1024;
/// How often a caller that waits for memory asks for it.
const ASK: Duration = Duration::from_millis(50);

/// The memory of one server. Everything that it keeps has a fixed share of the limit, and everything
/// that is on its way has one together.
#[derive(Debug)]
pub(crate) struct Memory {
    started: Instant,
    limit: usize,
    /// How long a request waits for room.
    patience: Duration,
    /// What is on its way: heads and bodies that are being read, requests that are worked on, answers
    /// that are not written yet.
    moving: AtomicUsize,
    /// The most that ever was.
    peak: AtomicUsize,
    /// Rings when some of it is free again.
    freed: Notify,
    /// Rings when there is too much of it.
    pressed: Notify,
}

/// What a server holds in memory, as far as it counts it. See [`Sandbox::memory`](crate::Sandbox::memory).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemoryUse {
    /// The limit of the whole server, in bytes.
    pub limit: usize,
    /// Bytes of what is kept: calls, deliveries, files, events, rows and faults.
    pub kept: usize,
    /// Bytes of what is on its way: requests that are read or worked on, and answers.
    pub moving: usize,
    /// The most bytes that were on their way at once.
    pub peak_moving: usize,
}

impl Memory {
    pub(crate) fn new(limit: usize, patience: Duration) -> Arc<Self> {
        Arc::new(Self {
            started: Instant::now(),
            limit: limit.max(LEAST),
            patience,
            moving: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            freed: Notify::new(),
            pressed: Notify::new(),
        })
    }

    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// What the calls, the deliveries, and the files may weigh, each.
    pub(crate) fn ledger_share(&self) -> usize {
        self.limit / 8
    }

    /// What the events may weigh that are kept for those who come back.
    pub(crate) fn feed_share(&self) -> usize {
        self.limit / 32
    }

    /// What the contacts and conversations that calls made may weigh, of each instance.
    pub(crate) fn instance_share(&self) -> usize {
        self.limit / 16
    }

    /// What the faults in force may weigh.
    pub(crate) fn fault_share(&self) -> usize {
        self.limit / 128
    }

    /// What may be on its way.
    pub(crate) fn moving_share(&self) -> usize {
        self.limit / 32 * 11
    }

    /// What one request may make the server hold besides its files: 8 MiB unless memory is scarce.
    pub(crate) fn request_share(&self) -> usize {
        (self.moving_share() / 4).min(8 * 1024 * 1024)
    }

    pub(crate) fn moving(&self) -> usize {
        self.moving.load(Ordering::Relaxed)
    }

    pub(crate) fn peak_moving(&self) -> usize {
        self.peak.load(Ordering::Relaxed)
    }

    /// Waits until there is too much on its way, or somebody waits for room.
    pub(crate) async fn pressed(&self) {
        self.pressed.notified().await;
    }

    /// Whether there is so much too much on its way that nobody may be spared.
    pub(crate) fn is_over(&self) -> bool {
        self.moving() > self.moving_share() / 4 * 5
    }

    fn add(&self, bytes: usize) {
        let now = self.moving.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.peak.fetch_max(now, Ordering::Relaxed);
        if now > self.moving_share() {
            self.pressed.notify_one();
        }
    }

    fn try_add(&self, bytes: usize) -> bool {
        let more = |moving: usize| Some(moving + bytes).filter(|sum| *sum <= self.moving_share());
        match self.moving.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more) {
            Ok(before) => {
                self.peak.fetch_max(before + bytes, Ordering::Relaxed);
                true
            }
            Err(_) => false,
        }
    }

    fn subtract(&self, bytes: usize) {
        self.moving.fetch_sub(bytes, Ordering::Relaxed);
        self.freed.notify_waiters();
    }
}

/// What one connection holds of what is on its way.
#[derive(Debug)]
pub(crate) struct Load {
    memory: Arc<Memory>,
    held: AtomicUsize,
    /// It waits for room.
    waits: AtomicBool,
    /// When it last got the room that it waited for, in microseconds after the start; 0 for never.
    granted: AtomicU64,
    /// It waited for room in vain.
    starved: AtomicBool,
}

impl Load {
    pub(crate) fn new(memory: Arc<Memory>) -> Arc<Self> {
        Arc::new(Self {
            memory,
            held: AtomicUsize::new(0),
            waits: AtomicBool::default(),
            granted: AtomicU64::default(),
            starved: AtomicBool::default(),
        })
    }

    /// How many bytes the connection holds.
    pub(crate) fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    pub(crate) fn memory(&self) -> &Arc<Memory> {
        &self.memory
    }

    /// Whether it waits for room, and so not for its caller.
    pub(crate) fn waits_for_room(&self) -> bool {
        self.waits.load(Ordering::Relaxed)
    }

    /// When it last got the room that it waited for, in microseconds after the start of the server.
    pub(crate) fn granted(&self) -> u64 {
        self.granted.load(Ordering::Relaxed)
    }

    /// Whether a request could not be read for want of room.
    pub(crate) fn is_starved(&self) -> bool {
        self.starved.load(Ordering::Relaxed)
    }
}

/// Memory that a connection holds, given back when dropped.
#[derive(Debug)]
pub(crate) struct Held {
    load: Arc<Load>,
    bytes: usize,
}

impl Held {
    pub(crate) fn none(load: &Arc<Load>) -> Self {
        Self { load: Arc::clone(load), bytes: 0 }
    }

    /// For tests, and for what is no part of a server.
    #[cfg(test)]
    pub(crate) fn detached() -> Self {
        Self::none(&Load::new(Memory::new(LIMIT, Duration::ZERO)))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn load(&self) -> &Arc<Load> {
        &self.load
    }

    /// Counts more that is there already.
    pub(crate) fn add(&mut self, bytes: usize) {
        self.load.memory.add(bytes);
        self.grow(bytes);
    }

    /// Counts more if there is room for it.
    pub(crate) fn try_add(&mut self, bytes: usize) -> bool {
        let fits = self.load.memory.try_add(bytes);
        if fits {
            self.grow(bytes);
        }
        fits
    }

    /// Waits for room for so much more, and counts it; false when there was none for too long.
    pub(crate) async fn wait_for(&mut self, bytes: usize) -> bool {
        let until = Instant::now() + self.load.memory.patience;
        while !self.try_add(bytes) {
            if Instant::now() >= until {
                self.load.starved.store(true, Ordering::Relaxed);
                return false;
            }
            self.load.waits.store(true, Ordering::Relaxed);
            self.load.memory.pressed.notify_one();
            // It may have been freed before this waits, so that it does not wait for long.
            let _ = timeout(ASK, self.load.memory.freed.notified()).await;
        }
        if self.load.waits.swap(false, Ordering::Relaxed) {
            let now = self.load.memory.started.elapsed().as_micros();
            self.load.granted.store(u64::try_from(now).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
        true
    }

    /// Counts from now on so many bytes and no more.
    pub(crate) fn shrink_to(&mut self, bytes: usize) {
        if let Some(less) = self.bytes.checked_sub(bytes).filter(|less| *less > 0) {
            self.bytes = bytes;
            self.load.held.fetch_sub(less, Ordering::Relaxed);
            self.load.memory.subtract(less);
        }
    }

    fn grow(&mut self, bytes: usize) {
        self.bytes += bytes;
        self.load.held.fetch_add(bytes, Ordering::Relaxed);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.shrink_to(0);
    }
}

/// Bytes that count as long as anything holds a part of them.
pub(crate) fn counted(bytes: impl AsRef<[u8]> + Send + 'static, load: &Arc<Load>) -> Bytes {
    struct Counted<T> {
        bytes: T,
        _held: Held,
    }

    impl<T: AsRef<[u8]>> AsRef<[u8]> for Counted<T> {
        fn as_ref(&self) -> &[u8] {
            self.bytes.as_ref()
        }
    }

    let mut held = Held::none(load);
    held.add(bytes.as_ref().len());
    Bytes::from_owner(Counted { bytes, _held: held })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_are_no_more_than_the_whole() {
        for limit in [LEAST, LIMIT, 100_000_000] {
            let memory = Memory::new(limit, Duration::ZERO);
            let kept = 3 * memory.ledger_share() + memory.feed_share() + 3 * memory.instance_share();
            // ChatGuru's chats, messages and jobs are bounded by their number, at 1/32 of the usual limit.
            let rest = memory.fault_share() + limit / 32;
            assert!(kept + memory.moving_share() + rest <= memory.limit(), "{limit}");
        }
    }

    #[tokio::test]
    async fn what_is_held_is_counted_until_it_is_dropped() {
        let memory = Memory::new(LEAST, Duration::from_millis(20));
        let (one, other) = (Load::new(Arc::clone(&memory)), Load::new(Arc::clone(&memory)));
        let share = memory.moving_share();
        let mut held = Held::none(&one);
        assert!(held.try_add(share) && !held.try_add(1));
        held.shrink_to(share - 5);
        let bytes = counted(vec![0; 5], &other);
        let part = bytes.slice(1..2);
        drop(bytes);
        assert_eq!((memory.moving(), one.held(), other.held()), (share, share - 5, 5));
        let mut third = Held::none(&other);
        assert!(!third.wait_for(1).await);
        drop(part);
        assert!(third.wait_for(5).await);
        drop((held, third));
        assert_eq!((memory.moving(), memory.peak_moving()), (0, share));
    }

    #[tokio::test]
    async fn who_waits_gets_what_is_freed() {
        let memory = Memory::new(LEAST, Duration::from_secs(60));
        let load = Load::new(Arc::clone(&memory));
        let mut held = Held::none(&load);
        held.add(memory.moving_share());
        let waiting = {
            let load = Arc::clone(&load);
            tokio::spawn(async move { Held::none(&load).wait_for(10).await })
        };
        memory.pressed().await;
        drop(held);
        assert!(waiting.await.unwrap());
    }
}

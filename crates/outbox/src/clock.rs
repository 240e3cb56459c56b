//! The clock of a ledger.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// The latest time that every database can store.
const LATEST: Timestamp = Timestamp::constant(253_402_207_200, 0);

/// Returns a time in whole microseconds, which is what databases store.
pub(crate) fn whole_micros(time: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(time.min(LATEST).as_microsecond()).unwrap_or(LATEST)
}

/// The clock of a ledger on this machine.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<Manual>>);

/// The times of a manual clock, in microseconds.
#[derive(Debug)]
struct Manual {
    wall: AtomicI64,
    /// Advances with the clock, and cannot be set.
    steady: AtomicI64,
}

impl Clock {
    /// Returns the clock of the system.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// Creates a clock that stands still until it is set, for tests. Clones share the time.
    #[must_use]
    pub fn manual(start: Timestamp) -> Self {
        let (wall, steady) = (AtomicI64::new(start.as_microsecond()), AtomicI64::new(0));
        Self(Some(Arc::new(Manual { wall, steady })))
    }

    /// Returns the time in whole microseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.manual_now().unwrap_or_else(|| whole_micros(Timestamp::now()))
    }

    /// Returns the time of a manual clock.
    pub(crate) fn manual_now(&self) -> Option<Timestamp> {
        let micros = self.0.as_ref()?.wall.load(Ordering::SeqCst);
        Some(Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX))
    }

    /// Advances a manual clock. Does nothing to the system's.
    pub fn advance(&self, by: Duration) {
        if let Some(manual) = &self.0 {
            let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
            manual.wall.fetch_add(by, Ordering::SeqCst);
            manual.steady.fetch_add(by, Ordering::SeqCst);
        }
    }

    /// Returns the time since a moment in the past, by a clock that cannot be set.
    pub(crate) fn steady(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        match &self.0 {
            Some(manual) => Duration::from_micros(manual.steady.load(Ordering::SeqCst).unsigned_abs()),
            None => START.elapsed(),
        }
    }

    /// Sets a manual clock, as a person sets the clock of a machine. Does nothing to the system's.
    ///
    /// A worker notices that. To let time pass, call [`advance`](Self::advance).
    pub fn set(&self, to: Timestamp) {
        if let Some(manual) = &self.0 {
            manual.wall.store(to.as_microsecond(), Ordering::SeqCst);
        }
    }
}

//! The clock of a ledger.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

/// The latest time that every database can store.
const LATEST: Timestamp = Timestamp::constant(253_402_207_200, 0);

/// Returns a time in whole microseconds, which is what databases store.
pub(crate) fn whole_micros(time: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(time.min(LATEST).as_microsecond()).unwrap_or(LATEST)
}

/// The clock of a ledger on this machine.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// Returns the clock of the system.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// Creates a clock that stands still until it is set, for tests. Clones share the time.
    #[must_use]
    pub fn manual(start: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(start.as_microsecond()))))
    }

    /// Returns the time in whole microseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.manual_now().unwrap_or_else(|| whole_micros(Timestamp::now()))
    }

    /// Returns the time of a manual clock.
    pub(crate) fn manual_now(&self) -> Option<Timestamp> {
        let micros = self.0.as_ref()?.load(Ordering::SeqCst);
        Some(Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX))
    }

    /// Advances a manual clock. Does nothing to the system's.
    pub fn advance(&self, by: Duration) {
        if let Some(micros) = &self.0 {
            micros.fetch_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }

    /// Sets a manual clock. Does nothing to the system's.
    pub fn set(&self, to: Timestamp) {
        if let Some(micros) = &self.0 {
            micros.store(to.as_microsecond(), Ordering::SeqCst);
        }
    }
}

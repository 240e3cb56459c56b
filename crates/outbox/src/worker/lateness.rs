//! Whether a request can still start.

use std::time::{Duration, Instant, SystemTime};

use crate::model::START_WITHIN;

/// How far the wall clock may go back without being suspicious. Clocks are adjusted all the time.
const ADJUSTMENT: Duration = Duration::from_secs(1);

/// The time just before the intent was committed, by two clocks: the monotonic clock stands still while the machine is
/// suspended, and the wall clock can be set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Started {
    monotonic: Instant,
    wall: SystemTime,
}

impl Started {
    pub(super) fn now() -> Self {
        Self { monotonic: Instant::now(), wall: SystemTime::now() }
    }

    /// Returns an earlier time.
    #[cfg(test)]
    pub(super) fn earlier(self, by: Duration) -> Self {
        Self { monotonic: self.monotonic.checked_sub(by).expect("the machine runs for longer"), wall: self.wall - by }
    }

    /// Returns whether it is too late to start the request, by either clock.
    pub(super) fn is_late(self) -> bool {
        self.is_late_at(Instant::now(), SystemTime::now())
    }

    fn is_late_at(self, monotonic: Instant, wall: SystemTime) -> bool {
        let by_wall = match wall.duration_since(self.wall) {
            Ok(passed) => passed > START_WITHIN,
            Err(back) => back.duration() > ADJUSTMENT,
        };
        by_wall || monotonic.saturating_duration_since(self.monotonic) > START_WITHIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_late_by_either_clock() {
        let start = Started { monotonic: Instant::now(), wall: SystemTime::UNIX_EPOCH + Duration::from_secs(1_000) };
        let late = |monotonic: u64, wall: i64| {
            let wall = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(1_000_000 + wall).unwrap());
            start.is_late_at(start.monotonic + Duration::from_millis(monotonic), wall)
        };
        assert!(!late(0, 0));
        assert!(!late(5_000, 5_000));
        assert!(late(5_001, 5_000));
        assert!(late(1, 5_001), "the machine was suspended");
        assert!(!late(10, -1_000));
        assert!(late(10, -1_001), "the clock was put back");
    }
}

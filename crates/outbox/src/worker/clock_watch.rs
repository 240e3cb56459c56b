//! Notices that the clock of this machine was set.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::Clock;

/// How far the clock may move against the steady one between two looks. Clocks are adjusted all the time, by less.
const JUMP: Duration = Duration::from_secs(60);

/// How much later than the last look a transaction may begin messages: as far as a jump that is not noticed, and as long
/// as a transaction waits for SQLite's lock.
const SLACK: Duration = Duration::from_secs(75);

/// Compares the wall clock, which decides when messages are due and expire, with one that cannot be set.
///
/// If the wall clock is put forward, messages would expire that are not late, be sent at night, and become settleable
/// while their requests are still on their way. If it is put back, they would wait. A machine that was suspended looks
/// the same, because the steady clock stands still meanwhile.
#[derive(Debug)]
pub(super) struct ClockWatch {
    wall: Timestamp,
    steady: Duration,
}

impl ClockWatch {
    pub(super) fn new(clock: &Clock) -> Self {
        Self { wall: clock.now(), steady: clock.steady() }
    }

    /// Returns by how much the clock was set since the last look. `None` if by less than a minute.
    pub(super) fn look(&mut self, clock: &Clock) -> Option<SignedDuration> {
        let now = Self::new(clock);
        let passed = SignedDuration::try_from(now.steady.saturating_sub(self.steady)).unwrap_or(SignedDuration::MAX);
        let jump = now.wall.duration_since(self.wall).saturating_sub(passed);
        *self = now;
        (jump.unsigned_abs() > JUMP).then_some(jump)
    }

    /// Returns the latest time at which a transaction after this look can be, unless the clock is set meanwhile.
    pub(super) fn latest(&self) -> Timestamp {
        self.wall.saturating_add(SLACK).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_is_noticed_once() {
        let start: Timestamp = "2027-03-05T12:00Z".parse().unwrap();
        let clock = Clock::manual(start);
        let mut watch = ClockWatch::new(&clock);
        clock.advance(Duration::from_secs(86_400));
        assert_eq!(watch.look(&clock), None, "a day has passed");
        clock.set(clock.now() + SignedDuration::from_secs(60));
        assert_eq!(watch.look(&clock), None, "it was adjusted");
        clock.set(clock.now() + SignedDuration::from_secs(61));
        assert_eq!(watch.look(&clock), Some(SignedDuration::from_secs(61)));
        assert_eq!(watch.look(&clock), None);
        clock.set(start);
        clock.advance(Duration::from_secs(1));
        assert_eq!(watch.look(&clock), Some(SignedDuration::from_secs(-86_400 - 121)));
    }
}

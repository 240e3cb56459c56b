//! The sandbox's clock, which can be moved forward, and the formats in which it is written.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::sync::watch;

/// A clock that follows the system clock or stands still, and can be moved forward.
///
/// Clones share the same time. The sandbox compares pending work, such as a chat that is being added or a scheduled
/// message, with this clock whenever it is read. Nothing sleeps.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// The time at which the clock stands, in milliseconds after the epoch, or `None` if it follows the system clock.
    stands_at: Option<u64>,
    /// By how many milliseconds the clock was moved forward.
    advanced: Arc<watch::Sender<u64>>,
}

impl Clock {
    /// Returns a clock that follows the system clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// Returns a clock that stands at `time` until it is advanced.
    #[must_use]
    pub fn standing_at(time: SystemTime) -> Self {
        Self { stands_at: Some(millis_of(time)), advanced: Arc::default() }
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.advanced.send_modify(|so_far| *so_far = so_far.saturating_add(by));
    }

    /// Returns by how much the clock was moved forward since the start, or since the last reset of a sandbox that uses
    /// it.
    #[must_use]
    pub fn advanced(&self) -> Duration {
        Duration::from_millis(self.advanced_millis())
    }

    /// Undoes all advances.
    pub(crate) fn reset(&self) {
        self.advanced.send_replace(0);
    }

    pub(crate) fn advanced_millis(&self) -> u64 {
        *self.advanced.borrow()
    }

    /// Returns a receiver that is notified when the clock is moved.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.advanced.subscribe()
    }

    /// Returns how long it takes until the clock shows `millis`, or `None` if the clock stands still.
    pub(crate) fn until(&self, millis: u64) -> Option<Duration> {
        self.stands_at.is_none().then(|| Duration::from_millis(millis.saturating_sub(self.millis())))
    }

    /// Returns the time on this clock.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.millis())
    }

    /// Returns milliseconds after the epoch. They are bounded, so that arithmetic on them does not overflow.
    pub(crate) fn millis(&self) -> u64 {
        const YEAR_9999: u64 = 253_370_764_800_000;
        let base = self.stands_at.unwrap_or_else(|| millis_of(SystemTime::now()));
        base.saturating_add(self.advanced_millis()).min(YEAR_9999)
    }
}

/// Returns milliseconds after the epoch, or 0 for an earlier time.
pub(crate) fn millis_of(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Formats the time of a database column, which has whole seconds: `2026-01-01T21:04:05.000000Z`.
pub(crate) fn column_time(millis: u64) -> String {
    date_time(millis) + ".000000Z"
}

/// Formats the only answered time that has fractions: `2026-01-01T21:04:05.123000Z`.
pub(crate) fn precise_time(millis: u64) -> String {
    let mut text = date_time(millis);
    text.push('.');
    digits(&mut text, 3, millis % 1000);
    text + "000Z"
}

/// Formats a time as the sandbox itself writes it: `2026-01-01T21:04:05.123Z`.
pub(crate) fn sandbox_time(millis: u64) -> String {
    let mut text = date_time(millis);
    text.push('.');
    digits(&mut text, 3, millis % 1000);
    text + "Z"
}

/// By how many milliseconds Brasília is behind UTC, without daylight saving.
pub(crate) const BRASILIA: u64 = 3 * 3600 * 1000;

/// Formats a time in Brasília without its zone, as Python formats a date: `2026-01-01 18:04:05.123456`. The time is in
/// microseconds after the epoch.
pub(crate) fn brasilia_time(micros: u64) -> String {
    let there = micros.saturating_sub(BRASILIA * 1000);
    let mut text = date_time(there / 1000).replace('T', " ");
    text.push('.');
    digits(&mut text, 6, there % 1_000_000);
    text
}

fn date_time(millis: u64) -> String {
    let seconds = millis / 1000;
    let (year, month, day) = civil_from_days(seconds / 86_400);
    let of_day = seconds % 86_400;
    let mut text = String::with_capacity("2026-01-01T21:04:05.000000Z".len());
    digits(&mut text, 4, year);
    for (before, number) in
        [('-', month), ('-', day), ('T', of_day / 3600), (':', of_day / 60 % 60), (':', of_day % 60)]
    {
        text.push(before);
        digits(&mut text, 2, number);
    }
    text
}

/// Appends the last digits of a number. Faster than `format!`, which matters because every message contains several
/// times.
fn digits(text: &mut String, count: u32, number: u64) {
    for place in (0..count).rev() {
        let digit = u8::try_from(number / 10u64.pow(place) % 10).unwrap_or(0);
        text.push(char::from(b'0' + digit));
    }
}

/// Returns year, month and day of a number of days after 1970-01-01, in the proleptic Gregorian calendar.
pub(crate) fn civil_from_days(days: u64) -> (u64, u64, u64) {
    // Counts in eras of 400 years from 0000-03-01, so that the leap day is last.
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// Returns the days after 1970-01-01, or `None` for a date that is earlier or does not exist.
pub(crate) fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let from_march_year = year - u64::from(month <= 2);
    let era = from_march_year / 400;
    let year_of_era = from_march_year % 400;
    let from_march = (month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    let days = (era * 146_097 + of_era).checked_sub(719_468)?;
    // Without this check, 31 April would be 1 May.
    (civil_from_days(days) == (year, month, day)).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_as_the_recordings_do() {
        let millis = days_from_civil(2026, 1, 1).unwrap() * 86_400_000 + 75_845_123;
        assert_eq!(column_time(millis), "2026-01-01T21:04:05.000000Z");
        assert_eq!(precise_time(millis), "2026-01-01T21:04:05.123000Z");
        assert_eq!(sandbox_time(millis), "2026-01-01T21:04:05.123Z");
        assert_eq!(brasilia_time(millis * 1000 + 45), "2026-01-01 18:04:05.123045");
        assert_eq!(brasilia_time(0), "1970-01-01 00:00:00.000000");
    }

    #[test]
    fn dates_survive_a_round_trip() {
        for days in (0..200_000).step_by(17) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), Some(days));
        }
        assert_eq!(days_from_civil(2026, 2, 29), None);
        assert_eq!(days_from_civil(2024, 2, 29).map(civil_from_days), Some((2024, 2, 29)));
        assert_eq!(days_from_civil(1969, 12, 31), None);
    }

    #[test]
    fn stands_until_advanced_and_never_overflows() {
        let clock = Clock::standing_at(UNIX_EPOCH);
        let copy = clock.clone();
        clock.advance(Duration::from_secs(5));
        assert_eq!((copy.millis(), copy.advanced()), (5000, Duration::from_secs(5)));
        copy.reset();
        assert_eq!(clock.millis(), 0);
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert!(column_time(copy.millis()).starts_with("9999") || column_time(copy.millis()).starts_with("9998"));
    }
}

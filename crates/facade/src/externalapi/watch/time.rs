//! Reads the server's times, which have no type of their own in the client.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAYS_BEFORE_1970: i64 = 719_162;
const DAYS_BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Returns the microseconds from 1970 to a time such as `2026-01-05T04:00:00.000000Z`.
///
/// Older versions of Laravel write `2026-01-05 04:00:00`. A time without an offset is read as UTC. Digits beyond the
/// sixth of a fraction are dropped.
pub(super) fn micros(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let (clock, rest) = rest.strip_prefix(['T', ' '])?.split_at_checked(8)?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, offset) = match rest.strip_prefix('.') {
        None => (0, rest),
        Some(rest) => {
            let (digits, offset) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
            (fraction(digits)?, offset)
        }
    };
    let seconds = days(year, month, day)? * 86_400 + hour * 3_600 + minute * 60 + second - offset_seconds(offset)?;
    Some(seconds * 1_000_000 + fraction)
}

/// Returns the microseconds from 1970 to a moment, or the nearest number that fits.
pub(super) fn micros_of(moment: SystemTime) -> i64 {
    match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => micros_in(after),
        Err(before) => -micros_in(before.duration()),
    }
}

/// Returns the moment that is this number of microseconds after 1970, or `None` if this machine cannot represent it.
pub(super) fn moment_at(micros: i64) -> Option<SystemTime> {
    let distance = Duration::from_micros(micros.unsigned_abs());
    if micros < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
}

/// Returns the microseconds in a duration, or the largest number if they do not fit.
pub(super) fn micros_in(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// Returns the days from 1970 to a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let before = |month: i64| {
        let days = *DAYS_BEFORE_MONTH.get(usize::try_from(month).ok()?)?;
        Some(days + i64::from(is_leap && month >= 2))
    };
    let start = before(month - 1)?;
    let end = before(month).unwrap_or(365 + i64::from(is_leap));
    if year == 0 || day == 0 || day > end - start {
        return None;
    }
    let past = year - 1;
    Some(past * 365 + past / 4 - past / 100 + past / 400 + start + day - 1 - DAYS_BEFORE_1970)
}

/// Returns the seconds by which an offset such as `Z`, `-03:00` or none is ahead of UTC.
fn offset_seconds(text: &str) -> Option<i64> {
    if matches!(text, "" | "Z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let [hours, minutes] = numbers(text.strip_prefix(['+', '-'])?, ':', [2, 2])?;
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3_600 + minutes * 60))
}

/// Returns the numbers between separators, each of which has exactly this number of digits.
fn numbers<const N: usize>(text: &str, separator: char, lengths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next()?;
        *number = digits(part).filter(|_| part.len() == length)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// Returns the microseconds in a fraction of a second with up to nine digits.
fn fraction(text: &str) -> Option<i64> {
    let nanos = digits(text).filter(|_| text.len() <= 9)? * 10_i64.pow(9 - u32::try_from(text.len()).ok()?);
    Some(nanos / 1_000)
}

fn digits(text: &str) -> Option<i64> {
    // `parse` alone also accepts a sign.
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_times_are_read_to_the_microsecond() {
        for (text, seconds, fraction) in [
            ("1970-01-01T00:00:00.000000Z", 0, 0),
            ("2026-01-05T04:00:00.000000Z", 1_767_585_600, 0),
            ("2026-01-05 04:00:00", 1_767_585_600, 0),
            ("2026-01-05T04:00:00.25", 1_767_585_600, 250_000),
            ("2026-01-05T01:00:00.123456789-03:00", 1_767_585_600, 123_456),
            ("2026-01-05T09:30:00+05:30", 1_767_585_600, 0),
            ("1969-12-31T23:59:59.999999Z", -1, 999_999),
            ("2000-02-29T00:00:00Z", 951_782_400, 0),
            ("2024-12-31T23:59:59Z", 1_735_689_599, 0),
            ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
            ("9999-12-31T23:59:59Z", 253_402_300_799, 0),
        ] {
            assert_eq!(micros(text), Some(seconds * 1_000_000 + fraction), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_time_is_not_guessed() {
        for text in [
            "",
            "agora",
            "2026-01-05",
            "2026-01-05T04:00",
            "2026-13-05T04:00:00Z",
            "2026-00-05T04:00:00Z",
            "2026-02-29T04:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-04-31T04:00:00Z",
            "2026-01-00T04:00:00Z",
            "0000-01-01T00:00:00Z",
            "-0001-11-30T00:00:00.000000Z",
            "2026-01-05T24:00:00Z",
            "2026-01-05T04:60:00Z",
            "2026-01-05T04:00:60Z",
            "2026-01-05T04:00:00.Z",
            "2026-01-05T04:00:00.1234567890Z",
            "2026-01-05T04:00:00Zulu",
            "2026-01-05T04:00:00é",
            "2026-01-05T04:00:00+3",
            "2026-01-05T04:00:00+03:60",
            "+026-01-05T04:00:00Z",
            "2026-01-05T04:00:00.-1Z",
            "2026-01-0５T04:00:00Z",
            "05/01/2026 04:00:00",
            "1767585600",
        ] {
            assert_eq!(micros(text), None, "{text}");
        }
    }

    #[test]
    fn moments_beyond_the_range_are_the_nearest_that_fit() {
        assert_eq!(micros_of(UNIX_EPOCH + Duration::from_millis(1_500)), 1_500_000);
        assert_eq!(micros_of(UNIX_EPOCH - Duration::from_millis(1_500)), -1_500_000);
        assert_eq!(micros_in(Duration::MAX), i64::MAX);
        for micros in [0, 1_767_585_600_000_001, -1_500_000] {
            assert_eq!(moment_at(micros).map(micros_of), Some(micros));
        }
    }
}

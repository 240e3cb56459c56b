//! The time at which a message is due: `YYYY-MM-DD HH:MM` in Brasília time.

use crate::clock;

/// Returns milliseconds after the epoch, or `None` if the text is not such a date.
pub(super) fn parse(text: &str) -> Option<u64> {
    let (date, time) = text.split_once(' ')?;
    let mut parts = date.split('-').map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    if parts.next().is_some() || date.len() != 10 || time.len() != 5 || hour > 23 || minute > 59 {
        return None;
    }
    let days = clock::days_from_civil(year, month, day)?;
    Some((days * 86_400 + hour * 3600 + minute * 60) * 1000 + clock::BRASILIA)
}

fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documented_format_is_accepted() {
        assert_eq!(parse("1970-01-01 00:00"), Some(3 * 3600 * 1000));
        for wrong in [
            "2026-13-01 10:00",
            "2026-02-30 10:00",
            "2026-01-01",
            "2026-01-01T10:00",
            "2026-1-1 10:00",
            "2026-01-01 24:00",
            "+026-01-01 10:00",
            "2026-01-01-01 10:00",
            "",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}

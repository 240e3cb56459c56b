//! ChatGuru's times: wall-clock times of Brasília without a zone.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Reads a time. `None` if the text is not a date with a time.
///
/// A time with a zone, which no recording has, is read as that zone's.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| wall_clock(text))
}

fn wall_clock(text: &str) -> Option<Timestamp> {
    // A date without a time would be read as midnight.
    if !text.contains(':') {
        return None;
    }
    let time: DateTime = text.parse().ok()?;
    // Until 2019, the clocks showed an hour of one night twice. The first of the two is taken.
    TimeZone::get("America/Sao_Paulo").ok()?.to_ambiguous_timestamp(time).compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_that_of_brasilia() {
        let expected: Timestamp = "2026-01-24T13:44:07.171806Z".parse().unwrap();
        assert_eq!(read("2026-01-24 10:44:07.171806"), Some(expected));
        assert_eq!(read("2026-01-24T10:44:07.171806"), Some(expected));
        // Python leaves out the fraction if it is zero.
        assert_eq!(read("2026-01-24 10:44:07"), "2026-01-24T13:44:07Z".parse().ok());
        // Summer time, which was given up in 2019.
        assert_eq!(read("2018-12-24 10:00:00"), "2018-12-24T12:00:00Z".parse().ok());
    }

    #[test]
    fn a_time_with_a_zone_keeps_it() {
        assert_eq!(read("2026-01-24T10:44:07+02:00"), "2026-01-24T08:44:07Z".parse().ok());
        assert_eq!(read("2026-01-24 10:44:07Z"), "2026-01-24T10:44:07Z".parse().ok());
    }

    #[test]
    fn anything_else_is_not_a_time() {
        for text in ["", "2026-01-24", "10:44:07", "24/01/2026 10:44:07", "2026-02-30 10:44:07", "None", "1769262247"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

//! Times as people write them.

use zap_outbox::jiff::civil::{DateTime, Time};
use zap_outbox::jiff::tz::TimeZone;
use zap_outbox::jiff::{Span, Timestamp};

use crate::failure::{Failure, Result};

/// The examples in errors and in the help.
pub const EXAMPLES: &str = "2026-11-30T18:00-03:00, \"2026-11-30 18:00\" (in --zone), 18:00 (today), 6h, 2d";

/// A time as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub at: Timestamp,
    /// Whether it was given as a duration from now, so that it differs when the command is repeated.
    pub is_relative: bool,
}

/// Returns a time zone of the IANA database.
pub fn zone(name: &str) -> Result<TimeZone> {
    TimeZone::get(name).map_err(|_| {
        Failure::usage(format!("there is no time zone `{}`", name.escape_debug()))
            .fix("give a name of the IANA database, such as --zone America/Sao_Paulo")
    })
}

/// Reads a time: RFC 3339, a local date and time, a time of today, or a duration from now.
pub fn parse(option: &str, text: &str, zone: &TimeZone, now: Timestamp) -> Result<Given> {
    let text = text.trim();
    let invalid = || {
        Failure::usage(format!("`{}` is not a time for {option}", text.escape_debug()))
            .fix(format!("write it like one of these: {EXAMPLES}"))
    };
    let in_zone = |local: DateTime| zone.to_ambiguous_zoned(local).compatible().map(|zoned| zoned.timestamp());
    let absolute = |at| Given { at, is_relative: false };
    if !text.contains(':') {
        // A date alone could mean its start or its end.
        let span: Span = text.parse().map_err(|_| invalid())?;
        let at = now.to_zoned(zone.clone()).checked_add(span).map_err(|_| invalid())?;
        return Ok(Given { at: at.timestamp(), is_relative: true });
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(absolute(at));
    }
    if text.contains('-') {
        let local: DateTime = text.parse().map_err(|_| invalid())?;
        return in_zone(local).map(absolute).map_err(|_| invalid());
    }
    let time: Time = text.parse().map_err(|_| invalid())?;
    let today = now.to_zoned(zone.clone()).date();
    in_zone(today.to_datetime(time)).map(absolute).map_err(|_| invalid())
}

/// Reads a time after which nothing is sent. It must be in the future.
pub fn parse_deadline(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Given> {
    let given = parse("--not-after", text, zone, now)?;
    if given.at <= now {
        let problem = format!("--not-after {text} is in the past: it means {}, and now is {}", at(given.at), at(now));
        return Err(Failure::usage(problem).fix(format!("give a later time, such as {EXAMPLES}")));
    }
    Ok(given)
}

/// Writes a time in UTC, without a fraction.
pub fn at(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Writes a time in a zone: `2026-11-30 18:00 -03:00`.
pub fn local(time: Timestamp, zone: &TimeZone) -> String {
    time.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Given> {
        let zone = zone("America/Sao_Paulo")?;
        parse("--not-after", text, &zone, "2026-11-28T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2026-11-30T18:00-03:00", "2026-11-30T21:00:00Z"),
            ("2026-11-30T18:00:30-03:00", "2026-11-30T21:00:30Z"),
            ("2026-11-30 18:00Z", "2026-11-30T18:00:00Z"),
            ("2026-11-30 18:00", "2026-11-30T21:00:00Z"),
            ("2026-11-30T18:00:05", "2026-11-30T21:00:05Z"),
            ("18:00", "2026-11-28T21:00:00Z"),
            ("6h", "2026-11-28T18:00:00Z"),
            ("1h30m", "2026-11-28T13:30:00Z"),
            ("2d", "2026-11-30T12:00:00Z"),
            (" 90min ", "2026-11-28T13:30:00Z"),
        ] {
            assert_eq!(at(read(text).unwrap().at), expected, "{text}");
        }
        assert!(read("6h").unwrap().is_relative);
        assert!(!read("18:00").unwrap().is_relative);
    }

    #[test]
    fn an_error_shows_examples() {
        for text in ["", "tomorrow", "2026-11-30", "30/11/2026 18:00", "25:00", "6", "2026-13-01 10:00", "18h00:"] {
            let failure = read(text).unwrap_err().to_string();
            assert!(failure.contains("2026-11-30T18:00-03:00") && failure.contains("6h"), "{text}: {failure}");
        }
    }

    #[test]
    fn a_deadline_in_the_past_is_refused() {
        let now = "2026-11-28T12:00:00Z".parse().unwrap();
        for text in ["08:00", "2025-11-30T18:00-03:00", "-6h", "0s"] {
            let failure = parse_deadline(text, &zone("America/Sao_Paulo").unwrap(), now).unwrap_err().to_string();
            assert!(failure.contains("is in the past"), "{text}: {failure}");
        }
    }
}

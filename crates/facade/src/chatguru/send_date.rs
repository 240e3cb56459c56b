//! ChatGuru's `send_date`: a wall-clock minute in the account's time zone.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::SendTime;

/// Writes the first minute that is not before `at`. The error is a detail for the caller.
pub(super) fn write(at: SendTime, zone: &TimeZone, now: Timestamp) -> Result<String, String> {
    let asked = Timestamp::try_from(at.system_time())
        .map_err(|_| "the time to send at is out of range: use one before the year 9999".to_owned())?;
    if asked < now {
        return Err("the time to send at has passed: use `send_text` to send at once".to_owned());
    }
    let second = zone.to_datetime(asked);
    let past_minute = SignedDuration::new(second.second().into(), second.subsec_nanosecond());
    let wait = if past_minute.is_zero() { past_minute } else { SignedDuration::from_mins(1) - past_minute };
    let minute = asked
        .checked_add(wait)
        .map_err(|_| "the time to send at is out of range: use one before the year 9999".to_owned())?;
    let shown = zone.to_datetime(minute);
    if zone.to_ambiguous_timestamp(shown).is_ambiguous() {
        let name = zone.iana_name().unwrap_or("the account's zone");
        return Err(format!(
            "the clocks of {name} show {} twice, and the API cannot tell the two apart: choose a time outside of the \
             hour that is repeated",
            shown.strftime(FORMAT)
        ));
    }
    Ok(shown.strftime(FORMAT).to_string())
}

const FORMAT: &str = "%Y-%m-%d %H:%M";

#[cfg(test)]
mod tests {
    use super::*;

    fn written(at: &str, zone: &str) -> Result<String, String> {
        let now = "2020-01-01T00:00:00Z".parse().unwrap();
        let at: Timestamp = at.parse().unwrap();
        write(at.into(), &TimeZone::get(zone).unwrap(), now)
    }

    #[test]
    fn a_time_is_written_as_the_accounts_clocks_show_it() {
        assert_eq!(written("2027-03-01T12:00:00Z", "America/Sao_Paulo").unwrap(), "2027-03-01 09:00");
        assert_eq!(written("2027-03-01T02:30:00Z", "America/Sao_Paulo").unwrap(), "2027-02-28 23:30");
        assert_eq!(written("2027-07-01T12:00:00Z", "Europe/Lisbon").unwrap(), "2027-07-01 13:00");
    }

    #[test]
    fn it_is_never_earlier_than_asked() {
        assert_eq!(written("2027-03-01T12:00:00.000000001Z", "UTC").unwrap(), "2027-03-01 12:01");
        assert_eq!(written("2027-03-01T12:00:01Z", "UTC").unwrap(), "2027-03-01 12:01");
        assert_eq!(written("2027-12-31T23:59:59.9Z", "UTC").unwrap(), "2028-01-01 00:00");
        // Half an hour and three quarters from UTC.
        assert_eq!(written("2027-03-01T12:00:30Z", "Asia/Kathmandu").unwrap(), "2027-03-01 17:46");
    }

    #[test]
    fn a_time_that_clocks_show_twice_is_refused() {
        // 01:30 in Lisbon comes twice on that night.
        for at in ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-10-31T00:59:59Z"] {
            let error = written(at, "Europe/Lisbon").unwrap_err();
            assert!(error.contains("Europe/Lisbon") && error.contains("twice"), "{error}");
        }
        assert_eq!(written("2027-10-31T02:00:00Z", "Europe/Lisbon").unwrap(), "2027-10-31 02:00");
    }

    #[test]
    fn a_time_that_clocks_skip_cannot_come_up() {
        // At 01:00 the clocks of Lisbon are put to 02:00.
        assert_eq!(written("2027-03-28T00:59:01Z", "Europe/Lisbon").unwrap(), "2027-03-28 02:00");
    }

    #[test]
    fn the_past_is_refused() {
        assert!(written("2019-12-31T23:59:59Z", "UTC").unwrap_err().contains("has passed"));
    }
}

//! Opening hours, also when clocks change.

use zap_outbox::jiff::{Timestamp, ToSpan, tz::TimeZone};
use zap_outbox::{Opening, OpeningHours};

fn hours(text: &str) -> OpeningHours {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("it is a time")
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("it is a zone")
}

#[test]
fn they_are_read_and_written() {
    for (text, written) in [
        ("09:00-18:00", "Mon-Sun 09:00-18:00"),
        ("mon-FRI 9:00-18:00,sat 09:00-12:00", "Mon-Fri 09:00-18:00, Sat 09:00-12:00"),
        ("Sat-Tue 08:00-10:00", "Mon-Tue 08:00-10:00, Sat-Sun 08:00-10:00"),
        ("Mon 14:00-16:00 09:00-12:00", "Mon 09:00-12:00 14:00-16:00"),
        ("Mon 09:00-12:00 11:00-14:00 14:00-15:00", "Mon 09:00-15:00"),
        ("Sun 22:00-02:00", "Mon 00:00-02:00, Sun 22:00-24:00"),
        ("Mon 22:00-00:00", "Mon 22:00-24:00"),
        ("00:00-24:00", "Mon-Sun 00:00-24:00"),
    ] {
        assert_eq!(hours(text).to_string(), written, "{text}");
        assert_eq!(hours(written), hours(text), "{written}");
    }
    assert_eq!(OpeningHours::always(), hours("00:00-24:00"));
}

#[test]
fn what_is_wrong_is_named() {
    for (text, part) in [
        ("", ""),
        ("Mon", "Mon"),
        ("Mon 09:00-18:00,", "Mon 09:00-18:00,"),
        ("Seg 09:00-18:00", "Seg"),
        ("Mon 9-18", "9-18"),
        ("Mon 09:00", "09:00"),
        ("Mon 09:00-24:01", "09:00-24:01"),
        ("Mon 09:60-10:00", "09:60-10:00"),
        ("Mon 09:00-09:00", "09:00-09:00"),
        ("Mon +9:00-10:00", "+9:00-10:00"),
    ] {
        let error = text.parse::<OpeningHours>().expect_err(text).to_string();
        assert!(error.starts_with(&format!("`{part}` ")), "{text}: {error}");
    }
}

#[test]
fn a_range_that_clocks_skip_starts_with_the_change() {
    // On 2027-03-28 at 01:00 UTC, clocks in Berlin go from 02:00 to 03:00.
    let (hours, berlin) = (hours("Sun 02:30-04:00"), zone("Europe/Berlin"));
    let opening = hours.at(time("2027-03-28T00:00Z"), &berlin);
    assert_eq!(opening, Opening::Closed { until: time("2027-03-28T01:00Z") });
    let opening = hours.at(time("2027-03-28T01:00Z"), &berlin);
    assert_eq!(opening, Opening::Open { until: Some(time("2027-03-28T02:00Z")) });
}

#[test]
fn a_range_within_the_skipped_hour_does_not_open() {
    let (hours, berlin) = (hours("Sun 02:10-02:50"), zone("Europe/Berlin"));
    let opening = hours.at(time("2027-03-27T23:00Z"), &berlin);
    assert_eq!(opening, Opening::Closed { until: time("2027-04-04T00:10Z") });
}

#[test]
fn times_that_clocks_show_twice_are_open_twice() {
    // On 2027-10-31 at 01:00 UTC, clocks in Berlin go from 03:00 to 02:00.
    let (hours, berlin) = (hours("Sun 02:00-02:30"), zone("Europe/Berlin"));
    let opening = hours.at(time("2027-10-31T00:10Z"), &berlin);
    assert_eq!(opening, Opening::Open { until: Some(time("2027-10-31T00:30Z")) });
    let opening = hours.at(time("2027-10-31T00:30Z"), &berlin);
    assert_eq!(opening, Opening::Closed { until: time("2027-10-31T01:00Z") });
}

#[test]
fn the_next_change_is_the_first_minute_that_differs() {
    // Compares with a search of all minutes, around days on which clocks change, also by half an hour and at midnight.
    let all = ["Mon-Sun 09:00-18:00", "Sun 00:30-02:15, Sat 23:00-24:00", "Sun 01:00-03:00", "02:00-02:30"];
    for (name, change) in [
        ("Europe/Berlin", "2027-03-28T01:00Z"),
        ("Europe/Berlin", "2027-10-31T01:00Z"),
        ("Australia/Lord_Howe", "2027-04-03T15:00Z"),
        ("Australia/Lord_Howe", "2027-10-02T15:30Z"),
        ("America/Sao_Paulo", "2018-11-04T03:00Z"),
        ("America/Sao_Paulo", "2019-02-17T02:00Z"),
        ("America/Sao_Paulo", "2027-11-07T03:00Z"),
    ] {
        let zone = zone(name);
        for hours in all.map(hours) {
            let start = time(change) - 26.hours();
            let minutes: Vec<_> = (0..52 * 60).map(|minute| start + i64::from(minute).minutes()).collect();
            let open: Vec<_> = minutes.iter().map(|at| hours.is_open(*at, &zone)).collect();
            for at in (0..minutes.len()).step_by(17) {
                let found = match hours.at(minutes[at], &zone) {
                    Opening::Open { until } => {
                        assert!(open[at]);
                        until.expect("these hours end")
                    }
                    Opening::Closed { until } => {
                        assert!(!open[at]);
                        until
                    }
                };
                match (at..minutes.len()).find(|later| open[*later] != open[at]) {
                    Some(later) => assert_eq!(found, minutes[later], "{name}, {hours}, from {}", minutes[at]),
                    None => assert!(found > minutes[minutes.len() - 1], "{name}, {hours}, from {}", minutes[at]),
                }
            }
        }
    }
}

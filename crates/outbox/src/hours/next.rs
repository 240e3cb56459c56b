//! When opening hours begin or end.

use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span, Timestamp};

use super::opening_hours::{DAY, OpeningHours};

/// Whether messages may be sent at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Messages may be sent until this time. `None` if there is no end within the next weeks.
    Open {
        /// The end of the range.
        until: Option<Timestamp>,
    },
    /// No message may be sent before this time.
    Closed {
        /// The start of the next range.
        until: Timestamp,
    },
}

impl OpeningHours {
    /// Returns whether messages may be sent at `now` to a recipient in `zone`, and when that changes.
    ///
    /// ```
    /// use zap_outbox::jiff::{Timestamp, tz::TimeZone};
    /// use zap_outbox::{Opening, OpeningHours};
    ///
    /// let hours: OpeningHours = "Mon-Fri 09:00-18:00".parse()?;
    /// let lisbon = TimeZone::get("Europe/Lisbon")?;
    /// // A Friday evening.
    /// let opening = hours.at("2026-11-27T19:00Z".parse()?, &lisbon);
    /// assert_eq!(opening, Opening::Closed { until: "2026-11-30T09:00Z".parse()? });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn at(&self, now: Timestamp, zone: &TimeZone) -> Opening {
        if self.is_open(now, zone) {
            return Opening::Open { until: change(self, now, zone, false) };
        }
        // There is at least one range in each week. Without one in the next weeks, time ends.
        Opening::Closed { until: change(self, now, zone, true).unwrap_or(Timestamp::MAX) }
    }
}

/// Longer than a week and the longest jump of a clock together.
const HORIZON_DAYS: i64 = 9;

/// Returns the first moment after `now` at which messages may be sent (`to_open`), or may not.
///
/// This can only change when the clocks show the start or the end of a range, at midnight, or when they jump. So these
/// moments are tried.
fn change(hours: &OpeningHours, now: Timestamp, zone: &TimeZone, to_open: bool) -> Option<Timestamp> {
    let today = zone.to_datetime(now).date();
    let mut moments = Vec::new();
    for day in -1..=HORIZON_DAYS {
        let Ok(date) = today.checked_add(Span::new().days(day)) else { continue };
        for range in hours.on(date.weekday()) {
            for minute in [range.start, range.end] {
                // The end of a day is the start of the next one.
                let (date, minute) = match minute {
                    DAY => match date.tomorrow() {
                        Ok(tomorrow) => (tomorrow, 0),
                        Err(_) => continue,
                    },
                    minute => (date, minute),
                };
                let time = Time::midnight() + Span::new().minutes(i64::from(minute));
                moments.extend(moments_of(date.to_datetime(time), zone));
            }
        }
    }
    let last = now.saturating_add(jiff::SignedDuration::from_hours(24 * HORIZON_DAYS)).unwrap_or(Timestamp::MAX);
    moments.extend(zone.following(now).map(|jump| jump.timestamp()).take_while(|at| *at <= last));
    moments.retain(|at| *at > now && hours.is_open(*at, zone) == to_open);
    moments.into_iter().min()
}

/// Returns the moments at which the clocks of a zone show a time: usually one, two if they are put back, none if they
/// are put forward past it.
fn moments_of(time: DateTime, zone: &TimeZone) -> impl Iterator<Item = Timestamp> {
    let offsets = match zone.to_ambiguous_timestamp(time).offset() {
        AmbiguousOffset::Unambiguous { offset } => [Some(offset), None],
        AmbiguousOffset::Fold { before, after } => [Some(before), Some(after)],
        AmbiguousOffset::Gap { .. } => [None, None],
    };
    offsets.into_iter().flatten().filter_map(move |offset| offset.to_timestamp(time).ok())
}

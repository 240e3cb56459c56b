//! The hours of a week.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

/// The hours of the week in which messages may be sent.
///
/// They are wall-clock times: a message may be sent at a moment if the clocks of the recipient's zone show a time within
/// a range. If clocks are put forward past the start of a range, the range starts with the change. If they are put back,
/// times that they show twice are open twice.
///
/// Write them as days and ranges. The end of a range is not part of it, and a range may go past midnight:
///
/// ```
/// use zap_outbox::OpeningHours;
///
/// let hours: OpeningHours = "Mon-Fri 09:00-18:00, Sat 09:00-12:00 14:00-16:00".parse()?;
/// let every_day: OpeningHours = "09:00-18:00".parse()?;
/// let overnight: OpeningHours = "Fri 22:00-02:00".parse()?;
/// assert_eq!(overnight.to_string(), "Fri 22:00-24:00, Sat 00:00-02:00");
/// # Ok::<(), zap_outbox::InvalidHours>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OpeningHours {
    /// Minutes of each day from Monday, sorted and without overlaps.
    days: [Vec<Range>; 7],
}

/// Minutes since midnight: the first, and the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Range {
    pub(super) start: u16,
    pub(super) end: u16,
}

pub(super) const DAY: u16 = 24 * 60;
pub(super) const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl OpeningHours {
    /// All hours of all days.
    #[must_use]
    pub fn always() -> Self {
        Self { days: std::array::from_fn(|_| vec![Range { start: 0, end: DAY }]) }
    }

    /// Returns whether the clocks of a zone show a time within a range.
    #[must_use]
    pub fn is_open(&self, at: Timestamp, zone: &TimeZone) -> bool {
        let local = zone.to_datetime(at);
        let minute = minute(local.time());
        self.on(local.weekday()).iter().any(|range| (range.start..range.end).contains(&minute))
    }

    pub(super) fn on(&self, day: Weekday) -> &[Range] {
        &self.days[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }

    /// Sorts and joins the ranges. Returns `None` if there are none.
    pub(super) fn normalized(mut days: [Vec<Range>; 7]) -> Option<Self> {
        for ranges in &mut days {
            ranges.sort_unstable();
            let mut joined: Vec<Range> = Vec::new();
            for range in ranges.drain(..) {
                match joined.last_mut() {
                    Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                    _ => joined.push(range),
                }
            }
            *ranges = joined;
        }
        days.iter().any(|ranges| !ranges.is_empty()).then_some(Self { days })
    }
}

impl Default for OpeningHours {
    fn default() -> Self {
        Self::always()
    }
}

fn minute(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

/// Writes what `parse` reads: days with the same ranges together, such as `Mon-Fri 09:00-18:00, Sat 09:00-12:00`.
impl fmt::Display for OpeningHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = 0;
        let mut separator = "";
        while first < 7 {
            let ranges = &self.days[first];
            let same = self.days[first..].iter().take_while(|other| *other == ranges).count();
            let last = first + same - 1;
            if !ranges.is_empty() {
                f.write_str(separator)?;
                separator = ", ";
                f.write_str(DAYS[first])?;
                if last > first {
                    write!(f, "-{}", DAYS[last])?;
                }
                for Range { start, end } in ranges {
                    write!(f, " {:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)?;
                }
            }
            first = last + 1;
        }
        Ok(())
    }
}

impl serde::Serialize for OpeningHours {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

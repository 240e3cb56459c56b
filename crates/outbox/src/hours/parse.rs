//! Reads opening hours.

use std::fmt;
use std::str::FromStr;

use super::opening_hours::{DAY, DAYS, OpeningHours, Range};

/// The error for a text that does not describe opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidHours {
    part: String,
    problem: &'static str,
}

impl fmt::Display for InvalidHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, problem } = self;
        write!(f, "`{}` {problem}; write hours like `Mon-Fri 09:00-18:00, Sat 09:00-12:00`", part.escape_debug())
    }
}

impl std::error::Error for InvalidHours {}

/// Reads days and ranges, separated by commas. Without days, the ranges are for every day.
impl FromStr for OpeningHours {
    type Err = InvalidHours;

    fn from_str(text: &str) -> Result<Self, InvalidHours> {
        let mut days: [Vec<Range>; 7] = Default::default();
        for entry in text.split(',') {
            let mut words = entry.split_whitespace().peekable();
            let first = *words.peek().ok_or_else(|| invalid(text, "has an empty entry"))?;
            let selected = if first.starts_with(|c: char| c.is_ascii_digit()) {
                [true; 7]
            } else {
                words.next();
                days_of(first)?
            };
            if words.peek().is_none() {
                return Err(invalid(entry.trim(), "has no hours"));
            }
            for word in words {
                add(&mut days, selected, word)?;
            }
        }
        Self::normalized(days).ok_or_else(|| invalid(text, "has no hours"))
    }
}

fn invalid(part: &str, problem: &'static str) -> InvalidHours {
    InvalidHours { part: part.to_owned(), problem }
}

/// Reads `Sat`, or `Mon-Fri`, which may go past Sunday.
fn days_of(word: &str) -> Result<[bool; 7], InvalidHours> {
    let day = |name: &str| {
        let named = DAYS.iter().position(|day| day.eq_ignore_ascii_case(name));
        named.ok_or_else(|| invalid(name, "is not a day (Mon, Tue, Wed, Thu, Fri, Sat, Sun)"))
    };
    let (first, last) = word.split_once('-').unwrap_or((word, word));
    let (first, last) = (day(first)?, day(last)?);
    let length = (last + 7 - first) % 7;
    Ok(std::array::from_fn(|at| (at + 7 - first) % 7 <= length))
}

/// Adds `09:00-18:00` to the selected days. What is after midnight belongs to the next day.
fn add(days: &mut [Vec<Range>; 7], selected: [bool; 7], word: &str) -> Result<(), InvalidHours> {
    let times = word.split_once('-').and_then(|(start, end)| Some((minute(start)?, minute(end)?)));
    let (start, end) = times.ok_or_else(|| invalid(word, "is not a range of hours"))?;
    if start == end || start == DAY {
        return Err(invalid(word, "is an empty range"));
    }
    for at in (0..7).filter(|at| selected[*at]) {
        if start < end {
            days[at].push(Range { start, end });
        } else {
            days[at].push(Range { start, end: DAY });
            if end > 0 {
                days[(at + 1) % 7].push(Range { start: 0, end });
            }
        }
    }
    Ok(())
}

/// Reads `09:00` to `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour, 2) || !digits(minute, 2) || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY).then_some(total)
}

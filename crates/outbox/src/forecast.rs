//! When the messages of a campaign are sent, by the rate and the hours.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::hours::{Opening, OpeningHours};

/// How many openings, closings and ends a forecast follows. A campaign in four zones has eight changes a day.
const CHANGES: u32 = 2_000;

/// When the messages of a campaign will have been sent, if it runs from now on.
///
/// It assumes that workers run all the time and use the whole rate, and that every request is accepted. Running
/// campaigns of the same account that go first, because of their priority or their age, use the rate before this one.
/// It does not take into account the times of single messages ([`not_before`](crate::NewMessage::not_before) and
/// [`expires_at`](crate::NewMessage::expires_at)), bursts, and messages that will be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forecast {
    /// When the last message is sent, or expires because the campaign ends. `None` if that is too far ahead to follow
    /// the opening hours: in most cases, more than half a year.
    pub ends_at: Option<Timestamp>,
    /// How many messages expire, because the campaign's [`not_after`](crate::NewCampaign::not_after) comes first.
    pub expiring: u64,
}

/// Messages that are ready, in one zone of one campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) zone: TimeZone,
    pub(crate) hours: OpeningHours,
    pub(crate) not_after: Timestamp,
    pub(crate) messages: u64,
    /// Whether it is of the campaign that the forecast is for.
    pub(crate) is_ours: bool,
}

/// A group and whether it is open, which is known until the opening's end.
struct Row {
    group: Group,
    opening: Opening,
}

impl Row {
    fn is_open(&self) -> bool {
        matches!(self.opening, Opening::Open { .. })
    }

    fn changes_at(&self) -> Timestamp {
        let changes_at = match self.opening {
            Opening::Open { until } => until.unwrap_or(Timestamp::MAX),
            Opening::Closed { until } => until,
        };
        changes_at.min(self.group.not_after)
    }
}

/// Computes a forecast. The groups are in the order in which they are sent.
///
/// This goes from one change to the next: the first group that is open is sent, until it is empty, closes or ends, or
/// until one before it opens.
pub(crate) fn forecast(groups: &[Group], from: Timestamp, interval: Duration) -> Forecast {
    let interval = i64::try_from(interval.as_micros()).unwrap_or(i64::MAX).max(1);
    let row = |group: &Group| Row { group: group.clone(), opening: group.hours.at(from, &group.zone) };
    let mut rows: Vec<_> = groups.iter().map(row).collect();
    let (mut now, mut last, mut expiring) = (from, from, 0);
    for _ in 0..CHANGES {
        for Row { group, .. } in rows.iter().filter(|row| row.group.is_ours && row.group.not_after <= now) {
            expiring += group.messages;
            last = last.max(group.not_after);
        }
        rows.retain(|row| row.group.messages > 0 && row.group.not_after > now);
        if !rows.iter().any(|row| row.group.is_ours) {
            return Forecast { ends_at: Some(last), expiring };
        }
        for row in rows.iter_mut().filter(|row| row.changes_at() <= now) {
            row.opening = row.group.hours.at(now, &row.group.zone);
        }
        let open = rows.iter().position(Row::is_open);
        let relevant = open.map_or(rows.len(), |open| open + 1);
        let end = rows[..relevant].iter().map(Row::changes_at).min().unwrap_or(Timestamp::MAX);
        let Some(open) = open else {
            now = end;
            continue;
        };
        let group = &mut rows[open].group;
        let room = (end.as_microsecond() - now.as_microsecond() - 1) / interval + 1;
        let sent = room.min(i64::try_from(group.messages).unwrap_or(i64::MAX)).max(1);
        group.messages -= sent.unsigned_abs();
        if group.is_ours {
            last = last.max(after(now, interval, sent - 1));
        }
        now = after(now, interval, sent);
    }
    Forecast { ends_at: None, expiring }
}

/// Returns the time after so many slots.
fn after(time: Timestamp, interval: i64, slots: i64) -> Timestamp {
    let micros = time.as_microsecond().saturating_add(interval.saturating_mul(slots));
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn group(zone: &str, hours: &str, messages: u64) -> Group {
        let (zone, hours) = (TimeZone::get(zone).unwrap(), hours.parse().unwrap());
        Group { zone, hours, not_after: at("2028-01-01T00:00Z"), messages, is_ours: true }
    }

    /// From a Friday at noon, one message a minute.
    fn minutely(groups: &[Group]) -> (String, u64) {
        let Forecast { ends_at, expiring } = forecast(groups, at("2027-03-05T12:00Z"), Duration::from_secs(60));
        (ends_at.map_or("never".to_owned(), |at| at.to_string()), expiring)
    }

    #[test]
    fn it_ends_with_the_last_message() {
        assert_eq!(minutely(&[group("UTC", "00:00-24:00", 1)]), ("2027-03-05T12:00:00Z".to_owned(), 0));
        assert_eq!(minutely(&[group("UTC", "00:00-24:00", 61)]), ("2027-03-05T13:00:00Z".to_owned(), 0));
        assert_eq!(minutely(&[]), ("2027-03-05T12:00:00Z".to_owned(), 0));
    }

    #[test]
    fn nothing_is_sent_while_it_is_closed() {
        // From noon to 12:30 on Friday, and from Monday at 12:00.
        let hours = "Mon-Fri 12:00-12:30";
        assert_eq!(minutely(&[group("UTC", hours, 30)]).0, "2027-03-05T12:29:00Z");
        assert_eq!(minutely(&[group("UTC", hours, 31)]).0, "2027-03-08T12:00:00Z");
        assert_eq!(minutely(&[group("UTC", hours, 65)]).0, "2027-03-09T12:04:00Z");
        assert_eq!(minutely(&[group("UTC", "09:00-11:00", 1)]).0, "2027-03-06T09:00:00Z");
    }

    #[test]
    fn zones_share_the_rate() {
        // It is 09:00 in São Paulo, and 08:00 in Manaus.
        let zones = [group("America/Manaus", "09:00-18:00", 10), group("America/Sao_Paulo", "09:00-18:00", 100)];
        // 60 in São Paulo until Manaus opens, 10 in Manaus, 40 in São Paulo.
        assert_eq!(minutely(&zones).0, "2027-03-05T13:49:00Z");
    }

    #[test]
    fn campaigns_that_go_first_use_the_rate() {
        let mut first = group("UTC", "12:00-12:10", 15);
        first.is_ours = false;
        assert_eq!(minutely(&[first.clone(), group("UTC", "00:00-24:00", 5)]).0, "2027-03-05T12:14:00Z");
        // Those that come later do not.
        assert_eq!(minutely(&[group("UTC", "00:00-24:00", 5), first.clone()]).0, "2027-03-05T12:04:00Z");
        first.not_after = at("2027-03-05T12:02Z");
        assert_eq!(minutely(&[first, group("UTC", "00:00-24:00", 5)]).0, "2027-03-05T12:06:00Z");
    }

    #[test]
    fn what_is_not_sent_before_the_end_expires() {
        let mut ours = group("UTC", "12:00-12:10", 25);
        ours.not_after = at("2027-03-06T12:05Z");
        assert_eq!(minutely(&[ours.clone()]), ("2027-03-06T12:05:00Z".to_owned(), 10));
        ours.not_after = at("2027-03-01T00:00Z");
        assert_eq!(minutely(&[ours]), ("2027-03-05T12:00:00Z".to_owned(), 25));
    }

    #[test]
    fn what_is_too_far_ahead_has_no_end() {
        let mut ours = group("UTC", "12:00-12:10", 1_000_000);
        ours.not_after = Timestamp::MAX;
        assert_eq!(minutely(&[ours]).0, "never");
        let mut always = group("UTC", "00:00-24:00", u64::MAX);
        always.not_after = Timestamp::MAX;
        // At the end of time.
        assert_eq!(minutely(&[always]).0, Timestamp::MAX.to_string());
    }
}

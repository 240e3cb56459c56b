//! The decision table: each row of `docs/unknown.md`.

use std::time::Duration;

use zap_outbox::jiff::{SignedDuration, Timestamp};
use zap_outbox::model::{Baseline, Control, Decision, Offset, Seen, Span, Undecided, decide};

use crate::contract::fixture::time;

/// The intent is committed at 12:00:00, by the ledger's clock.
fn intent() -> Timestamp {
    time("2027-03-05T12:00Z")
}

fn decide_at() -> Timestamp {
    time("2027-03-05T12:03Z")
}

/// Returns a time some seconds after the intent, or before it.
fn after(seconds: i64) -> Timestamp {
    intent() + SignedDuration::from_secs(seconds)
}

/// The provider's clock is ahead by so many seconds; the read took 100 milliseconds.
fn ahead(seconds: i64) -> Offset {
    let before = after(3_600);
    let provider = before + SignedDuration::from_secs(seconds);
    Offset::measure(before, provider, before + SignedDuration::from_millis(100)).expect("it was quick")
}

/// A conversation of last month, whose latest message was seen so many seconds after the intent by the provider's
/// clock, which is right.
fn seen(latest: Option<i64>) -> Seen {
    Seen {
        at: after(3_600),
        offset: Some(ahead(0)),
        conversations: 1,
        latest: latest.map(after),
        created: Some(after(-30 * 86_400)),
        is_complete: true,
    }
}

fn moved() -> Control {
    Control::Moved(ahead(0))
}

fn undecided(reason: Undecided) -> Decision {
    Decision::Undecided(reason)
}

#[test]
fn each_row_of_the_table_is_decided_as_it_says() {
    let long_ago = || seen(Some(-86_400));
    for (name, seen, control, decision) in [
        ("moved at the intent", seen(Some(0)), None, Decision::Done),
        ("moved in the second of the intent", seen(Some(-1)), None, Decision::Done),
        ("moved before it was overdue", seen(Some(180)), None, Decision::Done),
        ("moved after it was overdue", seen(Some(185)), Some(moved()), undecided(Undecided::MovedLater)),
        ("moved just before", seen(Some(-3)), Some(moved()), undecided(Undecided::TooClose)),
        ("moved two minutes before", seen(Some(-121)), Some(moved()), undecided(Undecided::TooClose)),
        ("moved longer before", seen(Some(-123)), Some(moved()), Decision::NotDone),
        ("not moved", long_ago(), Some(moved()), Decision::NotDone),
        ("empty", seen(None), Some(moved()), Decision::NotDone),
        ("no control", long_ago(), None, undecided(Undecided::NoControl)),
        ("a control that shows nothing", long_ago(), Some(Control::Silent), undecided(Undecided::NoControl)),
        ("a control that lies", long_ago(), Some(Control::Contradicts), undecided(Undecided::Contradicted)),
        ("a control by another clock", long_ago(), Some(Control::Moved(ahead(200))), undecided(Undecided::WrongClock)),
        (
            "no conversation",
            Seen { conversations: 0, created: None, ..seen(None) },
            Some(moved()),
            undecided(Undecided::NoConversation),
        ),
        (
            "no conversation among those that were read",
            Seen { conversations: 0, created: None, is_complete: false, ..seen(None) },
            Some(moved()),
            undecided(Undecided::Unreadable),
        ),
        (
            "created after the intent",
            Seen { created: Some(after(60)), ..seen(None) },
            Some(moved()),
            undecided(Undecided::NewConversation),
        ),
        (
            "created at no time",
            Seen { created: None, ..long_ago() },
            Some(moved()),
            undecided(Undecided::NewConversation),
        ),
        ("created by the message", Seen { created: Some(after(1)), ..seen(Some(1)) }, None, Decision::Done),
        (
            "not moved among those that were read",
            Seen { is_complete: false, ..long_ago() },
            Some(moved()),
            undecided(Undecided::Unreadable),
        ),
        ("moved among those that were read", Seen { is_complete: false, ..seen(Some(1)) }, None, Decision::Done),
        ("no clock", Seen { offset: None, ..seen(Some(1)) }, Some(moved()), undecided(Undecided::NoClock)),
        (
            "a clock that is wrong by an hour",
            Seen { offset: Some(ahead(3_600)), ..seen(Some(3_601)) },
            Some(moved()),
            undecided(Undecided::WrongClock),
        ),
        ("moved in the future", seen(Some(4_000)), Some(moved()), undecided(Undecided::WrongClock)),
    ] {
        assert_eq!(decide(&seen, decide_at(), &[], control), decision, "{name}");
    }
}

#[test]
fn the_clocks_may_differ() {
    for offset in [-300, -7, 7, 300] {
        let by = |seconds: i64| Seen { offset: Some(ahead(offset)), ..seen(Some(seconds + offset)) };
        let control = Some(Control::Moved(ahead(offset)));
        assert_eq!(decide(&by(0), decide_at(), &[], None), Decision::Done, "{offset}");
        assert_eq!(decide(&by(-60), decide_at(), &[], control), undecided(Undecided::TooClose), "{offset}");
        assert_eq!(decide(&by(-200), decide_at(), &[], control), Decision::NotDone, "{offset}");
        assert_eq!(decide(&by(240), decide_at(), &[], control), undecided(Undecided::MovedLater), "{offset}");
    }
}

#[test]
fn a_move_that_another_message_explains_proves_nothing() {
    let answered = |from: i64, to: i64| Span::answered(after(from + 180), after(to));
    let other = undecided(Undecided::OtherMessage);
    for (others, latest, decision) in [
        (answered(5, 6), 6, other),
        (answered(5, 6), 2, Decision::Done),
        (answered(-10, 30), 20, other),
        (answered(-60, -55), 1, Decision::Done),
        // Its answer is not known, so it may have been processed minutes later.
        (Span::unanswered(after(-300)), 100, other),
        (Span::unanswered(after(-900)), 100, Decision::Done),
    ] {
        assert_eq!(decide(&seen(Some(latest)), decide_at(), &[others], None), decision, "{others:?}, {latest}");
    }
}

#[test]
fn a_control_moved_its_conversation_exactly_when_it_was_sent() {
    let sent = Span::answered(after(180), after(2));
    let moved = Control::Moved(ahead(0));
    for (latest, control) in [
        (Some(-123), Control::Contradicts),
        (Some(-60), Control::Silent),
        (Some(-1), moved),
        (Some(2), moved),
        (Some(3), moved),
        // The customer has answered since.
        (Some(600), Control::Silent),
        (None, Control::Silent),
    ] {
        assert_eq!(Control::of(&seen(latest), sent), control, "{latest:?}");
    }
    let incomplete = Seen { is_complete: false, ..seen(Some(-600)) };
    assert_eq!(Control::of(&incomplete, sent), Control::Silent);
    assert_eq!(Control::of(&Seen { offset: None, ..seen(Some(1)) }, sent), Control::Silent);
}

#[test]
fn the_offset_is_measured_only_by_a_quick_read() {
    let measure = |millis: i64| Offset::measure(intent(), after(100), intent() + SignedDuration::from_millis(millis));
    assert!(measure(0).is_some() && measure(10_000).is_some());
    assert_eq!(measure(10_001), None);
    assert_eq!(measure(-1), None, "the clock was put back");
    assert!(Duration::from_secs(10) < zap_outbox::model::LOOK_MARGIN, "or a slow read would hide a move");
}

#[test]
fn a_conversation_has_moved_if_its_latest_message_is_later_than_before_and_not_old() {
    let before = |latest: Option<i64>| Baseline { latest: latest.map(after), at: after(0) };
    for (before, latest, has_moved) in [
        (before(Some(-3_600)), -3_600, false),
        (before(Some(-3_600)), 0, true),
        (before(Some(-3_600)), 1, true),
        (before(Some(0)), 0, false),
        (before(Some(0)), 1, true),
        (before(Some(5)), 4, false),
        (before(None), 1, true),
        // The times of the messages and those of the answers can be of two machines.
        (before(None), -120, true),
        (before(None), -121, false),
        (before(Some(-86_400)), -3_600, false),
    ] {
        assert_eq!(before.has_moved(after(latest)), has_moved, "{before:?} {latest}");
    }
}

//! Cursors: what they remember, and what they are as text.

use super::cursor::{ConversationCursor, Move};
use super::cursor_text::InvalidCursor;

const SECOND: i64 = 1_000_000;
const START: i64 = 1_767_585_600 * SECOND;

fn at(seconds: i64, id: i64) -> Move {
    Move { time: START + seconds * SECOND, id }
}

/// A cursor that passed these moves, with this lookback, in seconds, before the newest of them.
fn passed(moves: &[Move], lookback: i64) -> ConversationCursor {
    let mut cursor = ConversationCursor::beginning();
    let settled = moves.iter().map(|at| at.time).max().unwrap() - lookback * SECOND;
    for one in moves {
        assert!(cursor.lacks(*one), "{one:?} {cursor:?}");
        cursor.pass(*one, settled);
        assert!(!cursor.lacks(*one), "{one:?} {cursor:?}");
    }
    cursor
}

#[test]
fn a_cursor_remembers_which_conversations_of_the_latest_time_were_handled() {
    let cursor = passed(&[at(0, 9), at(100, 3), at(100, 7)], 30);
    for (one, is_new) in [
        (at(0, 9), false),
        (at(100, 3), false),
        (at(100, 7), false),
        // Others of the same time, also with a smaller id.
        (at(100, 1), true),
        (at(100, 5), true),
        // The same ones later, and one that appears late.
        (at(101, 3), true),
        (at(71, 4), true),
        (at(70, 4), false),
        // An earlier time than the one that was handled, as after the latest message was deleted.
        (at(99, 3), false),
    ] {
        assert_eq!(cursor.lacks(one), is_new, "{one:?} {cursor}");
    }
}

#[test]
fn a_cursor_in_the_middle_of_old_moves_of_one_time_passes_only_those_before_it() {
    let mut cursor = ConversationCursor::beginning();
    let settled = at(100, 0).time;
    for id in 1..=3 {
        cursor.pass(at(0, id), settled);
    }
    assert!(!cursor.lacks(at(0, 3)) && cursor.lacks(at(0, 4)), "{cursor}");
    assert!(cursor.recent.is_empty(), "old moves need no memory: {cursor:?}");
}

#[test]
fn a_cursor_is_bounded_and_then_expects_no_late_moves() {
    let moves: Vec<Move> = (0..2_500).map(|n| at(n / 500, n)).collect();
    let cursor = passed(&moves, 3_600);
    assert_eq!(cursor.recent.len(), 1_000);
    assert!(moves.iter().all(|one| !cursor.lacks(*one)));
    assert!(cursor.lacks(at(4, 9_999)) && cursor.lacks(at(3, 9_999)) && !cursor.lacks(at(2, 1)));
    assert!(cursor.to_string().len() < 27_000, "{}", cursor.to_string().len());
    assert_eq!(cursor.to_string().parse(), Ok(cursor));
}

fn samples() -> Vec<ConversationCursor> {
    vec![
        ConversationCursor::beginning(),
        ConversationCursor { floor: Move::last_at(START), recent: Vec::new() },
        passed(&[at(0, 9), at(100, 3), at(100, 7)], 30),
        passed(&[at(0, 9), at(1, 12)], 0),
        passed(&[Move { time: -5, id: -3 }], 1),
        ConversationCursor { floor: Move::FIRST, recent: vec![at(0, 1), Move::last_at(i64::MAX)] },
    ]
}

#[test]
fn a_cursor_survives_as_text_and_as_json() {
    assert!(serde_json::from_str::<ConversationCursor>("\"v1.beginning\"").is_err());
    for cursor in samples() {
        let text = cursor.to_string();
        assert_eq!(text.parse(), Ok(cursor.clone()), "{text}");
        assert_eq!(format!(" {text}\n").parse(), Ok(cursor.clone()), "{text}");
        assert!(text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".:*-".contains(&byte)));
        let json = serde_json::to_string(&cursor).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<ConversationCursor>(&json).unwrap(), cursor);
    }
}

#[test]
fn the_text_of_a_cursor_is_stable() {
    // Programs have stored such texts.
    let cursor = passed(&[at(0, 9), at(100, 3), at(100, 7)], 30);
    assert_eq!(cursor.to_string(), "v1.1767585670000000:*.1767585700000000:3.1767585700000000:7.93730816");
    assert_eq!(ConversationCursor::beginning().to_string(), "v1.beginning.fe181c5d");
}

#[test]
fn a_damaged_text_is_refused() {
    for cursor in samples() {
        let text = cursor.to_string();
        for length in 0..text.len() {
            assert_eq!(
                text[..length].parse::<ConversationCursor>(),
                Err(InvalidCursor::Damaged),
                "{}",
                &text[..length]
            );
        }
        for index in 2..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[index] = if bytes[index] == b'1' { b'2' } else { b'1' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(changed.parse::<ConversationCursor>().is_err(), "{changed}");
        }
    }
    for text in ["", "v1", "now", "2026-01-05T04:00:00Z", "v.1.2", "v1.beginning", "vx.beginning.1", "é", "v1é."] {
        assert_eq!(text.parse::<ConversationCursor>(), Err(InvalidCursor::Damaged), "{text}");
    }
}

#[test]
fn a_text_of_a_later_version_says_what_to_update() {
    for text in ["v2.anything", "v10.1:1.00000000"] {
        let error = text.parse::<ConversationCursor>().unwrap_err();
        assert_eq!(error, InvalidCursor::UnknownVersion, "{text}");
        assert!(error.to_string().contains("update this program"), "{error}");
    }
    let damaged = "v1.beginning".parse::<ConversationCursor>().unwrap_err();
    assert!(damaged.to_string().contains("column without a short limit"), "{damaged}");
}

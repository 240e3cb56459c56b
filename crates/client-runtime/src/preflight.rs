//! The check of a call against the rules of its operation, before any connection.
//!
//! Nothing is allocated for a call that breaks none.

use serde::de::IgnoredAny;

use crate::file::{File, Source as FileSource};
use crate::file_type;
use crate::form::{Form, Value};
use crate::rule::{Constraint, Rule};
use crate::violation::Violation;

/// Checks what holds of one text alone.
pub(crate) fn check_text(rules: &[Rule], trims: bool, name: &str, value: &str, found: &mut Vec<Violation>) {
    for rule in rules {
        if matches!(rule.fields, [field] if *field == name) && !holds_of_text(rule.constraint, trims, value) {
            found.push(Violation::of(rule, None));
        }
    }
}

/// Whether the constraint holds of a text; also if it says nothing of texts.
fn holds_of_text(constraint: Constraint, trims: bool, value: &str) -> bool {
    let value = if trims { trimmed(value) } else { value };
    if let Constraint::MinLength(least) = constraint {
        return value.chars().take(least).count() == least;
    }
    // Where texts are trimmed, a blank one is none.
    if trims && value.is_empty() {
        return true;
    }
    match constraint {
        Constraint::MaxLength(most) => value.len() <= most || value.chars().count() <= most,
        // What is not a number compares as false, so that it does not hold.
        Constraint::Minimum(least) => number(value).is_none_or(|value| value >= as_float(least)),
        Constraint::Maximum(most) => number(value).is_none_or(|value| value <= as_float(most)),
        Constraint::NotZero => number(value).is_none_or(|value| value.abs() > 0.0),
        Constraint::Digits => value.bytes().all(|byte| byte.is_ascii_digit()),
        Constraint::Json => serde_json::from_str::<IgnoredAny>(value).is_ok(),
        Constraint::Minute => is_minute(value),
        _ => true,
    }
}

/// A text as a server reads it that trims.
fn trimmed(value: &str) -> &str {
    value.trim_matches(|c: char| c.is_whitespace() || c == '\0')
}

/// A number as a call writes it. By JSON's reader: nothing else in a program needs the standard library's, which has a
/// table of 10 KiB.
fn number(value: &str) -> Option<f64> {
    let digits = value.trim_start_matches(['+', '-']);
    let is_none = ["nan", "inf", "infinity"].iter().any(|word| digits.eq_ignore_ascii_case(word));
    let looks_like_one = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    // What no JSON reader takes for a number, such as one beyond all range, is none that a limit could hold of.
    serde_json::from_str(value).ok().or((is_none || looks_like_one).then_some(f64::NAN))
}

#[allow(clippy::cast_precision_loss, reason = "the limits of the specs are small")]
fn as_float(limit: i64) -> f64 {
    limit as f64
}

/// Whether this is `YYYY-MM-DD HH:MM` on a day that there is.
fn is_minute(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = b"0000-00-00 00:00";
    let fits = |(byte, shape): (&u8, &u8)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == shape };
    if bytes.len() != shape.len() || !bytes.iter().zip(shape).all(fits) {
        return false;
    }
    let part = |at: usize, length: usize| {
        bytes[at..at + length].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    let (year, month, day) = (part(0, 4), part(5, 2), part(8, 2));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day) && part(11, 2) < 24 && part(14, 2) < 60
}

/// Checks a form against the rules but what needs the content or the size of files.
pub(crate) fn check_form(rules: &[Rule], trims: bool, form: &Form, found: &mut Vec<Violation>) {
    let given = |name: &&str| {
        form.values(name).any(|value| match value {
            Value::Text(text) => !(trims && trimmed(text).is_empty()),
            Value::File(_) => true,
        })
    };
    for rule in rules {
        let holds = match rule.constraint {
            Constraint::AtLeastOne => rule.fields.iter().any(given),
            Constraint::AllOrNone => {
                let count = rule.fields.iter().filter(|name| given(name)).count();
                count == 0 || count == rule.fields.len()
            }
            // Nothing that a text could break; these are half of all rules.
            Constraint::Required | Constraint::MinBytes(_) | Constraint::MaxBytes(_) | Constraint::FileTypes(_) => true,
            constraint => form.parts().iter().all(|(name, value)| match value {
                Value::Text(text) => !rule.fields.contains(name) || holds_of_text(constraint, trims, text),
                Value::File(_) => true,
            }),
        };
        if !holds {
            found.push(Violation::of(rule, None));
        }
    }
}

/// Checks the files of a form: their sizes and types. A file that cannot be read is left to whoever
/// sends it.
pub(crate) async fn check_files(rules: &[Rule], form: &Form, found: &mut Vec<Violation>) {
    for (name, file) in form.files() {
        let mut size = None;
        for rule in rules.iter().filter(|rule| matches!(rule.fields, [field] if *field == name)) {
            let holds = match rule.constraint {
                Constraint::MinBytes(least) => file_size(file, &mut size).await.is_none_or(|bytes| bytes >= least),
                Constraint::MaxBytes(most) => file_size(file, &mut size).await.is_none_or(|bytes| bytes <= most),
                Constraint::FileTypes(types) => file_type::fits(file, types).await,
                _ => true,
            };
            if !holds {
                let measured = if matches!(rule.constraint, Constraint::FileTypes(_)) { None } else { size };
                found.push(Violation::of(rule, measured));
            }
        }
    }
}

/// The size in bytes, asked for once.
async fn file_size(file: &File, known: &mut Option<u64>) -> Option<u64> {
    if known.is_none() {
        *known = match file.source() {
            FileSource::Bytes(bytes) => Some(bytes.len() as u64),
            FileSource::Disk(file) => file.length().await.ok(),
            FileSource::Stream { length, .. } => *length,
        };
    }
    *known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_one_that_there_is() {
        for right in ["2026-01-05 14:30", "2024-02-29 00:00", "2000-02-29 23:59", "2026-12-31 09:05"] {
            assert!(is_minute(right), "{right}");
        }
        for wrong in [
            "",
            "2026-01-05",
            "2026-01-05T14:30",
            "2026-01-05 14:30:00",
            "2026-02-29 10:00",
            "1900-02-29 10:00",
            "2026-13-01 10:00",
            "2026-00-01 10:00",
            "2026-04-31 10:00",
            "2026-01-00 10:00",
            "2026-01-05 24:00",
            "2026-01-05 10:60",
            "26-01-05 10:00",
            " 2026-01-05 10:00",
            "2026-01-05 1é:0",
        ] {
            assert!(!is_minute(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_blank_text_is_none_where_texts_are_trimmed() {
        for (constraint, trims, value, holds) in [
            (Constraint::MinLength(1), true, " \t", false),
            (Constraint::MinLength(1), false, " ", true),
            (Constraint::MinLength(1), false, "", false),
            (Constraint::MinLength(2), false, "é", false),
            (Constraint::MinLength(2), false, "éé", true),
            (Constraint::MaxLength(2), false, "éé", true),
            (Constraint::MaxLength(2), false, "ééé", false),
            (Constraint::Digits, true, " 12 ", true),
            (Constraint::Digits, false, "12 ", false),
            (Constraint::Digits, true, "٣", false),
            (Constraint::Json, true, "  ", true),
            (Constraint::Json, true, "{", false),
            (Constraint::Json, true, "{}", true),
            (Constraint::Minimum(1), true, "NaN", false),
            (Constraint::Minimum(1), true, "inf", false),
            (Constraint::Maximum(90), true, "inf", false),
            (Constraint::Maximum(90), true, &f64::MAX.to_string(), false),
            (Constraint::Minimum(-90), true, &f64::MIN.to_string(), false),
            (Constraint::Maximum(90), true, "+91", false),
            (Constraint::Maximum(90), true, "9 things", false),
            (Constraint::Maximum(90), true, "things", true),
            (Constraint::Maximum(90), true, "90", true),
            (Constraint::Maximum(90), true, "90.000001", false),
            (Constraint::NotZero, true, "-0", false),
            (Constraint::NotZero, true, "0.000001", true),
        ] {
            assert_eq!(holds_of_text(constraint, trims, value), holds, "{constraint:?} {trims} `{value}`");
        }
    }
}

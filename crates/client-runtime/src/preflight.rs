//! The check of a call against the rules of its operation, before any connection.
//!
//! Nothing is allocated for a call that breaks none.

use crate::file::{File, Source as FileSource};
use crate::file_name;
use crate::file_type;
use crate::form::{Form, Value};
use crate::format::{has_placeholder, is_json, is_minute, is_object_with, is_one_line, number};
use crate::rule::{Constraint, Rule};
use crate::trim::trimmed;
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
        Constraint::MaxLength(most) | Constraint::MaxLengthBeside(most, _) => {
            value.len() <= most || value.chars().count() <= most
        }
        // What is not a number compares as false, so that it does not hold.
        Constraint::Minimum(least) => number(value).is_none_or(|value| value >= as_float(least)),
        Constraint::Maximum(most) => number(value).is_none_or(|value| value <= as_float(most)),
        Constraint::NotZero => number(value).is_none_or(|value| value.abs() > 0.0),
        Constraint::Digits => value.bytes().all(|byte| byte.is_ascii_digit()),
        Constraint::Json => is_json(value),
        Constraint::JsonObject(names) => is_object_with(value, names),
        Constraint::Minute => is_minute(value),
        Constraint::OneLine => is_one_line(value),
        Constraint::NoPlaceholder(except) => !has_placeholder(value) || except.contains(&value),
        _ => true,
    }
}

/// A bit that names of the same length share.
fn length_bit(name: &str) -> u64 {
    1 << (name.len() % 64)
}

#[allow(clippy::cast_precision_loss, reason = "the limits of the specs are small")]
fn as_float(limit: i64) -> f64 {
    limit as f64
}

/// Checks a form against the rules but what needs the content or the size of files.
pub(crate) fn check_form(rules: &[Rule], trims: bool, form: &Form, found: &mut Vec<Violation>) {
    // Most rules are about fields that are not there: the lengths of the names tell so of nearly all of them.
    let lengths = form.parts().iter().fold(0, |all, (name, _)| all | length_bit(name));
    let may_be_there = |name: &&str| lengths & length_bit(name) != 0;
    let given = |name: &&str| {
        may_be_there(name)
            && form.values(name).any(|value| match value {
                Value::Text(text) => !(trims && trimmed(text).is_empty()),
                Value::File(_) => true,
            })
    };
    for rule in rules {
        let holds = match (rule.constraint, rule.fields) {
            // Nothing that a text could break; these are half of all rules.
            (
                Constraint::Required
                | Constraint::MinBytes(_)
                | Constraint::MaxBytes(_)
                | Constraint::FileTypes(_)
                | Constraint::MaxNameLength(_),
                _,
            ) => true,
            (Constraint::AtLeastOne, fields) => fields.iter().any(given),
            (Constraint::AllOrNone, fields) => {
                let count = fields.iter().filter(|name| given(name)).count();
                count == 0 || count == fields.len()
            }
            (Constraint::AtMostOne, fields) => fields.iter().filter(|name| given(name)).nth(1).is_none(),
            (Constraint::NotBeside, [one, others @ ..]) => !given(one) || !others.iter().any(given),
            (Constraint::OnlyWith, [one, others @ ..]) => !given(one) || others.iter().all(given),
            (Constraint::MaxLengthBeside(_, others), _) if !others.iter().any(given) => true,
            (_, fields) if !fields.iter().any(may_be_there) => true,
            (constraint, fields) => form.parts().iter().all(|(name, value)| match value {
                Value::Text(text) => !fields.contains(name) || holds_of_text(constraint, trims, text),
                Value::File(_) => true,
            }),
        };
        if !holds {
            let given = match rule.constraint {
                Constraint::AtMostOne | Constraint::NotBeside => rule.fields.iter().copied().filter(given).collect(),
                _ => Vec::new(),
            };
            found.push(Violation::of(rule, None).among(&given));
        }
    }
}

/// Checks the files of a form: their names, sizes and types. The sending reports a
/// file that cannot be read.
pub(crate) async fn check_files(rules: &[Rule], form: &Form, found: &mut Vec<Violation>) {
    for (name, file) in form.files() {
        if let Some(why) = file_name::fault(file.name()) {
            found.push(Violation::own(name, Constraint::FileName, &why));
        }
        let mut size = None;
        for rule in rules.iter().filter(|rule| matches!(rule.fields, [field] if *field == name)) {
            let holds = match rule.constraint {
                Constraint::MinBytes(least) => file_size(file, &mut size).await.is_none_or(|bytes| bytes >= least),
                Constraint::MaxBytes(most) => file_size(file, &mut size).await.is_none_or(|bytes| bytes <= most),
                Constraint::FileTypes(types) => file_type::fits(file, types).await,
                Constraint::MaxNameLength(most) => file.name().chars().count() <= most,
                _ => true,
            };
            if !holds {
                let measured = match rule.constraint {
                    Constraint::MaxNameLength(_) => Some(file.name().chars().count() as u64),
                    Constraint::MinBytes(_) | Constraint::MaxBytes(_) => size,
                    _ => None,
                };
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
            (Constraint::JsonObject(&["a"]), true, "\u{2800}{\"a\": 1}\u{feff}", true),
            (Constraint::JsonObject(&["a"]), true, "{}", false),
            (Constraint::JsonObject(&["a"]), true, "{", true),
            (Constraint::MinLength(1), true, "\u{2800}\u{200b}", false),
            (Constraint::MaxLength(1), true, "\u{ad}a\u{ad}", true),
            (Constraint::OneLine, true, "\ta\n", true),
            (Constraint::OneLine, false, "a\n", false),
            (Constraint::NoPlaceholder(&["{{ a }}"]), true, " {{ a }} ", true),
            (Constraint::NoPlaceholder(&["{{ a }}"]), true, "{{a}}", false),
            (Constraint::NoPlaceholder(&["{{ a }}"]), true, "x {{ a }}", false),
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

//! Validates single texts against the rules of an operation.

use crate::error::violation::Violation;
use crate::spec::rule::{Constraint, Rule};
use crate::validate::format::{has_placeholder, is_json, is_minute, is_object_with, is_one_line, number};
use crate::validate::trim::trimmed;

/// Adds the rules about the field `name` that its text breaks.
pub(crate) fn check_text(rules: &[Rule], trims: bool, name: &str, value: &str, found: &mut Vec<Violation>) {
    for rule in rules {
        if matches!(rule.fields, [field] if *field == name) && !holds_of_text(rule.constraint, trims, value) {
            found.push(Violation::of(rule, None));
        }
    }
}

/// Returns whether a text satisfies the constraint. Constraints that are not about texts are always satisfied.
#[inline]
pub(crate) fn holds_of_text(constraint: Constraint, trims: bool, value: &str) -> bool {
    let value = if trims { trimmed(value) } else { value };
    if let Constraint::MinLength(least) = constraint {
        return value.chars().take(least).count() == least;
    }
    // Servers that trim texts treat a blank text as absent.
    if trims && value.is_empty() {
        return true;
    }
    match constraint {
        Constraint::MaxLength(most) | Constraint::MaxLengthBeside(most, _) => {
            value.len() <= most || value.chars().count() <= most
        }
        // NaN compares as false, so a text that is not a number does not satisfy a limit.
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

#[allow(clippy::cast_precision_loss, reason = "the limits of the specs are small")]
fn as_float(limit: i64) -> f64 {
    limit as f64
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

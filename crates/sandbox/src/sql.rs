//! How the recorded server's database compares: numbers with text, text without case and accents, `LIKE`.

mod collation;
mod pattern;

pub(crate) use pattern::Pattern;

/// How many bytes of a text are parsed as a number. No column has a longer one.
const DIGITS: usize = 1000;
/// How many entries of nested lists are considered.
const ENTRIES: usize = 1000;
/// The longest text in bytes that is compared by collation. Longer texts equal no column, and are not read again for
/// every row.
const LONGEST: usize = 4096;

use serde_json::Value;

use crate::php;

/// Whether a text column accepts the text: if it is UTF-8, apart from single surrogates, which the database accepts as
/// characters.
pub(crate) fn takes(text: &str) -> bool {
    if !php::has_invalid_utf8(text) {
        return true;
    }
    let bytes = php::bytes_of(text);
    let mut rest = bytes.as_slice();
    loop {
        let Err(error) = std::str::from_utf8(rest) else { return true };
        match rest.get(error.valid_up_to()..) {
            Some([0xED, 0xA0..=0xBF, 0x80..=0xBF, after @ ..]) => rest = after,
            _ => return false,
        }
    }
}

/// Returns the number at the start of a text, or 0 if there is none: `3abc` is 3 in `MySQL`.
pub(crate) fn number_prefix(text: &str) -> f64 {
    let text = text.trim_start();
    let bytes = text.as_bytes();
    let bytes = bytes.get(..DIGITS).unwrap_or(bytes);
    let mut end = 0;
    let mut best = 0;
    if bytes.first().is_some_and(|sign| matches!(sign, b'+' | b'-')) {
        end += 1;
    }
    let (mut digits, mut dot, mut exponent) = (false, false, false);
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'0'..=b'9' => {
                digits = true;
                best = end + 1;
            }
            b'.' if !dot && !exponent => dot = true,
            b'e' | b'E' if digits && !exponent => {
                exponent = true;
                if bytes.get(end + 1).is_some_and(|sign| matches!(sign, b'+' | b'-')) {
                    end += 1;
                }
            }
            _ => break,
        }
        end += 1;
    }
    text[..best].parse().unwrap_or(0.0)
}

/// Whether an integer column equals a text, as in `where id = '3abc'`.
#[allow(clippy::cast_precision_loss, clippy::float_cmp, reason = "the database compares as doubles")]
pub(crate) fn id_equals(id: i64, text: &str) -> bool {
    number_prefix(text) == id as f64
}

/// Whether an integer column equals a value of any type. For a list, the first entry counts. If that is null, it equals
/// nothing.
pub(crate) fn id_matches(id: i64, value: &Value) -> bool {
    match first_scalar(value) {
        Some(Value::String(text)) => id_equals(id, text),
        Some(Value::Number(number)) => id_equals(id, &number.to_string()),
        Some(Value::Bool(flag)) => id == i64::from(*flag),
        _ => false,
    }
}

/// Whether a text column equals a value. Numbers are compared as numbers, and text without case or accents.
#[allow(clippy::float_cmp, reason = "the database compares as doubles")]
pub(crate) fn text_matches(column: &str, value: &Value) -> bool {
    match first_scalar(value) {
        Some(Value::String(text)) => text_equals(column, text),
        // Only integers reach the database as numbers.
        Some(Value::Number(number)) if number.is_i64() => number.as_f64() == Some(number_prefix(column)),
        Some(number @ Value::Number(_)) => php::text_of(number).is_some_and(|text| text_equals(column, &text)),
        Some(Value::Bool(flag)) => number_prefix(column) == f64::from(u8::from(*flag)),
        _ => false,
    }
}

/// Whether two texts are equal under the server's collation, which ignores case, accents and trailing spaces.
pub(crate) fn text_equals(left: &str, right: &str) -> bool {
    if left.len().max(right.len()) > LONGEST { left == right } else { collation::equal(left, right) }
}

/// Returns the first scalar in nested lists. The number of visited entries is limited, because this runs for every row.
fn first_scalar(value: &Value) -> Option<&Value> {
    fn first<'a>(value: &'a Value, left: &mut usize) -> Option<&'a Value> {
        *left = left.checked_sub(1)?;
        match value {
            Value::Array(list) => list.iter().take(ENTRIES).find_map(|value| first(value, left)),
            Value::Object(map) => map.values().take(ENTRIES).find_map(|value| first(value, left)),
            scalar => Some(scalar),
        }
    }
    first(value, &mut { ENTRIES })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_far_longer_than_a_column_are_not_read() {
        let long = "1".to_owned() + &"\u{200b}".repeat(2 * 1024 * 1024);
        let (digits, list) = ("1".repeat(8 * 1024 * 1024), json!(vec![json!([]); 100_000]));
        // As often as a table has rows.
        for _ in 0..1000 {
            assert!(!text_equals("11987654321", &long) && !id_equals(1, &digits) && !id_matches(1, &list));
        }
    }

    #[test]
    fn numbers_at_the_start() {
        assert!(id_equals(3, "3abc") && id_equals(3, " 3") && id_equals(10, "1e1x") && id_equals(3, "3."));
        assert!(id_equals(0, "abc") && !id_equals(3, "3.5") && !id_equals(3, "99999999999999999999"));
        assert!(id_equals(1, "1e") && id_equals(1, "1e+"));
    }

    #[test]
    fn values_of_any_type() {
        assert!(id_matches(1, &json!([1])) && id_matches(1, &json!("1abc")) && !id_matches(1, &json!([])));
        assert!(id_matches(1, &json!([[], [1]])) && !id_matches(1, &json!([null, 1])));
        assert!(text_matches("01988", &json!(1988)) && !text_matches("01988", &json!("1988")));
        assert!(text_matches("+55", &json!(55)) && !text_matches("+55", &json!("55")));
        assert!(text_matches("55", &json!(55.0)) && !text_matches("+55", &json!(55.0)));
    }
}

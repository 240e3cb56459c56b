//! The PHP semantics that callers of the `ExternalApi` can observe: truthiness, numeric strings, `==`.

mod tags;
mod text;

pub(crate) use tags::strip_tags;
pub(crate) use text::{bytes_of, has_invalid_utf8, limit, lossy, text, trim};

use serde_json::Value;

/// Whether PHP treats a value as true: `"0"`, `""`, `0`, `0.0`, `null`, `false` and empty arrays are false.
pub(crate) fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty() && text != "0",
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}

/// Returns the number in a *numeric string*, which may have white space around it, a sign, decimals and an exponent.
pub(crate) fn numeric(text: &str) -> Option<f64> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    // Rust also parses "inf", "nan" and "infinity".
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    text.parse().ok()
}

/// Returns `filter_var($value, FILTER_VALIDATE_INT)`, which the rule `integer` and the page number use.
pub(crate) fn filter_int(value: &Value) -> Option<i64> {
    let text = match value {
        Value::Bool(true) => return Some(1),
        Value::Number(_) => text_of(value)?,
        Value::String(text) => text.clone(),
        _ => return None,
    };
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if leading_zero || !all_digits {
        return None;
    }
    text.parse().ok()
}

/// Returns `(int) $value` for a number or a numeric string, which saturates as in PHP.
#[allow(clippy::cast_possible_truncation, reason = "a float saturates, which is what is wanted")]
pub(crate) fn int_of_numeric(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|float| float as i64)),
        Value::String(text) => {
            let trimmed = text.trim();
            trimmed.parse().ok().or_else(|| numeric(trimmed).map(|float| float as i64))
        }
        _ => None,
    }
}

/// Returns a scalar as PHP converts it to text, or `None` for arrays.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => Some(String::new()),
        Value::Bool(true) => Some("1".to_owned()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_i64() => Some(number.to_string()),
        Value::Number(number) => number.as_f64().map(text_of_float),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns a float with the 14 digits that PHP writes: 1000.0 is `1000`, and 1e25 is `1.0E+25`.
fn text_of_float(float: f64) -> String {
    const DIGITS: i32 = 14;
    let scientific = format!("{float:.13e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..DIGITS).contains(&exponent) {
        let decimals = usize::try_from(DIGITS - 1 - exponent).unwrap_or_default();
        let fixed = format!("{float:.decimals$}");
        return if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.').to_owned() } else { fixed };
    }
    let mantissa = mantissa.trim_end_matches('0');
    let zero = if mantissa.ends_with('.') { "0" } else { "" };
    format!("{mantissa}{zero}E{exponent:+}")
}

/// Returns `$text == $value`, where `$text` is a constant of the server's program.
pub(crate) fn loosely_equal(text: &str, value: &Value) -> bool {
    match value {
        Value::Null => text.is_empty(),
        Value::Bool(flag) => (!text.is_empty() && text != "0") == *flag,
        Value::Number(number) => match numeric(text) {
            Some(float) => Some(float) == number.as_f64(),
            None => text_of(value).as_deref() == Some(text),
        },
        Value::String(other) => match (numeric(text), numeric(other)) {
            (Some(left), Some(right)) => same(left, right),
            _ => text == other,
        },
        Value::Array(_) | Value::Object(_) => false,
    }
}

#[allow(clippy::float_cmp, reason = "PHP compares numeric strings exactly")]
fn same(left: f64, right: f64) -> bool {
    left == right
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn truth() {
        for yes in [json!("0.0"), json!(" "), json!(-1), json!([0]), json!("abc")] {
            assert!(truthy(&yes), "{yes}");
        }
        for no in [json!("0"), json!(""), json!(0), json!(0.0), json!(null), json!([]), json!({})] {
            assert!(!truthy(&no), "{no}");
        }
    }

    #[test]
    fn integers_as_the_rule_sees_them() {
        assert_eq!(filter_int(&json!("-1")), Some(-1));
        assert_eq!(filter_int(&json!(1.0)), Some(1));
        assert_eq!(filter_int(&json!(true)), Some(1));
        for no in [
            json!("01"),
            json!("1.0"),
            json!("1e1"),
            json!(""),
            json!(false),
            json!(["1"]),
            json!("99999999999999999999"),
        ] {
            assert_eq!(filter_int(&no), None, "{no}");
        }
    }

    #[test]
    fn numeric_strings() {
        assert_eq!(int_of_numeric(&json!("1e1")), Some(10));
        assert_eq!(int_of_numeric(&json!("2.9")), Some(2));
        assert_eq!(int_of_numeric(&json!("99999999999999999999")), Some(i64::MAX));
        for no in ["abc", "5abc", "", "inf", "nan", "-infinity", "0x1A"] {
            assert_eq!(int_of_numeric(&json!(no)), None, "{no}");
        }
    }

    #[test]
    fn numbers_as_text() {
        for (number, text) in [
            (json!(5), "5"),
            (json!(i64::MIN), "-9223372036854775808"),
            (json!(1.0), "1"),
            (json!(-23.5505), "-23.5505"),
            (json!(0.1 + 0.2), "0.3"),
            (json!(1e13), "10000000000000"),
            (json!(1e14), "1.0E+14"),
            (json!(1e25), "1.0E+25"),
            (json!(1.5e-7), "1.5E-7"),
            (json!(0.0001), "0.0001"),
            (json!(u64::MAX), "1.844674407371E+19"),
            (json!(0.0), "0"),
        ] {
            assert_eq!(text_of(&number).as_deref(), Some(text));
        }
    }

    #[test]
    fn loose_equality() {
        assert!(loosely_equal("55", &json!("+55")));
        assert!(loosely_equal("55", &json!(55)));
        assert!(loosely_equal("93", &json!(true)));
        assert!(!loosely_equal("55", &json!("55a")));
        assert!(!loosely_equal("55", &json!({"a": 55})));
    }
}

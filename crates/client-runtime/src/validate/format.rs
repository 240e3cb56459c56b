//! Checks of the formats and contents of texts.

use crate::decode::visitor::{self, DecodeError, ErasedDeserializer, Token, Visitor};

/// Parses a number as a call writes it. JSON's parser reads it, because the standard library's parser would add a table
/// of 10 KiB that nothing else in the program needs.
pub(crate) fn number(value: &str) -> Option<f64> {
    let digits = value.trim_start_matches(['+', '-']);
    let is_none = ["nan", "inf", "infinity"].iter().any(|word| digits.eq_ignore_ascii_case(word));
    let looks_like_one = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    // No limit applies to a text that JSON does not read as a number, such as one out of range.
    serde_json::from_str(value).ok().or((is_none || looks_like_one).then_some(f64::NAN))
}

/// Returns whether `text` is `YYYY-MM-DD HH:MM` on a day that exists.
pub(crate) fn is_minute(text: &str) -> bool {
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

/// Returns whether WhatsApp accepts `text` as the value of a template variable: it has no line break, no tab and no
/// more than four spaces in a row (fact [E33]).
///
/// [E33]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e33
pub(crate) fn is_one_line(text: &str) -> bool {
    !text.contains(['\n', '\r', '\t']) && !text.contains("     ")
}

/// Returns whether `text` contains something in double braces.
pub(crate) fn has_placeholder(text: &str) -> bool {
    text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
}

/// Returns whether `text` is JSON that PHP can read, too.
pub(crate) fn is_json(text: &str) -> bool {
    visitor::json(text, &mut Json::default()).is_ok()
}

/// Returns whether `text` is a JSON object that has a text or a number for each of `names`. Also returns `true` if it
/// is not JSON at all.
pub(crate) fn is_object_with(text: &str, names: &[&str]) -> bool {
    let mut json = Json::default();
    // If a name occurs twice, PHP uses the last value.
    let has = |json: &Json, name: &str| {
        json.members
            .iter()
            .rev()
            .find(|(member, _)| member == name)
            .is_some_and(|(_, is_text_or_number)| *is_text_or_number)
    };
    visitor::json(text, &mut json).is_err() || (json.is_object && names.iter().all(|name| has(&json, name)))
}

/// The properties of a JSON value that the rules need. Every string in it is decoded, because PHP rejects a text with
/// half a surrogate pair.
#[derive(Default)]
struct Json {
    is_object: bool,
    is_text_or_number: bool,
    /// The members by name, each with whether it is a text or a number.
    members: Vec<(String, bool)>,
}

impl Visitor for Json {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        self.is_object = matches!(token, Token::Object);
        self.is_text_or_number =
            matches!(token, Token::Text(_) | Token::Integer(_) | Token::Large(_) | Token::Float(_));
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        let mut part = Self::default();
        value.read(&mut part)?;
        self.members.extend(name.map(|name| (name.to_owned(), part.is_text_or_number)));
        Ok(())
    }
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
    fn one_line_is_what_a_template_takes() {
        for right in ["a", "a    b", "a\u{2028}b", "    ", "a b  c   d    e"] {
            assert!(is_one_line(right), "{right:?}");
        }
        for wrong in ["a\nb", "a\rb", "a\tb", "a     b", "a      b"] {
            assert!(!is_one_line(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_placeholder_is_something_between_double_braces() {
        for without in ["", "{", "{{", "}}", "{ {x} }", "}} {{", "{x}", "{{x}"] {
            assert!(!has_placeholder(without), "{without}");
        }
        for with in ["{{x}}", "Ol\u{e1} {{ x }} amigo", "{{}}", "}}{{1}}", "{{{x}}}", "{{ {{ x }}"] {
            assert!(has_placeholder(with), "{with}");
        }
    }

    #[test]
    fn json_is_what_php_reads_as_such() {
        for right in ["{}", " [1, 2.5, -3, null, true, \"\\ud83d\\ude00\"] ", "\"x\"", "0"] {
            assert!(is_json(right), "{right}");
        }
        for wrong in ["", "{", "{'a': 1}", "[1,]", "\"\\ud83d\"", "{\"\\ude00\": 1}", "[[\"\\ud83d x\"]]"] {
            assert!(!is_json(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_object_has_a_value_for_each_name() {
        for right in ["{\"a\": 1, \"b\": \"\"}", "{\"a\": [], \"b\": -1.5, \"c\": null, \"a\": \"x\"}", "no JSON"] {
            assert!(is_object_with(right, &["a", "b"]), "{right}");
        }
        for wrong in ["{}", "[]", "0", "0.0", "-0", "null", "false", "true", "\"\"", "\"0\"", "\"a\"", "[{\"a\":1}]"] {
            assert!(!is_object_with(wrong, &["a"]), "{wrong}");
        }
        for wrong in [
            "{\"a\": 1}",
            "{\"a\": 1, \"b\": null}",
            "{\"a\": [1], \"b\": 1}",
            "{\"a\": {}, \"b\": 1}",
            "{\"x\": {\"a\": 1, \"b\": 1}}",
            "{\"a\": 1, \"b\": 1, \"a\": null}",
        ] {
            assert!(!is_object_with(wrong, &["a", "b"]), "{wrong}");
        }
    }
}

//! Makes JSON readable as YAML: nearly all JSON is YAML, and the rest is replaced here. No line moves.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::de::IgnoredAny;

/// Returns a text that the YAML reader takes for the same document.
pub(super) fn readable(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with(['{', '[']) || serde_json::from_str::<IgnoredAny>(text).is_err() {
        return Cow::Borrowed(text);
    }
    let mut yaml = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        // YAML takes no tabs for indentation.
        yaml.push_str(&rest[..start].replace('\t', " "));
        let end = end_of_string(&rest[start..]) + start;
        push_string(&rest[start..end], &mut yaml);
        rest = &rest[end..];
    }
    yaml.push_str(&rest.replace('\t', " "));
    Cow::Owned(yaml)
}

/// Returns the length of the string that a text starts with.
fn end_of_string(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// Adds a string of JSON. Only one with escapes can differ in YAML: YAML has no pairs of surrogates.
fn push_string(string: &str, yaml: &mut String) {
    if !string.contains("\\u") && !string.contains("\\/") {
        yaml.push_str(string);
        return;
    }
    let text: String = serde_json::from_str(string).unwrap_or_default();
    yaml.push('"');
    for c in text.chars() {
        match c {
            '"' => yaml.push_str("\\\""),
            '\\' => yaml.push_str("\\\\"),
            c if c.is_control() || c == '\u{feff}' => {
                let _ = write!(yaml, "\\u{:04x}", u32::from(c));
            }
            c => yaml.push(c),
        }
    }
    yaml.push('"');
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::readable;
    use crate::document::Document;

    #[test]
    fn json_that_is_not_yaml_reads_as_json_at_the_same_lines() {
        let json = "{\n\t\"a\": \"\\ud83d\\ude00 \\/ \\\" \\u0000 \\\\\",\n\t\"b\\u00e9\": [\t1,\n\t\"\\t\"]\n}";
        let document = Document::parse("a.json", &readable(json)).expect("it is YAML now");
        let read = document.root().to_json(&|_, _| true, &|_, json| Ok::<_, Infallible>(json));
        let expected: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
        assert_eq!(read, Ok(expected));
        assert_eq!(document.root().get("bé").map(|at| at.line()), Some(3));
    }

    #[test]
    fn yaml_stays_as_it_is() {
        for yaml in ["a: b", "{ a: \"\\x41\" }", "{\"a\": 1", "\"a\""] {
            assert_eq!(readable(yaml), yaml);
        }
    }
}

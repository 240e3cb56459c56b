//! Finds the credentials in a call by their names. They may be real ones, and other parts of the call and its answer
//! may repeat them.

use percent_encoding::percent_decode_str;

use crate::mask::is_secret;

use super::{Entry, Part, RecordedBody};

/// The shortest value that is searched for elsewhere. A shorter one may be a word.
const SHORTEST: usize = 8;
/// The longest value, and the longest name in JSON, that is considered.
const LONGEST: usize = 1024;
/// The most values that are remembered from parts of a body that are not kept.
const MOST: usize = 64;

/// Returns the values under names of credentials in the headers, the query and the body.
pub(super) fn of(entry: &Entry) -> Vec<String> {
    let mut found = Vec::new();
    for (_, value) in entry.headers.iter().filter(|(name, _)| is_secret(name)) {
        // `Bearer` and `Basic` are not part of the value.
        add(&mut found, value.rsplit(' ').next().unwrap_or_default());
    }
    for pair in entry.target.split_once('?').map_or("", |(_, query)| query).split('&') {
        let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
        match pair.split_once('=') {
            Some((name, value)) if is_secret(name) => add(&mut found, &decoded(value)),
            _ => {}
        }
    }
    match &entry.body {
        RecordedBody::Form(form) => {
            found.extend_from_slice(form.named());
            form.parts().for_each(|part| match part {
                Part::Field { name, value, .. } if is_secret(name) => add(&mut found, value),
                _ => {}
            });
        }
        RecordedBody::Text { bytes, named, .. } => {
            found.extend_from_slice(named);
            found.append(&mut in_json(bytes));
        }
        RecordedBody::Nothing => {}
    }
    found
}

/// Remembers the value of a form field if its name is that of a credential.
pub(super) fn add_named(name: &str, value: &[u8], found: &mut Vec<String>) {
    if found.len() < MOST && value.len() <= LONGEST && is_secret(name) {
        if let Ok(value) = std::str::from_utf8(value) {
            add(found, value);
        }
    }
}

/// Returns the strings and numbers under names of credentials in JSON, which may be malformed or cut. It only looks at
/// tokens, each once.
pub(super) fn in_json(text: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut under_name = false;
    let mut at = 0;
    while let Some(byte) = text.get(at).filter(|_| found.len() < MOST) {
        let length = match byte {
            b'"' => text_length(&text[at..]),
            b'0'..=b'9' => text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count(),
            _ => 1,
        };
        let token = &text[at..at + length];
        at += length;
        match byte {
            b'"' => {
                let content = (length <= LONGEST).then(|| serde_json::from_slice::<String>(token).ok()).flatten();
                if text[at..].trim_ascii_start().starts_with(b":") {
                    under_name = content.is_some_and(|name| is_secret(&name));
                } else if under_name {
                    add(&mut found, &content.unwrap_or_default());
                }
            }
            b'0'..=b'9' if under_name && length <= LONGEST => add(&mut found, &String::from_utf8_lossy(token)),
            b'}' => under_name = false,
            _ => {}
        }
    }
    found
}

/// Returns the length of the quoted string that begins here, or of the rest if it has no end.
fn text_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if text[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    text.len()
}

fn add(found: &mut Vec<String>, value: &str) {
    // A value without a digit may be a word.
    if value.len() >= SHORTEST && value.bytes().any(|byte| byte.is_ascii_digit()) {
        found.push(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_json_have_their_values() {
        for (text, named) in [
            (r#"{"key":"abcdefgh1","a":"abcdefgh2"}"#, &["abcdefgh1"][..]),
            (r#"{"a":"abcdefgh2","client_secret" : ["abcdefgh1",{"x":1}],"b":"abcdefgh3"#, &["abcdefgh1"]),
            (r#"{"k\u0065y":"abc\"efgh1","#, &["abc\"efgh1"]),
            (r#"[{"key":83726401938475},"abcdefgh2",{"key":1}]"#, &["83726401938475"]),
            (r#"{"key":"abcdefgh1"#, &[]),
            (r#"{"key":"abcdefgh1\"#, &[]),
            ("", &[]),
        ] {
            assert_eq!(in_json(text.as_bytes()), named, "{text}");
        }
    }
}
